//! Twelve steps from a ground to words, for the brand, its second colour and the greys.

use crate::fit::readable;
use crate::solid::Solid;
use crate::{Mode, Oklch, Rgb};
use serde::{Deserialize, Serialize};
use std::ops::Index;

/// What each of the twelve steps is for, from the ground to the strongest words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    AppBackground,
    Subtle,
    Element,
    Hovered,
    Active,
    LineSubtle,
    Line,
    LineStrong,
    Solid,
    SolidHovered,
    TextLow,
    TextHigh,
}

impl Step {
    pub const ALL: [Self; 12] = [
        Self::AppBackground,
        Self::Subtle,
        Self::Element,
        Self::Hovered,
        Self::Active,
        Self::LineSubtle,
        Self::Line,
        Self::LineStrong,
        Self::Solid,
        Self::SolidHovered,
        Self::TextLow,
        Self::TextHigh,
    ];
    /// The steps on which both kinds of words can be read, contrast at least 4.5.
    pub const GROUNDS: [Self; 5] =
        [Self::AppBackground, Self::Subtle, Self::Element, Self::Hovered, Self::Active];
}

/// Twelve colours of one hue, and the words that can be read on its solid steps (contrast at least 4.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scale {
    steps: [Rgb; 12],
    pub on_solid: Rgb,
}

/// The three scales of one mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scales {
    pub brand: Scale,
    /// The second colour, given or derived.
    pub accent: Scale,
    /// The greys, tinted by the brand's hue.
    pub neutral: Scale,
}

impl Index<Step> for Scale {
    type Output = Rgb;

    fn index(&self, step: Step) -> &Rgb {
        &self.steps[step as usize]
    }
}

/// Lightness and chroma of the steps around the solid ones.
type Ramp = [(f64, f64); 12];

const LIGHT: Ramp = [
    (0.986, 0.006),
    (0.972, 0.014),
    (0.955, 0.025),
    (0.932, 0.038),
    (0.905, 0.052),
    (0.872, 0.066),
    (0.822, 0.085),
    (0.750, 0.110),
    (0.520, 0.170),
    (0.470, 0.170),
    (0.470, 0.190),
    (0.300, 0.090),
];
const DARK: Ramp = [
    (0.180, 0.016),
    (0.212, 0.024),
    (0.280, 0.050),
    (0.315, 0.062),
    (0.350, 0.074),
    (0.395, 0.086),
    (0.455, 0.100),
    (0.545, 0.120),
    (0.600, 0.140),
    (0.650, 0.130),
    (0.820, 0.105),
    (0.925, 0.045),
];
const NEUTRAL_LIGHT: Ramp = [
    (0.982, 0.003),
    (0.966, 0.004),
    (0.950, 0.005),
    (0.938, 0.005),
    (0.926, 0.006),
    (0.915, 0.006),
    (0.845, 0.010),
    (0.635, 0.014),
    (0.555, 0.014),
    (0.510, 0.014),
    (0.500, 0.014),
    (0.235, 0.014),
];
const NEUTRAL_DARK: Ramp = [
    (0.175, 0.009),
    (0.208, 0.010),
    (0.265, 0.011),
    (0.285, 0.012),
    (0.305, 0.012),
    (0.330, 0.014),
    (0.375, 0.016),
    (0.540, 0.016),
    (0.600, 0.016),
    (0.650, 0.016),
    (0.715, 0.012),
    (0.945, 0.005),
];

/// Chroma from which a colour has the whole tint of its scale; a paler one has less, a grey none.
const WHOLE_TINT: f64 = 0.08;

/// The scale of a colour that has already been made fit to be seen; `also` are further grounds of its words.
pub(crate) fn coloured(colour: Oklch, solid: &Solid, mode: Mode, also: &[Rgb]) -> Scale {
    let ramp = mode.of(LIGHT, DARK);
    let share = (colour.c / WHOLE_TINT).min(1.0);
    let mut steps = ramp.map(|(l, c)| Oklch::new(l, c * share, colour.h).rgb());
    steps[Step::Solid as usize] = solid.colour;
    steps[Step::SolidHovered as usize] = solid.hovered;
    let (l, most) = ramp[Step::TextLow as usize];
    // Words keep what they can of the brand: its own lightness within what reads well, its own chroma up to a limit.
    let l = mode.of(colour.l.clamp(0.40, l), colour.l.clamp(l, 0.90));
    steps[Step::TextLow as usize] = Oklch::new(l, colour.c.min(most), colour.h).rgb();
    legible(steps, solid.words, also)
}

/// The greys of a hue; `tint` multiplies their chroma.
pub(crate) fn neutral(hue: f64, tint: f64, mode: Mode) -> Scale {
    let steps = mode.of(NEUTRAL_LIGHT, NEUTRAL_DARK).map(|(l, c)| Oklch::new(l, c * tint, hue).rgb());
    let solid = [steps[Step::Solid as usize], steps[Step::SolidHovered as usize]];
    let words = readable(mode.of(Rgb::WHITE, Oklch::new(0.18, 0.01 * tint, hue).rgb()), &solid, 4.5);
    legible(steps, words, &[])
}

fn legible(mut steps: [Rgb; 12], on_solid: Rgb, also: &[Rgb]) -> Scale {
    let mut grounds: Vec<Rgb> = Step::GROUNDS.iter().map(|step| steps[*step as usize]).collect();
    grounds.extend(also);
    for words in [Step::TextLow, Step::TextHigh] {
        steps[words as usize] = readable(steps[words as usize], &grounds, 4.5);
    }
    Scale { steps, on_solid }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::stands_out;

    #[test]
    fn words_are_moved_until_they_can_be_read_on_every_ground() {
        let further = [Rgb::new(0xd8, 0xd8, 0xd8)];
        let scale = legible([Rgb::new(0xf0, 0xf0, 0xf0); 12], Rgb::WHITE, &further);
        for words in [scale[Step::TextLow], scale[Step::TextHigh]] {
            assert!(stands_out(words, &further, 4.5), "{words}");
        }
    }

    #[test]
    fn steps_go_from_the_ground_to_the_words() {
        for mode in Mode::BOTH {
            let ground = mode.of(Rgb::WHITE, Rgb::BLACK);
            let scale = neutral(262.0, 1.0, mode);
            let away = Step::ALL.map(|step| (Oklch::from(scale[step]).l - Oklch::from(ground).l).abs());
            assert!(away.windows(2).all(|two| two[0] < two[1]), "{mode:?} {away:?}");
        }
    }
}
