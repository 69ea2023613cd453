//! All leads in one dense list, narrowed by filters that live in the address.
mod address;
mod export;
mod find;
mod peek;
mod rows;

use base::Page;
use kit::{Empty, Kind, LinkButton, Place, Screen, Shape, Skeleton, Tabs, lucide, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::address::{href, is_narrowed, read};
use super::parts::is_vendor;
use crate::access::Do;
use crate::model::{Counts, LeadRow};
use crate::t;
use crate::verbs::{CountLeads, ListLeads};

/// `/leads`: a vendor's all, a partner's own.
#[component]
pub fn LeadsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(read));
    let peeked = Memo::new(move |_| query.with(|query| query.get("peek").and_then(|id| id.parse().ok())));
    let hands = rows::Hands::new(peeked);
    let list = kit::resource(|| vec!["leads".to_owned()], move || asked.get());
    let counts = kit::resource(
        || vec!["leads".to_owned()],
        move || CountLeads { program: asked.with(|asked| asked.program) },
    );
    view! {
        <Screen title=t::leads_title() actions=actions wide=true>
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

fn actions() -> AnyView {
    if !is_vendor() {
        return ().into_any();
    }
    let may = Do::Create.by(&access::me().actor(), None).is_ok();
    view! {
        <LinkButton href=paths::LEAD_RULES icon=lucide::LuListChecks class="hide-s">{t::rules()}</LinkButton>
        <LinkButton href=paths::LEAD_PINS icon=lucide::LuTarget class="hide-s">{t::pins()}</LinkButton>
        {may.then(|| view! { <LinkButton href=paths::NEW_LEAD kind=Kind::Primary icon=lucide::LuPlus>{t::new_lead()}</LinkButton> })}
    }
    .into_any()
}

/// The views that everybody has, as links.
fn tabs(asked: &ListLeads, counts: Counts) -> AnyView {
    let kept = ListLeads {
        program: asked.program,
        partner: asked.partner,
        q: asked.q.clone(),
        ..ListLeads::default()
    };
    let of = |statuses: &str| statuses.parse().ok();
    let place = |label: &str, ask: ListLeads| {
        let current = asked.needs_action == ask.needs_action && asked.status == ask.status;
        Place::new(label, href(&ask), current)
    };
    let vendor = is_vendor();
    let waiting = if vendor { t::tab_to_hand_out() } else { t::tab_to_answer() };
    let mut places = vec![
        place(t::tab_all(), kept.clone()),
        place(waiting, ListLeads { needs_action: Some(true), ..kept.clone() }).count(counts.needs_action),
    ];
    if vendor {
        places.push(
            place(t::tab_offered(), ListLeads { status: of("assigned"), ..kept.clone() })
                .count(counts.offered),
        );
    }
    places.push(
        place(t::tab_working(), ListLeads { status: of("accepted,working"), ..kept.clone() })
            .count(counts.working),
    );
    places.push(place(t::tab_registered(), ListLeads { status: of("registered"), ..kept.clone() }));
    view! { <Tabs label=t::views() places=places/> }.into_any()
}

fn listed(page: Page<LeadRow>, asked: &ListLeads, hands: rows::Hands) -> AnyView {
    if page.items.is_empty() {
        return empty(asked);
    }
    let asked = asked.clone();
    view! { <rows::Rows page=page asked=asked hands=hands/> }.into_any()
}

fn empty(asked: &ListLeads) -> AnyView {
    if is_narrowed(asked) {
        return view! {
            <Empty title=t::none_found() note=t::none_found_note() icon=lucide::LuSearch>
                <LinkButton href=paths::LEADS>{t::show_all()}</LinkButton>
            </Empty>
        }
        .into_any();
    }
    if is_vendor() {
        return view! {
            <Empty title=t::no_leads_vendor() note=t::no_leads_vendor_note() icon=lucide::LuInbox>
                <LinkButton href=paths::NEW_LEAD kind=Kind::Primary icon=lucide::LuPlus>{t::new_lead()}</LinkButton>
            </Empty>
        }
        .into_any();
    }
    view! {
        <Empty title=t::no_leads() note=t::no_leads_note() icon=lucide::LuInbox>
            <LinkButton href=paths::REGISTER>{t::register_deal()}</LinkButton>
        </Empty>
    }
    .into_any()
}
