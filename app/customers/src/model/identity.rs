//! The nouns of knowing customers apart: aliases, pairs that may be one company, merges, weights in force.
use base::{CustomerId, Timestamp};
use matching::{Evidence, Verdict, Weights};
use serde::{Deserialize, Serialize};

use super::Customer;

base::id!(
    /// A merge of two customers.
    MergeId,
    "merge"
);

/// What else a customer is known by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct CustomerAliases {
    /// Trade names, former names, names in another script.
    pub names: Vec<String>,
    /// Further websites: domains of companies it has bought, brands, countries.
    pub websites: Vec<String>,
    /// The customer's version.
    pub version: u32,
}

/// What became of a pair of customers that may be one company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PairState {
    /// Nobody has decided.
    #[default]
    Open,
    /// One company: one record was merged into the other.
    Merged,
    /// Two companies, a person says.
    Apart,
}

impl PairState {
    /// The wire and storage form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Merged => "merged",
            Self::Apart => "apart",
        }
    }
}

/// Two customers that may be one company, and what speaks for and against it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Duplicate {
    pub one: Customer,
    pub other: Customer,
    pub state: PairState,
    pub verdict: Verdict,
    /// Sum of the evidence, in bits.
    pub bits: f64,
    /// By what both records state when the pair was found.
    pub evidence: Vec<Evidence>,
    pub found_at: Timestamp,
}

/// What a customer states of itself, for choosing whose statement stays when two become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CustomerField {
    Name,
    Website,
    Country,
    RegistrationNumber,
    Phone,
    City,
    PostalCode,
    Street,
    Sector,
    ParentName,
    FoundedYear,
    Employees,
    Revenue,
}

impl CustomerField {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 13] = [
        Self::Name,
        Self::Website,
        Self::Country,
        Self::RegistrationNumber,
        Self::Phone,
        Self::Street,
        Self::PostalCode,
        Self::City,
        Self::Sector,
        Self::ParentName,
        Self::FoundedYear,
        Self::Employees,
        Self::Revenue,
    ];

    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Website => "website",
            Self::Country => "country",
            Self::RegistrationNumber => "registration_number",
            Self::Phone => "phone",
            Self::City => "city",
            Self::PostalCode => "postal_code",
            Self::Street => "street",
            Self::Sector => "sector",
            Self::ParentName => "parent_name",
            Self::FoundedYear => "founded_year",
            Self::Employees => "employees",
            Self::Revenue => "revenue",
        }
    }
}

/// A merge: one record stays and stands for both, the other is kept behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Merge {
    pub id: MergeId,
    pub kept: CustomerId,
    pub kept_name: String,
    pub gone: CustomerId,
    pub gone_name: String,
    /// What was taken from the record that went although the staying one stated something else.
    #[serde(default)]
    pub taken: Vec<CustomerField>,
    /// Opportunities that moved to the record that stays.
    pub opportunities: u64,
    pub merged_at: Timestamp,
    /// Shown name of who did it, at the time.
    pub merged_by: String,
    pub undone_at: Option<Timestamp>,
}

/// The weights that a vendor's records are compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct MatchWeights {
    /// Counts the vendor's own sets from 1; none while the published defaults are in force.
    pub number: Option<u32>,
    pub weights: Weights,
    pub published_at: Option<Timestamp>,
}
