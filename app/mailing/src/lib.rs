//! Mails to many: taking recipients in, leaving out whoever wants none, sending over SMTP with signatures, and writing down
//! what became of each message.
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
pub use screen::{SendersPage, SuppressedPage};
#[cfg(feature = "ssr")]
pub use server::{JOBS, MIGRATIONS, VERBS};
pub use verbs::*;
