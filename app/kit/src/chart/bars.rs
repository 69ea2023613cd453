//! Bars over time or over kinds, stacked where there are several series.
use leptos::prelude::*;

use super::parts::{foot, legend, summary, y_labels};
use super::plan::{Plan, Shape};
use super::walk::{Spacing, Walk, over};
use super::{Height, Measure, Series, Write, coordinate, spread, ticks};
use crate::t;

/// A chart of bars. Negative values are drawn as nothing.
#[component]
pub fn BarChart(
    /// Names its parts in the page.
    #[prop(into)]
    id: String,
    #[prop(into)] title: String,
    labels: Vec<String>,
    /// One colour each, stacked from the bottom.
    series: Vec<Series>,
    #[prop(into)] write: Write,
    /// A line across at this value.
    #[prop(optional)]
    goal: Option<f64>,
    #[prop(optional)] height: Height,
    /// Without values beside it.
    #[prop(optional)]
    bare: bool,
    /// What the values are, for the file.
    #[prop(optional)]
    measure: Measure,
) -> impl IntoView {
    let goal = goal.map(|goal| vec![goal; labels.len()]);
    let (head, shape, paints) = (t::chart_when().to_owned(), Shape::Bars, Vec::new());
    drawn(id, Plan { title, shape, head, labels, series, paints, goal, write, measure }, height, bare)
}

fn drawn(id: String, plan: Plan, height: Height, bare: bool) -> AnyView {
    let Plan { title, labels, series, write, .. } = &plan;
    let (title, write) = (title.clone(), *write);
    let goal = plan.goal.as_ref().and_then(|goal| goal.first()).copied();
    let walk = Walk::new(&plan, Spacing::Bands);
    let sums = (0..labels.len())
        .map(|n| series.iter().filter_map(|series| series.values.get(n)).map(|value| value.max(0.0)).sum());
    let axis = ticks(sums.chain(goal), 3);
    let top = axis[axis.len() - 1];
    let columns = (0..labels.len()).map(|n| column(n, &plan, top)).collect_view();
    let lines = axis
        .iter()
        .map(|value| percent(100.0 - value / top * 100.0))
        .map(|y| view! { <line class="lines" x1="0" x2="100%" y1=y.clone() y2=y></line> })
        .collect_view();
    let goal_line = goal.map(|goal| percent(100.0 - goal / top * 100.0)).map(|y| {
        view! { <line class="goal" x1="0" x2="100%" y1=y.clone() y2=y></line> }
    });
    let described = summary(labels, series, write);
    let shown = spread(labels.len(), 12);
    let below = labels
        .iter()
        .enumerate()
        .map(|(n, label)| view! { <span>{shown.contains(&n).then(|| label.clone())}</span> })
        .collect_view();
    let bands = if labels.len() > 8 { "x bands many" } else { "x bands" };
    let legend = legend(series, goal.map(|goal| format!("{} {}", t::chart_goal(), write.run(goal))));
    let (title_id, text_id) = (format!("{id}-title"), format!("{id}-text"));
    let named = format!("{title_id} {text_id}");
    let stored = StoredValue::new(plan);
    view! {
        <figure class=height.class() id=id>
            <div class=if bare { "plot bare" } else { "plot" }>
                {(!bare).then(|| y_labels(&axis, write))}
                <svg class="draw" role="img" aria-labelledby=named>
                    <title id=title_id>{title}</title>
                    <desc id=text_id>{described}</desc>
                    {lines}
                    {columns}
                    {goal_line}
                </svg>
                <div class=bands aria-hidden="true">{below}</div>
                {over(walk, stored)}
            </div>
            {legend}
            {foot(stored)}
        </figure>
    }
    .into_any()
}

fn column(place: usize, plan: &Plan, top: f64) -> impl IntoView + use<> {
    let band = 100.0 / plan.labels.len() as f64;
    let width = (band * 0.62).min(9.0);
    let x = band * place as f64 + (band - width) / 2.0;
    let mut floor = 100.0;
    let parts = plan
        .series
        .iter()
        .filter_map(|series| Some((series.paint.class(), series.values.get(place).copied()?.max(0.0))))
        .filter(|(_, value)| *value > 0.0)
        .map(|(paint, value)| {
            let height = value / top * 100.0;
            floor -= height;
            view! {
                <rect class=format!("bars {paint}") x=percent(x) y=percent(floor) width=percent(width) height=percent(height) rx="2"></rect>
            }
        })
        .collect_view();
    let words = plan.spoken(place);
    view! {
        {parts}
        <rect class="hit" x=percent(band * place as f64) y="0" width=percent(band) height="100%"><title>{words}</title></rect>
    }
}

fn percent(value: f64) -> String {
    format!("{}%", coordinate(value))
}
