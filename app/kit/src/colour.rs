//! From OKLCH, in which brands are kept, to sRGB, for what is read outside of browsers.

/// Linear sRGB of an OKLab colour; may lie outside of 0 to 1. <https://bottosson.github.io/posts/oklab/>
pub(crate) fn linear(l: f64, a: f64, b: f64) -> [f64; 3] {
    let long = (0.215_803_757_3_f64.mul_add(b, 0.396_337_777_4_f64.mul_add(a, l))).powi(3);
    let middle = ((-0.063_854_172_8_f64).mul_add(b, (-0.105_561_345_8_f64).mul_add(a, l))).powi(3);
    let short = ((-1.291_485_548_f64).mul_add(b, (-0.089_484_177_5_f64).mul_add(a, l))).powi(3);
    [
        4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701 * short,
    ]
}

/// `#rrggbb` of lightness (0 to 1), chroma and hue in degrees; out of gamut is clipped.
#[must_use]
pub fn hex(lightness: f64, chroma: f64, hue: f64) -> String {
    let (sin, cos) = hue.to_radians().sin_cos();
    let digit = |light: f64| {
        let light = light.clamp(0.0, 1.0);
        // The transfer function of sRGB (IEC 61966-2-1).
        let light = if light <= 0.003_130_8 {
            12.92 * light
        } else {
            1.055f64.mul_add(light.powf(1.0 / 2.4), -0.055)
        };
        (light * 255.0).round() as u8
    };
    let [red, green, blue] = linear(lightness, chroma * cos, chroma * sin).map(digit);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// The accent of a brand on white, as `--accent` in `style/tokens.css`: white words can be read on it.
#[must_use]
pub fn accent(hue: f64, chroma: f64) -> String {
    hex(0.52, chroma.clamp(0.0, 0.17), hue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_colours_come_out() {
        assert_eq!(hex(1.0, 0.0, 0.0), "#ffffff");
        assert_eq!(hex(0.0, 0.0, 0.0), "#000000");
        // Red, as CSS Color 4 gives it in OKLCH.
        assert_eq!(hex(0.627_955, 0.257_683, 29.2339), "#ff0000");
    }
}
