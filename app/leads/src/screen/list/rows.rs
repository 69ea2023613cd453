//! The rows of the list, with the keys j, k and Enter.
use base::{LeadId, Page};
use kit::{
    Cell, CellKind, Column, Countdown, LeadLink, MoneyText, Pager, Table, TableRow, Tell, When, on_key,
};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::address::{href, peek_href};
use crate::model::LeadRow;
use crate::screen::parts::{badge, is_vendor};
use crate::t;
use crate::verbs::ListLeads;

/// What the rows share; it outlives a list that is asked anew.
#[derive(Clone, Copy)]
pub(super) struct Hands {
    /// Where the keyboard is.
    at: RwSignal<Option<usize>>,
    peeked: Memo<Option<LeadId>>,
    is_vendor: bool,
}

impl Hands {
    pub(super) fn new(peeked: Memo<Option<LeadId>>) -> Self {
        Self { at: RwSignal::new(None), peeked, is_vendor: is_vendor() }
    }
}

/// One page of the list.
#[component]
pub(super) fn Rows(page: Page<LeadRow>, asked: ListLeads, hands: Hands) -> impl IntoView {
    keys(hands, page.items.iter().map(|row| row.id).collect(), asked.clone());
    let (shown, total) = (page.items.len(), page.total);
    let next =
        page.next_cursor.clone().map(|cursor| href(&ListLeads { cursor: Some(cursor), ..asked.clone() }));
    let first = asked.cursor.is_some().then(|| href(&ListLeads { cursor: None, ..asked.clone() }));
    let rows = page
        .items
        .into_iter()
        .enumerate()
        .map(|(place, lead)| row(place, lead, &asked, hands))
        .collect_view();
    view! {
        <section class="card">
            <Table columns=columns(&asked, hands.is_vendor) label=t::leads_title() opens=true>{rows}</Table>
            <Pager shown=shown total=total first=first next=next/>
        </section>
    }
}

fn keys(hands: Hands, ids: Vec<LeadId>, asked: ListLeads) {
    let navigate = use_navigate();
    let ids = StoredValue::new(ids);
    on_key(move |key| {
        let count = ids.with_value(Vec::len);
        let at = hands.at.get_untracked();
        let here = at.and_then(|at| ids.with_value(|ids| ids.get(at).copied()));
        match (key, here) {
            ("j" | "k", _) => {
                let last = count.saturating_sub(1);
                let to =
                    at.map_or(0, |at| if key == "j" { (at + 1).min(last) } else { at.saturating_sub(1) });
                hands.at.set(Some(to));
                request_animation_frame(show_place);
                // The panel follows the keyboard while it is open.
                let next = ids.with_value(|ids| ids.get(to).copied());
                if let Some(id) = next.filter(|_| hands.peeked.get_untracked().is_some()) {
                    navigate(&peek_href(&asked, id), NavigateOptions { replace: true, ..still() });
                }
            }
            ("Enter", Some(id)) => navigate(&peek_href(&asked, id), still()),
            _ => return false,
        }
        true
    });
}

fn still() -> NavigateOptions {
    NavigateOptions { scroll: false, ..Default::default() }
}

/// Scrolls to the row of the keyboard, unless it is in view.
fn show_place() {
    if let Ok(Some(row)) = document().query_selector("tr[data-at='true']") {
        kit::bring_into_view(&row);
    }
}

fn columns(asked: &ListLeads, is_vendor: bool) -> Vec<Column> {
    let now = asked.sort.map(|sort| sort.to_string()).unwrap_or_default();
    let order = |sort: &str| href(&ListLeads { sort: sort.parse().ok(), cursor: None, ..asked.clone() });
    let mut columns = vec![
        Column::new(t::col_customer()).sorts("customer", &now, order),
        Column::tight(t::col_status()),
        Column::tight(t::fact_answer_by()).sorts("attention", &now, order),
        Column::new(t::fact_wanted()),
        Column::num(t::fact_value()).sorts("value", &now, order),
        Column::new(t::fact_source()),
    ];
    if is_vendor {
        columns.push(Column::new(t::fact_partner()));
    }
    columns.push(Column::tight(t::col_updated()).sorts("updated_at", &now, order));
    columns
}

fn row(place: usize, lead: LeadRow, asked: &ListLeads, hands: Hands) -> AnyView {
    let id = lead.id;
    let current = Signal::derive(move || hands.peeked.get() == Some(id));
    let at = Signal::derive(move || hands.at.get() == Some(place));
    let href = peek_href(asked, id);
    let note = match &lead.country {
        Some(country) => format!("{} · {}", lead.number, deals::country_name(country)),
        None => lead.number.clone(),
    };
    let value = lead.value.map(|value| view! { <MoneyText of=value/> });
    let clock = lead.answer_by.map(|until| view! { <Countdown until=until soon_ms=4 * 3_600_000/> });
    let partner = hands.is_vendor.then(|| view! { <Cell label=t::fact_partner()>{lead.partner_name}</Cell> });
    view! {
        <TableRow current=current at=at>
            <Cell kind=CellKind::Lead><LeadLink href=href title=lead.customer_name note=note/></Cell>
            <Cell kind=CellKind::State>{badge(lead.status, false)}</Cell>
            <Cell label=t::fact_answer_by()>{clock}</Cell>
            <Cell label=t::fact_wanted()>{lead.product}</Cell>
            <Cell kind=CellKind::Num label=t::fact_value()>{value}</Cell>
            <Cell label=t::fact_source()>{lead.source.words()}</Cell>
            {partner}
            <Cell label=t::col_updated()><When at=lead.updated_at tell=Tell::Relative/></Cell>
        </TableRow>
    }
    .into_any()
}
