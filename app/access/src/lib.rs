//! Who comes in and as whom: people, their roles in organisations, sessions, API keys and profiles.
pub mod access;
mod keys;
mod members;
mod model;
mod password;
pub mod rules;
mod screen;
#[cfg(feature = "ssr")]
pub mod server;
mod verbs;

kit::texts!();

pub use keys::*;
pub use members::*;
pub use model::*;
pub use password::Password;
pub use screen::*;
#[cfg(feature = "ssr")]
pub use server::{JOBS, MIGRATIONS, VERBS, Visitor, authenticate};
pub use verbs::*;
