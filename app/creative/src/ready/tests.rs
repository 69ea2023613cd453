//! Every ready kit is complete, passes its own check and is drawn.
use std::collections::BTreeSet;

use garde::Validate as _;

use super::*;
use crate::check::{Weight, check_all};
use crate::draw::tests::{card, setting};
use crate::draw::{FormState, MOST_BYTES, Setting, mail, page};
use crate::{AssetKind, Overrides, Part, Zone, flat};

#[test]
fn there_is_one_for_every_topic_with_all_it_needs() {
    let kits = kits();
    assert_eq!(kits.iter().map(|kit| kit.topic).collect::<Vec<_>>(), Topic::ALL);
    assert_eq!(kits.iter().map(|kit| kit.key).collect::<BTreeSet<_>>().len(), 12);
    for found in &kits {
        let count = |kind: AssetKind| found.assets.iter().filter(|asset| asset.kind == kind).count();
        let mails = if found.topic == Topic::Nurture { 3 } else { 1 };
        assert_eq!(count(AssetKind::Email), mails, "{}", found.key);
        for kind in [AssetKind::LandingPage, AssetKind::Social, AssetKind::Banner, AssetKind::OnePager] {
            assert_eq!(count(kind), 1, "{} {kind:?}", found.key);
        }
        let meets = matches!(found.topic, Topic::Webinar | Topic::Event);
        assert_eq!(count(AssetKind::Invitation), usize::from(meets), "{}", found.key);
        assert_eq!(kit(found.key).as_ref(), Some(found));
    }
    assert_eq!(kit("none"), None);
}

#[test]
fn each_says_the_same_in_both_languages_and_is_in_bounds() {
    for kit in kits() {
        for (language, texts) in [("name", &kit.name), ("about", &kit.about)] {
            assert_eq!(texts.keys().collect::<Vec<_>>(), ["de", "en"], "{} {language}", kit.key);
        }
        kit.rules.validate().unwrap();
        for asset in &kit.assets {
            asset.validate().unwrap_or_else(|wrong| panic!("{} {}: {wrong}", kit.key, asset.key));
            let shape = |language: &str| {
                let blocks = flat(&asset.languages[language]).into_iter();
                blocks
                    .map(|block| {
                        let zone = match &block.zone {
                            Zone::Choice { variants } => format!("choice {}", variants.len()),
                            zone => format!("{zone:?}"),
                        };
                        (block.id.clone(), zone, std::mem::discriminant(&block.part))
                    })
                    .collect::<Vec<_>>()
            };
            let (english, german) = (shape("en"), shape("de"));
            assert_eq!(english, german, "{} {}", kit.key, asset.key);
            assert_eq!(asset.languages.len(), 2);
            let ids: BTreeSet<_> = english.iter().map(|(id, ..)| id).collect();
            assert_eq!(ids.len(), english.len(), "{} {}: ids are unique", kit.key, asset.key);
        }
    }
}

#[test]
fn each_is_open_to_its_partner_and_not_everywhere() {
    for kit in kits() {
        let mail = &kit.assets[0].languages["en"];
        let has = |is: fn(&Zone) -> bool| mail.blocks.iter().filter(|block| is(&block.zone)).count();
        assert!(has(|zone| *zone == Zone::Locked) >= 3, "{}", kit.key);
        assert!(has(|zone| matches!(zone, Zone::Choice { .. })) >= 2, "{}", kit.key);
        assert_eq!(
            has(|zone| matches!(zone, Zone::Text { .. })),
            1 + usize::from(kit.key == "event"),
            "{}",
            kit.key
        );
        assert_eq!(has(|zone| *zone == Zone::Partner), 2, "{}", kit.key);
    }
}

#[test]
fn each_passes_its_own_check_in_every_variant() {
    for kit in kits() {
        for language in ["en", "de"] {
            let mut all = vec![kit.assets.clone()];
            // The same with the last variant of every choice in the block's place.
            let mut last = kit.assets.clone();
            for content in last.iter_mut().flat_map(|asset| asset.languages.values_mut()) {
                for block in &mut content.blocks {
                    let Zone::Choice { variants } = &block.zone else { continue };
                    let words = variants.last().cloned().unwrap_or_default();
                    match &mut block.part {
                        Part::Heading { text } | Part::Text { text } => *text = words,
                        Part::Button { label, .. } => *label = words,
                        part => panic!("a choice of {part:?}"),
                    }
                }
            }
            all.push(last);
            for assets in all {
                let found = check_all(&assets, language, &Overrides::default(), &card(), &kit.rules);
                let heavy: Vec<_> = found.iter().filter(|found| found.weight != Weight::Tells).collect();
                assert!(heavy.is_empty(), "{} {language}: {heavy:#?}", kit.key);
                assert!(found.is_empty(), "{} {language}: not even advice: {found:#?}", kit.key);
            }
        }
    }
}

#[test]
fn mails_and_pages_of_all_are_small() {
    let (mut largest, mut packed) = (0, 0);
    for kit in kits() {
        for asset in &kit.assets {
            for (language, content) in &asset.languages {
                let setting = Setting { language: language.clone(), ..setting() };
                if asset.kind == AssetKind::Email {
                    let mail = mail(content, &setting);
                    let bytes = serde_json::to_string(&mail.html).unwrap().len();
                    assert!(bytes < MOST_BYTES / 2, "{} {}: {bytes}", kit.key, asset.key);
                    assert!(mail.links.contains(&setting.landing_url));
                }
                if asset.kind == AssetKind::LandingPage {
                    let page = page(content, &setting, &FormState::default(), "nonce");
                    assert!(!page.contains("{{") && !page.contains("**"), "{}", kit.key);
                    largest = largest.max(page.len());
                    packed = packed.max(miniz_oxide::deflate::compress_to_vec(page.as_bytes(), 9).len());
                }
            }
        }
    }
    assert!(largest <= 40_000, "{largest}");
    // Brotli packs such pages better than this.
    assert!(packed <= 25_000, "{packed}");
}
