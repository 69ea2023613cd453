//! A funnel: steps that fewer take one after the other, each as a bar with its share of the first and of the one before.
use leptos::prelude::*;

use super::{Part, Write, coordinate};
use crate::catalogue::locale;
use crate::format;
use crate::t;

/// Steps from the widest to the narrowest. What each says is text: the bars are decoration beside it.
#[component]
pub fn Funnel(#[prop(into)] title: String, steps: Vec<Part>, #[prop(into)] write: Write) -> impl IntoView {
    let whole = steps.first().map_or(0.0, |step| step.value.max(0.0));
    let mut before: Option<f64> = None;
    let rows = steps
        .into_iter()
        .map(|step| {
            let width = share(step.value, whole).map_or(0.0, |share| share * 100.0);
            let of_before = before.replace(step.value).and_then(|before| share(step.value, before));
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
    view! { <ol class="funnel" aria-label=title>{rows}</ol> }
}

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| (part / whole).clamp(0.0, 1.0))
}
