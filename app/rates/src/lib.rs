//! Exchange rates: what one euro is worth in other currencies, by month, as a vendor's books have it.
//!
//! A rate holds from its month until the next month that has one. On the server, [`server::converted`] lets sums of money be
//! read in one currency.
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
pub use screen::RatesPage;
#[cfg(feature = "ssr")]
pub use server::{MIGRATIONS, OBSERVER, VERBS};
pub use verbs::*;
