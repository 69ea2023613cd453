//! The decision queue: what waits, most urgent first, and beside it the case to decide.
mod case;
mod desk;
mod suggestion;

use base::{DealId, Page, Problem, Side};
use kit::{Countdown, Denied, Empty, LinkButton, Row, Screen, Shape, Skeleton, lucide, paths};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::bulk;
use super::list::held_words;
use super::parts::{money_words, name_of};
use crate::access::Do;
use crate::model::{DealRow, Held};
use crate::t;
use crate::verbs::ListHeld;
use kit::{on_key, press};

/// `/queue`, with `?case=` for the one that is open. Deciding is the vendor's: a partner is told so.
#[component]
pub fn QueuePage() -> impl IntoView {
    let me = access::me();
    let body = match Do::Approve.by(&me.actor(), None) {
        Err(Problem::Forbidden { detail, .. }) if me.side() == Some(Side::Partner) => {
            view! { <Denied detail=detail/> }.into_any()
        }
        _ => board(),
    };
    view! { <Screen title=t::queue_title() wide=true>{body}</Screen> }.into_any()
}

/// List and case.
fn board() -> AnyView {
    let query = use_query_map();
    let wanted =
        Memo::new(move |_| query.with(|query| query.get("case").and_then(|id| id.parse::<DealId>().ok())));
    let hands = bulk::Hands::new();
    let asked = desk::ask(wanted, hands.moved);
    let moved = kit::live::moved(|| vec!["queue".to_owned()]);
    let holding = kit::gathered(move || (moved.get(), hands.moved.get()), |_| kit::ask(ListHeld {}));
    let held = RwSignal::new(Vec::<Held>::new());
    Effect::new(move |_| {
        if let Some(Ok(page)) = holding.get() {
            held.set(page.items);
        }
    });
    let waiting = RwSignal::new(Vec::<DealId>::new());
    let decided = RwSignal::new(Vec::<DealId>::new());
    let opened = RwSignal::new(None::<DealId>);
    let desk = Desk { wanted, waiting, decided, opened };
    keys(desk);
    let list = desk::part(
        asked,
        || view! { <Skeleton shape=Shape::Rows count=6/> }.into_any(),
        |before, now| before.page == now.page,
        move |opened| entries(opened.page, desk, (hands, held)),
    );
    // The open case is not drawn anew when only the list moves: what is being typed about it stays.
    let case = desk::part(
        asked,
        || view! { <Skeleton shape=Shape::Record/> }.into_any(),
        |before, now| before.case == now.case,
        move |answer| {
            opened.set(answer.case.as_ref().ok().and_then(Option::as_ref).map(|case| case.deal.id));
            case::view(answer.case, desk)
        },
    );
    view! {
        {bulk::outcome(hands)}
        <div class="split queue">
            <nav class="stack gap-8 stay queue-list" aria-label=t::queue_title()>{list}</nav>
            <div class="queue-case">{case}</div>
        </div>
        {bulk::bar(hands)}
        {bulk::dialog(hands)}
    }
    .into_any()
}

/// What list and case share.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// The case that the address names.
    wanted: Memo<Option<DealId>>,
    /// All cases, in their order.
    waiting: RwSignal<Vec<DealId>>,
    /// Decided here since the list was asked for.
    decided: RwSignal<Vec<DealId>>,
    /// The case that is shown.
    opened: RwSignal<Option<DealId>>,
}

impl Desk {
    /// The case that is open: the wanted one, else the one that is shown, else the most urgent.
    fn open(self) -> Option<DealId> {
        let wanted = self.wanted.get().or_else(|| self.opened.get());
        wanted.or_else(|| self.waiting.with(|waiting| waiting.first().copied()))
    }

    /// The neighbour of the open case.
    fn beside(self, down: bool) -> Option<DealId> {
        let open = untrack(|| self.open())?;
        let waiting = self.waiting.get_untracked();
        let Some(at) = waiting.iter().position(|id| *id == open) else { return waiting.first().copied() };
        let next = if down { at + 1 } else { at.checked_sub(1)? };
        waiting.get(next).copied()
    }

    /// Takes a case off the list; gives the one that slides in.
    pub(super) fn decide(self, id: DealId) -> Option<DealId> {
        let next = self.beside(true).or_else(|| self.beside(false)).filter(|next| *next != id);
        self.decided.update(|decided| decided.push(id));
        self.waiting.update(|waiting| waiting.retain(|one| *one != id));
        next
    }
}

/// The list at the side.
fn entries(page: Page<DealRow>, desk: Desk, (hands, held): (bulk::Hands, RwSignal<Vec<Held>>)) -> AnyView {
    let rows: Vec<DealRow> = page
        .items
        .into_iter()
        .filter(|row| desk.decided.with_untracked(|decided| !decided.contains(&row.id)))
        .collect();
    desk.waiting.set(rows.iter().map(|row| row.id).collect());
    hands.seen.set(rows.clone());
    if rows.is_empty() {
        return view! { <p class="muted">{t::nothing_waits()}</p> }.into_any();
    }
    let (total, due) = (page.total, rows.first().and_then(|row| row.answer_due));
    let gone_before = desk.decided.with_untracked(Vec::len);
    let list = move || {
        let open = desk.open();
        let decided = desk.decided.get();
        rows.iter()
            .filter(|row| !decided.contains(&row.id))
            .map(|row| entry(row, open, (hands, held)))
            .collect_view()
    };
    let left = move || {
        let gone = desk.decided.with(Vec::len).saturating_sub(gone_before) as u64;
        t::waiting_count(i64::try_from(total.saturating_sub(gone)).unwrap_or(i64::MAX))
    };
    let due =
        due.map(|due| view! { <p class="muted small">{t::oldest_answer()}" "<Countdown until=due/></p> });
    view! {
        <ul class="card rows">{list}</ul>
        <div class="line between wrap"><p class="muted small">{left}</p>{due}</div>
        <p class="muted small needs-script hide-s">{t::queue_keys()}</p>
    }
    .into_any()
}

fn entry(row: &DealRow, open: Option<DealId>, (hands, held): (bulk::Hands, RwSignal<Vec<Held>>)) -> AnyView {
    let id = row.id;
    let value = money_words(row.value);
    let note = kit::beside([&row.partner_name, &value]);
    let (title, href, current) = (name_of(&row.customer_name), paths::case(row.id), open == Some(row.id));
    let due = row.answer_due.map(|due| view! { <Countdown until=due/> });
    let (waits, label) = (held_words(id, held), t::pick_deal(&title));
    let is_picked = move || hands.picked.with(|picked| picked.contains(&id));
    let end = view! {
        {waits}
        {due}
        <span class="check needs-script">
            <input type="checkbox" aria-label=label prop:checked=is_picked on:change=move |_| hands.toggle(id)/>
        </span>
    }
    .into_any();
    view! { <Row title=title note=note href=href current=current end=end/> }.into_any()
}

fn empty() -> AnyView {
    view! {
        <Empty title=t::nothing_waits() note=t::nothing_waits_note() icon=lucide::LuInbox>
            <LinkButton href=paths::DEALS>{t::see_all_deals()}</LinkButton>
        </Empty>
    }
    .into_any()
}

fn keys(desk: Desk) {
    let navigate = use_navigate();
    on_key(move |key| match key {
        "a" | "A" => press("queue-approve"),
        "r" | "R" => press("queue-return"),
        "x" | "X" => press("queue-reject"),
        "j" | "k" => match desk.beside(key == "j") {
            Some(id) => {
                let still =
                    leptos_router::NavigateOptions { scroll: false, replace: true, ..Default::default() };
                navigate(&paths::case(id), still);
                true
            }
            None => false,
        },
        _ => false,
    });
}
