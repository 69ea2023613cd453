//! A partner's home: what needs them, how they do, what stands open.
use kit::{Card, Kind, LinkButton, Screen, Shape, Skeleton, Tiles, lucide, paths};
use leptos::prelude::*;

use super::chosen::{Chosen, chosen_here};
use super::{export, filters, needs, parts, peers, views};
use crate::model::Dashboard;
use crate::t;
use crate::verbs::{PartnerDashboard, PartnerPeers};
use crate::view::Board;

/// `/` for partners.
#[component]
pub fn HomePage() -> impl IntoView {
    let chosen = chosen_here();
    let figures = kit::resource(
        || vec!["home".to_owned(), "deals".to_owned()],
        move || {
            let Chosen { period, against, program, .. } = chosen();
            PartnerDashboard { period, against, program }
        },
    );
    let compared = kit::resource(
        || vec!["home".to_owned(), "deals".to_owned()],
        move || {
            let Chosen { period, program, .. } = chosen();
            PartnerPeers { period, program }
        },
    );
    let name = access::me().user.name;
    let first = name.split(' ').next().unwrap_or_default().to_owned();
    let register = || {
        view! { <LinkButton href=paths::REGISTER kind=Kind::Primary icon=lucide::LuPlus class="hide-s">{t::register()}</LinkButton> }
            .into_any()
    };
    view! {
        <Screen title=t::welcome(first) actions=register>
            {needs::needs_card()}
            {views::pins()}
            {goals::goals_card()}
            <div class="head">
                {filters::bar(paths::HOME, chosen, Vec::new)}
                <span class="end">{views::menu(Board::Home, move || chosen().fields())}</span>
            </div>
            {kit::shown(figures, waiting, move |of| figures_view(of, &chosen()))}
            {kit::shown(compared, || ().into_any(), peers::peers_card)}
        </Screen>
    }
    .into_any()
}

fn waiting() -> AnyView {
    view! { <Skeleton shape=Shape::Tiles/><Skeleton shape=Shape::Chart/> }.into_any()
}

fn figures_view(of: Dashboard, chosen: &Chosen) -> AnyView {
    let tile = |key, label, falling_is_good| parts::tile_view(&of, key, label, falling_is_good);
    let first = [
        tile("won_value", t::won_value(), false),
        tile("protected", t::protected(), false),
        tile("pending", t::pending(), false),
        tile("win_rate", t::win_rate(), false),
    ];
    let second = [
        tile("open_value", t::open_value(), false),
        tile("registrations", t::registrations(), false),
        tile("answer_p50", t::answer_p50(), true),
        tile("sla_kept", t::sla_kept(), false),
    ];
    let chart = parts::won_chart(&of);
    let converted = parts::conversion(&of.converted, parts::currency(&of));
    view! {
        <div class="head">
            {parts::periods(chosen, &of.period, |chosen| chosen.address(paths::HOME))}
            {parts::comparisons(chosen, &of.period, &of.against, |chosen| chosen.address(paths::HOME))}
            <span class="end muted small">{parts::as_of(of.as_of)}</span>
            <LinkButton href=chosen.address(paths::EXPLORE) size=kit::Size::Small icon=lucide::LuChartNoAxesCombined>{t::explore()}</LinkButton>
            {export::button(&of)}
        </div>
        {converted}
        <Tiles>{first.into_iter().collect_view()}</Tiles>
        <div class="grid g21">
            <Card title=t::won_by_month()>{chart}</Card>
            {parts::states_card(&of.states)}
        </div>
        <Tiles>{second.into_iter().collect_view()}</Tiles>
        {parts::shares_card(t::by_product(), t::product(), of.products)}
    }
    .into_any()
}
