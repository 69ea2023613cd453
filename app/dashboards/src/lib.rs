//! Live performance: what partners and vendors see at a glance, from sums kept in the transaction of each event.
#[cfg(feature = "ssr")]
mod access;
mod model;
mod screen;
mod verbs;

#[cfg(feature = "ssr")]
pub mod server;

kit::texts!();

pub use model::*;
pub use screen::{OverviewPage, StartPage, WallPage};
#[cfg(feature = "ssr")]
pub use server::VERBS;
pub use verbs::*;
