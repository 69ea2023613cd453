//! What differs from what is published, in words, with colours as they are.
use leptos::prelude::*;

use super::state::{Shown, Studio};
use crate::rules::{Difference, Value, differences};
use crate::t;

/// The list of what differs; says so when nothing does.
pub(super) fn list(all: Vec<Difference>) -> AnyView {
    if all.is_empty() {
        return view! { <p class="muted">{t::no_differences()}</p> }.into_any();
    }
    view! { <ul class="changes">{all.into_iter().map(line).collect_view()}</ul> }.into_any()
}

fn line(one: Difference) -> AnyView {
    let what = t::differs_what(one.field.words());
    view! {
        <li><span>{what}</span>" "<del>{value(&one.from)}</del>" "<span aria-hidden="true">{t::becomes()}</span>" "<ins>{value(&one.to)}</ins></li>
    }
    .into_any()
}

fn value(value: &Value) -> AnyView {
    let words = value.words();
    match value {
        Value::Colour(_) => view! {
            <span class="line swatched">
                <svg class="dot" width="14" height="14" aria-hidden="true"><rect width="14" height="14" rx="3" fill=words.clone()></rect></svg>
                <code>{words}</code>
            </span>
        }
        .into_any(),
        Value::Text(_) => view! { <q>{words}</q> }.into_any(),
        Value::Picture(purpose, hash) => {
            let address = hash.address(purpose.form());
            view! { <span class="picture-thumb"><img src=address alt=words/></span> }.into_any()
        }
        _ => words.into_any(),
    }
}

/// Below the previews, while the published theme is looked at beside the draft.
pub(super) fn while_compared(studio: Studio) -> AnyView {
    let shown = Memo::new(move |_| studio.shown.get() == Shown::Both);
    let all =
        Memo::new(move |_| studio.worn.with(|worn| studio.theme.with(|theme| differences(worn, theme))));
    let body = move || {
        shown.get().then(|| {
            let list = list(all.get());
            view! { <section class="card pad stack gap-8" aria-label=t::what_differs()><h2>{t::what_differs()}</h2>{list}</section> }
        })
    };
    view! { {body} }.into_any()
}
