//! What can be asked: records by a few letters.
use base::{Page, verb};
use serde::{Deserialize, Serialize};

/// Finds records by part of a name, website or number; at most eight of each kind, within what the actor may see.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Search {
    /// At least two letters; fewer find nothing.
    #[garde(length(chars, max = 100))]
    pub q: String,
}
verb!(Search: GET "/search" -> Page<Found>);

/// What kind of record was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FoundKind {
    Deal,
    Lead,
    Partner,
    Opportunity,
}

/// A record that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Found {
    pub kind: FoundKind,
    pub id: String,
    /// The customer's or partner's name.
    pub title: String,
    /// The number people use; empty when there is none.
    pub number: String,
    /// Its status or stage; empty for a partner.
    pub status: String,
}
