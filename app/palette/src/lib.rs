//! From a brand's colour to a whole palette that can always be read.
//!
//! Pure: no clock, no screens, no storage; the browser and the server compute the same bytes. The way through it:
//!
//! 1. A [`Seed`] is what a brand gives; [`proposals`] finds one in a logo or in the style sheet of a website.
//! 2. [`Palette::of`] makes the [`Tokens`] of light and dark, the [`Scales`] behind them, and says what it had to
//!    correct and why.
//! 3. [`contrast`] holds the one list of what must be readable on what, and measures it.
//! 4. [`Palette::css`] writes the tokens as custom properties.

mod charts;
pub mod contrast;
mod correction;
mod css;
mod fit;
mod half;
mod mode;
mod oklab;
mod oklch;
mod palette;
pub mod proposals;
mod repair;
mod rgb;
mod scale;
mod seed;
mod solid;
mod tokens;
mod vision;

pub use correction::{Correction, Reason};
pub use mode::Mode;
pub use oklch::Oklch;
pub use palette::Palette;
pub use proposals::{Proposal, colours_of_css, colours_of_pixels};
pub use rgb::{NotAColour, Rgb};
pub use scale::{Scale, Scales, Step};
pub use seed::Seed;
pub use tokens::{Token, Tokens};
