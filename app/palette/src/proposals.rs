//! Which colours a brand already wears: from its logo or from the style sheet of its website.
//!
//! Both are read without trust: any length, any content, bounded work, no randomness.

mod css;
mod pixels;
mod ranking;
mod value;

pub use css::colours_of_css;
pub use pixels::colours_of_pixels;

use crate::Rgb;
use serde::{Deserialize, Serialize};

/// The most colours that are proposed.
pub const MOST: usize = 5;

/// A colour that may be the brand's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Proposal {
    /// A colour as it stands there, not an average.
    pub colour: Rgb,
    /// Basis points, 0 to 10,000, of all that was counted: visible pixels, or colours in a style sheet. Colours that
    /// look almost the same count as one.
    pub share: u16,
}
