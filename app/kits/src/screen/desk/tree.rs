//! Blocks by their ids and places, and new ones. Pure.
use std::collections::BTreeSet;

use creative::{Asset, AssetKind, Block, Content, Motif, Part, Picture, Target, Zone};

/// A list of blocks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    Top,
    /// Of columns, by their id.
    Left(String),
    Right(String),
}

impl Place {
    /// Whether columns may stand in it.
    pub(super) const fn is_top(&self) -> bool {
        matches!(self, Self::Top)
    }
}

/// The blocks at a place; none when the columns are gone.
pub(super) fn blocks<'a>(content: &'a Content, place: &Place) -> Option<&'a Vec<Block>> {
    let of = |id: &str| content.blocks.iter().find(|block| block.id == id).map(|block| &block.part);
    match place {
        Place::Top => Some(&content.blocks),
        Place::Left(id) => match of(id)? {
            Part::Columns { left, .. } => Some(left),
            _ => None,
        },
        Place::Right(id) => match of(id)? {
            Part::Columns { right, .. } => Some(right),
            _ => None,
        },
    }
}

pub(super) fn blocks_mut<'a>(content: &'a mut Content, place: &Place) -> Option<&'a mut Vec<Block>> {
    let (id, is_left) = match place {
        Place::Top => return Some(&mut content.blocks),
        Place::Left(id) => (id, true),
        Place::Right(id) => (id, false),
    };
    match &mut content.blocks.iter_mut().find(|block| block.id == *id)?.part {
        Part::Columns { left, right } => Some(if is_left { left } else { right }),
        _ => None,
    }
}

/// A block by its id, in columns too, with its path below the content: `blocks[2]`, `blocks[1].part.left[0]`.
pub(super) fn find<'a>(content: &'a Content, id: &str) -> Option<(&'a Block, String)> {
    for (place, block) in content.blocks.iter().enumerate() {
        if block.id == id {
            return Some((block, format!("blocks[{place}]")));
        }
        if let Part::Columns { left, right } = &block.part {
            for (side, inner) in [("left", left), ("right", right)] {
                if let Some(at) = inner.iter().position(|block| block.id == id) {
                    return Some((&inner[at], format!("blocks[{place}].part.{side}[{at}]")));
                }
            }
        }
    }
    None
}

pub(super) fn find_mut<'a>(content: &'a mut Content, id: &str) -> Option<&'a mut Block> {
    for block in &mut content.blocks {
        if block.id == id {
            return Some(block);
        }
        if let Part::Columns { left, right } = &mut block.part
            && let Some(found) = left.iter_mut().chain(right).find(|block| block.id == id)
        {
            return Some(found);
        }
    }
    None
}

/// The language to open a piece in: the wanted one where it has it, else its first.
pub(super) fn language_in(asset: &Asset, wanted: &str) -> String {
    let has = asset.languages.contains_key(wanted).then(|| wanted.to_owned());
    has.or_else(|| asset.languages.keys().next().cloned()).unwrap_or_default()
}

/// An id that no block of the piece has, in whatever language.
pub(super) fn fresh_id(asset: &Asset) -> String {
    let mut ids = BTreeSet::new();
    for block in asset.languages.values().flat_map(|content| &content.blocks) {
        ids.insert(block.id.as_str());
        if let Part::Columns { left, right } = &block.part {
            ids.extend(left.iter().chain(right).map(|block| block.id.as_str()));
        }
    }
    numbered("block", |id| ids.contains(id))
}

/// A key that no piece has.
pub(super) fn fresh_key(assets: &[Asset], kind: AssetKind) -> String {
    let word = match kind {
        AssetKind::Email => "email",
        AssetKind::LandingPage => "page",
        AssetKind::Social => "post",
        AssetKind::Banner => "banner",
        AssetKind::OnePager => "sheet",
        AssetKind::Invitation => "invitation",
    };
    numbered(word, |key| assets.iter().any(|asset| asset.key == key))
}

fn numbered(word: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut number = 1_u32;
    loop {
        let name = format!("{word}-{number}");
        if !is_taken(&name) {
            return name;
        }
        number += 1;
    }
}

/// A new block of a kind.
pub(super) fn fresh_block(kind: &str, id: String) -> Option<Block> {
    let empty = String::new;
    let mut zone = Zone::Locked;
    let part = match kind {
        "heading" => Part::Heading { text: empty() },
        "text" => Part::Text { text: empty() },
        "image" => Part::Image { picture: Picture::Drawn { motif: Motif::Waves }, alt: empty() },
        "button" => Part::Button { label: empty(), target: Target::LandingPage },
        "columns" => Part::Columns { left: Vec::new(), right: Vec::new() },
        "quote" => Part::Quote { text: empty(), by: empty() },
        "partner_card" => {
            zone = Zone::Partner;
            Part::PartnerCard
        }
        "form" => Part::Form { label: empty(), fields: Vec::new(), consent: empty(), thanks: empty() },
        "event" => Part::Event { starts: empty(), minutes: 60, place: empty() },
        "divider" => Part::Divider,
        "footer" => Part::Footer { text: empty() },
        _ => return None,
    };
    Some(Block { id, zone, part })
}

/// A new piece of a kind, with what every such piece needs.
pub(super) fn fresh_asset(assets: &[Asset], kind: AssetKind, name: &str, language: &str) -> Asset {
    let parts: &[&str] = match kind {
        AssetKind::Email => &["heading", "text", "button", "partner_card", "footer"],
        AssetKind::LandingPage => &["heading", "text", "form", "partner_card", "footer"],
        AssetKind::Social | AssetKind::Banner => &["heading", "image"],
        AssetKind::OnePager => &["heading", "text", "partner_card", "footer"],
        AssetKind::Invitation => &["heading", "event", "text", "partner_card"],
    };
    let blocks = parts
        .iter()
        .enumerate()
        .filter_map(|(place, kind)| fresh_block(kind, format!("block-{}", place + 1)))
        .collect();
    let content = Content { subject: name.to_owned(), blocks, ..Content::default() };
    Asset {
        key: fresh_key(assets, kind),
        kind,
        name: name.to_owned(),
        day: 0,
        languages: [(language.to_owned(), content)].into(),
    }
}

/// Moves an entry one place up or down.
pub(super) fn shift<T>(list: &mut [T], from: usize, down: bool) {
    let to = if down { from + 1 } else { from.wrapping_sub(1) };
    if from < list.len() && to < list.len() {
        list.swap(from, to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_in_columns_with_their_paths() {
        let block = |id: &str, part| Block { id: id.into(), zone: Zone::Locked, part };
        let inner = block("c", Part::Divider);
        let columns = block("b", Part::Columns { left: Vec::new(), right: vec![inner] });
        let mut content = Content { blocks: vec![block("a", Part::Divider), columns], ..Content::default() };
        assert_eq!(find(&content, "c").unwrap().1, "blocks[1].part.right[0]");
        assert_eq!(find(&content, "a").unwrap().1, "blocks[0]");
        assert!(find(&content, "d").is_none());
        find_mut(&mut content, "c").unwrap().id = "d".into();
        assert!(find(&content, "d").is_some());
        blocks_mut(&mut content, &Place::Left("b".into())).unwrap().push(block("e", Part::Divider));
        assert_eq!(blocks(&content, &Place::Left("b".into())).unwrap().len(), 1);
        assert!(blocks(&content, &Place::Right("a".into())).is_none());
    }

    #[test]
    fn new_names_are_free() {
        let first = fresh_asset(&[], AssetKind::Email, "Mail", "en");
        assert_eq!((first.key.as_str(), fresh_id(&first).as_str()), ("email-1", "block-6"));
        assert_eq!(fresh_asset(&[first], AssetKind::Email, "Mail", "en").key, "email-2");
    }

    #[test]
    fn an_entry_stays_at_the_ends() {
        let mut list = vec![1, 2, 3];
        shift(&mut list, 0, false);
        shift(&mut list, 2, true);
        assert_eq!(list, [1, 2, 3]);
        shift(&mut list, 0, true);
        assert_eq!(list, [2, 1, 3]);
    }
}
