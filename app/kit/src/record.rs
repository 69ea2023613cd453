//! What a record shows of itself: facts, history, side-by-side comparison.
use leptos::prelude::*;

use crate::icon::{Drawing, Icon};
use crate::t;
use crate::tone::Tone;

/// How a list of facts stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum FactLayout {
    /// Name and value in a line.
    #[default]
    Lines,
    /// Name above value.
    Stacked,
    /// Name above value, several beside each other.
    Columns,
}

/// A list of facts: [`Fact`]s.
#[component]
pub fn KeyValues(#[prop(optional)] layout: FactLayout, children: Children) -> impl IntoView {
    let class = match layout {
        FactLayout::Lines => "facts",
        FactLayout::Stacked => "facts stacked",
        FactLayout::Columns => "facts columns",
    };
    view! { <dl class=class>{children()}</dl> }
}

/// One fact.
#[component]
pub fn Fact(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! { <div><dt>{label}</dt><dd>{children()}</dd></div> }
}

/// The history of a record, newest first: [`Moment`]s.
#[component]
pub fn Timeline(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! { <ol class="timeline" aria-label=label>{children()}</ol> }
}

/// Something that happened.
#[component]
pub fn Moment(
    icon: Drawing,
    #[prop(optional)] tone: Tone,
    /// What happened, in one sentence.
    #[prop(into)]
    title: String,
    /// When: a `When`.
    when: AnyView,
    /// Came while the page was open.
    #[prop(optional)]
    fresh: bool,
    /// Notes, reasons, changed fields.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let class = format!("{}{}", tone.class(), if fresh { " fresh" } else { "" });
    view! {
        <li class=class>
            <span class="mark-at"><Icon of=icon /></span>
            <div class="told">
                <div class="head-line"><span>{title}</span>{when}</div>
                {children.map(|children| view! { <div class="detail">{children()}</div> })}
            </div>
        </li>
    }
}

/// One line of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The field's name.
    pub label: String,
    /// One value for each record, and whether it agrees with the first.
    pub values: Vec<(String, bool)>,
}

impl Compared {
    pub fn new(label: impl Into<String>, values: Vec<(String, bool)>) -> Self {
        Self { label: label.into(), values }
    }

    /// Two values that agree or do not.
    pub fn pair(label: impl Into<String>, a: impl Into<String>, b: impl Into<String>, agree: bool) -> Self {
        Self::new(label, vec![(a.into(), agree), (b.into(), agree)])
    }
}

/// Records side by side. Where fields agree they are lit, and say so to those who cannot see light.
#[component]
pub fn Compare(
    #[prop(into)] label: String,
    /// One head for each record: "Alpine Systems, now".
    heads: Vec<String>,
    rows: Vec<Compared>,
) -> impl IntoView {
    let names = heads.clone();
    let body = rows
        .into_iter()
        .map(|row| {
            let cells = row
                .values
                .into_iter()
                .enumerate()
                .map(|(place, (value, agrees))| {
                    let name = names.get(place).cloned();
                    view! { <td role="cell" data-label=name>{lit(value, agrees)}</td> }
                })
                .collect_view();
            view! { <tr role="row"><th role="rowheader" scope="row" class="muted">{row.label}</th>{cells}</tr> }
        })
        .collect_view();
    let heads = heads
        .into_iter()
        .map(|head| view! { <th role="columnheader" scope="col">{head}</th> })
        .collect_view();
    view! {
        <div class="list">
            <table class="compare" role="table" aria-label=label>
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col"><span class="visually-hidden">{t::field()}</span></th>
                        {heads}
                    </tr>
                </thead>
                <tbody role="rowgroup">{body}</tbody>
            </table>
        </div>
    }
}

fn lit(value: String, agrees: bool) -> AnyView {
    if !agrees || value.is_empty() {
        return value.into_any();
    }
    view! { <span class="match">{value}<span class="visually-hidden">" ("{t::agrees()}")"</span></span> }
        .into_any()
}
