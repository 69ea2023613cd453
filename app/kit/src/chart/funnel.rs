//! A funnel: steps that fewer take one after the other, each as a bar with its share of the first and of the one before.
use leptos::prelude::*;

use super::plan::{Plan, Shape};
use super::{Measure, Part, Write, coordinate, take};
use crate::catalogue::locale;
use crate::format;
use crate::t;

/// Steps from the widest to the narrowest. What each says is text: the bars are decoration beside it.
#[component]
pub fn Funnel(
    #[prop(into)] title: String,
    steps: Vec<Part>,
    #[prop(into)] write: Write,
    /// What the values are, for the file.
    #[prop(optional)]
    measure: Measure,
) -> impl IntoView {
    let plan = Plan::of_parts(title.clone(), Shape::Steps, &steps, write, measure);
    let rows = steps
        .into_iter()
        .zip(shares(&plan))
        .map(|(step, (_, of_first, of_before))| {
            let width = of_first * 100.0;
            let note = of_before.map(|share| {
                view! { <span class="muted small">{t::chart_of_before(format::percent(share, locale()))}</span> }
            });
            let label = match step.href {
                Some(href) => view! { <a href=href>{step.label}</a> }.into_any(),
                None => step.label.into_any(),
            };
            let (paint, width) = (step.paint.class(), format!("{}%", coordinate(width)));
            view! {
                <li>
                    <span class="step">{label}<b class="num">{write.run(step.value)}</b>{note}</span>
                    <svg width="100%" height="14" aria-hidden="true">
                        <rect class="rest" width="100%" height="14" rx="4"></rect>
                        <rect class=paint width=width height="14" rx="4"></rect>
                    </svg>
                </li>
            }
        })
        .collect_view();
    view! {
        <figure class="narrowing">
            <ol class="funnel" aria-label=title>{rows}</ol>
            <div class="foot">{take::menu(StoredValue::new(plan))}</div>
        </figure>
    }
}

/// Each step's name, its share of the first, and, from the second on, of the one before.
pub(super) fn shares(plan: &Plan) -> Vec<(&str, f64, Option<f64>)> {
    let values = plan.values();
    let whole = values.first().copied().unwrap_or_default();
    let steps = plan.labels.iter().zip(values).enumerate();
    steps
        .map(|(n, (label, value))| {
            let before = n.checked_sub(1).and_then(|before| share(*value, values[before]));
            (label.as_str(), share(*value, whole).unwrap_or_default(), before)
        })
        .collect()
}

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| (part / whole).clamp(0.0, 1.0))
}
