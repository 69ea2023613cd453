//! Landing pages: what the public sees of a campaign, the form by which a stranger becomes a lead of the partner's, and the
//! pictures, papers and files that partners take along.
mod access;
mod model;
pub mod rules;
#[cfg(feature = "ssr")]
pub mod server;
mod verbs;
mod words;

kit::texts!();

pub use access::Do;
pub use model::*;
#[cfg(feature = "ssr")]
pub use server::{MIGRATIONS, OwnName, VERBS, openapi, public_routes, routes};
pub use verbs::*;
