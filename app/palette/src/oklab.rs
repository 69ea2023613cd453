//! Between sRGB and OKLab, where equal distances look about equal.
//!
//! Roots, powers and angles come from `libm`, never from `std`: what `std` gives for them differs between machines,
//! and the browser must compute the same bytes as the server. For the same reason there is no `mul_add`: only
//! additions, multiplications, divisions and square roots, which IEEE 754 fixes to the last bit.

use crate::Rgb;
use std::sync::LazyLock;

/// A colour in OKLab: lightness 0 to 1, `a` green to red and `b` blue to yellow, within about ±0.4.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Oklab {
    pub(crate) l: f64,
    pub(crate) a: f64,
    pub(crate) b: f64,
}

impl Oklab {
    /// From linear sRGB, each channel 0 to 1. <https://bottosson.github.io/posts/oklab/>
    pub(crate) fn of_linear([red, green, blue]: [f64; 3]) -> Self {
        let long = libm::cbrt(0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue);
        let middle = libm::cbrt(0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue);
        let short = libm::cbrt(0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue);
        Self {
            l: 0.210_454_255_3 * long + 0.793_617_785_0 * middle - 0.004_072_046_8 * short,
            a: 1.977_998_495_1 * long - 2.428_592_205_0 * middle + 0.450_593_709_9 * short,
            b: 0.025_904_037_1 * long + 0.782_771_766_2 * middle - 0.808_675_766_0 * short,
        }
    }

    /// Linear sRGB, the inverse of [`Self::of_linear`]; outside of 0 to 1 for what no screen shows.
    pub(crate) fn linear(self) -> [f64; 3] {
        let cube = |root: f64| root * root * root;
        let long = cube(self.l + 0.396_337_777_4 * self.a + 0.215_803_757_3 * self.b);
        let middle = cube(self.l - 0.105_561_345_8 * self.a - 0.063_854_172_8 * self.b);
        let short = cube(self.l - 0.089_484_177_5 * self.a - 1.291_485_548_0 * self.b);
        [
            4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short,
            -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short,
            -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701_0 * short,
        ]
    }

    /// How different two colours look (ΔE OK of CSS Color 4): 0.02 is just noticed, 1 lies between black and white.
    pub(crate) fn distance(self, other: Self) -> f64 {
        let (l, a, b) = (self.l - other.l, self.a - other.a, self.b - other.b);
        libm::sqrt(l * l + a * a + b * b)
    }
}

impl From<Rgb> for Oklab {
    fn from(colour: Rgb) -> Self {
        Self::of_linear(linear(colour))
    }
}

/// Linear light of the three channels, 0 to 1.
pub(crate) fn linear(colour: Rgb) -> [f64; 3] {
    colour.channels().map(|channel| LINEAR[usize::from(channel)])
}

/// The nearest eight-bit colour of linear light; what lies outside of 0 to 1 is cut off.
pub(crate) fn encode(linear: [f64; 3]) -> Rgb {
    linear
        .map(|light| {
            let light = light.clamp(0.0, 1.0);
            let signal = if light <= 0.003_130_8 {
                12.92 * light
            } else {
                1.055 * libm::pow(light, 1.0 / 2.4) - 0.055
            };
            libm::round(signal * 255.0) as u8
        })
        .into()
}

/// Linear light of each value of a channel (IEC 61966-2-1, as in WCAG 2.2).
static LINEAR: LazyLock<[f64; 256]> = LazyLock::new(|| {
    std::array::from_fn(|value| {
        let signal = value as f64 / 255.0;
        if signal <= 0.040_45 { signal / 12.92 } else { libm::pow((signal + 0.055) / 1.055, 2.4) }
    })
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_and_white_are_one_apart() {
        assert!((Oklab::from(Rgb::BLACK).distance(Rgb::WHITE.into()) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn what_no_screen_shows_is_cut_off() {
        assert_eq!(encode([-0.2, 0.5, 1.7]), Rgb::new(0, 188, 255));
        assert_eq!(encode([f64::NAN, 0.0, 0.0]), Rgb::BLACK);
    }
}
