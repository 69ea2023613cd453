//! A vendor's overview: every partner's figures together, live, each leading to its records.
use kit::{Card, Chip, Kind, LinkButton, Screen, Shape, Skeleton, Tiles, lucide, paths};
use leptos::prelude::*;

use super::{Chosen, chosen, parts};
use crate::model::Dashboard;
use crate::t;
use crate::verbs::VendorDashboard;

/// `/overview`.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let chosen = chosen();
    let figures = kit::resource(
        || vec!["overview".to_owned(), "deals".to_owned(), "opportunities".to_owned()],
        move || {
            let Chosen { period, program } = chosen();
            VendorDashboard { period, program, partner: None }
        },
    );
    let queue = || {
        view! { <LinkButton href=paths::QUEUE kind=Kind::Primary icon=lucide::LuListChecks class="hide-s">{t::to_queue()}</LinkButton> }
            .into_any()
    };
    view! {
        <Screen title=t::overview() actions=queue>
            {kit::shown(figures, waiting, move |of| figures_view(of, &chosen()))}
        </Screen>
    }
    .into_any()
}

fn waiting() -> AnyView {
    view! { <Skeleton shape=Shape::Tiles/><Skeleton shape=Shape::Chart/><Skeleton shape=Shape::Table/> }
        .into_any()
}

/// One chip a program, and one for all; nothing when there is only one.
fn programs(chosen: &Chosen) -> AnyView {
    let programs = access::me().programs;
    if programs.len() < 2 {
        return ().into_any();
    }
    let chips = programs
        .into_iter()
        .map(|program| {
            let on = chosen.program == Some(program.id);
            view! { <Chip label=program.name on=on href=chosen.with_program(paths::OVERVIEW, Some(program.id))/> }
        })
        .collect_view();
    view! {
        <nav class="chips" aria-label=t::program()>
            <Chip label=t::all_programs() on=chosen.program.is_none() href=chosen.with_program(paths::OVERVIEW, None)/>
            {chips}
        </nav>
    }
    .into_any()
}

fn figures_view(of: Dashboard, chosen: &Chosen) -> AnyView {
    let currency = parts::currency(&of);
    let tile = |key, label, falling_is_good| parts::tile_view(&of, key, label, falling_is_good);
    let sales = [
        tile("won_value", t::won(), false),
        tile("lost_value", t::lost(), true),
        tile("open_value", t::open(), false),
        tile("win_rate", t::win_rate(), false),
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
    let registered = (!of.series.is_empty()).then(|| parts::registrations_chart(&of));
    view! {
        <div class="stack">
            <div class="head">
                {parts::periods(paths::OVERVIEW, chosen, &of.period)}
                <span class="end muted small">{parts::as_of(&of)}</span>
            </div>
            {programs(chosen)}
        </div>
        <Tiles>{sales.into_iter().collect_view()}</Tiles>
        <Tiles>{work.into_iter().collect_view()}</Tiles>
        <div class="grid g21">
            <Card title=t::won_by_month()>{won}</Card>
            {parts::states_card(&of.states)}
        </div>
        {parts::shares_card(t::by_product(), t::product(), of.products, currency)}
        {parts::shares_card(t::best_partners(), t::partner(), of.partners, currency)}
        {registered.map(|chart| view! { <Card title=t::registrations_by_month()>{chart}</Card> })}
    }
    .into_any()
}
