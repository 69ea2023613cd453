//! How the pieces look: documents of their own in a frame, wide or narrow, light or dark.
use creative::AssetKind;
use kit::paths;
use leptos::prelude::*;

use super::super::parts::kind_words;
use super::state::Desk;
use crate::t;

pub(super) fn previews(desk: Desk) -> AnyView {
    let assets: Vec<(String, AssetKind, String)> = desk.of.with_untracked(|of| {
        of.assets.iter().map(|asset| (asset.key.clone(), asset.kind, asset.name.clone())).collect()
    });
    let Some(first) = assets.first().map(|(key, ..)| key.clone()) else { return ().into_any() };
    let (shown, phone, dark) = (RwSignal::new(first), RwSignal::new(false), RwSignal::new(false));
    let tabs = assets
        .into_iter()
        .map(|(key, kind, name)| {
            let (pressed, chosen) = (key.clone(), key);
            view! {
                <button type="button" title=name aria-pressed=move || shown.with(|shown| *shown == pressed).to_string() on:click=move |_| shown.set(chosen.clone())>
                    {kind_words(kind)}
                </button>
            }
        })
        .collect_view();
    // The number at the end makes another address of it, so that the frame is drawn anew.
    let src = move || {
        format!("{}&v={}", paths::campaign_preview(desk.id, shown.get(), dark.get()), desk.drawn.get())
    };
    let toggle = move |signal: RwSignal<bool>, label: &'static str| {
        view! {
            <label class="check"><input type="checkbox" prop:checked=move || signal.get() on:change=move |event| signal.set(event_target_checked(&event))/><span>{label}</span></label>
        }
    };
    view! {
        <div class="stack gap-8">
            <div class="line wrap">
                <div class="segmented" role="group" aria-label=t::step_preview()>{tabs}</div>
                {toggle(phone, t::as_phone())}
                {toggle(dark, t::as_dark())}
            </div>
            <div class="campaign-stage" data-phone=move || phone.get().then_some("true")>
                <iframe class="campaign-frame" src=src title=t::step_preview()></iframe>
            </div>
        </div>
    }
    .into_any()
}
