//! From the ways in which browsers and brands write colours to sRGB, for what is read outside of browsers.

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
    from_oklab(lightness, chroma * cos, chroma * sin)
}

/// `#rrggbb` of a colour as browsers write what they computed: `rgb(…)`, `oklch(…)`, `oklab(…)` or
/// `color(srgb …)`. Nothing for what is written otherwise; how far it can be seen through is left out.
#[must_use]
pub fn from_css(text: &str) -> Option<String> {
    let (kind, values) = text.trim().strip_suffix(')')?.split_once('(')?;
    let (kind, values) = values.strip_prefix("srgb ").map_or((kind, values), |values| ("srgb", values));
    let mut values = values.split([' ', ',', '/']).filter(|value| !value.is_empty());
    let mut next = |whole: f64| -> Option<f64> {
        match values.next()? {
            "none" => Some(0.0),
            value => match value.strip_suffix('%') {
                Some(percent) => percent.parse::<f64>().ok().map(|percent| percent / 100.0 * whole),
                None => value.trim_end_matches("deg").parse().ok(),
            },
        }
    };
    Some(match kind {
        "rgb" | "rgba" => digits([next(255.0)?, next(255.0)?, next(255.0)?]),
        "srgb" => digits([next(1.0)? * 255.0, next(1.0)? * 255.0, next(1.0)? * 255.0]),
        "oklch" => hex(next(1.0)?, next(0.4)?, next(360.0)?),
        "oklab" => from_oklab(next(1.0)?, next(0.4)?, next(0.4)?),
        _ => return None,
    })
}

fn from_oklab(l: f64, a: f64, b: f64) -> String {
    let digit = |light: f64| {
        let light = light.clamp(0.0, 1.0);
        // The transfer function of sRGB (IEC 61966-2-1).
        let light = if light <= 0.003_130_8 {
            12.92 * light
        } else {
            1.055f64.mul_add(light.powf(1.0 / 2.4), -0.055)
        };
        light * 255.0
    };
    digits(linear(l, a, b).map(digit))
}

fn digits(channels: [f64; 3]) -> String {
    let [red, green, blue] = channels.map(|channel| channel.round().clamp(0.0, 255.0) as u8);
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

    #[test]
    fn what_browsers_compute_is_understood() {
        let known = [
            ("rgb(12, 200, 255)", "#0cc8ff"),
            ("rgba(0, 0, 0, 0.5)", "#000000"),
            ("oklch(1 0 none)", "#ffffff"),
            ("oklch(62.7955% 0.257683 29.2339deg / 0.4)", "#ff0000"),
            ("oklab(0.627955 0.224863 0.125846)", "#ff0000"),
            ("color(srgb 1 0.5 0)", "#ff8000"),
        ];
        for (text, hex) in known {
            assert_eq!(from_css(text).as_deref(), Some(hex), "{text}");
        }
        for unknown in ["", "red", "var(--x)", "rgb(1, 2)", "lab(1 2 3)", "#fff"] {
            assert_eq!(from_css(unknown), None, "{unknown}");
        }
    }
}
