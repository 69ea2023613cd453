//! The brand check: what is wrong with an asset before anybody sees it, each finding with what to do about it.
use serde::{Deserialize, Serialize};

use crate::{Asset, BrandRules, Content, PartnerCard, Spot};
use base::words;

words! {
    /// How much a finding weighs.
    Weight {
        /// Nothing goes out with it.
        Stops = "stops",
        /// A person of the vendor looks at it first.
        Asks = "asks",
        /// Good to know.
        Tells = "tells",
    }
}

words! {
    /// What was found.
    Finding {
        LogoMissing = "logo_missing",
        LogoSmall = "logo_small",
        LowContrast = "low_contrast",
        BannedPhrase = "banned_phrase",
        LegalLineMissing = "legal_line_missing",
        LinkHost = "link_host",
        LinkMalformed = "link_malformed",
        UnresolvedToken = "unresolved_token",
        ImageHeavy = "image_heavy",
        AltMissing = "alt_missing",
        SpamWords = "spam_words",
        NoUnsubscribe = "no_unsubscribe",
        AddressMissing = "address_missing",
        SubjectLong = "subject_long",
        MailHeavy = "mail_heavy",
        NoLandingPage = "no_landing_page",
    }
}

/// One finding, at its place. The screen has the words for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Found {
    pub finding: Finding,
    pub weight: Weight,
    /// Where; an empty block id is the subject or the asset as a whole.
    pub spot: Spot,
    /// The words that it is about: the phrase, the host, the token, a number.
    pub about: String,
}

/// Looks at an asset as a partner would send it.
#[must_use]
pub fn check(
    _asset: &Asset,
    _language: &str,
    _content: &Content,
    _card: &PartnerCard,
    _rules: &BrandRules,
) -> Vec<Found> {
    unimplemented!()
}
