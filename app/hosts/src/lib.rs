//! Host names of brands: a brand's portal under a name of the vendor's own, after the vendor has shown by a record of
//! the DNS that the name is theirs.
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
pub use screen::HostsPage;
#[cfg(feature = "ssr")]
pub use server::{JOBS, MIGRATIONS, VERBS};
pub use verbs::*;
