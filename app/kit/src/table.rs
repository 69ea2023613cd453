//! Tables that turn into cards where they are narrow. Roles are written out, because a table that is laid out
//! as cards would lose them.
use leptos::prelude::*;

use crate::icon::{Icon, lucide};
use crate::t;

/// Which way a column is sorted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sort {
    Ascending,
    Descending,
}

/// The head of a column.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Its name; empty for a column of buttons.
    pub label: String,
    /// Numbers stand at the end of their cell.
    pub num: bool,
    /// As narrow as its content.
    pub tight: bool,
    /// Where a click on the name goes, to sort by it.
    pub sort_href: Option<String>,
    pub sort: Option<Sort>,
}

impl Column {
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// For figures.
    pub fn num(label: impl Into<String>) -> Self {
        Self { num: true, ..Self::new(label) }
    }

    /// As narrow as its content.
    pub fn tight(label: impl Into<String>) -> Self {
        Self { tight: true, ..Self::new(label) }
    }

    /// Sortable by a link; `sort` says whether the list is sorted by it now.
    pub fn sorted(mut self, href: impl Into<String>, sort: Option<Sort>) -> Self {
        self.sort_href = Some(href.into());
        self.sort = sort;
        self
    }

    /// Sortable, in the order of a `sort` query parameter: `value` up, `-value` down. The link turns the order
    /// round; `href` makes the address for an order.
    pub fn sorts(self, key: &str, now: &str, href: impl Fn(&str) -> String) -> Self {
        let (sort, next) = match now.strip_prefix('-') {
            Some(rest) if rest == key => (Some(Sort::Descending), key.to_owned()),
            None if now == key => (Some(Sort::Ascending), format!("-{key}")),
            _ => (None, key.to_owned()),
        };
        self.sorted(href(&next), sort)
    }
}

/// A table. Its rows are [`TableRow`]s with [`Cell`]s.
#[component]
pub fn Table(
    columns: Vec<Column>,
    /// What the table lists, for those who cannot see where it stands.
    #[prop(into)]
    label: String,
    /// Whether rows open something: they then answer to the pointer.
    #[prop(optional)]
    opens: bool,
    /// Lower rows.
    #[prop(optional)]
    compact: bool,
    /// Columns stay columns on a narrow screen; the table scrolls sideways.
    #[prop(optional)]
    wide: bool,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let mut class = String::from("table");
    for (on, name) in [(opens, " opens"), (compact, " compact"), (!wide, " turns")] {
        if on {
            class.push_str(name);
        }
    }
    let heads = columns.into_iter().map(head).collect_view();
    let name = label.clone();
    view! {
        <div
            class=if wide { "list scroll" } else { "list" }
            tabindex=wide.then_some("0")
            role=wide.then_some("group")
            aria-label=wide.then_some(name)
        >
            <table class=class role="table" aria-label=label>
                <thead role="rowgroup">
                    <tr role="row">{heads}</tr>
                </thead>
                <tbody role="rowgroup">{children()}</tbody>
            </table>
        </div>
    }
}

fn head(column: Column) -> impl IntoView {
    let class = match (column.num, column.tight) {
        (true, true) => "num tight",
        (true, false) => "num",
        (false, true) => "tight",
        (false, false) => "",
    };
    let order = column.sort.map(|sort| match sort {
        Sort::Ascending => "ascending",
        Sort::Descending => "descending",
    });
    let arrow = if column.sort == Some(Sort::Ascending) { lucide::LuArrowUp } else { lucide::LuArrowDown };
    let label = match (column.sort_href, column.label.is_empty()) {
        (_, true) => view! { <span class="visually-hidden">{t::column_actions()}</span> }.into_any(),
        (Some(href), _) => view! { <a class="sort" href=href>{column.label}<Icon of=arrow /></a> }.into_any(),
        (None, _) => column.label.into_any(),
    };
    view! { <th role="columnheader" scope="col" class=class aria-sort=order>{label}</th> }
}

/// One row.
#[component]
pub fn TableRow(
    /// Selected with its box.
    #[prop(optional, into)]
    selected: Signal<bool>,
    /// Open in the panel beside the list.
    #[prop(optional, into)]
    current: Signal<bool>,
    /// Where the keyboard is (j and k).
    #[prop(optional, into)]
    at: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <tr
            role="row"
            class="answers"
            data-selected=move || selected.get().then_some("true")
            data-current=move || current.get().then_some("true")
            data-at=move || at.get().then_some("true")
        >
            {children()}
        </tr>
    }
}

/// What a cell is for its row.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum CellKind {
    #[default]
    Plain,
    /// The name of the record: the headline of the card.
    Lead,
    /// The record's state: at the end of the card's headline.
    State,
    /// A figure.
    Num,
    /// The box that selects the row.
    Pick,
    /// Left out on a card.
    Spare,
}

/// One cell.
#[component]
pub fn Cell(
    /// The column's name, which the card shows before the value.
    #[prop(optional, into)]
    label: Option<String>,
    #[prop(optional)] kind: CellKind,
    children: Children,
) -> impl IntoView {
    let class = match kind {
        CellKind::Plain => "",
        CellKind::Lead => "lead",
        CellKind::State => "state",
        CellKind::Num => "num",
        CellKind::Pick => "pick tight over",
        CellKind::Spare => "spare",
    };
    view! { <td role="cell" class=class data-label=label>{children()}</td> }
}

/// The headline of a row: its link covers the whole row.
#[component]
pub fn LeadLink(
    #[prop(into)] href: String,
    #[prop(into)] title: String,
    #[prop(optional, into)] note: Option<String>,
) -> impl IntoView {
    view! {
        <a class="cover" href=href>{title}</a>
        {note.map(|note| view! { <small>{note}</small> })}
    }
}

/// What can be done with the selected rows; shown while some are.
#[component]
pub fn BulkBar(
    #[prop(into)] count: Signal<usize>,
    #[prop(into)] on_clear: Callback<()>,
    children: Children,
) -> impl IntoView {
    let words = move || t::selected(i64::try_from(count.get()).unwrap_or(i64::MAX));
    view! {
        <div class="bulk" role="toolbar" aria-label=t::selection() hidden=move || count.get() == 0>
            <span role="status" class="strong num">{words}</span>
            {children()}
            <button type="button" class="button quiet" on:click=move |_| on_clear.run(())>{t::clear()}</button>
        </div>
    }
}
