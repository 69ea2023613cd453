//! Leads: a vendor hands interested companies to partners, by rules that can be read, and partners make deals of them.
mod access;
mod model;
pub mod rules;
mod screen;
#[cfg(feature = "ssr")]
pub mod server;
mod verbs;
mod words;

kit::texts!();

pub use access::Do;
pub use model::*;
pub use screen::{LeadPage, LeadRulesPage, LeadsPage, NewLeadPage, PinsPage};
#[cfg(feature = "ssr")]
pub use server::{JOBS, MIGRATIONS, OBSERVER, VERBS};
pub use verbs::*;
