//! Who may change a block, and how.
use creative::{Part, Zone};
use kit::{Button, Choice, Kind, SelectField, Size, TextArea, TextField, lucide};
use leptos::prelude::*;

use super::block::path_of;
use super::state::{Desk, bound};
use super::tree;
use crate::rules::{MOST_VARIANTS, MOST_WRITTEN, fits};
use crate::t;
use crate::words::{zone_kind, zone_words};

fn read<T>(desk: Desk, id: StoredValue<String>, of: impl FnOnce(&Part, &Zone) -> T) -> Option<T> {
    desk.with_open(|content| {
        id.with_value(|id| tree::find(content, id).map(|(block, _)| of(&block.part, &block.zone)))
    })
    .flatten()
}

/// What a zone begins with: a choice with one variant that is empty, text as long as it is usual.
fn begun(kind: &str) -> Zone {
    match kind {
        "choice" => Zone::Choice { variants: vec![String::new()] },
        "text" => Zone::Text { max: 500 },
        "partner" => Zone::Partner,
        _ => Zone::Locked,
    }
}

pub(super) fn zone(desk: Desk, id: String, block: &'static str) -> AnyView {
    let control = format!("block-{id}-zone");
    let id = StoredValue::new(id);
    let offered = untrack(|| {
        read(desk, id, |part, _| {
            ["locked", "choice", "text", "partner"]
                .into_iter()
                .filter(|kind| fits(part, &begun(kind)))
                .collect::<Vec<_>>()
        })
    });
    let offered = offered.unwrap_or_default();
    if offered.len() < 2 {
        return view! { <p class="muted small">{t::locked_always()}</p> }.into_any();
    }
    let choices: Vec<Choice> = offered.into_iter().map(|kind| Choice::new(kind, zone_words(kind))).collect();
    let kind = bound(desk, move |desk| read(desk, id, |_, zone| zone_kind(zone).to_owned()));
    let picked = Callback::new(move |text: String| {
        desk.edit_block(&id.get_value(), "zone", |block| block.zone = begun(&text));
    });
    let fault = MaybeProp::derive(move || desk.fault(&format!("{}.zone", path_of(desk, &id.get_value()))));
    let which = Memo::new(move |_| kind.get());
    let options = move || match which.get().as_str() {
        "choice" => variants(desk, id, matches!(block, "text" | "quote")),
        "text" => longest(desk, id),
        _ => ().into_any(),
    };
    view! {
        <div class="kit-zone stack gap-8">
            <SelectField name="zone" id=control label=t::field_zone() choices=choices bind=kind on_input=picked error=fault/>
            {options}
        </div>
    }
    .into_any()
}

/// How much a partner may write.
fn longest(desk: Desk, id: StoredValue<String>) -> AnyView {
    let most = bound(desk, move |desk| {
        read(desk, id, |_, zone| match zone {
            Zone::Text { max } => Some(max.to_string()),
            _ => None,
        })
        .flatten()
    });
    let typed = Callback::new(move |text: String| {
        if let Ok(max) = text.trim().parse::<u16>() {
            desk.edit_block(&id.get_value(), "max", |block| block.zone = Zone::Text { max });
        }
    });
    let control = format!("block-{}-max", id.get_value());
    view! { <TextField name="max" id=control label=t::field_most() help=t::most_help(i64::from(MOST_WRITTEN)) kind="number" bind=most on_input=typed/> }
        .into_any()
}

/// What a partner may choose from, besides what the block says itself.
fn variants(desk: Desk, id: StoredValue<String>, long: bool) -> AnyView {
    let count = Memo::new(move |_| {
        read(desk, id, |_, zone| match zone {
            Zone::Choice { variants } => variants.len(),
            _ => 0,
        })
        .unwrap_or_default()
    });
    let change = move |field: &str, change: &dyn Fn(&mut Vec<String>)| {
        desk.edit_block(&id.get_value(), field, |block| {
            if let Zone::Choice { variants } = &mut block.zone {
                change(variants);
            }
        });
    };
    let one = move |place: usize| {
        let text = bound(desk, move |desk| {
            read(desk, id, |_, zone| match zone {
                Zone::Choice { variants } => variants.get(place).cloned(),
                _ => None,
            })
            .flatten()
        });
        let typed = Callback::new(move |text: String| {
            change(&format!("variant {place}"), &|variants| {
                if let Some(variant) = variants.get_mut(place) {
                    variant.clone_from(&text);
                }
            });
        });
        let remove = move |_| {
            change("", &|variants| {
                if place < variants.len() {
                    variants.remove(place);
                }
            });
        };
        let control = format!("block-{}-variant-{place}", id.get_value());
        let rows = if long { 3 } else { 1 };
        view! {
            <li class="kit-variant">
                <TextArea name="variant" id=control label=t::variant_number(place + 1) bind=text on_input=typed rows=rows maxlength=5_000/>
                <Button size=Size::Small kind=Kind::Quiet icon=lucide::LuTrash2 label=t::remove_variant(place + 1) on_click=remove/>
            </li>
        }
    };
    let add = move |_| change("", &|variants| variants.push(String::new()));
    let more = move || {
        (count.get() < MOST_VARIANTS)
            .then(|| view! { <Button size=Size::Small icon=lucide::LuPlus on_click=add>{t::add_variant()}</Button> })
    };
    view! {
        <p class="muted small">{t::variants_help()}</p>
        <ol class="kit-variants" role="list">
            <For each=move || 0..count.get() key=|place| *place let:place>{one(place)}</For>
        </ol>
        {more}
    }
    .into_any()
}
