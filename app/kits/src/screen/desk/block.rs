//! One block: what it says, who may change it, where it stands.
use kit::{Button, Kind, Size, Tag, Toasts, lucide};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

use super::state::Desk;
use super::tree::{self, Place};
use super::{fields, zone};
use crate::t;
use crate::words::{block_words, zone_kind, zone_words};

/// Puts the focus on what carries an id, once it is there.
pub(super) fn focus_later(id: String) {
    request_animation_frame(move || {
        let found =
            document().get_element_by_id(&id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
        if let Some(element) = found {
            let _ = element.focus();
        }
    });
}

pub(super) fn block(desk: Desk, place: StoredValue<Place>, id: String, kind: &'static str) -> AnyView {
    let stored = StoredValue::new(id.clone());
    let words = block_words(kind);
    let shift = move |down: bool| {
        let id = stored.get_value();
        place.with_value(|place| {
            desk.edit_blocks(place, |blocks| {
                if let Some(from) = blocks.iter().position(|block| block.id == id) {
                    tree::shift(blocks, from, down);
                }
            });
        });
        // A moved element loses the focus.
        focus_later(format!("block-{id}-{}", if down { "down" } else { "up" }));
    };
    let pressed = move |event: KeyboardEvent| {
        let down = match event.key().as_str() {
            "ArrowUp" => false,
            "ArrowDown" => true,
            _ => return,
        };
        if event.alt_key() && !event.ctrl_key() && !event.meta_key() {
            event.prevent_default();
            event.stop_propagation();
            shift(down);
        }
    };
    let toasts = use_context::<Toasts>();
    let remove = move |_| {
        let id = stored.get_value();
        let found = desk.with_open_untracked(|content| {
            let blocks = place.with_value(|place| tree::blocks(content, place).cloned())?;
            let at = blocks.iter().position(|block| block.id == id)?;
            Some((at, blocks[at].clone()))
        });
        let Some((at, gone)) = found.flatten() else { return };
        let (piece, language) = (desk.piece.get_untracked(), desk.language.get_untracked());
        let place = place.get_value();
        desk.edit_blocks(&place, |blocks| blocks.retain(|block| block.id != id));
        let back = desk.bring_back(move || {
            if desk.is_gone() {
                return;
            }
            desk.open(&piece);
            desk.language.set(language.clone());
            let gone = gone.clone();
            desk.edit_blocks(&place, |blocks| {
                let at = at.min(blocks.len());
                blocks.insert(at, gone);
            });
        });
        if let Some(toasts) = toasts {
            toasts.say_with_undo(t::block_removed(), back);
        }
    };
    let open_to = Memo::new(move |_| {
        let of = |content: &creative::Content| {
            stored.with_value(|id| tree::find(content, id).map(|(block, _)| zone_kind(&block.zone)))
        };
        desk.with_open(of).flatten().unwrap_or("locked")
    });
    let zone_tag = move || {
        let kind = open_to.get();
        view! { <Tag plain=true>{zone_words(kind)}</Tag> }
    };
    let fault = move || {
        let path = path_of(desk, &stored.get_value());
        let found = ["id", "part"].into_iter().find_map(|field| desk.fault(&format!("{path}.{field}")));
        found.map(|words| view! { <p class="fault">{words}</p> })
    };
    view! {
        <li class="kit-block" id=format!("block-{id}") tabindex="-1" data-zone=move || open_to.get() on:keydown=pressed>
            <div class="kit-block-head">
                <span class="strong">{words}</span>
                {zone_tag}
                <span class="kit-moves end">
                    <Button size=Size::Small kind=Kind::Quiet icon=lucide::LuArrowUp label=t::move_up(words) id=format!("block-{id}-up") on_click=move |_| shift(false)/>
                    <Button size=Size::Small kind=Kind::Quiet icon=lucide::LuArrowDown label=t::move_down(words) id=format!("block-{id}-down") on_click=move |_| shift(true)/>
                    <Button size=Size::Small kind=Kind::Quiet icon=lucide::LuTrash2 label=t::remove_named(words) on_click=remove/>
                </span>
            </div>
            {fields::fields(desk, id.clone(), kind)}
            {fault}
            {zone::zone(desk, id.clone(), kind)}
        </li>
    }
    .into_any()
}

/// Where a block lies among the fields: `assets[0].languages.en.blocks[2]`.
pub(super) fn path_of(desk: Desk, id: &str) -> String {
    let below = desk.with_open(|content| tree::find(content, id).map(|(_, path)| path)).flatten();
    format!("{}.{}", desk.path(), below.unwrap_or_default())
}
