//! A vendor's overview: every partner's figures together, live, each leading to its records.
use kit::{Card, Kind, LinkButton, Screen, Shape, Skeleton, Tiles, lucide, paths};
use leptos::prelude::*;

use super::chosen::{Chosen, chosen};
use super::{export, filters, partners, parts, views};
use crate::model::Dashboard;
use crate::t;
use crate::verbs::{ListAtRisk, ListLeaders, VendorActivation, VendorDashboard};
use crate::view::Board;

/// `/overview`.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let chosen = chosen();
    let keys = || vec!["overview".to_owned(), "deals".to_owned(), "opportunities".to_owned()];
    let figures = kit::resource(keys, move || {
        let Chosen { period, against, program, partner, segment, .. } = chosen();
        VendorDashboard { period, against, program, partner, segment }
    });
    let activation = kit::resource(keys, move || {
        let Chosen { program, segment, .. } = chosen();
        VendorActivation { program, segment }
    });
    let leaders = kit::resource(keys, move || {
        let Chosen { period, program, segment, .. } = chosen();
        ListLeaders { period, program, segment, limit: Some(LEADERS), cursor: None }
    });
    let risks = kit::resource(keys, move || {
        let Chosen { program, segment, .. } = chosen();
        ListAtRisk { program, segment, limit: Some(AT_RISK), cursor: None }
    });
    let queue = || {
        view! { <LinkButton href=paths::QUEUE kind=Kind::Primary icon=lucide::LuListChecks class="hide-s">{t::to_queue()}</LinkButton> }
            .into_any()
    };
    view! {
        <Screen title=t::overview() actions=queue>
            {views::pins()}
            <div class="head">
                {filters::bar(paths::OVERVIEW, chosen, Vec::new)}
                <span class="end">{views::menu(Board::Overview, move || chosen().fields())}</span>
            </div>
            {kit::shown(figures, waiting, move |of| figures_view(of, &chosen()))}
            {goals::goals_card()}
            <div class="grid g2">
                {kit::shown(activation, waiting_card, partners::activation_card)}
                {kit::shown(risks, waiting_card, partners::risks_card)}
            </div>
            {kit::shown(leaders, waiting_card, partners::leaders_card)}
            {kit::shown(figures, waiting_card, more_view)}
        </Screen>
    }
    .into_any()
}

/// How many partners the page shows of those who lead, and of those who may be lost.
const LEADERS: u32 = 10;
const AT_RISK: u32 = 6;

fn waiting_card() -> AnyView {
    view! { <Skeleton shape=Shape::Rows/> }.into_any()
}

fn waiting() -> AnyView {
    view! { <Skeleton shape=Shape::Tiles/><Skeleton shape=Shape::Chart/><Skeleton shape=Shape::Table/> }
        .into_any()
}

fn figures_view(of: Dashboard, chosen: &Chosen) -> AnyView {
    let tile = |key, label, falling_is_good| parts::tile_view(&of, key, label, falling_is_good);
    let sales = [
        tile("won_value", t::won(), false),
        tile("lost_value", t::lost(), true),
        tile("open_value", t::open(), false),
        tile("win_rate", t::win_rate(), false),
        tile("velocity", t::velocity(), false),
        tile("cycle_days", t::cycle_days(), true),
    ];
    let work = [
        tile("registrations", t::registrations(), false),
        tile("pending", t::waiting_for_answer(), true),
        tile("answer_p50", t::answer_p50(), true),
        tile("answer_p90", t::answer_p90(), true),
        tile("sla_kept", t::sla_kept(), false),
        tile("conflict_rate", t::conflict_rate(), true),
    ];
    let won = parts::won_chart(&of);
    let converted = parts::conversion(&of.converted, parts::currency(&of));
    view! {
        <div class="head">
            {parts::periods(chosen, &of.period, |chosen| chosen.address(paths::OVERVIEW))}
            {parts::comparisons(chosen, &of.period, &of.against, |chosen| chosen.address(paths::OVERVIEW))}
            <span class="end muted small">{parts::as_of(of.as_of)}</span>
            <LinkButton href=chosen.address(paths::EXPLORE) size=kit::Size::Small icon=lucide::LuChartNoAxesCombined>{t::explore()}</LinkButton>
            {export::button(&of)}
            <LinkButton href=chosen.address(paths::WALL) size=kit::Size::Small icon=lucide::LuMonitor class="hide-s">{t::wall()}</LinkButton>
        </div>
        {converted}
        <Tiles>{sales.into_iter().collect_view()}</Tiles>
        <Tiles>{work.into_iter().collect_view()}</Tiles>
        <div class="grid g21">
            <Card title=t::won_by_month()>{won}</Card>
            {parts::states_card(&of.states)}
        </div>
    }
    .into_any()
}

/// What is looked at after the rest.
fn more_view(of: Dashboard) -> AnyView {
    let registered = (!of.series.is_empty()).then(|| parts::registrations_chart(&of));
    view! {
        {parts::shares_card(t::by_product(), t::product(), of.products)}
        {registered.map(|chart| view! { <Card title=t::registrations_by_month()>{chart}</Card> })}
    }
    .into_any()
}
