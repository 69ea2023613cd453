//! Partners: which organisation takes part in which program, as what, and who looks after it.
mod access;
#[cfg(feature = "ssr")]
pub mod fixtures;
mod model;
mod rules;
mod screen;
mod segment;
#[cfg(feature = "ssr")]
pub mod server;
mod verbs;

kit::texts!();

pub use access::Do;
pub use model::*;
pub use screen::{PartnerPage, PartnersPage, tier_name, type_name};
pub use segment::{Segment, Segments};
#[cfg(feature = "ssr")]
pub use server::{MIGRATIONS, VERBS};
pub use verbs::*;
