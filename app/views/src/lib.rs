//! Leptos as our crates see it: all of it, but in the browser every element of a page has one and the same type.
//!
//! Leptos gives each kind of element, and each way to wrap it, a type of its own, and with it its own code to build,
//! hydrate, update and drop. That is fast where pages are few; a product with many screens pays for it in every
//! visitor's download. The `view!` macro only names functions (`div()`) and methods (`.class(…)`), so this crate
//! stands in Leptos's place (`leptos = { package = "views" }`) and gives other functions under these names. On the
//! server, which renders text, everything is as upstream made it; both write and read the same HTML.
pub use upstream::*;

#[cfg(not(feature = "ssr"))]
mod element;
#[cfg(not(feature = "ssr"))]
mod methods;
#[cfg(not(feature = "ssr"))]
pub mod tachys;

#[cfg(not(feature = "ssr"))]
pub use element::Element;
