//! The laws of deal registration: pure, with clock, place in line and rules of engagement handed in.
mod complete;
#[cfg(feature = "ssr")]
mod engagement;
mod moves;
mod refusal;
#[cfg(feature = "ssr")]
mod screening;
mod step;
mod table;
#[cfg(test)]
mod tests;

pub use complete::{changed, is_material, missing};
#[cfg(feature = "ssr")]
pub use engagement::{Circumstances, terms, verdicts};
pub use moves::{moves, step_of};
pub use refusal::Refusal;
#[cfg(feature = "ssr")]
pub use screening::{Match, Other, Screening, Stand, agreements, company, is_named_account, profile, screen};
pub use step::{Effect, Next, Past, Screened, Step, Terms};
pub use table::apply;
