//! Deal registration: a partner claims an opportunity, a channel manager rules on it.
mod access;
mod model;
pub mod rules;
mod screen;
#[cfg(feature = "ssr")]
pub mod server;
mod verbs;
mod words;

kit::texts!();

pub use access::Do;
pub use model::*;
pub use screen::{
    COUNTRIES, DealBadge, DealPage, DealsPage, DryRunPage, QueuePage, ReceiptPage, RegisterPage,
    ScorecardPage, Waiting, country_choices, country_name, status_tone, status_words,
};
#[cfg(feature = "ssr")]
pub use server::{ANSWERS, JOBS, MIGRATIONS, OBSERVER, VERBS, openapi, routes};
pub use verbs::*;
