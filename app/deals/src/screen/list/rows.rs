//! The rows of the list, with the keys j, k, Enter, x and shift-x.
use base::{DealId, Page, Side};
use kit::{Cell, CellKind, LeadLink, Pager, Table, TableRow};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::address::Address;
use super::columns::{cell, heads};
use crate::model::{DealRow, Held, ListColumn};
use crate::screen::bulk::Hands;
use crate::screen::parts::name_of;
use crate::t;
use crate::verbs::ListDeals;
use kit::on_key;

/// Where the keyboard is; it outlives a list that is asked anew.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    at: RwSignal<Option<usize>>,
    peeked: Memo<Option<DealId>>,
    /// The row that was picked last: a range begins there.
    anchor: RwSignal<Option<DealId>>,
}

impl Keys {
    pub(super) fn new(peeked: Memo<Option<DealId>>) -> Self {
        Self { at: RwSignal::new(None), peeked, anchor: RwSignal::new(None) }
    }

    /// Picks a row, or with shift everything from the one before to it.
    fn pick(self, hands: Hands, id: DealId, ranges: bool) {
        match self.anchor.get_untracked() {
            Some(anchor) if ranges => hands.pick_range(anchor, id),
            _ => hands.toggle(id),
        }
        self.anchor.set(Some(id));
    }
}

/// One page of the list.
pub(super) fn view(
    page: Page<DealRow>,
    address: Address,
    (hands, keys, held): (Hands, Keys, RwSignal<Vec<Held>>),
) -> AnyView {
    listen(hands, keys, page.items.iter().map(|row| row.id).collect(), address.clone());
    let shown = page.items.len();
    let with_cursor = |cursor: Option<String>| Address {
        ask: ListDeals { cursor, ..address.ask.clone() },
        ..address.clone()
    };
    let next = page.next_cursor.clone().map(|cursor| with_cursor(Some(cursor)).href());
    let first = address.ask.cursor.is_some().then(|| with_cursor(None).href());
    let columns = address.shown(access::me().side() == Some(Side::Vendor)).0;
    let rows = page
        .items
        .into_iter()
        .enumerate()
        .map(|(place, deal)| row(place, deal, &columns, &address, (hands, keys, held)))
        .collect_view();
    view! {
        <section class="card deal-list">
            {pick_all(shown, hands)}
            <Table columns=heads(&address, &columns) label=t::deals_title() opens=true>{rows}</Table>
            <Pager shown=shown total=page.total first=first next=next/>
        </section>
    }
    .into_any()
}

/// Picks the whole page.
fn pick_all(shown: usize, hands: Hands) -> AnyView {
    let all = Signal::derive(move || {
        let seen = hands.seen.with(|seen| seen.iter().map(|row| row.id).collect::<Vec<_>>());
        !seen.is_empty() && hands.picked.with(|picked| seen.iter().all(|id| picked.contains(id)))
    });
    let label = t::pick_all(i64::try_from(shown).unwrap_or(i64::MAX));
    view! {
        <div class="check pick-all needs-script">
            <input
                type="checkbox"
                id="pick-all"
                prop:checked=move || all.get()
                on:change=move |event| hands.pick_all(event_target_checked(&event))
            />
            <label for="pick-all">{label}</label>
        </div>
    }
    .into_any()
}

fn listen(hands: Hands, keys: Keys, ids: Vec<DealId>, address: Address) {
    let navigate = use_navigate();
    let ids = StoredValue::new(ids);
    on_key(move |key| {
        let count = ids.with_value(Vec::len);
        let at = keys.at.get_untracked();
        let here = at.and_then(|at| ids.with_value(|ids| ids.get(at).copied()));
        match (key, here) {
            ("j" | "k", _) => {
                let last = count.saturating_sub(1);
                let to =
                    at.map_or(0, |at| if key == "j" { (at + 1).min(last) } else { at.saturating_sub(1) });
                keys.at.set(Some(to));
                request_animation_frame(show_place);
                // The panel follows the keyboard while it is open.
                let next = ids.with_value(|ids| ids.get(to).copied());
                if let Some(id) = next.filter(|_| keys.peeked.get_untracked().is_some()) {
                    navigate(&address.peek_href(id), NavigateOptions { replace: true, ..still() });
                }
            }
            ("Enter", Some(id)) => navigate(&address.peek_href(id), still()),
            ("x", Some(id)) => keys.pick(hands, id, false),
            ("X", Some(id)) => keys.pick(hands, id, true),
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

fn row(
    place: usize,
    deal: DealRow,
    columns: &[ListColumn],
    address: &Address,
    (hands, keys, held): (Hands, Keys, RwSignal<Vec<Held>>),
) -> AnyView {
    let id = deal.id;
    let selected = Signal::derive(move || hands.picked.with(|picked| picked.contains(&id)));
    let current = Signal::derive(move || keys.peeked.get() == Some(id));
    let at = Signal::derive(move || keys.at.get() == Some(place));
    let name = name_of(&deal.customer_name);
    let pick_label = t::pick_deal(&name);
    let href = address.peek_href(id);
    let cells = columns.iter().map(|column| cell(*column, &deal)).collect_view();
    let waits = held_words(id, held);
    view! {
        <TableRow selected=selected current=current at=at>
            <Cell kind=CellKind::Pick>
                <span class="check needs-script">
                    <input
                        type="checkbox"
                        aria-label=pick_label
                        prop:checked=move || selected.get()
                        on:click=move |event| keys.pick(hands, id, event.shift_key())
                    />
                </span>
            </Cell>
            <Cell kind=CellKind::Lead><LeadLink href=href title=name note=deal.number/>{waits}</Cell>
            {cells}
        </TableRow>
    }
    .into_any()
}

/// That a decision about a deal takes effect in a moment, and whose it is.
pub(in crate::screen) fn held_words(id: DealId, held: RwSignal<Vec<Held>>) -> AnyView {
    let words = move || {
        held.with(|held| {
            held.iter().find(|one| one.deal == id).map(|one| t::held_by(one.action.words(), &one.by.name))
        })
    };
    view! { {move || words().map(|words| view! { <small class="held">{words}</small> })} }.into_any()
}
