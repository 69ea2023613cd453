//! The keys that work everywhere.
use base::Side;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

use super::entries::ways;

/// What a key pressed outside of fields asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Press {
    /// Opens or closes the palette.
    Palette,
    Sheet,
    /// The first half of a jump.
    Begin,
    Go(&'static str),
    Nothing,
}

/// Reads a key. `begun` says that `g` was pressed just before.
pub(super) fn read(event: &KeyboardEvent, side: Option<Side>, begun: bool) -> Press {
    let key = event.key();
    if (event.ctrl_key() || event.meta_key()) && !event.alt_key() && key.eq_ignore_ascii_case("k") {
        return Press::Palette;
    }
    if event.ctrl_key() || event.meta_key() || event.alt_key() || writes(event) || is_covered() {
        return Press::Nothing;
    }
    plain(&key, side, begun)
}

fn plain(key: &str, side: Option<Side>, begun: bool) -> Press {
    let mut letters = key.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if begun => {
            let way = ways(side).into_iter().find(|way| way.letter == letter.to_ascii_lowercase());
            way.map_or(Press::Nothing, |way| Press::Go(way.path))
        }
        (Some('g'), None) => Press::Begin,
        (Some('?'), None) => Press::Sheet,
        _ => Press::Nothing,
    }
}

/// Whether the key goes into a field.
fn writes(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            || element.is_content_editable()
    })
}

/// Whether a dialog lies over the page.
fn is_covered() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kit::paths;

    #[test]
    fn g_and_a_letter_lead_to_a_place_of_the_side() {
        assert_eq!(plain("g", Some(Side::Vendor), false), Press::Begin);
        assert_eq!(plain("q", Some(Side::Vendor), true), Press::Go(paths::QUEUE));
        assert_eq!(plain("q", Some(Side::Partner), true), Press::Nothing);
        assert_eq!(plain("q", Some(Side::Vendor), false), Press::Nothing);
        assert_eq!(plain("?", None, false), Press::Sheet);
        assert_eq!(plain("Escape", None, true), Press::Nothing);
    }
}
