//! Lightness, chroma and hue (OKLCH), and the way back to a colour that screens can show.

use crate::Rgb;
use crate::oklab::{Oklab, encode};
use std::f64::consts::PI;

/// Halvings of the search for the most chroma: finer than eight bits a channel can tell.
const STEPS: u32 = 24;
/// Below this chroma a hue says nothing (CSS Color 4, powerless components).
const NO_CHROMA: f64 = 0.000_004;
/// How far linear light may leave 0 to 1 by rounding alone.
const ROUNDING: f64 = 0.000_001;

/// A colour in OKLCH (CSS Color 4; Ottosson's OKLab in polar form).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Oklch {
    /// Lightness, 0 black to 1 white.
    pub l: f64,
    /// Chroma, 0 grey to about 0.37 for the strongest colour that screens show.
    pub c: f64,
    /// Hue in degrees, 0 ..< 360; 0 for greys.
    pub h: f64,
}

impl Oklch {
    /// Lightness, chroma and hue in degrees; any number is taken, see [`Self::rgb`].
    pub const fn new(l: f64, c: f64, h: f64) -> Self {
        Self { l, c, h }
    }

    /// The same chroma and hue at another lightness.
    pub const fn at(self, l: f64) -> Self {
        Self { l, ..self }
    }

    /// The nearest eight-bit colour of the same lightness and hue.
    ///
    /// What screens cannot show loses chroma until they can: cutting off channels instead would shift hue and
    /// lightness, and with them the contrast. Lightness is held within 0 to 1; what is not a number counts as 0.
    pub fn rgb(self) -> Rgb {
        let number = |value: f64| if value.is_finite() { value } else { 0.0 };
        let (l, c) = (number(self.l).clamp(0.0, 1.0), number(self.c).max(0.0));
        let turn = number(self.h) % 360.0 * (PI / 180.0);
        let (sin, cos) = (libm::sin(turn), libm::cos(turn));
        let linear = |c: f64| Oklab { l, a: c * cos, b: c * sin }.linear();
        let whole = linear(c);
        if is_shown(whole) {
            return encode(whole);
        }
        let (mut shown, mut too_much) = (0.0, c);
        for _ in 0..STEPS {
            let half = f64::midpoint(shown, too_much);
            if is_shown(linear(half)) {
                shown = half;
            } else {
                too_much = half;
            }
        }
        encode(linear(shown))
    }
}

fn is_shown(linear: [f64; 3]) -> bool {
    linear.iter().all(|light| (-ROUNDING..=1.0 + ROUNDING).contains(light))
}

impl From<Rgb> for Oklch {
    fn from(colour: Rgb) -> Self {
        Oklab::from(colour).into()
    }
}

impl From<Oklab> for Oklch {
    fn from(colour: Oklab) -> Self {
        let c = libm::sqrt(colour.a * colour.a + colour.b * colour.b);
        if c < NO_CHROMA {
            return Self::new(colour.l, 0.0, 0.0);
        }
        let h = libm::atan2(colour.b, colour.a) * (180.0 / PI);
        Self::new(colour.l, c, if h < 0.0 { h + 360.0 } else { h })
    }
}

impl From<Oklch> for Rgb {
    fn from(colour: Oklch) -> Self {
        colour.rgb()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// Primaries, and the examples of CSS Color 4 with the bytes that the Web Platform Tests expect for them.
    #[rstest]
    #[case("#ff0000", 0.627_96, 0.257_68, 29.234)]
    #[case("#00ff00", 0.866_44, 0.294_83, 142.495)]
    #[case("#0000ff", 0.452_01, 0.313_21, 264.052)]
    #[case("#7d2329", 0.401_01, 0.123_32, 21.555)]
    #[case("#c65d06", 0.596_86, 0.156_19, 49.7694)]
    #[case("#9d9318", 0.651_25, 0.131_38, 104.097)]
    #[case("#68a639", 0.660_16, 0.155_46, 134.231)]
    #[case("#62acef", 0.723_22, 0.124_03, 247.996)]
    #[case("#ffffff", 1.0, 0.0, 0.0)]
    #[case("#000000", 0.0, 0.0, 0.0)]
    fn known_colours_go_both_ways(#[case] hex: &str, #[case] l: f64, #[case] c: f64, #[case] h: f64) {
        let colour: Rgb = hex.parse().unwrap();
        assert_eq!(Oklch::new(l, c, h).rgb(), colour);
        let found = Oklch::from(colour);
        assert!((found.l - l).abs() < 0.002, "{found:?}");
        assert!((found.c - c).abs() < 0.0015, "{found:?}");
        assert!((found.h - h).abs() < 0.5, "{found:?}");
    }

    #[test]
    fn too_much_chroma_moves_neither_lightness_nor_hue() {
        for step in 0..72 {
            let wanted = Oklch::new(0.6, 0.5, f64::from(step) * 5.0);
            let found = Oklch::from(wanted.rgb());
            let turned = (found.h - wanted.h + 540.0) % 360.0 - 180.0;
            assert!((found.l - wanted.l).abs() < 0.003, "{wanted:?} {found:?}");
            assert!(turned.abs() < 2.0, "{wanted:?} {found:?}");
            assert!(found.c > 0.08, "as much chroma as there is: {found:?}");
        }
    }

    #[test]
    fn a_grey_has_no_hue() {
        for value in 0..=255 {
            assert_eq!(Oklch::from(Rgb::new(value, value, value)).h.to_bits(), 0.0_f64.to_bits());
        }
    }

    #[test]
    fn what_is_no_number_is_still_a_colour() {
        assert_eq!(Oklch::new(f64::NAN, f64::INFINITY, f64::NAN).rgb(), Rgb::BLACK);
        assert_eq!(Oklch::new(7.0, -1.0, 1e300).rgb(), Rgb::WHITE);
    }
}
