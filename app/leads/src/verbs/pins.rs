//! Named accounts: which customer's leads go to which partner.
use base::{Date, LeadPinId, OrganizationId, Page, ProgramId, verb};
use serde::{Deserialize, Serialize};

use crate::model::Pin;

/// Lists the pinned customers of the vendor, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct ListLeadPins {
    pub program: Option<ProgramId>,
    pub partner: Option<OrganizationId>,
    /// Part of the customer's name or domain.
    #[garde(length(chars, max = 200))]
    pub q: Option<String>,
    #[garde(length(max = 100))]
    pub cursor: Option<String>,
    /// Rows of a page, at most 200.
    pub limit: Option<u32>,
}
verb!(ListLeadPins: GET "/lead-pins" -> Page<Pin>);

/// Pins a customer to a partner: its leads are offered to that partner before any rule is looked at. A name or a website
/// is needed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct CreateLeadPin {
    pub program: ProgramId,
    pub partner: OrganizationId,
    /// The customer's name; compared without legal form, case and signs.
    #[serde(default)]
    #[garde(length(chars, max = 200))]
    pub name: String,
    /// Website, host name or e-mail address of the customer; its registrable domain is kept.
    #[serde(default)]
    #[garde(length(chars, max = 300))]
    pub website: String,
    /// The last day on which it counts, in the program's time zone; without end when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Why.
    #[serde(default)]
    #[garde(length(chars, max = 1000))]
    pub note: String,
}
verb!(CreateLeadPin: POST "/lead-pins" -> Pin, status = 201);

/// Changes a pinned customer. What is left out stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ChangeLeadPin {
    pub id: LeadPinId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<OrganizationId>,
    /// The last day on which it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Lets it count without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endless: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(length(chars, max = 1000))]
    pub note: Option<String>,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
verb!(ChangeLeadPin: PATCH "/lead-pins/{id}" -> Pin);

/// Takes a pin away: the customer's next leads go by the rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct DropLeadPin {
    pub id: LeadPinId,
}
verb!(DropLeadPin: DELETE "/lead-pins/{id}" -> Pin);
