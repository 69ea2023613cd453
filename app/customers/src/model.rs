//! The nouns: a customer, an opportunity and how far it has come.
use base::{CustomerId, Date, Money, OpportunityId, OrganizationId, ProductId, ProgramId, Timestamp};
use serde::{Deserialize, Serialize};

mod identity;
pub use identity::*;

/// An end customer company, as one vendor knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Customer {
    pub id: CustomerId,
    /// What another system calls it; unique within the vendor.
    pub external_id: Option<String>,
    pub name: String,
    pub website: Option<String>,
    /// The registrable domain of the website; none for free mail and shared hosting.
    pub domain: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    pub registration_number: Option<String>,
    pub phone: Option<String>,
    pub city: Option<String>,
    pub postal_code: Option<String>,
    pub street: Option<String>,
    pub sector: Option<String>,
    pub founded_year: Option<i64>,
    pub employees: Option<i64>,
    /// Per year.
    pub revenue: Option<Money>,
    /// The company it belongs to.
    pub parent_name: Option<String>,
    pub created_at: Timestamp,
    pub version: u32,
}

/// Nothing known yet: an empty name, a nil id.
impl Default for Customer {
    fn default() -> Self {
        Self {
            id: CustomerId(base::reexport::uuid::Uuid::nil()),
            external_id: None,
            name: String::new(),
            website: None,
            domain: None,
            country: None,
            registration_number: None,
            phone: None,
            city: None,
            postal_code: None,
            street: None,
            sector: None,
            founded_year: None,
            employees: None,
            revenue: None,
            parent_name: None,
            created_at: Timestamp::default(),
            version: 1,
        }
    }
}

/// How far a sale has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Prospecting,
    Engaging,
    Won,
    Lost,
}

impl Stage {
    /// All, in the order of a sale.
    pub const ALL: [Self; 4] = [Self::Prospecting, Self::Engaging, Self::Won, Self::Lost];

    /// The wire and storage form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Prospecting => "prospecting",
            Self::Engaging => "engaging",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }

    /// Reads the storage form; letter case does not count.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str().eq_ignore_ascii_case(text.trim()))
    }

    /// Whether the sale may still be won.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Prospecting | Self::Engaging)
    }
}

/// The customer of an opportunity: a name, and a record where it is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct CustomerRef {
    pub id: Option<CustomerId>,
    pub name: String,
}

/// The partner of an opportunity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct PartnerRef {
    pub id: OrganizationId,
    pub name: String,
}

/// What an opportunity is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ProductRef {
    pub id: ProductId,
    pub name: String,
}

/// The CRM's record of a sale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Opportunity {
    pub id: OpportunityId,
    /// The CRM's own id; unique within the vendor.
    pub external_id: Option<String>,
    pub program: ProgramId,
    /// None while the CRM does not say who it is.
    pub customer: Option<CustomerRef>,
    pub partner: Option<PartnerRef>,
    pub product: Option<ProductRef>,
    pub stage: Stage,
    /// What it was closed at; zero while an open one has no estimate.
    pub value: Money,
    #[cfg_attr(feature = "ssr", schemars(with = "Option<String>"))]
    pub opened_on: Option<Date>,
    #[cfg_attr(feature = "ssr", schemars(with = "Option<String>"))]
    pub closed_on: Option<Date>,
    pub version: u32,
}

/// What a page needs to offer a filter: a record's id and its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct FilterChoice {
    pub id: String,
    pub name: String,
}

/// The partners and products that opportunities can be filtered by.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct OpportunityFilters {
    pub partners: Vec<FilterChoice>,
    pub products: Vec<FilterChoice>,
}
