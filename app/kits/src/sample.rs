//! A partner and a person that there are not, for previews and for the check of a kit before any partner has it.
use std::collections::BTreeSet;

use creative::check::{Found, check_all};
use creative::{Overrides, PartnerCard, Token, Values};

use crate::model::KitContent;
use crate::t;

/// Width and height of the sample's logo in pixels.
const LOGO: (u32, u32) = (512, 512);

/// A card on which nothing is missing, in the reader's language.
#[must_use]
pub fn card() -> PartnerCard {
    named(t::sample_partner(), "https://partner.example")
}

/// The same of a partner by name; what is not known of it is the sample's.
#[must_use]
pub fn named(name: &str, website: &str) -> PartnerCard {
    PartnerCard {
        name: name.to_owned(),
        logo: Some("sample".to_owned()),
        logo_size: LOGO,
        colour: String::new(),
        about: t::sample_about().to_owned(),
        address: t::sample_address().to_owned(),
        phone: "+1 555 0100".to_owned(),
        email: "hello@partner.example".to_owned(),
        website: website.to_owned(),
        action_url: String::new(),
        signed_by: t::sample_signer().to_owned(),
        signed_as: t::sample_signed_as().to_owned(),
    }
}

/// What is known of the person who reads.
#[must_use]
pub fn reader() -> Values {
    [
        (Token::FirstName, t::sample_first_name()),
        (Token::LastName, t::sample_last_name()),
        (Token::Company, t::sample_company()),
    ]
    .map(|(token, text)| (token, text.to_owned()))
    .into()
}

/// What the brand check finds in a kit with that partner, in all its languages: what is the kit's own fault.
#[must_use]
pub fn found(content: &KitContent) -> Vec<Found> {
    let (card, changes) = (card(), Overrides::default());
    let languages: BTreeSet<&String> =
        content.assets.iter().flat_map(|asset| asset.languages.keys()).collect();
    let all = languages
        .into_iter()
        .flat_map(|language| check_all(&content.assets, language, &changes, &card, &content.rules));
    // A piece that has not the language is looked at in another one, where it is looked at anyway.
    let says = |found: &Found| {
        let asset = content.assets.iter().find(|asset| asset.key == found.spot.asset);
        asset.is_some_and(|asset| asset.languages.contains_key(&found.spot.language))
    };
    all.filter(says).collect()
}
