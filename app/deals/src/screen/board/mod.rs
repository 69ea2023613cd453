//! The board: cards in columns by where deals stand, moved by pointer, by keyboard, or by a list of targets.
mod card;
mod desk;
mod targets;

use base::Side;
use kit::paths;
use leptos::prelude::*;

pub(super) use desk::Desk;
pub(super) use targets::dialog;

use self::card::card;
use super::list::address::Address;
use crate::model::{Board, BoardColumn, BoardGroup, Layout};
use crate::t;
use crate::verbs::{ListDeals, ShowBoard};

/// How many more cards a column shows when more are asked for.
const MORE: u32 = 40;
/// The most that a column shows; the list has the rest.
const MOST: u32 = 100;

/// The board as it was answered.
pub(super) fn view(board: Board, address: &Address, desk: Desk) -> AnyView {
    let rows = board.columns.iter().flat_map(|column| column.page.items.clone()).collect::<Vec<_>>();
    let is_empty = rows.is_empty();
    desk.hands.seen.set(rows);
    if is_empty {
        return super::list::empty(address);
    }
    let shown = address.group.or_else(|| {
        let first = board.columns.iter().find(|column| !column.page.items.is_empty());
        first.map(|column| column.group)
    });
    let switch = switch(&board, address, shown);
    let columns = board.columns.into_iter().map(|one| column(one, address, shown, desk)).collect_view();
    view! {
        <div class="stack gap-8">
            <p class="muted small needs-script hide-s">{t::board_help()}</p>
            {switch}
            <div class="board" role="group" aria-label=t::layout_board()>{columns}</div>
            <p class="visually-hidden" role="status" aria-live="assertive">{move || desk.said.get()}</p>
        </div>
    }
    .into_any()
}

/// On a phone one column is shown at a time.
fn switch(board: &Board, address: &Address, shown: Option<BoardGroup>) -> AnyView {
    let links = board
        .columns
        .iter()
        .map(|column| {
            let href = Address { group: Some(column.group), ..address.clone() }.href();
            let current = (shown == Some(column.group)).then_some("true");
            let total = number(column.page.total);
            view! { <a class="chip" href=href aria-current=current>{column.group.words()}" "<span class="num">{total}</span></a> }
        })
        .collect_view();
    view! { <nav class="board-switch line wrap gap-4" aria-label=t::board_columns()>{links}</nav> }.into_any()
}

fn column(one: BoardColumn, address: &Address, shown: Option<BoardGroup>, desk: Desk) -> AnyView {
    let BoardColumn { group, status, sort, page } = one;
    let is_vendor = access::me().side() == Some(Side::Vendor);
    let (total, left) = (page.total, page.next_cursor.is_some());
    let shows_status = group.statuses().len() > 1;
    let cards = page
        .items
        .into_iter()
        .map(|deal| card(deal, address, (is_vendor, shows_status), desk))
        .collect_view();
    let is_empty = total == 0;
    let more = left.then(|| {
        let cards = address.cards.unwrap_or(20) + MORE;
        if cards <= MOST {
            let href = Address { cards: Some(cards), ..address.clone() }.href();
            view! { <a class="button small" href=href>{t::show_more()}</a> }.into_any()
        } else {
            let list = ListDeals { sort: Some(sort), ..ShowBoard::of(&address.ask).list(status) };
            let href =
                Address { layout: Layout::List, group: None, cards: None, ..address.asking(list) }.href();
            view! { <a class="button small" href=href>{t::show_in_list(number(total))}</a> }.into_any()
        }
    });
    let stands = Memo::new(move |_| desk.stands(group));
    let id = format!("board-{}", group.as_str());
    let labelled = id.clone();
    view! {
        <section
            class="board-column"
            aria-labelledby=labelled
            data-on=(shown == Some(group)).then_some("true")
            data-target=move || stands.get().map(|stands| stands.as_str())
            on:dragover=move |event| {
                if desk.over(group) {
                    event.prevent_default();
                }
            }
            on:drop=move |event| {
                event.prevent_default();
                desk.drop_on(group);
            }
        >
            <h2 id=id>{group.words()}<span class="count num">{number(total)}</span></h2>
            {move || desk.why_not(group).map(|why| view! { <p class="board-why small">{why}</p> })}
            <ul class="stack gap-8">{cards}</ul>
            {is_empty.then(|| view! { <p class="muted small board-none">{t::board_none()}</p> })}
            {more}
        </section>
    }
    .into_any()
}

fn number(n: u64) -> String {
    kit::format::number(i64::try_from(n).unwrap_or(i64::MAX), kit::catalogue::locale())
}

/// Where a move that cannot be made on the board is made.
fn elsewhere(id: base::DealId, action: crate::access::Do) -> String {
    format!("{}?do={}", paths::deal(id), action.as_str())
}

impl BoardGroup {
    /// Its name.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Drafts => t::group_drafts(),
            Self::Review => t::group_review(),
            Self::Returned => t::group_returned(),
            Self::Approved => t::group_approved(),
            Self::Converted => t::group_converted(),
            Self::Won => t::group_won(),
            Self::Ended => t::group_ended(),
        }
    }
}
