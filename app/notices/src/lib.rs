//! What people are told: the in-app inbox, and the live stream that keeps every screen fresh.
mod model;
pub mod rules;
mod screen;
#[cfg(feature = "ssr")]
mod server;
mod verbs;

kit::texts!();

pub use model::{Notice, NoticeCount};
pub use screen::{InboxBell, InboxPage};
#[cfg(feature = "ssr")]
pub use server::{JOBS, MIGRATIONS, OBSERVER, VERBS, bookmark, live_routes, openapi, stop_streams};
pub use verbs::*;
