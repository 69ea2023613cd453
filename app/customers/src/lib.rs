//! End customers, the CRM's opportunities, and the index that finds a company again under another spelling.
mod access;
mod model;
pub mod rules;
mod screen;
#[cfg(feature = "ssr")]
pub mod server;
mod verbs;

kit::texts!();

pub use access::Do;
pub use model::*;
pub use screen::{ComparePage, CustomerPage, CustomersPage, DuplicatesPage, OpportunitiesPage};
#[cfg(feature = "ssr")]
pub use server::{JOBS, MIGRATIONS, VERBS};
pub use verbs::*;
