//! The palette, the sheet of shortcuts, and the button that opens them.
mod entries;
mod finder;
mod keys;
mod palette;
mod sheet;

pub use finder::{FindButton, Finder, Opening};
pub use palette::Palette;
