//! `/campaigns/{id}`: one page for one campaign: while it is made all its steps, later what becomes of it.
mod bar;
mod card;
mod check;
mod decide;
mod files;
mod moves;
mod people;
mod preview;
mod results;
mod state;
mod time;
mod words;

use base::{CampaignId, Page, Problem};
use kit::{Asked, Banner, Card, LinkButton, Screen, Shape, Skeleton, Tone, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use self::state::Desk;
use super::parts::{is_vendor, state_tag};
use crate::model::{Audience, CampaignChange, CampaignResults, CampaignState};
use crate::t;
use crate::verbs::{GetCampaignDesk, GetCampaignResults, ListAudiences, ListCampaignChanges};

/// `/campaigns/{id}`.
#[component]
pub fn CampaignPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id").and_then(|id| id.parse::<CampaignId>().ok()))
    });
    let body = move || match id.get() {
        Some(id) => of_campaign(id),
        None => kit::problem_view(Problem::NotFound),
    };
    let back = || view! { <LinkButton href=paths::CAMPAIGNS>{t::all_campaigns()}</LinkButton> }.into_any();
    view! { <Screen title=t::campaign() actions=back>{body}</Screen> }.into_any()
}

/// What the page asks beside the campaign itself.
#[derive(Clone, Copy)]
struct Beside {
    results: Asked<CampaignResults>,
    changes: Asked<Page<CampaignChange>>,
    /// None for a vendor.
    audiences: Option<Asked<Page<Audience>>>,
}

fn of_campaign(id: CampaignId) -> AnyView {
    let keys = move || vec![id.to_string()];
    // Read once: what is being typed is not taken off the page by what happens elsewhere.
    let first = kit::resource(Vec::new, move || GetCampaignDesk { id });
    // And once more as it is by now.
    let now = kit::resource(keys, move || GetCampaignDesk { id });
    let results = kit::resource(keys, move || GetCampaignResults { id });
    let changes = kit::resource(keys, move || ListCampaignChanges { id });
    let audiences = (!is_vendor()).then(|| {
        kit::resource(|| vec!["audiences".to_owned()], || ListAudiences { cursor: None, limit: Some(200) })
    });
    let beside = Beside { results, changes, audiences };
    kit::shown(
        first,
        || view! { <Skeleton shape=Shape::Form/> }.into_any(),
        move |of| {
            let desk = Desk::new(of);
            view! {
                {kit::shown(now, || ().into_any(), move |of| { desk.learn(of); ().into_any() })}
                {whole(desk, beside)}
            }
            .into_any()
        },
    )
}

/// What the page is for, by how far the campaign is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Making,
    Waiting,
    Running,
    Over,
}

const fn mode_of(state: CampaignState) -> Mode {
    match state {
        CampaignState::Draft | CampaignState::Checked | CampaignState::Approved => Mode::Making,
        CampaignState::AwaitingApproval => Mode::Waiting,
        CampaignState::Scheduled | CampaignState::Sending | CampaignState::Paused => Mode::Running,
        CampaignState::Sent
        | CampaignState::Archived
        | CampaignState::Cancelled
        | CampaignState::Recalled => Mode::Over,
    }
}

fn whole(desk: Desk, beside: Beside) -> AnyView {
    let mode = Memo::new(move |_| desk.of.with(|of| mode_of(of.campaign.state)));
    let head = move || {
        desk.of.with(|of| {
            let campaign = &of.campaign;
            let note = format!("{} · {} · {}", campaign.partner_name, campaign.kit_name, campaign.brand_name);
            let (name, tag) = (campaign.name.clone(), state_tag(campaign.state));
            view! { <div class="line wrap"><h2>{name}</h2>{tag}<span class="muted small">{note}</span></div> }
        })
    };
    let body = move || match mode.get() {
        Mode::Making if is_vendor() => seen(beside),
        Mode::Making => making(desk, beside),
        Mode::Waiting if is_vendor() => decide::deciding(desk, beside),
        Mode::Waiting => waiting(desk, beside),
        Mode::Running | Mode::Over => running(desk, beside),
    };
    view! { <div class="stack gap-16 campaign">{head}{notes(desk)}{body}</div> }.into_any()
}

/// What was said of the campaign from elsewhere: why it was sent back, or called back.
fn notes(desk: Desk) -> AnyView {
    let said = move || {
        desk.of.with(|of| {
            let campaign = &of.campaign;
            if campaign.state == CampaignState::Recalled {
                let reason = t::recalled_because(&campaign.recall_reason);
                return Some(view! { <Banner tone=Tone::Bad>{reason}</Banner> }.into_any());
            }
            let decision = campaign.decision.as_ref().filter(|decision| !decision.approved)?;
            let words = t::sent_back_because(&decision.by, &decision.reason);
            let open = campaign.state.is_open();
            open.then(|| view! { <Banner tone=Tone::Warn>{words}</Banner> }.into_any())
        })
    };
    said.into_any()
}

fn making(desk: Desk, beside: Beside) -> AnyView {
    view! {
        <noscript><p class="muted">{t::needs_script()}</p></noscript>
        <div class="campaign-making">
            <div class="stack gap-16 campaign-steps">
                <Card title=t::step_words() id="words">{words::step(desk)}</Card>
                <Card title=t::step_card() id="card">{card::step(desk)}</Card>
                <Card title=t::step_people() id="people">{people::step(desk, beside.audiences)}</Card>
                <Card title=t::step_time() id="time">{time::step(desk)}</Card>
            </div>
            <div class="stack gap-16 campaign-look">
                <Card title=t::step_preview() id="preview">{preview::previews(desk)}</Card>
                <Card title=t::step_check() id="check">{check::step(desk)}</Card>
            </div>
        </div>
        {bar::bar(desk)}
    }
    .into_any()
}

/// The partner waits for the vendor.
fn waiting(desk: Desk, beside: Beside) -> AnyView {
    let asked = desk.of.with_untracked(|of| of.campaign.asked_at);
    let since = asked.map(|at| view! { <kit::When at=at/> });
    view! {
        <Card title=t::waits_for_vendor()>
            <div class="stack gap-16">
                <p>{t::waits_for_vendor_note()}" "{since}</p>
                {moves::actions(desk)}
            </div>
        </Card>
        {decide::changed(beside.changes)}
        <Card title=t::step_preview()>{preview::previews(desk)}</Card>
    }
    .into_any()
}

/// What the vendor sees of a campaign that it has sent back a moment ago.
fn seen(beside: Beside) -> AnyView {
    view! {
        <Banner>{t::back_at_partner()}</Banner>
        {decide::changed(beside.changes)}
    }
    .into_any()
}

fn running(desk: Desk, beside: Beside) -> AnyView {
    view! {
        {(!is_vendor()).then(|| moves::panel(desk))}
        {results::funnel(desk, beside.results)}
        {files::card(desk)}
        {decide::changed(beside.changes)}
        <Card title=t::step_preview()>{preview::previews(desk)}</Card>
    }
    .into_any()
}
