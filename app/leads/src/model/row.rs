//! Leads in lists, how many wait, and what came of many at once.
use base::{FieldError, LeadId, Money, OrganizationId, ProgramId, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Source, Status};

/// A lead in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct LeadRow {
    pub id: LeadId,
    /// For people: `LD-1042`.
    pub number: String,
    pub status: Status,
    pub program: ProgramId,
    pub program_name: String,
    pub partner: Option<OrganizationId>,
    pub partner_name: Option<String>,
    pub customer_name: String,
    pub country: Option<String>,
    /// What the company wants; empty when nobody knows.
    pub product: String,
    pub value: Option<Money>,
    pub source: Source,
    /// Until when the partner can answer, while an answer is awaited.
    pub answer_by: Option<Timestamp>,
    /// Whether the side that asks has to do something.
    pub needs_action: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: u32,
}

/// How many leads wait, for the numbers beside the navigation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "LeadCounts"))]
pub struct Counts {
    /// Waiting for the asker's side.
    pub needs_action: u64,
    /// Offered, and not answered yet.
    pub offered: u64,
    /// In a partner's hands.
    pub working: u64,
}

/// What came of one lead of many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct BulkRow {
    /// Its place in what was sent, from 0.
    pub place: u32,
    /// None when it was not taken.
    pub id: Option<LeadId>,
    pub number: Option<String>,
    pub status: Option<Status>,
    /// What is wrong with it.
    pub errors: Vec<FieldError>,
}

/// What came of many leads at once: those that are right are kept, the others come back with what is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct LeadsReport {
    pub created: u32,
    pub rejected: u32,
    pub rows: Vec<BulkRow>,
}
