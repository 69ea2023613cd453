//! Numbers, money, dates and spans as people of a language write them: pure, small, the same on both sides.
mod date;
mod money;
mod number;
mod span;

pub use date::*;
pub use money::*;
pub use number::*;
pub use span::*;

/// A language that the product speaks.
pub use crate::catalogue::Locale;

/// Keeps a number and its unit on one line.
pub(crate) const TIE: char = '\u{a0}';
/// The sign of a negative number, as wide as a plus.
pub(crate) const MINUS: char = '\u{2212}';
