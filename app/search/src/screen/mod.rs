//! The palette, the sheet of shortcuts, and the button that opens them.
mod entries;
mod keys;
mod palette;

pub use palette::{FindButton, Palette};
