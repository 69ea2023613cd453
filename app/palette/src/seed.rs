//! What a brand gives: one colour, perhaps a second one, and how far it tints the greys.

use crate::Rgb;
use serde::{Deserialize, Serialize};

/// What a palette grows from. Every value is valid: a colour that cannot be read is corrected, not refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Seed {
    /// The brand's colour: buttons, links, the first colour of charts.
    pub brand: Rgb,
    /// A second colour for charts and highlights; none: derived from the brand's hue.
    pub accent: Option<Rgb>,
    /// How much the greys take of the brand's hue: 0 none to 100; more counts as 100.
    pub tint: u8,
}

impl Seed {
    /// A brand's colour with all else left to the palette.
    pub fn of(brand: Rgb) -> Self {
        Self { brand, ..Self::default() }
    }
}

impl Default for Seed {
    /// The blue of the product itself, a derived second colour, a tint of 40.
    fn default() -> Self {
        Self { brand: Rgb::new(0x2e, 0x62, 0xc9), accent: None, tint: 40 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_the_default() {
        let seed: Seed = serde_json::from_str(r##"{"brand":"#0F766E"}"##).unwrap();
        assert_eq!(seed, Seed::of(Rgb::new(15, 118, 110)));
        assert_eq!(serde_json::to_string(&seed).unwrap(), r##"{"brand":"#0f766e","accent":null,"tint":40}"##);
    }
}
