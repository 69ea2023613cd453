//! The noun: an organisation, on one side of the table.
use base::{OrganizationId, Side};
use serde::{Deserialize, Serialize};

/// A vendor or a partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Organization {
    pub id: OrganizationId,
    /// Never changes: programs and deals hang on it.
    pub side: Side,
    pub name: String,
    /// Unique among all organisations; lower-case letters, digits and hyphens.
    pub slug: String,
    /// ISO 3166-1 alpha-2, upper case.
    pub country: Option<String>,
    /// With its scheme.
    pub website: Option<String>,
    /// Counts up with every change.
    pub version: u32,
}

impl Organization {
    /// A new one with the slug of its name; [`crate::server::insert`] makes the slug unique.
    #[must_use]
    pub fn new(id: OrganizationId, side: Side, name: &str) -> Self {
        let name = name.trim().to_owned();
        let slug = crate::rules::slug_of(&name);
        Self { id, side, name, slug, country: None, website: None, version: 1 }
    }
}
