//! Eight colours of charts that whoever sees fewer colours can tell apart, the same hues in light and dark.
//!
//! The first is the accent, the second the brand's second colour, the last a grey for "other". The five between are
//! taken one by one from a wheel of hues: always the one that differs most from all that are taken, for the viewer who
//! tells them apart worst and in the worse of the two modes. Deep and bright ones alternate.

use crate::fit::readable;
use crate::vision::Seen;
use crate::{Oklch, Rgb};
use std::ops::RangeInclusive;

/// Chroma below which a brand is a grey and has no hue to give.
const GREY: f64 = 0.02;
/// The hue of the product itself, for brands that are grey (degrees).
const USUAL_HUE: f64 = 262.0;
/// Hues that are tried, 15° apart.
const HUES: u32 = 24;
/// Hues in degrees that are brown or olive wherever they are dark enough to be seen on white: taken where they help,
/// not where they are merely as good as another.
const MUDDY: RangeInclusive<f64> = 35.0..=125.0;
const MUDDY_LIKING: f64 = 0.8;
/// Between deep and bright in light mode (OKLCH lightness).
const BRIGHT: f64 = 0.55;
/// Lightness and chroma in light and in dark mode.
type Shades = [(f64, f64); 2];
const BRIGHTS: [Shades; 3] =
    [[(0.64, 0.15), (0.82, 0.12)], [(0.60, 0.16), (0.77, 0.14)], [(0.57, 0.17), (0.88, 0.09)]];
const DEEPS: [Shades; 3] =
    [[(0.48, 0.15), (0.65, 0.15)], [(0.41, 0.13), (0.58, 0.15)], [(0.37, 0.12), (0.54, 0.12)]];
/// The second colour, and how far it must be from the first for everybody (ΔE OK).
const CLEAR: f64 = 0.1;
const SECOND: Shades = [(0.62, 0.14), (0.80, 0.12)];
/// Lightness of the grey in light and in dark mode; each goes with each.
const GREYS: [[f64; 4]; 2] = [[0.58, 0.48, 0.38, 0.65], [0.68, 0.58, 0.78, 0.88]];
const GREY_CHROMA: f64 = 0.02;

/// A colour of a chart in light and in dark mode.
#[derive(Clone, Copy, Debug)]
struct Mark {
    shown: [Rgb; 2],
    seen: [Seen; 2],
    /// What its distance to others counts, 0 to 1.
    liking: f64,
}

impl Mark {
    fn new(shown: [Rgb; 2]) -> Self {
        Self { shown, seen: shown.map(Seen::of), liking: 1.0 }
    }

    /// Two lightnesses and chromas of a hue, moved where they could not be seen on what charts stand on.
    fn drawn(shades: Shades, hue: f64, sheets: &[[Rgb; 3]; 2]) -> Self {
        let shown = [0, 1].map(|mode| {
            let (l, c) = shades[mode];
            readable(Oklch::new(l, c, hue).rgb(), &sheets[mode], 3.0)
        });
        let liking = if MUDDY.contains(&(hue % 360.0)) { MUDDY_LIKING } else { 1.0 };
        Self { liking, ..Self::new(shown) }
    }

    fn is_bright(&self) -> bool {
        Oklch::from(self.shown[0]).l >= BRIGHT
    }

    /// How different this is from the nearest of the others, in the worse mode.
    fn apart(&self, others: &[Self]) -> f64 {
        let apart = |other: &Self| {
            let [light, dark] = [0, 1].map(|mode| self.seen[mode].distance(&other.seen[mode]));
            light.min(dark)
        };
        self.liking * others.iter().map(apart).fold(f64::INFINITY, f64::min)
    }
}

/// The eight colours in light and in dark mode, the first two given; `sheets` are what charts stand on.
pub(crate) fn marks(first: [Rgb; 2], second: [Rgb; 2], hue: f64, sheets: &[[Rgb; 3]; 2]) -> [[Rgb; 8]; 2] {
    let draw = |shades, hue| Mark::drawn(shades, hue, sheets);
    let mut taken = vec![Mark::new(first), Mark::new(second)];
    let greys = GREYS[0].into_iter().flat_map(|light| GREYS[1].map(|dark| [light, dark]));
    let greys = greys.map(|grey| draw(grey.map(|l| (l, GREY_CHROMA)), hue));
    let last = farthest(greys, &taken);
    let wheel = |shades: [Shades; 3]| -> Vec<Mark> {
        let hues = (0..HUES).map(|step| hue + f64::from(step) * 360.0 / f64::from(HUES));
        hues.flat_map(|hue| shades.map(|shades| draw(shades, hue))).collect()
    };
    let (brights, deeps) = (wheel(BRIGHTS), wheel(DEEPS));
    let mut is_bright = !taken[1].is_bright();
    for _ in 0..5 {
        let others: Vec<Mark> = taken.iter().copied().chain([last]).collect();
        let wheel = if is_bright { &brights } else { &deeps };
        taken.push(farthest(wheel.iter().copied(), &others));
        is_bright = !is_bright;
    }
    taken.push(last);
    [0, 1].map(|mode| std::array::from_fn(|at| taken[at].shown[mode]))
}

/// The candidate that differs most from all that are taken; the first of equals.
fn farthest(candidates: impl IntoIterator<Item = Mark>, taken: &[Mark]) -> Mark {
    let mut candidates = candidates.into_iter().map(|mark| (mark, mark.apart(taken)));
    let first = candidates.next().expect("a candidate");
    candidates.fold(first, |best, next| if next.1 > best.1 { next } else { best }).0
}

/// The second colour of a brand that has none, in light and in dark mode: across the wheel, or where it differs most
/// from the first when somebody would mistake the two there.
pub(crate) fn second(first: [Rgb; 2], hue: f64) -> [Rgb; 2] {
    let drawn = |turn| Mark::new(SECOND.map(|(l, c)| Oklch::new(l, c, hue + turn).rgb()));
    let (first, usual) = ([Mark::new(first)], drawn(150.0));
    if usual.apart(&first) >= CLEAR {
        return usual.shown;
    }
    farthest([180.0, 210.0, 120.0, 240.0, 150.0].map(drawn), &first).shown
}

/// The hue that colours of charts are counted from, in degrees: the brand's, or a usual one where it has none.
pub(crate) fn hue_of(brand: Oklch) -> f64 {
    if brand.c < GREY { USUAL_HUE } else { brand.h }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Palette, Seed, Token};

    /// Twice what is just noticed, for whoever sees fewer colours, in both modes: every two of the eight. With hues at
    /// fixed distances from the brand's, the worst pair is nearly one colour for some (0.003).
    #[test]
    fn everybody_can_tell_any_two_series_apart() {
        for step in 0..24 {
            for (l, c) in [(0.5, 0.17), (0.6, 0.1), (0.35, 0.08)] {
                let brand = Oklch::new(l, c, f64::from(step) * 15.0).rgb();
                let palette = Palette::of(&Seed::of(brand));
                for tokens in [palette.light, palette.dark] {
                    let marks = Token::CHARTS.map(|token| Seen::of(tokens[token]));
                    for (at, mark) in marks.iter().enumerate() {
                        for (other, earlier) in marks[..at].iter().enumerate() {
                            let apart = mark.distance(earlier);
                            assert!(apart > 0.04, "{brand}: chart-{} and {}: {apart}", at + 1, other + 1);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn deep_and_bright_series_alternate() {
        let light = Palette::of(&Seed::default()).light;
        let is_bright = |at: usize| Oklch::from(light[Token::CHARTS[at]]).l >= BRIGHT;
        assert!((1..6).all(|at| is_bright(at) != is_bright(at + 1)));
    }

    #[test]
    fn a_second_colour_is_taken_as_it_is() {
        let orange = Rgb::new(0xea, 0x58, 0x0c);
        let seed = Seed { accent: Some(orange), ..Seed::default() };
        let palette = Palette::of(&seed);
        assert_eq!((palette.light[Token::Chart2], palette.dark[Token::Chart2]), (orange, orange));
        assert_ne!(Palette::of(&Seed::default()).light[Token::Chart2], orange);
    }
}
