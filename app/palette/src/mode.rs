//! Light or dark: equals, with their own grounds.

use serde::{Deserialize, Serialize};

/// The half of a palette a person sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    Light,
    Dark,
}

impl Mode {
    pub const BOTH: [Self; 2] = [Self::Light, Self::Dark];

    /// A stable name for texts and files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// One of two, by mode.
    pub(crate) fn of<T>(self, light: T, dark: T) -> T {
        match self {
            Self::Light => light,
            Self::Dark => dark,
        }
    }

    /// The lightness that stands out most from the grounds of this mode.
    pub(crate) const fn far(self) -> f64 {
        match self {
            Self::Light => 0.0,
            Self::Dark => 1.0,
        }
    }
}
