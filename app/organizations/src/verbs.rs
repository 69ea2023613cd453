//! What can be asked about organisations.
use base::{OrganizationId, Page, Side, verb};
use serde::{Deserialize, Serialize};

use crate::{Organization, rules};

/// Lists the organisations the actor sees here: its own. The command line sees all.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListOrganizations {
    #[garde(skip)]
    pub side: Option<Side>,
    /// Part of the name.
    #[garde(length(max = 200))]
    pub q: Option<String>,
    #[garde(length(max = 600))]
    pub cursor: Option<String>,
    #[garde(skip)]
    pub limit: Option<u32>,
}
verb!(ListOrganizations: GET "/organizations" -> Page<Organization>);

/// One organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GetOrganization {
    #[garde(skip)]
    pub id: OrganizationId,
}
verb!(GetOrganization: GET "/organizations/{id}" -> Organization);

/// Changes name, country or website of the actor's own organisation; owners only. An empty country or website
/// clears it. The slug stays: addresses hang on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct PatchOrganization {
    #[garde(skip)]
    pub id: OrganizationId,
    #[serde(default)]
    #[garde(length(max = 200), custom(rules::name_if_given))]
    pub name: Option<String>,
    #[serde(default)]
    #[garde(custom(rules::country_if_given))]
    pub country: Option<String>,
    #[serde(default)]
    #[garde(length(max = 300), custom(rules::website_if_given))]
    pub website: Option<String>,
    /// The version that was seen; from `If-Match`.
    #[serde(default)]
    #[garde(skip)]
    pub version: Option<u32>,
}
verb!(PatchOrganization: PATCH "/organizations/{id}" -> Organization);
