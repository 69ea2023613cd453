//! Nouns: brands, programs, their published versions, products.
use base::{
    BrandId, Currency, Money, OrganizationId, ProductId, ProgramId, ProgramVersionId, Timestamp, UserId,
};
use serde::{Deserialize, Serialize};

use crate::{Edition, Engagement, RuleChange};

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
    /// Whose name mails of the brand carry; the brand's own when there is none.
    pub sender_name: Option<String>,
    /// From which address mails of the brand come, when it is of the installation's own domain; that of another domain
    /// takes the answers. The installation's own sends when there is none.
    pub sender_email: Option<String>,
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
    pub state: VersionState,
    pub published_at: Timestamp,
    /// From when on registrations are decided by it.
    pub in_force_at: Timestamp,
    /// What was said about the change when it was published.
    pub note: String,
    /// The earlier version that this one brought back.
    pub same_as: Option<u32>,
    /// Who published it; told to the vendor's own people only.
    pub published_by: Option<UserId>,
    pub published_by_name: Option<String>,
}

/// Where a published version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum VersionState {
    /// Published; in force from a later day on.
    Scheduled,
    InForce,
    /// Was in force.
    Past,
    /// Taken back before it came into force.
    Withdrawn,
}

/// A partner by name, for rules that name partners by id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct NamedPartner {
    pub id: OrganizationId,
    pub name: String,
}

/// The next version of a program's rules while it is being written. Without a kept draft these are the rules in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct RulesDraft {
    pub program: Program,
    pub in_force: ProgramVersion,
    /// A published version that waits for its day.
    pub scheduled: Option<ProgramVersion>,
    pub engagement: Engagement,
    /// Number of the version that was in force when the draft was kept last.
    pub based_on: u32,
    /// When it was last kept; none when nothing is kept.
    pub changed_at: Option<Timestamp>,
    pub changed_by_name: Option<String>,
    /// Counts how often the draft was kept; 0 when nothing is. The `ETag`.
    pub version: u32,
    /// The partners that the draft and the rules in force name.
    pub partners: Vec<NamedPartner>,
}

/// Two sets of rules beside each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct RulesComparison {
    pub program: Program,
    pub from: Edition,
    pub from_engagement: Engagement,
    pub to: Edition,
    pub to_engagement: Engagement,
    /// What differs, in English; screens say it in the reader's language.
    pub changes: Vec<RuleChange>,
    /// The partners that either names.
    pub partners: Vec<NamedPartner>,
}

/// Rules as a file for people and version control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct RulesFile {
    /// `partner-network-rules-3.toml`
    pub name: String,
    /// TOML 1.0, with each rule's sentence as a comment.
    pub toml: String,
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
