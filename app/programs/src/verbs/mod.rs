//! What can be asked: brands, programs, their versions, products.
use base::{BrandId, Currency, Date, Money, Page, ProductId, ProgramId, verb};
use serde::{Deserialize, Serialize};

use crate::{Brand, Engagement, Product, Program, ProgramVersion, ProgramWithRules};

mod rules;
pub use rules::*;

/// Lists the brands the actor may see, by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct ListBrands {
    /// Part of the name.
    #[garde(length(max = 200))]
    pub q: Option<String>,
    #[garde(length(max = 100))]
    pub cursor: Option<String>,
    pub limit: Option<u32>,
}
verb!(ListBrands: GET "/brands" -> Page<Brand>);

/// Makes a brand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct CreateBrand {
    #[garde(custom(base::filled), length(max = 120))]
    pub name: String,
    /// Made from the name when left out.
    #[serde(default)]
    #[garde(inner(custom(readable)))]
    pub slug: Option<String>,
    /// Hue of the accent in degrees of OKLCH, 0 to 359.
    #[garde(range(max = 359))]
    pub hue: u16,
    /// Chroma of the accent in OKLCH, 0 to 0.37; kept to three decimals.
    #[garde(range(min = 0.0, max = 0.37))]
    pub chroma: f64,
}
verb!(CreateBrand: POST "/brands" -> Brand, status = 201);

/// Changes a brand. What is left out stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ChangeBrand {
    pub id: BrandId,
    #[serde(default)]
    pub version: Option<u32>,
    #[serde(default)]
    #[garde(inner(custom(base::filled), length(max = 120)))]
    pub name: Option<String>,
    #[serde(default)]
    #[garde(inner(custom(readable)))]
    pub slug: Option<String>,
    #[serde(default)]
    #[garde(inner(range(max = 359)))]
    pub hue: Option<u16>,
    #[serde(default)]
    #[garde(inner(range(min = 0.0, max = 0.37)))]
    pub chroma: Option<f64>,
    /// Whose name mails of the brand carry, unless its published theme names another; empty for the brand's own.
    #[serde(default)]
    #[garde(inner(length(chars, max = 120), custom(one_line)))]
    pub sender_name: Option<String>,
    /// From which address mails of the brand come, when it is of the installation's own domain; answers go to an address
    /// of another one, and the sender stays the installation's own. Empty for that.
    #[serde(default)]
    #[garde(inner(length(max = 254), custom(sender)))]
    pub sender_email: Option<String>,
}
verb!(ChangeBrand: PATCH "/brands/{id}" -> Brand);

/// Lists the programs the actor may see, by name: a vendor its own, a partner those it is enrolled in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct ListPrograms {
    /// Part of the name.
    #[garde(length(max = 200))]
    pub q: Option<String>,
    pub brand: Option<BrandId>,
    #[garde(length(max = 100))]
    pub cursor: Option<String>,
    pub limit: Option<u32>,
}
verb!(ListPrograms: GET "/programs" -> Page<Program>);

/// Gets a program with the rules in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct GetProgram {
    pub id: ProgramId,
}
verb!(GetProgram: GET "/programs/{id}" -> ProgramWithRules);

/// Makes a program and publishes version 1 of its rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct CreateProgram {
    pub brand: BrandId,
    #[garde(custom(base::filled), length(max = 120))]
    pub name: String,
    /// Made from the name when left out.
    #[serde(default)]
    #[garde(inner(custom(readable)))]
    pub slug: Option<String>,
    /// For good: registered values are in this currency. That of the brand's published theme when left out.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schemars(with = "Option<String>"))]
    pub currency: Option<Currency>,
    /// IANA name; the rules' calendar runs in it unless the rules name another. UTC when left out.
    #[serde(default)]
    #[garde(inner(length(min = 1, max = 64)))]
    pub time_zone: Option<String>,
    /// The first rules; the defaults when left out.
    #[serde(default)]
    #[garde(dive)]
    pub engagement: Option<Engagement>,
}
verb!(CreateProgram: POST "/programs" -> ProgramWithRules, status = 201);

/// A name that stands in the head of mails.
fn one_line<C>(name: &str, _: &C) -> garde::Result {
    if name.contains(char::is_control) {
        return Err(garde::Error::new("invalid: Write the name on one line."));
    }
    Ok(())
}

/// An e-mail address, or nothing.
fn sender<C>(email: &str, context: &C) -> garde::Result {
    if email.trim().is_empty() { Ok(()) } else { ::access::rules::email(email, context) }
}

/// Changes a program's name, address or brand. Its rules change by publishing a version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ChangeProgram {
    pub id: ProgramId,
    #[serde(default)]
    pub version: Option<u32>,
    #[serde(default)]
    pub brand: Option<BrandId>,
    #[serde(default)]
    #[garde(inner(custom(base::filled), length(max = 120)))]
    pub name: Option<String>,
    #[serde(default)]
    #[garde(inner(custom(readable)))]
    pub slug: Option<String>,
}
verb!(ChangeProgram: PATCH "/programs/{id}" -> ProgramWithRules);

/// Lists the published versions of a program's rules, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ListProgramVersions {
    pub id: ProgramId,
    /// The number of the last version seen.
    #[serde(default)]
    #[garde(length(max = 100))]
    pub cursor: Option<String>,
    #[serde(default)]
    pub limit: Option<u32>,
}
verb!(ListProgramVersions: GET "/programs/{id}/versions" -> Page<ProgramVersion>);

/// Publishes a new version of a program's rules; it is in force at once, or from a day on, for what is
/// submitted from then on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct PublishProgramVersion {
    pub id: ProgramId,
    /// The program's version that was seen.
    #[serde(default)]
    pub version: Option<u32>,
    #[garde(dive)]
    pub engagement: Engagement,
    /// The first day on which it is in force, in the rules' time zone; at once when left out.
    #[serde(default)]
    pub in_force_on: Option<Date>,
    /// What is said about the change.
    #[serde(default)]
    #[garde(inner(length(chars, max = 1000)))]
    pub note: Option<String>,
}
verb!(PublishProgramVersion: POST "/programs/{id}/versions" -> ProgramVersion, status = 201);

/// Lists the products the actor may see.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct ListProducts {
    /// Part of name, family or SKU.
    #[garde(length(max = 200))]
    pub q: Option<String>,
    #[garde(length(max = 200))]
    pub family: Option<String>,
    /// Only what can be registered in this program.
    pub program: Option<ProgramId>,
    pub active: Option<bool>,
    /// `name` (what is taken otherwise), `sku` or `family`; with `-` before it the other way round.
    #[garde(inner(custom(product_order)))]
    pub sort: Option<String>,
    #[garde(length(max = 100))]
    pub cursor: Option<String>,
    pub limit: Option<u32>,
}
verb!(ListProducts: GET "/products" -> Page<Product>);

/// Adds a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct CreateProduct {
    #[garde(custom(base::filled), length(max = 80))]
    pub sku: String,
    #[garde(custom(base::filled), length(max = 200))]
    pub name: String,
    #[garde(custom(base::filled), length(max = 120))]
    pub family: String,
    /// The brand it is sold under; left out for products of the whole vendor.
    #[serde(default)]
    pub brand: Option<BrandId>,
    #[serde(default)]
    #[garde(inner(custom(price)))]
    pub list_price: Option<Money>,
}
verb!(CreateProduct: POST "/products" -> Product, status = 201);

/// Changes a product. What is left out stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ChangeProduct {
    pub id: ProductId,
    #[serde(default)]
    pub version: Option<u32>,
    #[serde(default)]
    #[garde(inner(custom(base::filled), length(max = 200)))]
    pub name: Option<String>,
    #[serde(default)]
    #[garde(inner(custom(base::filled), length(max = 120)))]
    pub family: Option<String>,
    #[serde(default)]
    #[garde(inner(custom(price)))]
    pub list_price: Option<Money>,
    #[serde(default)]
    pub active: Option<bool>,
}
verb!(ChangeProduct: PATCH "/products/{id}" -> Product);

fn readable<C>(text: &str, _: &C) -> garde::Result {
    let fits = (1..=80).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-');
    if fits {
        return Ok(());
    }
    Err(garde::Error::new("invalid: Use lower-case letters, digits and hyphens, up to 80."))
}

fn price<C>(price: &Money, _: &C) -> garde::Result {
    if (0..=1_000_000_000_000).contains(&price.amount_minor) {
        return Ok(());
    }
    Err(garde::Error::new("out_of_range: Give an amount that is not negative."))
}

fn product_order<C>(sort: &str, _: &C) -> garde::Result {
    if ["name", "sku", "family"].contains(&sort.trim_start_matches('-')) {
        return Ok(());
    }
    Err(garde::Error::new("unknown: Sort by name, sku or family."))
}
