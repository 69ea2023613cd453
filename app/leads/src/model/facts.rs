//! What is known of the interest: the company, its people, what it wants, where that was heard.
use base::Money;
use deals::CustomerClaim;
use serde::{Deserialize, Serialize};

/// The company that is interested. Only the name is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct LeadCustomer {
    /// Legal or trade name.
    #[garde(custom(base::filled), length(chars, max = 200))]
    pub name: String,
    /// Website, host name or e-mail address of the company.
    #[garde(length(chars, max = 300))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[garde(inner(custom(country_code)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Land, state or county, in the vendor's words; rules match it whatever the case.
    #[garde(length(chars, max = 120))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[garde(length(chars, max = 120))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    #[garde(length(chars, max = 40))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Company register or tax number.
    #[garde(length(chars, max = 60))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration_number: Option<String>,
}

/// Two letters, or nothing.
pub(crate) fn country_code<C>(code: &str, _: &C) -> garde::Result {
    let code = code.trim();
    if code.is_empty() || code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Ok(());
    }
    Err(garde::Error::new("not_a_country: Give the two letters of ISO 3166, like DE."))
}

/// A text without white space around it; none when nothing is left.
pub(crate) fn said(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

impl LeadCustomer {
    /// Trimmed, empty texts as none, the country in upper case: what is stored.
    #[must_use]
    pub fn tidy(self) -> Self {
        Self {
            name: self.name.trim().to_owned(),
            website: said(self.website),
            country: said(self.country).map(|code| code.to_ascii_uppercase()),
            region: said(self.region),
            city: said(self.city),
            phone: said(self.phone),
            registration_number: said(self.registration_number),
        }
    }

    /// The same company as a registration describes it.
    #[must_use]
    pub fn claim(&self) -> CustomerClaim {
        CustomerClaim {
            name: self.name.clone(),
            website: self.website.clone(),
            country: self.country.clone(),
            registration_number: self.registration_number.clone(),
            phone: self.phone.clone(),
            city: self.city.clone(),
            ..CustomerClaim::default()
        }
    }
}

/// Somebody at the company.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Contact {
    #[garde(length(chars, max = 120))]
    pub name: String,
    /// What they do there.
    #[garde(length(chars, max = 120))]
    pub title: String,
    #[garde(length(chars, max = 254))]
    pub email: String,
    #[garde(length(chars, max = 40))]
    pub phone: String,
}

impl Contact {
    /// Trimmed; none when nothing is said.
    #[must_use]
    pub fn tidy(self) -> Option<Self> {
        let trim = |text: String| text.trim().to_owned();
        let contact = Self {
            name: trim(self.name),
            title: trim(self.title),
            email: trim(self.email),
            phone: trim(self.phone),
        };
        (contact != Self::default()).then_some(contact)
    }

    /// In one line, for a deal's notes.
    #[must_use]
    pub fn line(&self) -> String {
        let parts = [&self.name, &self.title, &self.email, &self.phone];
        parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
    }
}

/// What the company wants, looked up in the vendor's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Interest {
    /// Product id; for a whole family, the family's name.
    pub product: String,
    /// As the vendor calls it.
    pub name: String,
    pub family: String,
}

/// Where the interest was heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Campaign,
    Event,
    WebForm,
    Referral,
    Import,
    /// The customer called or wrote.
    Inbound,
    #[default]
    Other,
}

impl Source {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::Campaign,
        Self::Event,
        Self::WebForm,
        Self::Referral,
        Self::Import,
        Self::Inbound,
        Self::Other,
    ];

    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Campaign => "campaign",
            Self::Event => "event",
            Self::WebForm => "web_form",
            Self::Referral => "referral",
            Self::Import => "import",
            Self::Inbound => "inbound",
            Self::Other => "other",
        }
    }

    /// Reads the wire form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.as_str() == text)
    }
}

/// What rules look at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct LeadFacts {
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    pub region: Option<String>,
    /// Product family.
    pub family: Option<String>,
    pub value: Option<Money>,
    pub source: Source,
}
