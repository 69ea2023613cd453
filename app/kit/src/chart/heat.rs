//! A heat table: rows and columns of numbers, each as deep in colour as it is large. It is a table first.
use leptos::prelude::*;

use super::plan::{Plan, Shape};
use super::{Measure, Paint, Series, Write, take};
use crate::t;

/// How many depths there are.
pub(super) const DEPTHS: u8 = 6;

/// The class of a depth.
pub(super) const fn depth_class(depth: u8) -> &'static str {
    ["d0", "d1", "d2", "d3", "d4", "d5"][if depth < DEPTHS { depth } else { DEPTHS - 1 } as usize]
}

/// From the smallest to the largest value of a table; zero belongs to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    low: f64,
    high: f64,
}

impl Range {
    pub(super) fn of(columns: &[Series]) -> Self {
        let all = columns.iter().flat_map(|column| column.values.iter().copied());
        let fold = |(low, high): (f64, f64), value: f64| (low.min(value), high.max(value));
        let (low, high) = all.filter(|value| value.is_finite()).fold((0.0, 0.0), fold);
        Self { low, high }
    }

    /// How deep a value is; the lowest is not coloured, and everything above it is.
    pub(super) fn depth(self, value: f64) -> u8 {
        if !value.is_finite() || value <= self.low {
            return 0;
        }
        let steps = f64::from(DEPTHS - 1);
        ((value - self.low) / (self.high - self.low) * steps).ceil().clamp(1.0, steps) as u8
    }

    /// Both ends in words.
    pub(super) fn ends(self, write: Write) -> (String, String) {
        (write.run(self.low), write.run(self.high))
    }
}

/// A table whose cells are as deep in colour as their numbers are large.
#[component]
pub fn Heat(
    #[prop(into)] title: String,
    /// What the rows are: "Partner".
    #[prop(into)]
    head: String,
    rows: Vec<String>,
    columns: Vec<String>,
    /// A row of values for each of `rows`, one for each of `columns`; nothing where there is none.
    values: Vec<Vec<Option<f64>>>,
    #[prop(into)] write: Write,
    /// What the values are, for the file.
    #[prop(optional)]
    measure: Measure,
) -> impl IntoView {
    let column = |place: usize| -> Vec<f64> {
        let value = |row: &Vec<Option<f64>>| row.get(place).copied().flatten().unwrap_or(f64::NAN);
        values.iter().map(value).collect()
    };
    let series = columns
        .into_iter()
        .enumerate()
        .map(|(place, name)| Series::new(name, column(place), Paint::Accent))
        .collect();
    let plan = Plan {
        title,
        shape: Shape::Heat,
        head,
        labels: rows,
        series,
        paints: Vec::new(),
        goal: None,
        write,
        measure,
    };
    table(plan)
}

fn table(plan: Plan) -> AnyView {
    if plan.labels.is_empty() || plan.series.is_empty() {
        return view! { <p class="muted">{t::chart_empty()}</p> }.into_any();
    }
    let range = Range::of(&plan.series);
    let heads =
        plan.series.iter().map(|column| view! { <th scope="col">{column.name.clone()}</th> }).collect_view();
    let rows = plan
        .labels
        .iter()
        .enumerate()
        .map(|(place, label)| {
            let cells = plan
                .series
                .iter()
                .map(|column| cell(column.values.get(place).copied(), range, plan.write))
                .collect_view();
            view! { <tr><th scope="row">{label.clone()}</th>{cells}</tr> }
        })
        .collect_view();
    let (low, high) = range.ends(plan.write);
    let scale = (0..DEPTHS).map(|depth| view! { <i class=depth_class(depth)></i> }).collect_view();
    let (name, label, head) = (plan.title.clone(), plan.title.clone(), plan.head.clone());
    view! {
        <figure class="heat">
            <div class="scroll" tabindex="0" role="group" aria-label=name>
                <table aria-label=label>
                    <thead><tr><th scope="col">{head}</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="foot">
                <p class="depths"><span>{low}</span><span class="ramp" aria-hidden="true">{scale}</span><span>{high}</span></p>
                {take::menu(StoredValue::new(plan))}
            </div>
        </figure>
    }
    .into_any()
}

fn cell(value: Option<f64>, range: Range, write: Write) -> AnyView {
    match value.filter(|value| value.is_finite()) {
        Some(value) => view! { <td class=depth_class(range.depth(value))>{write.run(value)}</td> }.into_any(),
        None => view! { <td class="none">"–"</td> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(values: &[f64]) -> Range {
        Range::of(&[Series::new("", values.to_vec(), Paint::Accent)])
    }

    #[test]
    fn nothing_is_not_coloured_and_the_most_is_deepest() {
        let depths = |values: &[f64]| values.iter().map(|v| range(values).depth(*v)).collect::<Vec<_>>();
        assert_eq!(depths(&[0.0, 0.1, 20.0, 50.0, 99.0, 100.0]), [0, 1, 1, 3, 5, 5]);
        assert_eq!(depths(&[7.0, 7.0]), [5, 5]);
        assert_eq!(depths(&[-10.0, 0.0, 10.0]), [0, 3, 5]);
        assert_eq!(depths(&[0.0, f64::NAN]), [0, 0]);
        assert_eq!(range(&[]).depth(3.0), 5);
    }
}
