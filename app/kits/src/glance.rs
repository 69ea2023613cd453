//! What lists show of a content: its languages, its pieces and its first picture.
use std::collections::BTreeSet;

use creative::{Asset, AssetKind, Block, Motif, Part, Picture};
use serde::{Deserialize, Serialize};

/// Kept beside the content, so that a list need not read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glance {
    pub languages: Vec<String>,
    pub kinds: Vec<AssetKind>,
    pub motif: Motif,
}

impl Glance {
    /// Of these pieces.
    #[must_use]
    pub fn of(assets: &[Asset]) -> Self {
        let languages: BTreeSet<&String> = assets.iter().flat_map(|asset| asset.languages.keys()).collect();
        let mut blocks = assets
            .iter()
            .flat_map(|asset| asset.languages.values())
            .flat_map(|content| content.blocks.iter());
        Self {
            languages: languages.into_iter().cloned().collect(),
            kinds: assets.iter().map(|asset| asset.kind).collect(),
            motif: blocks.find_map(motif).unwrap_or(Motif::Waves),
        }
    }
}

fn motif(block: &Block) -> Option<Motif> {
    match &block.part {
        Part::Image { picture: Picture::Drawn { motif }, .. } => Some(*motif),
        Part::Columns { left, right } => left.iter().chain(right).find_map(motif),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use creative::{Content, Zone};

    #[test]
    fn the_first_drawn_picture_is_found_in_columns_too() {
        let image = |motif| Block {
            id: "a".into(),
            zone: Zone::Locked,
            part: Part::Image { picture: Picture::Drawn { motif }, alt: String::new() },
        };
        let columns = Block {
            id: "b".into(),
            zone: Zone::Locked,
            part: Part::Columns { left: Vec::new(), right: vec![image(Motif::Shield)] },
        };
        let content =
            Content { subject: "A".into(), blocks: vec![columns, image(Motif::Rings)], ..Content::default() };
        let languages =
            [("fr", content.clone()), ("de", content)].map(|(tag, content)| (tag.to_owned(), content));
        let asset = Asset {
            key: "email-1".into(),
            kind: AssetKind::Email,
            name: "Mail".into(),
            day: 0,
            languages: languages.into(),
        };
        let glance = Glance::of(&[asset]);
        assert_eq!((glance.motif, glance.languages.join(" ")), (Motif::Shield, "de fr".to_owned()));
        assert_eq!(Glance::of(&[]).motif, Motif::Waves);
    }
}
