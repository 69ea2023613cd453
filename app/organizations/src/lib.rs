//! Organisations: the vendors that run programs and the partners that take part in them.
pub mod access;
mod model;
pub mod rules;
#[cfg(feature = "ssr")]
pub mod server;
mod verbs;

kit::texts!();

pub use model::Organization;
#[cfg(feature = "ssr")]
pub use server::{JOBS, MIGRATIONS, VERBS};
pub use verbs::*;
