//! The previews of the studio: pages in small, light beside dark, in the draft's face, the published one's, or both.
use leptos::prelude::*;
use palette::Palette;

use super::paint::paint;
use super::samples::{Sample, page};
use super::state::{Shown, Studio};
use crate::t;

pub(super) fn previews(studio: Studio, brand: String) -> AnyView {
    let (sample, phone) = (RwSignal::new(Sample::Home), RwSignal::new(false));
    let tab = move |one: Sample| {
        view! {
            <button type="button" aria-pressed=move || (sample.get() == one).to_string() on:click=move |_| sample.set(one)>{one.words()}</button>
        }
    };
    let tabs = Sample::ALL.map(tab).collect_view();
    let way = move |one: Shown| {
        view! {
            <button type="button" aria-pressed=move || (studio.shown.get() == one).to_string() on:click=move |_| studio.shown.set(one)>{shown_words(one)}</button>
        }
    };
    let ways = Shown::ALL.map(way).collect_view();
    let narrow = move |event: leptos::ev::Event| phone.set(event_target_checked(&event));
    let stages = move || {
        let brand = brand.clone();
        match studio.shown.get() {
            Shown::Both => view! {
                <div class="sides">
                    <section class="stack gap-8"><h3>{t::shown_draft()}</h3>{stage(studio, false, (sample, phone), brand.clone())}</section>
                    <section class="stack gap-8"><h3>{t::shown_worn()}</h3>{stage(studio, true, (sample, phone), brand)}</section>
                </div>
            }
            .into_any(),
            Shown::Draft => stage(studio, false, (sample, phone), brand),
            Shown::Worn => stage(studio, true, (sample, phone), brand),
        }
    };
    view! {
        <div class="head">
            <div class="segmented" role="group" aria-label=t::preview()>{tabs}</div>
            <div class="segmented" role="group" aria-label=t::shown_theme()>{ways}</div>
            <label class="check"><input type="checkbox" prop:checked=move || phone.get() on:change=narrow/><span>{t::as_phone()}</span></label>
        </div>
        {stages}
    }
    .into_any()
}

fn shown_words(shown: Shown) -> &'static str {
    match shown {
        Shown::Draft => t::shown_draft(),
        Shown::Worn => t::shown_worn(),
        Shown::Both => t::shown_both(),
    }
}

/// One theme on one sample, light beside dark.
fn stage(
    studio: Studio,
    of_worn: bool,
    (sample, phone): (RwSignal<Sample>, RwSignal<bool>),
    brand: String,
) -> AnyView {
    let theme = if of_worn { studio.worn } else { studio.theme };
    let node = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        theme.with(|theme| paint(&element, theme, &Palette::of(&theme.seed())));
    });
    let said = Memo::new(move |_| theme.with(|theme| (theme.voice.clone(), theme.emblem())));
    let frames = move || {
        let (sample, (voice, emblem)) = (sample.get(), said.get());
        [("light", t::light()), ("dark", t::dark())]
            .map(|(mode, words)| {
                let label = t::preview_of(words, sample.words());
                let page = page(sample, &brand, &voice, &emblem);
                view! {
                    <figure class="preview">
                        <figcaption class="muted small">{words}</figcaption>
                        <div class="preview-page" data-theme=mode role="img" aria-label=label>
                            <div class="preview-inside" inert=true aria-hidden="true">{page}</div>
                        </div>
                    </figure>
                }
            })
            .collect_view()
    };
    view! { <div class="previews brand-scope" node_ref=node data-phone=move || phone.get().then_some("true")>{frames}</div> }
        .into_any()
}
