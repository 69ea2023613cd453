//! All deals in one dense list, narrowed by filters that live in the address.
mod address;
mod export;
mod find;
mod peek;
mod rows;

use base::{Page, Side};
use kit::{Empty, Kind, LinkButton, Place, Screen, Shape, Skeleton, Tabs, lucide, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::address::{href, is_narrowed, read};
use crate::access::Do;
use crate::model::{Counts, DealRow, Status};
use crate::t;
use crate::verbs::{CountDeals, ListDeals};

/// `/deals`: a vendor's all, a partner's own.
#[component]
pub fn DealsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(read));
    let peeked = Memo::new(move |_| query.with(|query| query.get("peek").and_then(|id| id.parse().ok())));
    let hands = rows::Hands::new(peeked);
    let list = kit::resource(|| vec!["deals".to_owned()], move || asked.get());
    let counts = kit::resource(
        || vec!["deals".to_owned()],
        move || CountDeals { program: asked.with(|asked| asked.program) },
    );
    let actions = || {
        let me = access::me();
        let may = me.side() == Some(Side::Partner) && Do::Register.by(&me.actor(), None).is_ok();
        may.then(|| {
            view! { <LinkButton href=paths::REGISTER kind=Kind::Primary icon=lucide::LuPlus>{t::register_deal()}</LinkButton> }
        })
        .into_any()
    };
    view! {
        <Screen title=t::deals_title() actions=actions wide=true>
            <div class="stack gap-16 deals">
                {kit::shown(
                    counts,
                    move || tabs(&asked.get_untracked(), Counts::default()),
                    move |counts| (move || tabs(&asked.get(), counts)).into_any(),
                )}
                {move || find::bar(&asked.get())}
                {kit::shown(
                    list,
                    || view! { <Skeleton shape=Shape::Table count=10/> }.into_any(),
                    move |page| listed(page, &asked.get_untracked(), hands),
                )}
            </div>
            {move || peeked.get().map(|id| peek::panel(id, href(&asked.get_untracked())))}
        </Screen>
    }
    .into_any()
}

/// The views that everybody has, as links.
fn tabs(asked: &ListDeals, counts: Counts) -> AnyView {
    let kept = ListDeals {
        program: asked.program,
        partner: asked.partner,
        q: asked.q.clone(),
        ..ListDeals::default()
    };
    let won = Some(Status::Won.into());
    let place = |label: &str, ask: ListDeals| {
        let current = asked.mine == ask.mine
            && asked.needs_action == ask.needs_action
            && asked.expiring == ask.expiring
            && (asked.status == won) == (ask.status == won);
        Place::new(label, href(&ask), current)
    };
    let mut places = vec![place(t::tab_all(), kept.clone())];
    if access::me().side() == Some(Side::Partner) {
        places.push(place(t::tab_mine(), ListDeals { mine: Some(true), ..kept.clone() }));
    }
    places.push(
        place(t::tab_needs_action(), ListDeals { needs_action: Some(true), ..kept.clone() })
            .count(counts.needs_action),
    );
    places.push(
        place(t::tab_expiring(), ListDeals { expiring: Some(true), ..kept.clone() }).count(counts.expiring),
    );
    places.push(place(t::tab_won(), ListDeals { status: won.clone(), ..kept.clone() }));
    view! { <Tabs label=t::views() places=places/> }.into_any()
}

fn listed(page: Page<DealRow>, asked: &ListDeals, hands: rows::Hands) -> AnyView {
    if page.items.is_empty() {
        return empty(asked);
    }
    let asked = asked.clone();
    view! { <rows::Rows page=page asked=asked hands=hands/> }.into_any()
}

fn empty(asked: &ListDeals) -> AnyView {
    if is_narrowed(asked) {
        return view! {
            <Empty title=t::none_found() note=t::none_found_note() icon=lucide::LuSearch>
                <LinkButton href=paths::DEALS>{t::show_all()}</LinkButton>
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
