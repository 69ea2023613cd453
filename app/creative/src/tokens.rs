//! Tokens: places in words for what is known of a person, a partner or a brand: `{{first_name|there}}`.
use std::collections::BTreeMap;

use base::words;

words! {
    /// What can stand in a text. Those of a person are filled for each recipient, the others once.
    Token {
        FirstName = "first_name",
        LastName = "last_name",
        Company = "company",
        PartnerName = "partner_name",
        PartnerPhone = "partner_phone",
        PartnerEmail = "partner_email",
        PartnerWebsite = "partner_website",
        SignedBy = "signed_by",
        BrandName = "brand_name",
        EventDay = "event_day",
        EventTime = "event_time",
    }
}

impl Token {
    /// Whether it is of the person who reads.
    #[must_use]
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::FirstName | Self::LastName | Self::Company)
    }
}

/// What tokens stand for; what is missing or empty takes the token's own fallback.
pub type Values = BTreeMap<Token, String>;

/// The tokens of a text with their fallbacks, and what looks like one and is none.
#[must_use]
pub fn tokens_in(_text: &str) -> (Vec<(Token, Option<String>)>, Vec<String>) {
    unimplemented!()
}
