//! Programs: a vendor's brands, the rules partners join under, version by version, and what is sold.
mod access;
#[cfg(feature = "ssr")]
mod business_time;
mod calendar;
mod changes;
mod edition;
mod engagement;
#[cfg(feature = "ssr")]
mod form;
mod model;
mod rule_id;
#[cfg(feature = "ssr")]
mod rules_file;
mod screen;
#[cfg(feature = "ssr")]
pub mod server;
mod verbs;

kit::texts!();

pub use access::Do;
pub use calendar::{Calendar, ClockTime, Workday};
pub use changes::{RuleChange, changes};
pub use edition::Edition;
pub use engagement::*;
pub use model::*;
pub use rule_id::RuleId;
pub use screen::{ComparePage, ProgramPage, RulesFilePage, RulesPage, rule_sentence};
#[cfg(feature = "ssr")]
pub use server::{JOBS, MIGRATIONS, VERBS, rules};
pub use verbs::*;
