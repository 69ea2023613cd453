//! Key figures: one function each, and the sums that they are computed from, kept in the transaction of each event.
//!
//! [`kpi`] is pure. [`Period`] and [`Days`] say which days are meant, [`ranges`] how they are read from sums by day and by
//! month. On the server, [`server`] keeps the sums, reads them, and computes them anew to compare.
pub mod kpi;
mod period;
mod ranges;

#[cfg(feature = "ssr")]
pub mod server;

pub use period::{Against, Days, Period};
pub use ranges::{Grain, Range, ranges};
#[cfg(feature = "ssr")]
pub use server::{MIGRATIONS, OBSERVER};
