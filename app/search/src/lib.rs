//! Finding and jumping: one look-up over all records, the palette and the keys that lead everywhere.
mod screen;
#[cfg(feature = "ssr")]
mod server;
mod verbs;

kit::texts!();

pub use screen::{FindButton, Finder, Opening, Palette};
#[cfg(feature = "ssr")]
pub use server::VERBS;
pub use verbs::*;
