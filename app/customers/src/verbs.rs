//! What can be asked about customers and opportunities.
use base::{
    CustomerId, Date, Money, OpportunityId, OrganizationId, Page, ProductId, ProgramId, filled, verb,
};
use garde::Validate;
use serde::{Deserialize, Serialize};

use crate::model::{Customer, Opportunity, OpportunityFilters, Stage};

mod identity;
pub use identity::*;

/// Lists the vendor's customers by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListCustomers {
    /// Part of the name, the domain or the external id.
    #[garde(length(max = 200))]
    pub q: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[garde(length(max = 2))]
    pub country: Option<String>,
    #[garde(length(max = 100))]
    pub sector: Option<String>,
    #[garde(length(max = 400))]
    pub cursor: Option<String>,
    #[garde(skip)]
    pub limit: Option<u32>,
}
verb!(ListCustomers: GET "/customers" -> Page<Customer>);

/// Reads one customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GetCustomer {
    #[garde(skip)]
    pub id: CustomerId,
}
verb!(GetCustomer: GET "/customers/{id}" -> Customer);

/// Adds a customer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct CreateCustomer {
    #[garde(custom(filled), length(max = 200))]
    pub name: String,
    #[garde(length(max = 100))]
    pub external_id: Option<String>,
    #[garde(length(max = 300))]
    pub website: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[garde(inner(custom(country_code)))]
    pub country: Option<String>,
    #[garde(length(max = 60))]
    pub registration_number: Option<String>,
    #[garde(length(max = 40))]
    pub phone: Option<String>,
    #[garde(length(max = 100))]
    pub city: Option<String>,
    #[garde(length(max = 20))]
    pub postal_code: Option<String>,
    #[garde(length(max = 200))]
    pub street: Option<String>,
    #[garde(length(max = 100))]
    pub sector: Option<String>,
    #[garde(range(min = 1000, max = 2200))]
    pub founded_year: Option<i64>,
    #[garde(range(min = 0, max = 100_000_000))]
    pub employees: Option<i64>,
    #[garde(skip)]
    pub revenue: Option<Money>,
    #[garde(length(max = 200))]
    pub parent_name: Option<String>,
}
verb!(CreateCustomer: POST "/customers" -> Customer, status = 201);

/// Changes a customer. What is left out stays; an empty text takes a value away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct UpdateCustomer {
    #[garde(skip)]
    pub id: CustomerId,
    #[serde(default)]
    #[garde(inner(custom(filled), length(max = 200)))]
    pub name: Option<String>,
    #[serde(default)]
    #[garde(length(max = 100))]
    pub external_id: Option<String>,
    #[serde(default)]
    #[garde(length(max = 300))]
    pub website: Option<String>,
    #[serde(default)]
    #[garde(inner(custom(country_code)))]
    pub country: Option<String>,
    #[serde(default)]
    #[garde(length(max = 60))]
    pub registration_number: Option<String>,
    #[serde(default)]
    #[garde(length(max = 40))]
    pub phone: Option<String>,
    #[serde(default)]
    #[garde(length(max = 100))]
    pub city: Option<String>,
    #[serde(default)]
    #[garde(length(max = 20))]
    pub postal_code: Option<String>,
    #[serde(default)]
    #[garde(length(max = 200))]
    pub street: Option<String>,
    #[serde(default)]
    #[garde(length(max = 100))]
    pub sector: Option<String>,
    #[serde(default)]
    #[garde(range(min = 1000, max = 2200))]
    pub founded_year: Option<i64>,
    #[serde(default)]
    #[garde(range(min = 0, max = 100_000_000))]
    pub employees: Option<i64>,
    #[serde(default)]
    #[garde(skip)]
    pub revenue: Option<Money>,
    #[serde(default)]
    #[garde(length(max = 200))]
    pub parent_name: Option<String>,
    /// The version that was seen; usually sent as `If-Match`.
    #[serde(default)]
    #[garde(skip)]
    pub version: Option<u32>,
}
verb!(UpdateCustomer: PATCH "/customers/{id}" -> Customer);

/// Lists opportunities: a vendor's all, a partner's own. Newest first unless `sort` says otherwise
/// (`opened_on`, `closed_on`, `value`, with `-` for downwards).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListOpportunities {
    #[garde(skip)]
    pub stage: Option<Stage>,
    /// Open ones only (`true`), closed ones only (`false`).
    #[garde(skip)]
    pub open: Option<bool>,
    #[garde(skip)]
    pub partner: Option<OrganizationId>,
    #[garde(skip)]
    pub product: Option<ProductId>,
    #[garde(skip)]
    pub program: Option<ProgramId>,
    #[serde(flatten)]
    #[garde(dive)]
    pub segment: partners::Segment,
    #[garde(skip)]
    pub customer: Option<CustomerId>,
    /// Closed on this day or later.
    #[garde(skip)]
    pub closed_since: Option<Date>,
    /// Closed before this day.
    #[garde(skip)]
    pub closed_until: Option<Date>,
    /// Part of the customer's name or of the external id.
    #[garde(length(max = 200))]
    pub q: Option<String>,
    #[garde(length(max = 20))]
    pub sort: Option<String>,
    #[garde(length(max = 400))]
    pub cursor: Option<String>,
    #[garde(skip)]
    pub limit: Option<u32>,
}
verb!(ListOpportunities: GET "/opportunities" -> Page<Opportunity>);

/// Reads one opportunity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GetOpportunity {
    #[garde(skip)]
    pub id: OpportunityId,
}
verb!(GetOpportunity: GET "/opportunities/{id}" -> Opportunity);

/// Names the partners and products that the actor's opportunities can be filtered by.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListOpportunityFilters {}
verb!(ListOpportunityFilters: GET "/opportunity-filters" -> OpportunityFilters);

/// Two letters; an empty text stands for none.
fn country_code<C>(code: &str, _: &C) -> garde::Result {
    if code.trim().is_empty() || matching::normalise::country(code).is_some() {
        return Ok(());
    }
    Err(garde::Error::new("unknown: Use the two letters of ISO 3166-1."))
}
