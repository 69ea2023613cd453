//! What stands in the place of content that is on its way, in its shape.
use leptos::prelude::*;

use crate::t;

/// Which shape to keep free.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Shape {
    /// Rows with a tag, two lines and a button.
    #[default]
    Rows,
    /// Rows of a table.
    Table,
    /// Cards with a figure.
    Tiles,
    /// A card with a chart.
    Chart,
    /// Fields of a form.
    Form,
    /// A record: headline, facts, history.
    Record,
    /// Lines of words.
    Text,
}

/// A place that loads.
#[component]
pub fn Skeleton(
    #[prop(optional)] shape: Shape,
    /// How many rows, tiles, fields or lines.
    #[prop(default = 4)]
    count: usize,
) -> impl IntoView {
    let many = |one: fn(usize) -> AnyView| (0..count).map(one).collect_view().into_any();
    let bones = match shape {
        Shape::Rows => view! { <div class="card">{many(row)}</div> }.into_any(),
        Shape::Table => view! { <div class="card">{many(line)}</div> }.into_any(),
        Shape::Tiles => view! { <div class="tiles">{many(tile)}</div> }.into_any(),
        Shape::Chart => view! {
            <div class="card"><div class="body stack"><span class="bone title"></span><span class="bone figure"></span><span class="bone chart"></span></div></div>
        }
        .into_any(),
        Shape::Form => view! { <div class="form">{many(field)}</div> }.into_any(),
        Shape::Record => view! {
            <div class="stack gap-20">
                <span class="bone title"></span>
                <div class="card"><div class="body stack">{many(fact)}</div></div>
                <div class="card">{many(row)}</div>
            </div>
        }
        .into_any(),
        Shape::Text => view! { <div class="stack gap-8">{many(text)}</div> }.into_any(),
    };
    view! {
        <div class="skeleton patient" role="status" aria-busy="true">
            <span class="visually-hidden">{t::loading()}</span>
            {bones}
        </div>
    }
}

const WIDTHS: [&str; 4] = ["bone w4", "bone w3", "bone w5", "bone w2"];

fn row(n: usize) -> AnyView {
    view! {
        <div class="row">
            <span class="bone pill"></span>
            <span class="what"><span class=WIDTHS[(n + 1) % 4]></span><span class="bone w3"></span></span>
            <span class="bone key"></span>
        </div>
    }
    .into_any()
}

fn line(n: usize) -> AnyView {
    view! {
        <div class="row">
            <span class="grow"><span class=WIDTHS[n % 4]></span></span>
            <span class="bone pill"></span>
            <span class="bone w1"></span>
            <span class="bone w1 hide-s"></span>
        </div>
    }
    .into_any()
}

fn tile(_: usize) -> AnyView {
    view! { <div class="card"><div class="body stack"><span class="bone w3"></span><span class="bone figure"></span><span class="bone w4"></span></div></div> }
        .into_any()
}

fn field(_: usize) -> AnyView {
    view! { <div class="field"><span class="bone w2"></span><span class="bone field"></span></div> }
        .into_any()
}

fn fact(n: usize) -> AnyView {
    view! { <div class="line gap-24"><span class="bone w1"></span><span class=WIDTHS[(n + 3) % 4]></span></div> }.into_any()
}

fn text(n: usize) -> AnyView {
    view! { <span class=WIDTHS[n % 4]></span> }.into_any()
}
