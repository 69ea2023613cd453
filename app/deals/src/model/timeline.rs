//! What happened to a deal, one entry for every change.
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
