//! The rows of the list, with the keys j, k, Enter and x.
use base::{DealId, Page, Side};
use kit::{
    BulkBar, Button, Cell, CellKind, Column, Countdown, LeadLink, MoneyText, Pager, Table, TableRow, Tell,
    When,
};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::address::{href, peek_href};
use super::export;
use crate::model::DealRow;
use crate::screen::parts::{DealBadge, name_of};
use crate::t;
use crate::verbs::ListDeals;
use kit::on_key;

/// What the rows share; it outlives a list that is asked anew.
#[derive(Clone, Copy)]
pub(super) struct Hands {
    /// Where the keyboard is.
    at: RwSignal<Option<usize>>,
    picked: RwSignal<Vec<DealId>>,
    peeked: Memo<Option<DealId>>,
    is_vendor: bool,
}

impl Hands {
    pub(super) fn new(peeked: Memo<Option<DealId>>) -> Self {
        let is_vendor = access::me().side() == Some(Side::Vendor);
        Self { at: RwSignal::new(None), picked: RwSignal::new(Vec::new()), peeked, is_vendor }
    }
}

/// One page of the list.
#[component]
pub(super) fn Rows(page: Page<DealRow>, asked: ListDeals, hands: Hands) -> impl IntoView {
    keys(hands, page.items.iter().map(|row| row.id).collect(), asked.clone());
    let kept = StoredValue::new(page.items.clone());
    let shown = page.items.len();
    let next =
        page.next_cursor.clone().map(|cursor| href(&ListDeals { cursor: Some(cursor), ..asked.clone() }));
    let first = asked.cursor.is_some().then(|| href(&ListDeals { cursor: None, ..asked.clone() }));
    let rows = page
        .items
        .into_iter()
        .enumerate()
        .map(|(place, deal)| row(place, deal, &asked, hands))
        .collect_view();
    let export_picked = move |_| {
        let picked = hands.picked.get_untracked();
        let rows = kept.with_value(|rows| {
            rows.iter().filter(|row| picked.contains(&row.id)).cloned().collect::<Vec<_>>()
        });
        export::give(&export::csv(&rows));
    };
    view! {
        <section class="card">
            <Table columns=columns(&asked, hands.is_vendor) label=t::deals_title() opens=true>{rows}</Table>
            {pager(shown, page.total, first, next)}
        </section>
        <BulkBar count=Signal::derive(move || hands.picked.with(Vec::len)) on_clear=move |()| hands.picked.set(Vec::new())>
            <Button on_click=export_picked>{t::export_csv()}</Button>
        </BulkBar>
    }
}

fn keys(hands: Hands, ids: Vec<DealId>, asked: ListDeals) {
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
            ("x", Some(id)) => pick(hands.picked, id),
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

fn pick(picked: RwSignal<Vec<DealId>>, id: DealId) {
    picked.update(|picked| match picked.iter().position(|one| *one == id) {
        Some(place) => {
            picked.remove(place);
        }
        None => picked.push(id),
    });
}

fn columns(asked: &ListDeals, is_vendor: bool) -> Vec<Column> {
    let now = asked.sort.map(|sort| sort.to_string()).unwrap_or_default();
    let order = |sort: &str| href(&ListDeals { sort: sort.parse().ok(), cursor: None, ..asked.clone() });
    let mut columns = vec![
        Column::tight(""),
        Column::new(t::col_customer()).sorts("customer", &now, order),
        Column::tight(t::col_status()),
        Column::num(t::col_value()).sorts("value", &now, order),
        Column::new(t::fact_products()),
    ];
    if is_vendor {
        columns.push(Column::new(t::fact_partner()));
    }
    columns.push(Column::tight(t::col_clock()).sorts("expires_at", &now, order));
    columns.push(Column::tight(t::col_updated()).sorts("updated_at", &now, order));
    columns
}

fn row(place: usize, deal: DealRow, asked: &ListDeals, hands: Hands) -> AnyView {
    let id = deal.id;
    let selected = Signal::derive(move || hands.picked.with(|picked| picked.contains(&id)));
    let current = Signal::derive(move || hands.peeked.get() == Some(id));
    let at = Signal::derive(move || hands.at.get() == Some(place));
    let name = name_of(&deal.customer_name);
    let pick_label = t::pick_deal(&name);
    let href = peek_href(asked, id);
    let value = deal.value.map(|value| view! { <MoneyText of=value/> });
    let clock = deal
        .answer_due
        .or(deal.expires_at)
        .map(|until| view! { <Countdown until=until soon_ms=86_400_000/> });
    let partner =
        hands.is_vendor.then(|| view! { <Cell label=t::fact_partner()>{deal.partner_name.clone()}</Cell> });
    view! {
        <TableRow selected=selected current=current at=at>
            <Cell kind=CellKind::Pick>
                <span class="check needs-script">
                    <input type="checkbox" aria-label=pick_label prop:checked=move || selected.get() on:change=move |_| pick(hands.picked, id)/>
                </span>
            </Cell>
            <Cell kind=CellKind::Lead><LeadLink href=href title=name note=deal.number/></Cell>
            <Cell kind=CellKind::State><DealBadge status=deal.status/></Cell>
            <Cell kind=CellKind::Num label=t::col_value()>{value}</Cell>
            <Cell label=t::fact_products()>{deal.products}</Cell>
            {partner}
            <Cell label=t::col_clock()>{clock}</Cell>
            <Cell label=t::col_updated()><When at=deal.updated_at tell=Tell::Relative/></Cell>
        </TableRow>
    }
    .into_any()
}

fn pager(shown: usize, total: u64, first: Option<String>, next: Option<String>) -> AnyView {
    match (first, next) {
        (None, None) => view! { <Pager shown=shown total=total/> }.into_any(),
        (Some(first), None) => view! { <Pager shown=shown total=total first=first/> }.into_any(),
        (None, Some(next)) => view! { <Pager shown=shown total=total next=next/> }.into_any(),
        (Some(first), Some(next)) => {
            view! { <Pager shown=shown total=total first=first next=next/> }.into_any()
        }
    }
}
