//! Nouns: brands, programs, their published versions, products.
use base::{
    BrandId, Currency, Money, OrganizationId, ProductId, ProgramId, ProgramVersionId, Timestamp, UserId,
};
use serde::{Deserialize, Serialize};

use crate::Engagement;

/// A product line's face.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Brand {
    pub id: BrandId,
    /// The vendor it belongs to.
    pub vendor: OrganizationId,
    pub name: String,
    /// Unique within the vendor; part of addresses.
    pub slug: String,
    /// Hue of the accent in degrees of OKLCH, 0 to 359.
    pub hue: u16,
    /// Chroma of the accent in OKLCH, 0 to 0.37.
    pub chroma: f64,
    /// Counts changes; the `ETag`.
    pub version: u32,
}

/// The frame of the rules partners join under. The rules themselves are its published versions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Program {
    pub id: ProgramId,
    pub vendor: OrganizationId,
    pub vendor_name: String,
    pub brand: BrandId,
    pub brand_name: String,
    pub name: String,
    /// Unique within the vendor; part of addresses.
    pub slug: String,
    /// All amounts of the program's rules are in this currency.
    #[cfg_attr(feature = "ssr", schemars(with = "String"))]
    pub currency: Currency,
    /// IANA name of the zone the business calendar runs in.
    pub time_zone: String,
    /// Number of the version in force.
    pub rules_number: u32,
    pub created_at: Timestamp,
    /// Counts changes; the `ETag`.
    pub version: u32,
}

/// A program with the rules in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ProgramWithRules {
    #[serde(flatten)]
    pub program: Program,
    /// The version in force.
    pub rules: ProgramVersion,
}

/// One immutable, published set of a program's rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ProgramVersion {
    pub id: ProgramVersionId,
    pub program: ProgramId,
    /// Counts up by one within the program, from 1.
    pub number: u32,
    pub engagement: Engagement,
    pub published_at: Timestamp,
    /// Who published it; told to the vendor's own people only.
    pub published_by: Option<UserId>,
    pub published_by_name: Option<String>,
}

/// Something a vendor sells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Product {
    pub id: ProductId,
    pub vendor: OrganizationId,
    /// The brand it is sold under; none for products of the whole vendor.
    pub brand: Option<BrandId>,
    /// Unique within the vendor.
    pub sku: String,
    pub name: String,
    /// Registrations compete within a family.
    pub family: String,
    pub list_price: Option<Money>,
    /// Whether it can still be registered.
    pub active: bool,
    /// Counts changes; the `ETag`.
    pub version: u32,
}
