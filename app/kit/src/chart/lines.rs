//! Lines over time, with the area below and the goal beside.
use leptos::prelude::*;

use super::parts::{foot, legend, summary, x_labels, y_labels};
use super::plan::{Plan, Shape};
use super::walk::{Spacing, Walk, over};
use super::{Measure, Scale, Series, Write, area_path, coordinate, line_path, spread, ticks};
use crate::t;

/// How high a chart is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Height {
    Short,
    #[default]
    Normal,
    Tall,
}

impl Height {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Short => "chart short",
            Self::Normal => "chart",
            Self::Tall => "chart tall",
        }
    }
}

/// The drawing's own measures; it is stretched to its place, strokes keep their width.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 120.0;

/// A chart of lines. The first series may have its area filled; later ones are also told apart by their dashes.
#[component]
pub fn LineChart(
    /// Names its parts in the page.
    #[prop(into)]
    id: String,
    #[prop(into)] title: String,
    /// What stands below: months, weeks, days.
    labels: Vec<String>,
    series: Vec<Series>,
    #[prop(into)] write: Write,
    /// The goal at each label.
    #[prop(optional)]
    goal: Option<Vec<f64>>,
    #[prop(default = true)] area: bool,
    #[prop(optional)] height: Height,
    /// Without values beside it, for small places.
    #[prop(optional)]
    bare: bool,
    /// What the values are, for the file.
    #[prop(optional)]
    measure: Measure,
) -> impl IntoView {
    let head = t::chart_when().to_owned();
    let (shape, paints) = (Shape::Lines { area }, Vec::new());
    drawn(id, Plan { title, shape, head, labels, series, paints, goal, write, measure }, height, bare)
}

fn drawn(id: String, plan: Plan, height: Height, bare: bool) -> AnyView {
    let Plan { title, labels, series, goal, write, .. } = &plan;
    let write = *write;
    let area = plan.shape == Shape::Lines { area: true };
    let walk = Walk::new(&plan, Spacing::Edges);
    let all = series.iter().flat_map(|series| series.values.iter()).chain(goal.iter().flatten()).copied();
    let axis = ticks(all, 3);
    let base = axis[0].max(0.0);
    let y = Scale::new((axis[0], axis[axis.len() - 1]), (HEIGHT, 0.0));
    let x = Scale::new((0.0, labels.len().saturating_sub(1).max(1) as f64), (0.0, WIDTH));
    let place = |values: &[f64]| -> Vec<(f64, f64)> {
        values.iter().enumerate().map(|(n, value)| (x.at(n as f64), y.at(*value))).collect()
    };
    let drawn: Vec<_> = series.iter().map(|series| (series.paint.class(), place(&series.values))).collect();
    let goal_path = goal.as_ref().map(|goal| line_path(&place(goal)));
    let filled = drawn.first().filter(|_| area).map(|(paint, points)| {
        view! { <path class=format!("area {paint}") d=area_path(points, y.at(base))></path> }
    });
    let paths = drawn
        .iter()
        .enumerate()
        .map(|(n, (paint, points))| {
            let end = points.last().map(dot);
            view! {
                <path class=format!("path s{} {paint}", n + 1) d=line_path(points)></path>
                {end.map(|end| view! {
                    <path class="point ring" d=end.clone()></path>
                    <path class=format!("point {paint}") d=end></path>
                })}
            }
        })
        .collect_view();
    let lines = axis
        .iter()
        .map(|value| coordinate(y.at(*value)))
        .map(|y| view! { <line class="lines" x1="0" x2="600" y1=y.clone() y2=y></line> })
        .collect_view();
    let hits = hits(&plan);
    let (described, shown) = (summary(labels, series, write), spread(labels.len(), 5));
    let legend = legend(series, goal.as_ref().map(|_| t::chart_goal().to_owned()));
    let here = drawn
        .iter()
        .map(|(paint, points)| {
            let (points, paint) = (points.clone(), format!("point {paint}"));
            let at = Memo::new(move |_| walk.shown().and_then(|place| points.get(place).map(dot)));
            view! {
                <path class="point ring" d=move || at.get()></path>
                <path class=paint d=move || at.get()></path>
            }
        })
        .collect_view();
    let (title_id, text_id) = (format!("{id}-title"), format!("{id}-text"));
    let named = format!("{title_id} {text_id}");
    let (title, labels) = (title.clone(), &labels.clone());
    let stored = StoredValue::new(plan);
    view! {
        <figure class=height.class() id=id>
            <div class=if bare { "plot bare" } else { "plot" }>
                {(!bare).then(|| y_labels(&axis, write))}
                <svg
                    class="draw"
                    viewBox="0 0 600 120"
                    preserveAspectRatio="none"
                    role="img"
                    aria-labelledby=named
                >
                    <title id=title_id>{title.clone()}</title>
                    <desc id=text_id>{described}</desc>
                    {lines}
                    {filled}
                    {goal_path.map(|path| view! { <path class="goal" d=path></path> })}
                    {paths}
                    {here}
                    {hits}
                </svg>
                {x_labels(labels, &shown)}
                {over(walk, stored)}
            </div>
            {legend}
            {foot(stored)}
        </figure>
    }
    .into_any()
}

/// A dot is a line of no length with round ends.
fn dot((x, y): &(f64, f64)) -> String {
    format!("M{} {}h0", coordinate(*x), coordinate(*y))
}

/// A column for each label that says its values on hover.
fn hits(plan: &Plan) -> impl IntoView + use<> {
    let count = plan.labels.len();
    let width = WIDTH / count.max(1) as f64;
    let step = WIDTH / count.saturating_sub(1).max(1) as f64;
    (0..count)
        .map(|n| {
            let middle = step * n as f64;
            let x = (middle - width / 2.0).clamp(0.0, WIDTH - width);
            view! { <rect class="hit" x=coordinate(x) y="0" width=coordinate(width) height="120"><title>{plan.spoken(n)}</title></rect> }
        })
        .collect_view()
}
