//! Calendar feeds: what falls due in a person's deals, under a secret address that calendar programs subscribe to.
mod access;
mod model;
#[cfg(feature = "ssr")]
mod rules;
mod screen;
#[cfg(feature = "ssr")]
pub mod server;
mod verbs;

kit::texts!();

pub use access::Do;
pub use model::*;
pub use screen::CalendarPage;
#[cfg(feature = "ssr")]
pub use server::{MIGRATIONS, VERBS, openapi, routes};
pub use verbs::*;
