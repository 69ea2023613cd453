//! What a partner claims: the customer, what would be sold, for how much, and what shows that it is real.
use base::{Currency, Date, FieldError, Money};
use serde::{Deserialize, Serialize};

/// Fields of a claim that a partner can be asked to put right, as on the wire.
pub const FIELDS: [&str; 14] = [
    "customer",
    "products",
    "value",
    "value_kind",
    "expected_close",
    "partner_role",
    "evidence",
    "notes",
    "sales_stage",
    "use_case",
    "competitor",
    "incumbent",
    "tender_reference",
    "source",
];

/// The end customer as the partner knows it. Everything may be missing in a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct CustomerClaim {
    /// Legal or trade name.
    #[garde(length(chars, max = 200))]
    pub name: String,
    /// Website, host name or e-mail address of the company.
    #[garde(length(chars, max = 300))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[garde(inner(custom(country_code)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Company register or tax number.
    #[garde(length(chars, max = 60))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration_number: Option<String>,
    #[garde(length(chars, max = 40))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[garde(length(chars, max = 120))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    #[garde(length(chars, max = 20))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    #[garde(length(chars, max = 200))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
}

fn country_code<C>(code: &str, _: &C) -> garde::Result {
    let code = code.trim();
    if code.is_empty() || code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Ok(());
    }
    Err(garde::Error::new("not_a_country: Give the two letters of ISO 3166, like DE."))
}

impl CustomerClaim {
    /// Trimmed, empty texts as none, the country in upper case: what is stored.
    #[must_use]
    pub fn tidy(self) -> Self {
        let text =
            |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Self {
            name: self.name.trim().to_owned(),
            website: text(self.website),
            country: text(self.country).map(|code| code.to_ascii_uppercase()),
            registration_number: text(self.registration_number),
            phone: text(self.phone),
            city: text(self.city),
            postal_code: text(self.postal_code),
            street: text(self.street),
        }
    }
}

/// An amount as asked: `{amount_minor, currency}`, or as a person typed it, `{amount: "48,000.00", currency}`.
/// Without a currency the program's is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Amount {
    /// Whole minor units.
    #[garde(skip)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_minor: Option<i64>,
    /// As typed, in units of the currency.
    #[garde(length(max = 40))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// ISO 4217 code.
    #[garde(skip)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schemars(with = "Option<String>", regex(pattern = "^[A-Z]{3}$")))]
    pub currency: Option<Currency>,
}

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Self { amount_minor: Some(money.amount_minor), amount: None, currency: Some(money.currency) }
    }
}

impl Amount {
    /// As typed, in a currency.
    #[must_use]
    pub fn typed(text: impl Into<String>, currency: Currency) -> Self {
        Self { amount_minor: None, amount: Some(text.into()), currency: Some(currency) }
    }

    /// The money meant; none when no amount was given.
    ///
    /// # Errors
    /// `not_an_amount` or `out_of_range` on `field`; negative amounts are out of range.
    pub fn money(&self, field: &str, usual: Currency) -> Result<Option<Money>, FieldError> {
        let currency = self.currency.unwrap_or(usual);
        let typed = self.amount.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let money = match (self.amount_minor, typed) {
            (Some(minor), _) => Money::new(minor, currency),
            (None, None) => return Ok(None),
            (None, Some(text)) => Money::parse(text, currency).ok_or_else(|| {
                FieldError::new(field, "not_an_amount", "This is not an amount. Write it like 48,000.00.")
            })?,
        };
        // A quadrillion of minor units: sums over all deals of a vendor stay within 64 bits.
        if (0..=1_000_000_000_000_000).contains(&money.amount_minor) {
            Ok(Some(money))
        } else {
            Err(FieldError::new(
                field,
                "out_of_range",
                "The amount must be zero or more, and of a sensible size.",
            ))
        }
    }
}

/// A product asked for: its id, its SKU, its name, or the name of a product family.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct LineAsk {
    /// Product id, SKU or name, or a product family.
    #[garde(length(chars, max = 200))]
    pub product: String,
    /// Pieces, seats or years; 1 when nothing is said.
    #[garde(range(min = 1, max = 10_000_000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
    /// What the line is worth.
    #[garde(dive)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
}

impl From<&ProductLine> for LineAsk {
    fn from(line: &ProductLine) -> Self {
        let amount = line.amount.map(Amount::from);
        Self { product: line.product.clone(), quantity: Some(line.quantity), amount }
    }
}

/// A product of a deal, looked up in the vendor's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ProductLine {
    /// Product id; for a whole family, the family's name.
    pub product: String,
    /// As the vendor calls it.
    pub name: String,
    /// Product family: rivals meet when they claim the same family.
    pub family: String,
    /// Pieces, seats or years.
    pub quantity: u32,
    /// What the line is worth.
    pub amount: Option<Money>,
}

/// What kind of thing shows that the opportunity is real.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    Meeting,
    Call,
    Email,
    Demo,
    Workshop,
    Proposal,
    Document,
    Referral,
    Event,
    /// Also stands for every kind that is not listed.
    #[default]
    #[serde(other)]
    Other,
}

/// All kinds, in the order in which they are offered.
pub const EVIDENCE_KINDS: [EvidenceKind; 10] = [
    EvidenceKind::Meeting,
    EvidenceKind::Call,
    EvidenceKind::Email,
    EvidenceKind::Demo,
    EvidenceKind::Workshop,
    EvidenceKind::Proposal,
    EvidenceKind::Document,
    EvidenceKind::Referral,
    EvidenceKind::Event,
    EvidenceKind::Other,
];

impl EvidenceKind {
    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Meeting => "meeting",
            Self::Call => "call",
            Self::Email => "email",
            Self::Demo => "demo",
            Self::Workshop => "workshop",
            Self::Proposal => "proposal",
            Self::Document => "document",
            Self::Referral => "referral",
            Self::Event => "event",
            Self::Other => "other",
        }
    }
}

/// One sign that the partner works on the opportunity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Evidence {
    #[garde(skip)]
    pub kind: EvidenceKind,
    /// The day it happened.
    #[garde(skip)]
    pub on: Option<Date>,
    /// What was said or agreed.
    #[garde(length(chars, max = 2000))]
    pub note: String,
}

impl Evidence {
    /// Whether it says anything: a day or a note.
    #[must_use]
    pub fn says_something(&self) -> bool {
        self.on.is_some() || !self.note.trim().is_empty()
    }
}

/// What the partner does in the deal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PartnerRole {
    #[default]
    Sell,
    Influence,
    Deliver,
    Integrate,
}

/// How the value is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    #[default]
    OneOff,
    /// Annual recurring revenue.
    Arr,
    /// Total contract value.
    Tcv,
}

/// Everything a partner claims, looked up and tidied: what is stored, versioned, hashed into the receipt and screened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Claim {
    pub customer: CustomerClaim,
    pub products: Vec<ProductLine>,
    pub value: Option<Money>,
    pub value_kind: ValueKind,
    pub expected_close: Option<Date>,
    pub partner_role: PartnerRole,
    pub evidence: Vec<Evidence>,
    pub notes: String,
    pub sales_stage: String,
    pub use_case: String,
    pub competitor: String,
    pub incumbent: String,
    pub tender_reference: String,
    pub source: String,
}

impl Claim {
    /// The product families claimed, each once, sorted.
    #[must_use]
    pub fn families(&self) -> Vec<String> {
        let mut families: Vec<String> = self.products.iter().map(|line| line.family.clone()).collect();
        families.sort_unstable();
        families.dedup();
        families
    }

    /// Names of the products for a list: the first, and how many more.
    #[must_use]
    pub fn product_summary(&self) -> String {
        match self.products.as_slice() {
            [] => String::new(),
            [only] => only.name.clone(),
            [first, rest @ ..] => format!("{} +{}", first.name, rest.len()),
        }
    }
}
