//! Campaign kits: what a vendor gives partners to market with, made in an editor, published in versions, recalled.
pub mod access;
#[cfg(feature = "ssr")]
mod glance;
mod model;
pub mod rules;
pub mod sample;
mod screen;
#[cfg(feature = "ssr")]
pub mod server;
mod verbs;
mod words;

kit::texts!();

pub use access::Do;
pub use model::*;
pub use screen::{KitCard, KitPage, KitsPage, NewKitPage};
#[cfg(feature = "ssr")]
pub use server::{MIGRATIONS, VERBS};
pub use verbs::*;
