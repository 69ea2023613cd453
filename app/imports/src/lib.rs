//! Files from other systems: customers, products, partners, opportunities and registrations, taken in row by row with nothing lost.
mod access;
mod fields;
mod model;
#[cfg(feature = "ssr")]
mod rules;
mod screen;
#[cfg(feature = "ssr")]
pub mod server;
mod verbs;

kit::texts!();

pub use access::{Do, kinds_of};
pub use model::*;
pub use screen::{ImportPage, ImportsPage};
#[cfg(feature = "ssr")]
pub use server::{JOBS, MIGRATIONS, VERBS, openapi, routes};
pub use verbs::*;
