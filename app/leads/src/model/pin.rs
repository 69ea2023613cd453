//! Named accounts: a customer whose leads go to one partner.
use base::{Date, LeadPinId, OrganizationId, ProgramId, Timestamp};
use serde::{Deserialize, Serialize};

/// A customer whose leads go to one partner, before any rule is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "LeadPin"))]
pub struct Pin {
    pub id: LeadPinId,
    pub program: ProgramId,
    pub program_name: String,
    pub partner: OrganizationId,
    pub partner_name: String,
    /// The customer's name; empty when only the website counts.
    pub name: String,
    /// The customer's registrable domain.
    pub domain: Option<String>,
    /// The last day on which it counts, in the program's time zone; without end when none is given.
    pub until: Option<Date>,
    /// Why.
    pub note: String,
    /// Whether it counts today.
    pub is_current: bool,
    pub created_at: Timestamp,
    pub created_by_name: String,
    /// Counts changes; send it back as `If-Match`.
    pub version: u32,
}
