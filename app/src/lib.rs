//! The shell: document, frame, navigation, router, and the one list of slices.
#[cfg(feature = "ssr")]
mod document;
mod frame;
mod navigation;
mod pages;
mod router;
#[cfg(feature = "ssr")]
mod slices;
mod switch;

kit::texts!();

#[cfg(feature = "ssr")]
pub use areas::of as area_of;
#[cfg(feature = "ssr")]
pub use document::{Assets, Dress, document};
pub use router::App;
#[cfg(feature = "ssr")]
pub use slices::*;
