//! A registration as a row of a list, and how many there are for navigation.
use base::{Date, DealId, Money, OrganizationId, ProgramId, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Status, ValueKind};

/// A deal in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct DealRow {
    pub id: DealId,
    /// For people: `DR-2041`.
    pub number: String,
    pub status: Status,
    pub program: ProgramId,
    pub program_name: String,
    pub partner: OrganizationId,
    pub partner_name: String,
    /// Empty in a draft that does not name it yet.
    pub customer_name: String,
    pub country: Option<String>,
    /// The first product, and how many more: `GTX Pro +2`.
    pub products: String,
    pub value: Option<Money>,
    pub value_kind: ValueKind,
    pub expected_close: Option<Date>,
    /// When the server received the registration; none for a draft.
    pub priority_at: Option<Timestamp>,
    /// Until when the vendor should have answered.
    pub answer_due: Option<Timestamp>,
    /// When the protection, or the grace of a returned registration, ends.
    pub expires_at: Option<Timestamp>,
    /// Whether the side that asks has to do something.
    pub needs_action: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: u32,
}

/// How many deals wait, for the numbers beside the navigation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Counts {
    /// Waiting for the asker's side.
    pub needs_action: u64,
    /// Waiting for a decision of the vendor.
    pub queue: u64,
    /// Of these, past the time by which an answer was due.
    pub overdue: u64,
    /// Protected now, and no longer in 30 days.
    pub expiring: u64,
}
