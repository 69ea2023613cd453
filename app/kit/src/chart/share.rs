//! Parts of a whole: a ring, or a bar in pieces.
use leptos::prelude::*;

use super::plan::{Plan, Shape};
use super::{Measure, Part, Write, coordinate, take};
use crate::catalogue::locale;
use crate::format;
use crate::t;

/// A ring of parts, with the whole in its middle and a legend that says every value.
#[component]
pub fn Donut(
    /// Names its parts in the page.
    #[prop(into)]
    id: String,
    #[prop(into)] title: String,
    parts: Vec<Part>,
    #[prop(into)] write: Write,
    /// Below the sum in the middle: "deals".
    #[prop(optional, into)]
    unit: Option<String>,
    /// What the values are, for the file.
    #[prop(optional)]
    measure: Measure,
) -> impl IntoView {
    let plan = Plan::of_parts(title.clone(), Shape::Ring, &parts, write, measure);
    let total: f64 = parts.iter().map(|part| part.value.max(0.0)).sum();
    let mut turned = 0.0;
    let arcs = parts
        .iter()
        .filter(|part| part.value > 0.0)
        .map(|part| {
            let share = part.value / total * 100.0;
            let gap = if share < 100.0 { share.min(0.8) } else { 0.0 };
            let dash = format!("{} {}", coordinate(share - gap), coordinate(100.0 - share + gap));
            let start = -turned;
            turned += share;
            let words = t::chart_value(&part.label, write.run(part.value));
            view! {
                <circle class=part.paint.class() cx="18" cy="18" r="15.9155" stroke-dasharray=dash stroke-dashoffset=coordinate(start)>
                    <title>{words}</title>
                </circle>
            }
        })
        .collect_view();
    let described = described(&parts, write);
    let (title_id, text_id) = (format!("{id}-title"), format!("{id}-text"));
    let named = format!("{title_id} {text_id}");
    view! {
        <figure class="donut" id=id>
            <div class="ring">
                <svg viewBox="0 0 36 36" role="img" aria-labelledby=named>
                    <title id=title_id>{title}</title>
                    <desc id=text_id>{described}</desc>
                    <circle class="rest" cx="18" cy="18" r="15.9155"></circle>
                    {arcs}
                </svg>
                <div class="middle" aria-hidden="true">
                    <span class="figure small">{write.run(total)}</span>
                    {unit.map(|unit| view! { <span class="muted small">{unit}</span> })}
                </div>
            </div>
            {part_legend(parts, total, write, true)}
            <div class="foot">{take::menu(StoredValue::new(plan))}</div>
        </figure>
    }
}

/// A bar in pieces, with a legend that says every value.
#[component]
pub fn StackBar(
    #[prop(into)] title: String,
    parts: Vec<Part>,
    #[prop(into)] write: Write,
    /// The legend one below the other, with each part's share, and a menu that takes the chart along; otherwise it
    /// is a detail of the figure it stands with.
    #[prop(optional)]
    column: bool,
    /// What the values are, for the file.
    #[prop(optional)]
    measure: Measure,
) -> impl IntoView {
    let plan = column.then(|| Plan::of_parts(title.clone(), Shape::Pieces, &parts, write, measure));
    let total: f64 = parts.iter().map(|part| part.value.max(0.0)).sum();
    let gap = 0.8;
    let mut start = 0.0;
    let pieces = parts
        .iter()
        .filter(|part| part.value > 0.0)
        .map(|part| {
            let share = part.value / total * 100.0;
            let x = start;
            start += share;
            // The last piece ends at the edge, the others leave a gap behind them.
            let width = if start > 99.99 { share } else { (share - gap).max(0.2) };
            view! {
                <rect class=part.paint.class() x=format!("{}%", coordinate(x)) width=format!("{}%", coordinate(width)) height="10" rx="4"></rect>
            }
        })
        .collect_view();
    let label = format!("{title}. {}", described(&parts, write));
    view! {
        <figure class="stackbar stack gap-8">
            <svg width="100%" height="10" role="img" aria-label=label>{pieces}</svg>
            {part_legend(parts, total, write, column)}
            {plan.map(|plan| view! { <div class="foot">{take::menu(StoredValue::new(plan))}</div> })}
        </figure>
    }
}

fn described(parts: &[Part], write: Write) -> String {
    if parts.is_empty() {
        return t::chart_empty().to_owned();
    }
    parts.iter().map(|part| t::chart_value(&part.label, write.run(part.value))).collect::<Vec<_>>().join(", ")
}

fn part_legend(parts: Vec<Part>, total: f64, write: Write, column: bool) -> impl IntoView {
    let items = parts
        .into_iter()
        .map(|part| {
            let key = format!("key {}", part.paint.class());
            let label = match part.href {
                Some(href) => view! { <a href=href>{part.label}</a> }.into_any(),
                None => view! { <span>{part.label}</span> }.into_any(),
            };
            let share = (column && total > 0.0).then(|| format!(" · {}", format::percent(part.value / total, locale())));
            view! { <li><span class=key aria-hidden="true"></span>{label}<b>{write.run(part.value)}{share}</b></li> }
        })
        .collect_view();
    view! { <ul class=if column { "legend column" } else { "legend" }>{items}</ul> }
}
