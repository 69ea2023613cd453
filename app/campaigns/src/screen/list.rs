//! `/campaigns`: a partner's campaigns, or all campaigns of a vendor's programs with what waits for it first.
use base::Page;
use kit::{
    Banner, Card, Cell, CellKind, Chip, Column, Empty, Kind, LeadLink, LinkButton, Pager, Screen, Shape,
    Skeleton, Table, TableRow, Tell, Tone, When, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::adoption;
use super::parts::{is_vendor, number, state_tag};
use crate::access::Do;
use crate::model::{CampaignRow, CampaignState};
use crate::t;
use crate::verbs::{ListCampaignAdoption, ListCampaigns};

/// `/campaigns`.
#[component]
pub fn CampaignsPage() -> impl IntoView {
    let actor = access::me().actor();
    let body = match Do::Read.by(&actor, None) {
        Ok(()) => page(),
        Err(problem) => kit::problem_view(problem),
    };
    let may = Do::Make.by(&actor, None).is_ok();
    let actions = move || {
        may.then(|| {
            view! {
                <LinkButton href=paths::AUDIENCES class="hide-s">{t::audiences()}</LinkButton>
                <LinkButton href=paths::NEW_CAMPAIGN kind=Kind::Primary icon=lucide::LuPlus>{t::new_campaign()}</LinkButton>
            }
        })
        .into_any()
    };
    view! { <Screen title=t::campaigns() actions=actions>{body}</Screen> }.into_any()
}

fn keys() -> Vec<String> {
    vec!["campaigns".to_owned()]
}

fn page() -> AnyView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| ListCampaigns {
            program: query.get("program").and_then(|text| text.parse().ok()),
            partner: query.get("partner").and_then(|text| text.parse().ok()),
            kit: query.get("kit").and_then(|text| text.parse().ok()),
            state: query.get("state").and_then(|text| CampaignState::parse(&text)),
            cursor: query.get("cursor").filter(|cursor| !cursor.is_empty()),
            limit: None,
        })
    });
    let campaigns = kit::resource(keys, move || asked.get());
    // Both sides make the same resources in the same order; a partner's second one is never shown.
    let adoption = is_vendor().then(|| {
        kit::resource(keys, move || ListCampaignAdoption { program: asked.get().program, limit: Some(20) })
    });
    let waiting = || view! { <Skeleton shape=Shape::Table count=6/> }.into_any();
    view! {
        <div class="stack gap-16">
            {move || chips(&asked.get())}
            {kit::shown(campaigns, waiting, move |page| list(page, &asked.get_untracked()))}
            {adoption.map(|adoption| kit::shown(adoption, || ().into_any(), adoption::card))}
        </div>
    }
    .into_any()
}

/// The address of the list with other filters.
fn address(asked: &ListCampaigns, state: Option<CampaignState>, cursor: Option<&str>) -> String {
    let parts = [
        asked.program.map(|id| format!("program={id}")),
        asked.partner.map(|id| format!("partner={id}")),
        asked.kit.map(|id| format!("kit={id}")),
        state.map(|state| format!("state={}", state.as_str())),
        cursor.map(|cursor| format!("cursor={}", base::escape(cursor))),
    ];
    let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
    if query.is_empty() { paths::CAMPAIGNS.to_owned() } else { format!("{}?{query}", paths::CAMPAIGNS) }
}

fn chips(asked: &ListCampaigns) -> AnyView {
    let of_vendor = [
        CampaignState::AwaitingApproval,
        CampaignState::Scheduled,
        CampaignState::Sending,
        CampaignState::Sent,
        CampaignState::Recalled,
    ];
    let of_partner = [
        CampaignState::Draft,
        CampaignState::AwaitingApproval,
        CampaignState::Scheduled,
        CampaignState::Sending,
        CampaignState::Sent,
        CampaignState::Archived,
    ];
    let offered: &[CampaignState] = if is_vendor() { &of_vendor } else { &of_partner };
    let states = offered
        .iter()
        .map(|state| {
            let on = asked.state == Some(*state);
            view! { <Chip label=state.words().to_owned() on=on href=address(asked, Some(*state), None)/> }
        })
        .collect_view();
    view! {
        <nav class="chips" aria-label=t::which_campaigns()>
            <Chip label=t::all_campaigns().to_owned() on=asked.state.is_none() href=address(asked, None, None)/>
            {states}
        </nav>
    }
    .into_any()
}

fn list(page: Page<CampaignRow>, asked: &ListCampaigns) -> AnyView {
    if page.items.is_empty() {
        return nothing(asked);
    }
    let vendor = is_vendor();
    let waits = page.items.iter().filter(|row| row.state == CampaignState::AwaitingApproval).count();
    let waiting = (vendor && waits > 0 && asked.state.is_none()).then(|| {
        view! { <Banner tone=Tone::Warn>{t::approvals_wait(waits as i64)}</Banner> }
    });
    let columns = vec![
        Column::new(t::col_campaign()),
        Column::tight(t::col_state()),
        Column::num(t::col_people()),
        Column::num(t::col_sent()),
        Column::num(t::col_clicked()),
        Column::num(t::col_leads()),
        Column::tight(t::col_when()),
    ];
    let (shown, total) = (page.items.len(), page.total);
    let next = page.next_cursor.map(|cursor| address(asked, asked.state, Some(&cursor)));
    let first = asked.cursor.is_some().then(|| address(asked, asked.state, None));
    let rows = page.items.into_iter().map(|campaign| row(campaign, vendor)).collect_view();
    view! {
        {waiting}
        <section class="card">
            <Table columns=columns label=t::campaigns()>{rows}</Table>
            <Pager shown=shown total=total first=first next=next/>
        </section>
    }
    .into_any()
}

fn nothing(asked: &ListCampaigns) -> AnyView {
    let filtered = asked.state.is_some() || asked.partner.is_some() || asked.kit.is_some();
    let (title, note) = match (is_vendor(), filtered) {
        (_, true) => (t::none_here(), t::none_here_note()),
        (true, false) => (t::no_campaigns_vendor(), t::no_campaigns_vendor_note()),
        (false, false) => (t::no_campaigns(), t::no_campaigns_note()),
    };
    let may = Do::Make.by(&access::me().actor(), None).is_ok() && !filtered;
    let begin = may.then(|| {
        view! { <LinkButton href=paths::NEW_CAMPAIGN kind=Kind::Primary icon=lucide::LuMegaphone>{t::choose_a_kit()}</LinkButton> }
    });
    view! { <Card flush=true><Empty title=title note=note icon=lucide::LuMegaphone>{begin}</Empty></Card> }
        .into_any()
}

fn row(campaign: CampaignRow, vendor: bool) -> AnyView {
    let note = if vendor {
        format!("{} · {}", campaign.partner_name, campaign.kit_name)
    } else {
        format!("{} · {}", campaign.kit_name, campaign.brand_name)
    };
    let when = match (campaign.state, campaign.send_at, campaign.asked_at) {
        (CampaignState::Scheduled, Some(at), _) => view! { <When at=at tell=Tell::Absolute/> }.into_any(),
        (CampaignState::AwaitingApproval, _, Some(at)) => view! { <When at=at/> }.into_any(),
        _ => view! { <When at=campaign.changed_at/> }.into_any(),
    };
    let (href, name, state) = (paths::campaign(campaign.id), campaign.name, campaign.state);
    let [people, sent, clicked, leads] =
        [campaign.audience_size, campaign.sent, campaign.clicked, campaign.leads].map(number);
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead><LeadLink href=href title=name note=note/></Cell>
            <Cell label=t::col_state()>{state_tag(state)}</Cell>
            <Cell kind=CellKind::Num label=t::col_people()>{people}</Cell>
            <Cell kind=CellKind::Num label=t::col_sent()>{sent}</Cell>
            <Cell kind=CellKind::Num label=t::col_clicked()>{clicked}</Cell>
            <Cell kind=CellKind::Num label=t::col_leads()>{leads}</Cell>
            <Cell label=t::col_when()><span class="small">{when}</span></Cell>
        </TableRow>
    }
    .into_any()
}
