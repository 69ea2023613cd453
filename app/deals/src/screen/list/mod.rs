//! All deals in one dense list or on a board, narrowed by filters that live in the address.
pub(in crate::screen) mod address;
mod columns;
mod find;
mod peek;
mod rows;
mod tools;
mod views;

use base::{Page, Problem, Side};
use kit::{Empty, Kind, LinkButton, Screen, Shape, Skeleton, lucide, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use self::address::{Address, read};
pub(super) use self::columns::clock;
pub(super) use self::rows::held_words;
use super::{board, bulk, unsent};
use crate::access::Do;
use crate::model::{Board, Counts, DealRow, Held, Layout, View};
use crate::t;
use crate::verbs::{CountDeals, ListDealViews, ListHeld, ShowBoard};

/// What stands beside the deals: counts, saved views, decisions that are held.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Beside {
    pub(super) counts: Counts,
    pub(super) views: Vec<View>,
    pub(super) held: Vec<Held>,
}

/// The deals, as they are laid out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Shown {
    List(Page<DealRow>),
    Board(Board),
}

/// `/deals`: a vendor's all, a partner's own.
#[component]
pub fn DealsPage() -> impl IntoView {
    let query = use_query_map();
    let address = Memo::new(move |_| query.with(read));
    let peeked = Memo::new(move |_| query.with(|query| query.get("peek").and_then(|id| id.parse().ok())));
    let hands = bulk::Hands::new();
    let keys = rows::Keys::new(peeked);
    let held = RwSignal::new(Vec::<Held>::new());
    let moved = kit::live::moved(|| vec!["deals".to_owned()]);
    let shown = kit::gathered(
        move || (moved.get(), hands.moved.get(), address.get()),
        |(_, _, address)| shown(address),
    );
    let beside = kit::gathered(
        move || (moved.get(), hands.moved.get(), address.with(|address| address.ask.program)),
        |(_, _, program)| beside(program),
    );
    Effect::new(move |_| {
        if let Some(Ok(beside)) = beside.get() {
            held.set(beside.held);
        }
    });
    let desk = board::Desk::new(hands, held);
    view! {
        <Screen title=t::deals_title() actions=actions wide=true>
            <div class="stack gap-16 deals">
                {unsent::banner(None)}
                {kit::shown(
                    beside,
                    move || views::tabs(&address.get_untracked(), &Beside::default(), hands),
                    move |beside| (move || views::tabs(&address.get(), &beside, hands)).into_any(),
                )}
                {move || find::bar(&address.get())}
                {bulk::outcome(hands)}
                {kit::shown(
                    shown,
                    || view! { <Skeleton shape=Shape::Table count=10/> }.into_any(),
                    move |shown| match shown {
                        Shown::List(page) => listed(page, address.get_untracked(), (hands, keys, held)),
                        Shown::Board(board) => board::view(board, &address.get_untracked(), desk),
                    },
                )}
                {bulk::bar(hands)}
            </div>
            {bulk::dialog(hands)}
            {board::dialog(desk)}
            {move || peeked.get().map(|id| peek::panel(id, address.get_untracked().href()))}
        </Screen>
    }
    .into_any()
}

fn actions() -> AnyView {
    let me = access::me();
    let may = Do::Register.by(&me.actor(), None).is_ok();
    let is_partner = me.side() == Some(Side::Partner);
    view! {
        {may.then(|| view! { <LinkButton href=paths::IMPORTS icon=lucide::LuUpload class="hide-s">{t::import_deals()}</LinkButton> })}
        {(may && is_partner).then(|| {
            view! { <LinkButton href=paths::REGISTER kind=Kind::Primary icon=lucide::LuPlus>{t::register_deal()}</LinkButton> }
        })}
    }
    .into_any()
}

async fn shown(address: Address) -> Result<Shown, Problem> {
    match address.layout {
        Layout::List => kit::ask(address.ask).await.map(Shown::List),
        Layout::Board => kit::ask(ShowBoard { limit: address.cards, ..ShowBoard::of(&address.ask) })
            .await
            .map(Shown::Board),
    }
}

async fn beside(program: Option<base::ProgramId>) -> Result<Beside, Problem> {
    let counts = kit::ask(CountDeals { program }).await?;
    let views = kit::ask(ListDealViews {}).await?.items;
    let held = kit::ask(ListHeld {}).await?.items;
    Ok(Beside { counts, views, held })
}

fn listed(
    page: Page<DealRow>,
    address: Address,
    (hands, keys, held): (bulk::Hands, rows::Keys, RwSignal<Vec<Held>>),
) -> AnyView {
    hands.seen.set(page.items.clone());
    if page.items.is_empty() {
        return empty(&address);
    }
    rows::view(page, address, (hands, keys, held))
}

pub(super) fn empty(address: &Address) -> AnyView {
    if address.is_narrowed() {
        let all = Address { layout: address.layout, ..Address::default() };
        let href = if all.layout == Layout::List { Address::all() } else { all.href() };
        return view! {
            <Empty title=t::none_found() note=t::none_found_note() icon=lucide::LuSearch>
                <LinkButton href=href>{t::show_all()}</LinkButton>
            </Empty>
        }
        .into_any();
    }
    if access::me().side() == Some(Side::Partner) {
        return view! {
            <Empty title=t::no_deals() note=t::no_deals_note() icon=lucide::LuHandshake>
                <LinkButton href=paths::REGISTER kind=Kind::Primary icon=lucide::LuPlus>{t::register_deal()}</LinkButton>
            </Empty>
        }
        .into_any();
    }
    view! {
        <Empty title=t::no_deals_vendor() note=t::no_deals_vendor_note() icon=lucide::LuHandshake>
            <LinkButton href=paths::PARTNERS>{t::see_partners()}</LinkButton>
        </Empty>
    }
    .into_any()
}
