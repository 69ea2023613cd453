//! Programs: a vendor's brands, the rules partners join under, version by version, and what is sold.
mod access;
#[cfg(feature = "ssr")]
mod business_time;
mod calendar;
mod engagement;
mod model;
mod rule_id;
mod screen;
#[cfg(feature = "ssr")]
pub mod server;
mod verbs;

kit::texts!();

pub use access::Do;
pub use calendar::{Calendar, ClockTime, Workday};
pub use engagement::*;
pub use model::*;
pub use rule_id::RuleId;
pub use screen::{ProgramPage, rule_sentence};
#[cfg(feature = "ssr")]
pub use server::{MIGRATIONS, VERBS, rules};
pub use verbs::*;
