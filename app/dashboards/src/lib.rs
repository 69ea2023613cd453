//! Live performance: what partners and vendors see at a glance, from sums kept in the transaction of each event.
mod access;
mod chosen;
mod measure;
mod model;
#[cfg(feature = "ssr")]
mod rules;
mod screen;
mod verbs;
mod view;

#[cfg(feature = "ssr")]
pub mod server;

kit::texts!();

pub use model::*;
pub use screen::{ExplorePage, OverviewPage, StartPage, ViewsPage, WallPage};
#[cfg(feature = "ssr")]
pub use server::{JOBS, MIGRATIONS, VERBS};
pub use verbs::*;
pub use view::*;
