//! Records that look like the same customer, with what agrees; without the rival for those who may not see it.
use base::{Money, OrganizationId, Timestamp};
use matching::{Feature, Grade, Verdict};
use serde::{Deserialize, Serialize};

use super::CheckReason;

/// What was compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// Another registration.
    Deal,
    /// An open opportunity of the CRM.
    Opportunity,
    Customer,
}

impl RecordKind {
    /// The wire and storage form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Deal => "deal",
            Self::Opportunity => "opportunity",
            Self::Customer => "customer",
        }
    }
}

/// One feature that both sides state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Agreement {
    pub feature: Feature,
    pub grade: Grade,
    /// Whether it speaks for the same company.
    pub agrees: bool,
    /// The claim's value, normalised.
    pub claimed: String,
    /// The other record's value; for the vendor only.
    pub recorded: Option<String>,
    /// Bits for the same company, negative against it; for the vendor only.
    pub weight: Option<f64>,
}

/// The other record; for the vendor only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Rival {
    /// `deal_…`, `opp_…` or `cust_…`.
    pub id: String,
    /// Number of the deal, or the CRM's id.
    pub number: Option<String>,
    /// The customer's name there.
    pub customer_name: String,
    pub partner: Option<OrganizationId>,
    pub partner_name: Option<String>,
    /// Status of the deal, stage of the opportunity.
    pub status: Option<String>,
    pub value: Option<Money>,
    pub families: Vec<String>,
    /// When it was registered or opened.
    pub since: Option<Timestamp>,
}

/// A record that looks like the same customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Conflict {
    pub kind: RecordKind,
    /// Whether it is the same company.
    pub verdict: Verdict,
    /// Whether it stands against the registration: same customer, same family, at the same time, no exception.
    pub stands_against: bool,
    /// Whether a product family is claimed by both.
    pub family_overlap: bool,
    /// Whether the other registration came first.
    pub came_first: bool,
    /// Strongest first.
    pub reasons: Vec<CheckReason>,
    pub features: Vec<Agreement>,
    /// Sum of the weights in bits; for the vendor only.
    pub bits: Option<f64>,
    /// Version of the weights; for the vendor only.
    pub weights_version: Option<String>,
    /// The other record; for the vendor only.
    pub rival: Option<Rival>,
}
