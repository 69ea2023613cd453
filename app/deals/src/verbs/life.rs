//! What keeps a deal alive, joins it with the CRM, and lets both sides talk about it.
use base::{Date, DealId, OpportunityId, Page, verb};
use serde::{Deserialize, Serialize};

use crate::model::{Deal, DealVersion, EvidenceKind, TimelineEntry};

/// Shows that the partner works on the deal: the silence after which it would lapse counts anew, and the work counts
/// where contributions decide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ShowActivity {
    #[garde(skip)]
    pub id: DealId,
    #[serde(default)]
    #[garde(skip)]
    pub kind: EvidenceKind,
    /// The day it happened; today or before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub on: Option<Date>,
    /// What was said or agreed.
    #[serde(default)]
    #[garde(custom(base::filled), length(chars, max = 2000))]
    pub note: String,
}
verb!(ShowActivity: POST "/deals/{id}/activities" -> Deal);

/// Lets an opportunity of the CRM stand for an approved deal: the one that is named, else the open one that matches
/// the deal's partner, customer and products, else a new one. Several that match have to be chosen from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ConvertDeal {
    #[garde(skip)]
    pub id: DealId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub opportunity: Option<OpportunityId>,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub version: Option<u32>,
}
verb!(ConvertDeal: POST "/deals/{id}/convert" -> Deal);

/// How an opportunity ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DealOutcome {
    Won,
    Lost,
}

/// Says how a converted deal ended, where the CRM does not. Its opportunity is closed with it. Final.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct CloseDeal {
    #[garde(skip)]
    pub id: DealId,
    #[garde(skip)]
    pub outcome: DealOutcome,
    /// What the partner should know.
    #[serde(default)]
    #[garde(length(chars, max = 2000))]
    pub note: String,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub version: Option<u32>,
}
verb!(CloseDeal: POST "/deals/{id}/close" -> Deal);

/// Every claim that a deal made, oldest first, with what changed against the one before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ListDealVersions {
    #[garde(skip)]
    pub id: DealId,
}
verb!(ListDealVersions: GET "/deals/{id}/versions" -> Page<DealVersion>);

/// Writes to the other side of a deal: the partner to the vendor, the vendor to the partner. The message stands in the
/// deal's timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct WriteMessage {
    #[garde(skip)]
    pub id: DealId,
    #[serde(default)]
    #[garde(custom(base::filled), length(chars, max = 5000))]
    pub text: String,
}
verb!(WriteMessage: POST "/deals/{id}/messages" -> TimelineEntry, status = 201);

/// Event of a message that the partner wrote.
pub const FROM_PARTNER: &str = "deal.message_to_vendor";
/// Event of a message that the vendor wrote.
pub const FROM_VENDOR: &str = "deal.message_to_partner";
