//! The laws of deal registration: pure, with clock, place in line and rules of engagement handed in.
mod approved;
mod changes;
mod complete;
#[cfg(feature = "ssr")]
pub mod dry_run;
mod due;
#[cfg(feature = "ssr")]
mod engagement;
mod held;
mod line;
mod moves;
mod refusal;
#[cfg(feature = "ssr")]
mod screening;
pub mod shelf;
pub mod smart;
mod step;
mod table;
#[cfg(test)]
mod tests;

pub use changes::changes;
pub use complete::{changed, is_material, missing};
pub use due::{due_by_time, next_by_time};
#[cfg(feature = "ssr")]
pub use engagement::{Circumstances, terms, verdicts};
pub use held::{HeldDecision, HeldStep, held};
pub use line::{contribution, engages, equal_shares, is_qualified, place, points};
pub use moves::{moves, step_of};
pub use refusal::Refusal;
#[cfg(feature = "ssr")]
pub use screening::{Match, Other, Screening, Stand, agreements, company, is_named_account, profile, screen};
#[cfg(feature = "ssr")]
use screening::{meet, weighed};
pub use step::{Effect, Next, Past, Screened, Step, Terms};
pub use table::apply;
