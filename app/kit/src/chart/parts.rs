//! What charts share: series and their colours, legend, axis, the same as a table.
use leptos::prelude::*;

use super::plan::Plan;
use super::{coordinate, take};
use crate::t;
use crate::table::{Cell, CellKind, Column, Table, TableRow};

/// Which colour a series has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Paint {
    /// The chart palette, 0 to 7; larger numbers start again.
    Palette(u8),
    /// The accent, whole.
    #[default]
    Accent,
    /// The accent, weaker: the next step of the same thing.
    AccentMiddle,
    /// The accent, weakest.
    AccentLight,
    Good,
    Warn,
    Bad,
}

impl Paint {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Palette(n) => ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"][(n % 8) as usize],
            Self::Accent => "ca",
            Self::AccentMiddle => "cb",
            Self::AccentLight => "cc",
            Self::Good => "cgood",
            Self::Warn => "cwarn",
            Self::Bad => "cbad",
        }
    }
}

/// One line or one colour of bars.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub name: String,
    /// One for each label, from the first; fewer when the rest has not happened yet.
    pub values: Vec<f64>,
    pub paint: Paint,
}

impl Series {
    pub fn new(name: impl Into<String>, values: Vec<f64>, paint: Paint) -> Self {
        Self { name: name.into(), values, paint }
    }
}

/// One part of a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub label: String,
    pub value: f64,
    pub paint: Paint,
    /// The records behind it.
    pub href: Option<String>,
}

impl Part {
    pub fn new(label: impl Into<String>, value: f64, paint: Paint) -> Self {
        Self { label: label.into(), value, paint, href: None }
    }

    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
}

/// How a chart writes its values: money, counts, percentages.
pub type Write = Callback<f64, String>;

pub(crate) fn legend(series: &[Series], goal: Option<String>) -> AnyView {
    if series.len() < 2 && goal.is_none() {
        return ().into_any();
    }
    let items = series
        .iter()
        .map(|series| {
            let key = format!("key {}", series.paint.class());
            view! { <li><span class=key aria-hidden="true"></span>{series.name.clone()}</li> }
        })
        .collect_view();
    let goal = goal.map(|goal| view! { <li><span class="key dash" aria-hidden="true"></span>{goal}</li> });
    view! { <ul class="legend">{items}{goal}</ul> }.into_any()
}

/// What the drawing says, in a sentence: first, last and highest value of its first series.
pub(crate) fn summary(labels: &[String], series: &[Series], write: Write) -> String {
    let Some(main) = series.first().filter(|series| !series.values.is_empty()) else {
        return t::chart_empty().to_owned();
    };
    let label = |place: usize| labels.get(place).cloned().unwrap_or_default();
    let last = main.values.len() - 1;
    let highest = (0..=last).max_by(|a, b| main.values[*a].total_cmp(&main.values[*b])).unwrap_or(0);
    t::chart_summary(
        write.run(main.values[0]),
        label(0),
        write.run(main.values[highest]),
        label(highest),
        write.run(main.values[last]),
        label(last),
    )
}

/// Below a chart: the same numbers as a table behind a fold, and the menu that takes it along.
pub(super) fn foot(plan: StoredValue<Plan>) -> AnyView {
    let table = plan.with_value(|plan| {
        let mut series = plan.series.clone();
        // What holds all the way is written in the legend; a goal that rises has a column.
        let rises = |goal: &Vec<f64>| goal.first() != goal.last();
        let goal = plan.goal.clone().filter(rises);
        series.extend(goal.map(|goal| Series::new(t::chart_goal(), goal, Paint::Accent)));
        as_table(plan.title.clone(), &plan.labels, &series, plan.write)
    });
    view! { <div class="foot">{table}{take::menu(plan)}</div> }.into_any()
}

/// The same numbers as a table, behind a fold.
fn as_table(title: String, labels: &[String], series: &[Series], write: Write) -> impl IntoView + use<> {
    let mut columns = vec![Column::new(t::chart_when())];
    columns.extend(series.iter().map(|series| Column::num(series.name.clone())));
    let rows = labels
        .iter()
        .enumerate()
        .map(|(place, label)| {
            let cells = series
                .iter()
                .map(|series| {
                    let value = series.values.get(place).map(|value| write.run(*value)).unwrap_or_default();
                    let name = series.name.clone();
                    view! { <Cell kind=CellKind::Num label=name>{value}</Cell> }
                })
                .collect_view();
            let label = label.clone();
            view! { <TableRow><Cell kind=CellKind::Lead>{label}</Cell>{cells}</TableRow> }
        })
        .collect_view();
    view! {
        <details class="as-table">
            <summary>{t::as_table()}</summary>
            <Table columns=columns label=title compact=true>{rows}</Table>
        </details>
    }
}

/// The labels below a chart: some of them, each where its value is.
pub(crate) fn x_labels(labels: &[String], shown: &[usize]) -> impl IntoView + use<> {
    let last = labels.len().saturating_sub(1);
    let texts = shown
        .iter()
        .filter_map(|place| Some((*place, labels.get(*place)?.clone())))
        .map(|(place, label)| {
            let anchor = match place {
                0 => "start",
                place if place == last => "end",
                _ => "middle",
            };
            let x = format!("{}%", coordinate(place as f64 / last.max(1) as f64 * 100.0));
            view! { <text x=x y="12" text-anchor=anchor>{label}</text> }
        })
        .collect_view();
    view! { <svg class="x" aria-hidden="true">{texts}</svg> }
}

/// The values beside a chart, from the bottom up.
pub(crate) fn y_labels(axis: &[f64], write: Write) -> impl IntoView + use<> {
    let labels = axis.iter().map(|value| write.run(*value)).map(|label| view! { <span>{label}</span> });
    view! { <div class="y" aria-hidden="true">{labels.collect_view()}</div> }
}
