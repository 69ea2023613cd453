//! The pages of deal registration: the list, the form, one deal, its receipt and the decision queue.
mod board;
mod bulk;
mod countries;
mod deal;
mod dry_run;
mod list;
mod parts;
mod queue;
mod receipt;
mod register;
mod scorecard;
mod shelf;
mod unsent;
mod waiting;

pub use countries::{COUNTRIES, choices as country_choices, country_name};
pub use deal::DealPage;
pub use dry_run::DryRunPage;
pub use list::DealsPage;
pub use parts::{DealBadge, status_tone, status_words};
pub use queue::QueuePage;
pub use receipt::ReceiptPage;
pub use register::RegisterPage;
pub use scorecard::ScorecardPage;
pub use waiting::Waiting;
