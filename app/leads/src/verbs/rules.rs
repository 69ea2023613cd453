//! How a program hands out leads: the draft, publishing, trying, versions.
use base::{LeadId, Page, ProgramId, verb};
use deals::Amount;
use serde::{Deserialize, Serialize};

use crate::model::{Distribution, Draw, LeadRules, LeadRulesVersion, Source};

/// How a program hands out leads now, with the draft of what comes next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct GetLeadRules {
    pub id: ProgramId,
}
verb!(GetLeadRules: GET "/programs/{id}/lead-rules" -> LeadRules);

/// Keeps a whole set of rules as the draft. Nothing is handed out by it before it is published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct SaveLeadRules {
    pub id: ProgramId,
    #[garde(dive)]
    pub distribution: Distribution,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
verb!(SaveLeadRules: PUT "/programs/{id}/lead-rules" -> LeadRules);

/// Publishes the draft: from now on leads are handed out by it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct PublishLeadRules {
    pub id: ProgramId,
    /// What is said about the change.
    #[serde(default)]
    #[garde(length(chars, max = 1000))]
    pub note: String,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
verb!(PublishLeadRules: POST "/programs/{id}/lead-rules/publish" -> LeadRules);

/// Throws the draft away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct DiscardLeadRules {
    pub id: ProgramId,
}
verb!(DiscardLeadRules: POST "/programs/{id}/lead-rules/discard" -> LeadRules);

/// The published versions of how a program hands out leads, latest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ListLeadRulesVersions {
    pub id: ProgramId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(length(max = 20))]
    pub cursor: Option<String>,
    /// Rows of a page, at most 200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}
verb!(ListLeadRulesVersions: GET "/programs/{id}/lead-rules/versions" -> Page<LeadRulesVersion>);

/// Says who would get a lead and why, without doing anything: a lead that there is, or one that is described. By the rules
/// given; else by the draft, or by what is in force where no draft is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct PreviewLeadRules {
    pub id: ProgramId,
    /// A lead of the program; what else is described is not looked at then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<LeadId>,
    /// The company's name and website, by which it may be pinned.
    #[serde(default)]
    #[garde(length(chars, max = 200))]
    pub name: String,
    #[serde(default)]
    #[garde(length(chars, max = 300))]
    pub website: String,
    /// ISO 3166-1 alpha-2.
    #[garde(inner(custom(crate::model::country_code)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[garde(length(chars, max = 120))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Product id, SKU or name, or a product family.
    #[garde(length(chars, max = 200))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    #[garde(dive)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Amount>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    #[garde(dive)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution: Option<Distribution>,
    /// 16 hexadecimal digits, to see the same draw again; by chance when left out.
    #[garde(inner(custom(hexadecimal)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<String>,
}
verb!(PreviewLeadRules: POST "/programs/{id}/lead-rules/preview" -> Draw);

impl PreviewLeadRules {
    /// Of a lead about which nothing is known, by what is kept.
    #[must_use]
    pub const fn new(id: ProgramId) -> Self {
        Self {
            id,
            lead: None,
            name: String::new(),
            website: String::new(),
            country: None,
            region: None,
            product: None,
            value: None,
            source: None,
            distribution: None,
            seed: None,
        }
    }
}

fn hexadecimal<C>(seed: &str, _: &C) -> garde::Result {
    if seed.len() == 16 && u64::from_str_radix(seed, 16).is_ok() {
        return Ok(());
    }
    Err(garde::Error::new("invalid: Give 16 hexadecimal digits."))
}
