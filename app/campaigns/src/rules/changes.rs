//! What a partner changed, beside what the kit says.
use creative::{Asset, Block, Content, Override, Overrides, Part, Target, Zone};

use crate::model::CampaignChange;

/// Each change with the words of both, in the order of the kit's assets. A change of a block that is not there is left out.
#[must_use]
pub fn changes(assets: &[Asset], overrides: &Overrides) -> Vec<CampaignChange> {
    let all = overrides.by_spot();
    let mut found = Vec::new();
    for asset in assets {
        for (language, content) in &asset.languages {
            for block in flat(content) {
                let of_block = all.iter().find(|(spot, _)| {
                    spot.asset == asset.key && spot.language == *language && spot.block == block.id
                });
                let Some((spot, change)) = of_block else { continue };
                let before = words(&block.part);
                let after = match change {
                    Override::Chosen { variant } => match &block.zone {
                        Zone::Choice { variants } => {
                            variants.get(usize::from(*variant)).cloned().unwrap_or_else(|| before.clone())
                        }
                        _ => continue,
                    },
                    Override::Written { text } => text.clone(),
                    Override::Leads { url } => url.clone(),
                };
                if before != after {
                    found.push(CampaignChange {
                        spot: (*spot).clone(),
                        asset_name: asset.name.clone(),
                        before,
                        after,
                    });
                }
            }
        }
    }
    found
}

/// All blocks of a content, those in columns too, in reading order.
#[must_use]
pub fn flat(content: &Content) -> Vec<&Block> {
    let mut all = Vec::new();
    for block in &content.blocks {
        all.push(block);
        if let Part::Columns { left, right } = &block.part {
            all.extend(left.iter().chain(right));
        }
    }
    all
}

/// What a block says, or where its button leads.
#[must_use]
pub fn words(part: &Part) -> String {
    match part {
        Part::Heading { text } | Part::Text { text } | Part::Quote { text, .. } | Part::Footer { text } => {
            text.clone()
        }
        Part::Button { target: Target::Url { url }, .. } => url.clone(),
        Part::Button { label, .. } | Part::Form { label, .. } => label.clone(),
        Part::Image { alt, .. } => alt.clone(),
        Part::Event { place, .. } => place.clone(),
        Part::Columns { .. } | Part::PartnerCard | Part::Divider => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use creative::{AssetKind, Spot};

    use super::*;

    fn asset() -> Asset {
        let text = |id: &str, zone: Zone, text: &str| Block {
            id: id.to_owned(),
            zone,
            part: Part::Text { text: text.to_owned() },
        };
        let choice = Zone::Choice { variants: vec!["Talk to us".into(), "Ask us".into()] };
        let right = vec![text("own", Zone::Text { max: 200 }, "Ours")];
        let columns = Part::Columns { left: vec![text("pick", choice, "Call us")], right };
        let content = Content {
            subject: "Hello".into(),
            blocks: vec![
                text("locked", Zone::Locked, "The brand"),
                Block { id: "columns".into(), zone: Zone::Locked, part: columns },
            ],
            ..Content::default()
        };
        Asset {
            key: "email-1".into(),
            kind: AssetKind::Email,
            name: "First".into(),
            day: 0,
            languages: BTreeMap::from([("en".to_owned(), content)]),
        }
    }

    fn spot(block: &str) -> Spot {
        Spot { asset: "email-1".into(), language: "en".into(), block: block.into() }
    }

    #[test]
    fn a_change_stands_beside_what_the_kit_says() {
        let overrides = Overrides(vec![
            (spot("own"), Override::Written { text: "Mine".into() }),
            (spot("pick"), Override::Chosen { variant: 1 }),
            (spot("gone"), Override::Written { text: "X".into() }),
        ]);
        let all = changes(&[asset()], &overrides);
        let pairs: Vec<_> = all.iter().map(|one| (one.before.as_str(), one.after.as_str())).collect();
        assert_eq!(pairs, [("Call us", "Ask us"), ("Ours", "Mine")]);
    }

    #[test]
    fn what_is_as_it_was_is_no_change() {
        let overrides = Overrides(vec![(spot("own"), Override::Written { text: "Ours".into() })]);
        assert!(changes(&[asset()], &overrides).is_empty());
    }
}
