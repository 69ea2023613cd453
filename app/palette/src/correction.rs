//! What was changed on a palette so that it can be read, and why.

use crate::{Mode, Rgb, Token};
use serde::{Deserialize, Serialize};

/// Why a colour is not what the brand gave or the design wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Too light to be seen on the light surfaces: darkened.
    TooLightForSurface,
    /// Too dark to be seen on the dark surfaces: lightened.
    TooDarkForSurface,
    /// The words on a button were not far enough from its colour: moved away from it.
    WordsOnIt,
    /// Words, lines or marks that could not be read on one of their grounds.
    NotReadable,
}

impl Reason {
    pub const ALL: [Self; 4] =
        [Self::TooLightForSurface, Self::TooDarkForSurface, Self::WordsOnIt, Self::NotReadable];

    /// A stable name for texts and files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooLightForSurface => "too_light_for_surface",
            Self::TooDarkForSurface => "too_dark_for_surface",
            Self::WordsOnIt => "words_on_it",
            Self::NotReadable => "not_readable",
        }
    }
}

/// One colour that was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Correction {
    pub mode: Mode,
    pub token: Token,
    /// What was wanted.
    pub from: Rgb,
    /// What the palette has.
    pub to: Rgb,
    pub reason: Reason,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_for_texts_is_the_name_in_files() {
        for reason in Reason::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.name());
        }
        for mode in Mode::BOTH {
            assert_eq!(serde_json::to_value(mode).unwrap(), mode.name());
        }
    }
}
