//! A line in the size of a word: which way it goes, nothing more.
use leptos::prelude::*;

use super::{Scale, area_path, coordinate, line_path};

/// A sparkline. The figure beside it carries the value, so it is decoration unless it has a label.
#[component]
pub fn Sparkline(
    values: Vec<f64>,
    /// In running text or in a cell.
    #[prop(optional)]
    inline: bool,
    #[prop(optional, into)] label: Option<String>,
) -> impl IntoView {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min).min(0.0);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let high = if high > low { high } else { low + 1.0 };
    let x = Scale::new((0.0, values.len().saturating_sub(1).max(1) as f64), (0.0, 100.0));
    let y = Scale::new((low, high), (30.0, 3.0));
    let points: Vec<_> = values.iter().enumerate().map(|(n, value)| (x.at(n as f64), y.at(*value))).collect();
    let end = points.last().map(|(x, y)| format!("M{} {}h0", coordinate(*x), coordinate(*y)));
    let hidden = label.is_none().then_some("true");
    let role = label.is_some().then_some("img");
    view! {
        <svg
            class=if inline { "sparkline inline" } else { "sparkline" }
            viewBox="0 0 100 32"
            preserveAspectRatio="none"
            role=role
            aria-label=label
            aria-hidden=hidden
        >
            <path class="area" d=area_path(&points, 32.0)></path>
            <path d=line_path(&points)></path>
            {end.map(|end| view! { <path class="point" d=end></path> })}
        </svg>
    }
}
