//! The nouns of leads.
mod distribution;
mod draw;
mod facts;
mod lead;
mod origin;
mod pin;
mod reasons;
mod row;
mod state;
mod statuses;

pub use base::{LeadId, LeadPinId};
pub use deals::Person;
pub use distribution::{
    AnswerWindow, Choice, Distribution, LeadRule, LeadRules, LeadRulesVersion, NamedPartner, WindowUnit,
};
pub use draw::{Candidate, Draw, Exclusion, How, Trial, TrialOutcome};
pub(crate) use facts::country_code;
#[cfg(feature = "ssr")]
pub(crate) use facts::said;
pub use facts::{Contact, Interest, LeadCustomer, LeadFacts, Source};
pub use lead::{Lead, Move, Refused, TimelineEntry};
pub use origin::Origin;
pub use pin::Pin;
pub use reasons::{DeadReason, DeclineReason};
pub use row::{BulkRow, Counts, LeadRow, LeadsReport};
pub use state::{LeadState, RecycleCause, Status};
pub use statuses::Statuses;
