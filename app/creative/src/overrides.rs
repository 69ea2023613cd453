//! What a partner makes of an asset: for each block that is open to it, its own words or its choice.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Asset, Block, Content, Part, Target, Zone, links};

/// Most changes that are kept.
const MOST: usize = 500;

/// Which block of which asset in which language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Spot {
    pub asset: String,
    pub language: String,
    /// The block's id.
    pub block: String,
}

/// What stands there in place of the kit's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Override {
    /// One of a choice's variants, counted from 0.
    Chosen { variant: u8 },
    /// The partner's own words.
    Written { text: String },
    /// Where the partner's button leads.
    Leads { url: String },
}

/// All that a partner changed, at most 500.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Overrides(pub Vec<(Spot, Override)>);

/// Why something cannot be changed so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub spot: Spot,
    /// A stable code: `locked`, `no_such_block`, `no_such_variant`, `too_long`, `wrong_kind`, `malformed`.
    pub code: &'static str,
}

impl Overrides {
    /// The same as a map, the last word for each spot.
    #[must_use]
    pub fn by_spot(&self) -> BTreeMap<&Spot, &Override> {
        self.0.iter().map(|(spot, one)| (spot, one)).collect()
    }

    /// Whether the zones of these assets let all of it be.
    ///
    /// # Errors
    /// Each that is not.
    pub fn allowed_by(&self, assets: &[Asset]) -> Result<(), Vec<Refused>> {
        let wrong = |(n, (spot, change)): (usize, &(Spot, Override))| {
            let content = assets.iter().find(|asset| asset.key == spot.asset);
            let content = content.and_then(|asset| asset.languages.get(&spot.language));
            let block = content.and_then(|content| find(&content.blocks, &spot.block));
            let code = match block {
                _ if n >= MOST => Err("malformed"),
                None => Err("no_such_block"),
                Some(block) => changed(block, change).map(drop),
            };
            code.err().map(|code| Refused { spot: spot.clone(), code })
        };
        let refused: Vec<_> = self.0.iter().enumerate().filter_map(wrong).collect();
        if refused.is_empty() { Ok(()) } else { Err(refused) }
    }

    /// What an asset says with these changes, in a language; in the kit's first language where it has not that one.
    /// Changes that its zones do not let be are left out.
    #[must_use]
    pub fn applied(&self, asset: &Asset, language: &str) -> Option<Content> {
        let (language, content) =
            asset.languages.get_key_value(language).or_else(|| asset.languages.first_key_value())?;
        let mut content = content.clone();
        for (spot, change) in self.by_spot() {
            if spot.asset == asset.key && spot.language == *language {
                apply(&mut content.blocks, &spot.block, change);
            }
        }
        Some(content)
    }
}

impl Part {
    /// The words that a choice or a partner's own text replace; none of what has no words of its own.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Heading { text }
            | Self::Text { text }
            | Self::Quote { text, .. }
            | Self::Footer { text } => Some(text),
            Self::Button { label, .. } | Self::Form { label, .. } => Some(label),
            Self::Image { alt, .. } => Some(alt),
            Self::Event { place, .. } => Some(place),
            Self::Columns { .. } | Self::PartnerCard | Self::Divider => None,
        }
    }

    fn words_mut(&mut self) -> Option<(&mut String, usize)> {
        match self {
            Self::Heading { text } => Some((text, 200)),
            Self::Text { text } => Some((text, 5_000)),
            Self::Quote { text, .. } | Self::Footer { text } => Some((text, 1_000)),
            Self::Button { label, .. } | Self::Form { label, .. } => Some((label, 60)),
            Self::Image { alt, .. } => Some((alt, 300)),
            Self::Event { place, .. } => Some((place, 200)),
            Self::Columns { .. } | Self::PartnerCard | Self::Divider => None,
        }
    }
}

/// The block as the change makes it, or why it may not.
fn changed(block: &Block, change: &Override) -> Result<Block, &'static str> {
    let mut block = block.clone();
    let said = match (&block.zone, change) {
        (Zone::Locked, _) => return Err("locked"),
        (Zone::Choice { variants }, Override::Chosen { variant }) => {
            variants.get(usize::from(*variant)).cloned().ok_or("no_such_variant")?
        }
        (Zone::Text { max }, Override::Written { text }) => {
            if text.chars().count() > usize::from(*max) {
                return Err("too_long");
            }
            text.clone()
        }
        (Zone::Partner, Override::Leads { url }) => {
            let Part::Button { target, .. } = &mut block.part else { return Err("wrong_kind") };
            links::read(url).ok_or("malformed")?;
            *target = Target::Url { url: url.clone() };
            return Ok(block);
        }
        _ => return Err("wrong_kind"),
    };
    let (words, most) = block.part.words_mut().ok_or("wrong_kind")?;
    if said.chars().count() > most {
        return Err("too_long");
    }
    *words = said;
    Ok(block)
}

fn find<'a>(blocks: &'a [Block], id: &str) -> Option<&'a Block> {
    blocks.iter().find_map(|block| match &block.part {
        _ if block.id == id => Some(block),
        Part::Columns { left, right } => find(left, id).or_else(|| find(right, id)),
        _ => None,
    })
}

fn apply(blocks: &mut [Block], id: &str, change: &Override) {
    for block in blocks {
        if block.id == id
            && let Ok(new) = changed(block, change)
        {
            *block = new;
        } else if let Part::Columns { left, right } = &mut block.part {
            apply(left, id, change);
            apply(right, id, change);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(id: &str, zone: Zone, part: Part) -> Block {
        Block { id: id.to_owned(), zone, part }
    }

    fn text(text: &str) -> Part {
        Part::Text { text: text.to_owned() }
    }

    fn asset() -> Asset {
        let choice = Zone::Choice { variants: vec!["Second".to_owned()] };
        let button = Part::Button { label: "Go".to_owned(), target: Target::Partner };
        let blocks = vec![
            block("claim", Zone::Locked, text("Ours")),
            block("head", choice, Part::Heading { text: "First".to_owned() }),
            block(
                "both",
                Zone::Locked,
                Part::Columns {
                    left: vec![block("own", Zone::Text { max: 5 }, text("Yours"))],
                    right: vec![block("button", Zone::Partner, button)],
                },
            ),
            block("odd", Zone::Text { max: 9 }, Part::Divider),
        ];
        let content = Content { subject: "S".to_owned(), blocks, ..Content::default() };
        let languages = BTreeMap::from([("en".to_owned(), content)]);
        Asset {
            key: "email".to_owned(),
            kind: crate::AssetKind::Email,
            name: "E".to_owned(),
            day: 0,
            languages,
        }
    }

    fn one(block: &str, change: Override) -> Overrides {
        let spot = Spot { asset: "email".to_owned(), language: "en".to_owned(), block: block.to_owned() };
        Overrides(vec![(spot, change)])
    }

    fn written(text: &str) -> Override {
        Override::Written { text: text.to_owned() }
    }

    fn leads(url: &str) -> Override {
        Override::Leads { url: url.to_owned() }
    }

    #[test]
    fn each_zone_lets_be_what_it_says_and_nothing_else() {
        for (block, change, code) in [
            ("claim", written("x"), Some("locked")),
            ("both", written("x"), Some("locked")),
            ("head", Override::Chosen { variant: 0 }, None),
            ("head", Override::Chosen { variant: 1 }, Some("no_such_variant")),
            ("head", written("x"), Some("wrong_kind")),
            ("own", written("éééée"), None),
            ("own", written("longer"), Some("too_long")),
            ("own", Override::Chosen { variant: 0 }, Some("wrong_kind")),
            ("button", leads("https://a.example"), None),
            ("button", leads("javascript:alert(1)"), Some("malformed")),
            ("button", written("x"), Some("wrong_kind")),
            ("odd", written("x"), Some("wrong_kind")),
            ("none", written("x"), Some("no_such_block")),
        ] {
            let changes = one(block, change.clone());
            let refused = changes.allowed_by(&[asset()]).err().map(|all| all[0].code);
            assert_eq!(refused, code, "{block} {change:?}");
            // What is not allowed changes nothing, even when it was kept somehow.
            let applied = changes.applied(&asset(), "en").unwrap();
            assert_eq!(applied == asset().languages["en"], code.is_some(), "{block} {change:?}");
        }
    }

    #[test]
    fn the_last_word_counts_and_the_first_language_stands_in() {
        let mut changes = one("own", written("a"));
        changes.0.extend(one("own", written("b")).0);
        let applied = changes.applied(&asset(), "de").unwrap();
        assert_eq!(find(&applied.blocks, "own").unwrap().part.words(), Some("b"));
        assert_eq!(changes.allowed_by(&[asset()]), Ok(()));
        let many = Overrides(vec![changes.0[0].clone(); MOST + 1]);
        assert_eq!(many.allowed_by(&[asset()]).unwrap_err().len(), 1);
    }
}
