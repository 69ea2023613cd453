//! Live performance: what partners and vendors see at a glance, from sums kept in the transaction of each event.
#[cfg(feature = "ssr")]
mod access;
pub mod kpi;
mod model;
mod period;
mod screen;
mod verbs;

#[cfg(feature = "ssr")]
pub mod server;

kit::texts!();

pub use model::*;
pub use period::Period;
pub use screen::{OverviewPage, StartPage};
#[cfg(feature = "ssr")]
pub use server::{MIGRATIONS, OBSERVER, VERBS};
pub use verbs::*;
