//! One partner: its facts, the programs it takes part in, the way to its deals.
use base::OrganizationId;
use kit::{
    Avatar, Card, Cell, CellKind, Column, Fact, FactLayout, KeyValues, LinkButton, Screen, Shape, Size,
    Skeleton, Table, TableRow, Tell, When, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::words::{status_tag, tier_name, type_names};
use crate::{Enrollment, GetPartner, Partner, t};

/// `/partners/{id}`.
#[component]
pub fn PartnerPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id")).and_then(|text| text.parse::<OrganizationId>().ok())
    });
    view! {
        <Screen title=t::partner()>
            {move || match id.get() {
                Some(id) => of_partner(id),
                None => kit::problem_view(base::Problem::NotFound),
            }}
        </Screen>
    }
    .into_any()
}

fn of_partner(id: OrganizationId) -> AnyView {
    let found = kit::resource(move || vec!["partners".to_owned(), id.to_string()], move || GetPartner { id });
    kit::shown(found, || view! { <Skeleton shape=Shape::Record /> }.into_any(), partner_view)
}

fn partner_view(partner: Partner) -> AnyView {
    let deals = format!("{}?partner={}", paths::DEALS, partner.id);
    let opportunities = format!("{}?partner={}", paths::OPPORTUNITIES, partner.id);
    let website = partner.website.map(|address| {
        let shown = address.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned();
        view! { <Fact label=t::website()><a class="link" href=address rel="noopener noreferrer" target="_blank">{shown}</a></Fact> }
    });
    let joined = partner.enrollments.first().map(|first| first.joined_at);
    let rows = partner.enrollments.into_iter().map(row).collect_view();
    let columns = vec![
        Column::new(t::program()),
        Column::new(t::tier()),
        Column::new(t::types()),
        Column::new(t::territory()),
        Column::new(t::channel_manager()),
        Column::new(t::joined()),
        Column::tight(t::status()),
    ];
    view! {
        <div class="head">
            <Avatar name=partner.name.clone() square=true size=Size::Big />
            <h2 class="title">{partner.name}</h2>
            <span class="end">
                <LinkButton href=opportunities>{t::show_opportunities()}</LinkButton>
                <LinkButton href=deals icon=lucide::LuHandshake>{t::show_deals()}</LinkButton>
            </span>
        </div>
        <Card title=t::facts() id="facts">
            <KeyValues layout=FactLayout::Columns>
                {website}
                {partner.country.map(|code| view! { <Fact label=t::country()>{code}</Fact> })}
                <Fact label=t::people()>{t::people_count(i64::from(partner.people))}</Fact>
                {joined.map(|at| view! { <Fact label=t::joined()><When at=at tell=Tell::Day /></Fact> })}
            </KeyValues>
        </Card>
        <Card title=t::programs() id="programs" flush=true>
            <Table columns=columns label=t::programs()>{rows}</Table>
        </Card>
    }
    .into_any()
}

fn row(enrollment: Enrollment) -> impl IntoView {
    let program = format!("{}?program={}", paths::PROGRAM, enrollment.program);
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead>
                <a class="link" href=program>{enrollment.program_name}</a>
                <small>{enrollment.vendor_name}</small>
            </Cell>
            <Cell label=t::tier()>{tier_name(enrollment.tier)}</Cell>
            <Cell label=t::types()>{type_names(&enrollment.partner_types)}</Cell>
            <Cell label=t::territory()>{enrollment.territory}</Cell>
            <Cell label=t::channel_manager()>{enrollment.channel_manager.map(|manager| manager.name)}</Cell>
            <Cell label=t::joined()><When at=enrollment.joined_at tell=Tell::Day /></Cell>
            <Cell kind=CellKind::State>{status_tag(enrollment.status)}</Cell>
        </TableRow>
    }
}
