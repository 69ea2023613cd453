//! What happened to a deal, one entry for every change, and what the claim was before.
use base::{EventId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Person, Status};

/// One entry of a deal's timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct TimelineEntry {
    pub id: EventId,
    pub at: Timestamp,
    /// Past tense, with its noun: `deal.approved`.
    #[serde(rename = "type")]
    pub kind: String,
    pub actor: Person,
    /// Where it stood before.
    pub from: Option<Status>,
    /// Where it stood after.
    pub status: Option<Status>,
    /// Reason code, note, fields: what the change carried.
    pub data: Value,
}

/// A field of the claim that changed, in plain words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Change {
    /// As on the wire: `value`, `customer`.
    pub field: String,
    /// Empty when there was nothing.
    pub before: String,
    pub after: String,
}

/// A claim as it once stood. Every claim that was submitted or amended is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct DealVersion {
    /// The deal's version with which it came.
    pub number: u32,
    pub at: Timestamp,
    pub by: Person,
    /// Against the version before it; empty for the first.
    pub changes: Vec<Change>,
}
