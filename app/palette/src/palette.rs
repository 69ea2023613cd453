//! From a seed to a whole palette, light and dark.

use crate::contrast::{Measured, table};
use crate::half::Half;
use crate::scale::Scales;
use crate::{Correction, Mode, Seed, Tokens, charts};
use serde::{Deserialize, Serialize};

/// All colours of a brand. The same seed gives the same bytes on every machine.
///
/// Every pair of [`crate::contrast::RULES`] can be read in both modes, whatever the seed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Palette {
    pub light: Tokens,
    pub dark: Tokens,
    pub light_scales: Scales,
    pub dark_scales: Scales,
    /// What was moved so that it can be read: light before dark, in the order in which it happened.
    pub corrections: Vec<Correction>,
}

impl Palette {
    /// Computes the palette of a seed, in about a millisecond.
    pub fn of(seed: &Seed) -> Self {
        let [light, dark] = Mode::BOTH.map(|mode| Half::new(seed, mode));
        let hue = charts::hue_of(seed.brand.into());
        let first = [light.brand.colour, dark.brand.colour];
        let second = seed.accent.map_or_else(|| charts::second(first, hue), |given| [given; 2]);
        let second = [light.second(second[0]), dark.second(second[1])];
        let sheets = [light.sheets, dark.sheets];
        let charts = charts::marks(first, second.map(|solid| solid.colour), hue, &sheets);
        let (light, light_scales, mut corrections) = light.finish(seed, &second[0], charts[0]);
        let (dark, dark_scales, more) = dark.finish(seed, &second[1], charts[1]);
        corrections.extend(more);
        Self { light, dark, light_scales, dark_scales, corrections }
    }

    /// The tokens of one mode.
    pub fn tokens(&self, mode: Mode) -> &Tokens {
        mode.of(&self.light, &self.dark)
    }

    /// The scales of one mode.
    pub fn scales(&self, mode: Mode) -> &Scales {
        mode.of(&self.light_scales, &self.dark_scales)
    }

    /// The contrast table of one mode: every pair of the list and what it measures.
    pub fn contrasts(&self, mode: Mode) -> impl Iterator<Item = Measured> + '_ {
        table(self.tokens(mode))
    }
}
