//! Pieces that several pages of kits show.
use creative::AssetKind;
use kit::catalogue::Locale;
use kit::{Drawing, Tag, Tone, lucide};
use leptos::prelude::*;

use crate::model::{Kit, KitState};
use crate::t;
use crate::words::kind_words;

pub(super) const fn state_tone(state: KitState) -> Tone {
    match state {
        KitState::Draft => Tone::Accent,
        KitState::Published => Tone::Good,
        KitState::Retired => Tone::Neutral,
        KitState::Recalled => Tone::Bad,
    }
}

pub(super) fn state_tag(kit: &Kit) -> AnyView {
    let state = kit.state;
    view! { <Tag tone=state_tone(state)>{state.words()}</Tag> }.into_any()
}

/// The name of a language in itself where we know it, else its tag.
pub(super) fn language_name(tag: &str) -> String {
    let known = Locale::ALL.into_iter().find(|locale| locale.tag() == tag);
    known.map_or_else(|| tag.to_owned(), |locale| locale.own_name().to_owned())
}

pub(super) fn languages(tags: &[String]) -> String {
    tags.iter().map(|tag| language_name(tag)).collect::<Vec<_>>().join(", ")
}

pub(super) const fn kind_icon(kind: AssetKind) -> Drawing {
    match kind {
        AssetKind::Email => lucide::LuMail,
        AssetKind::LandingPage => lucide::LuPanelsTopLeft,
        AssetKind::Social => lucide::LuShare2,
        AssetKind::Banner => lucide::LuImage,
        AssetKind::OnePager => lucide::LuFileText,
        AssetKind::Invitation => lucide::LuCalendarPlus,
    }
}

/// Which kinds of pieces there are, each with how many: `E-mail × 3`.
pub(super) fn pieces(kinds: &[AssetKind]) -> Vec<(AssetKind, String)> {
    AssetKind::ALL
        .iter()
        .filter_map(|kind| {
            let count = kinds.iter().filter(|one| *one == kind).count();
            let words = match count {
                0 => return None,
                1 => kind_words(*kind).to_owned(),
                _ => format!("{} × {count}", kind_words(*kind)),
            };
            Some((*kind, words))
        })
        .collect()
}

pub(super) fn counted(kinds: &[AssetKind]) -> String {
    t::pieces_counted(i64::try_from(kinds.len()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_a_kind_are_counted() {
        let all = pieces(&[AssetKind::Email, AssetKind::Social, AssetKind::Email]);
        let words: Vec<&str> = all.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(words, ["E-mail × 2", "Social post"]);
    }
}
