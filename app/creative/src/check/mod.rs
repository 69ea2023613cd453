//! The brand check: what is wrong with an asset before anybody sees it, each finding with what to do about it.
mod links;
mod look;
mod phrases;
mod spam;
#[cfg(all(test, feature = "ssr"))]
mod tests;

use serde::{Deserialize, Serialize};

use crate::blocks::flat;
use crate::{Asset, AssetKind, BrandRules, Content, Overrides, Part, PartnerCard, Spot, Target};
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

impl Finding {
    /// What breaks the law or the brand stops, what is doubtful asks, what is advice tells.
    #[must_use]
    pub const fn weight(self) -> Weight {
        match self {
            Self::LogoMissing
            | Self::BannedPhrase
            | Self::LegalLineMissing
            | Self::LinkHost
            | Self::LinkMalformed
            | Self::UnresolvedToken
            | Self::NoUnsubscribe
            | Self::AddressMissing
            | Self::NoLandingPage => Weight::Stops,
            Self::LogoSmall | Self::LowContrast | Self::AltMissing | Self::MailHeavy => Weight::Asks,
            Self::ImageHeavy | Self::SpamWords | Self::SubjectLong => Weight::Tells,
        }
    }
}

/// Looks at an asset as a partner would send it.
#[must_use]
pub fn check(
    asset: &Asset,
    language: &str,
    content: &Content,
    card: &PartnerCard,
    rules: &BrandRules,
) -> Vec<Found> {
    let mut look = look::Look::new(asset, language, content, card, rules);
    look.card();
    look.words();
    look.links();
    look.tokens();
    look.pictures();
    look.law();
    look.mail();
    look.found
}

/// Looks at all assets of a kit in a language with a partner's changes: each by itself, and whether they fit together.
#[must_use]
pub fn check_all(
    assets: &[Asset],
    language: &str,
    changes: &Overrides,
    card: &PartnerCard,
    rules: &BrandRules,
) -> Vec<Found> {
    let mut found = Vec::new();
    let has_page = assets.iter().any(|asset| asset.kind == AssetKind::LandingPage);
    for asset in assets {
        let Some(content) = changes.applied(asset, language) else { continue };
        found.extend(check(asset, language, &content, card, rules));
        if !has_page {
            found.extend(without_page(asset, language, &content));
        }
    }
    found
}

/// Buttons and forms that lead to a page which is not there.
fn without_page(asset: &Asset, language: &str, content: &Content) -> Vec<Found> {
    let leads =
        |part: &Part| matches!(part, Part::Button { target: Target::LandingPage, .. } | Part::Form { .. });
    let blocks = flat(content).into_iter().filter(|block| leads(&block.part));
    blocks
        .map(|block| Found {
            finding: Finding::NoLandingPage,
            weight: Finding::NoLandingPage.weight(),
            spot: spot(asset, language, &block.id),
            about: block.part.words().unwrap_or_default().to_owned(),
        })
        .collect()
}

fn spot(asset: &Asset, language: &str, block: &str) -> Spot {
    Spot { asset: asset.key.clone(), language: language.to_owned(), block: block.to_owned() }
}
