//! The figures of a vendor for a screen on the wall: large, without the frame, live, one program after the other if wanted.
use base::Page;
use kit::{LinkButton, Shape, Skeleton, TabTitle, Tiles, lucide, paths};
use leptos::prelude::*;

use super::chosen::{Chosen, chosen};
use super::parts;
use crate::model::{Dashboard, Share};
use crate::t;
use crate::verbs::{ListLeaders, VendorDashboard};

/// Partners that the wall names.
const LEADERS: u32 = 5;

/// `/wall`.
#[component]
pub fn WallPage() -> impl IntoView {
    let chosen = chosen();
    let keys = || vec!["overview".to_owned(), "deals".to_owned(), "opportunities".to_owned()];
    let figures = kit::resource(keys, move || {
        let Chosen { period, against, program, partner, segment, .. } = chosen();
        VendorDashboard { period, against, program, partner, segment }
    });
    let leaders = kit::resource(keys, move || {
        let Chosen { period, program, segment, .. } = chosen();
        ListLeaders { period, program, segment, limit: Some(LEADERS), cursor: None }
    });
    let me = access::me();
    let name = move || {
        let program = me.programs.iter().find(|program| Some(program.id) == chosen().program);
        program.map_or_else(|| t::all_programs().to_owned(), |program| program.name.clone())
    };
    let back = untrack(|| chosen().address(paths::OVERVIEW));
    view! {
        <TabTitle of=t::wall().to_owned()/>
        <main id="main" class="wall" tabindex="-1">
            <header class="head">
                <h1>{name}</h1>
                <span class="end"><LinkButton href=back icon=lucide::LuX kind=kit::Kind::Quiet>{t::leave_wall()}</LinkButton></span>
            </header>
            {kit::shown(figures, || view! { <Skeleton shape=Shape::Tiles/> }.into_any(), figures_view)}
            {kit::shown(leaders, || view! { <Skeleton shape=Shape::Rows/> }.into_any(), leaders_view)}
        </main>
    }
    .into_any()
}

fn figures_view(of: Dashboard) -> AnyView {
    let tile = |key, label, falling_is_good| parts::tile_view(&of, key, label, falling_is_good);
    let tiles = [
        tile("won_value", t::won(), false),
        tile("open_value", t::open(), false),
        tile("win_rate", t::win_rate(), false),
        tile("registrations", t::registrations(), false),
        tile("pending", t::waiting_for_answer(), true),
        tile("answer_p50", t::answer_p50(), true),
    ];
    let as_of = parts::as_of(of.as_of);
    view! {
        <p class="muted">{as_of}</p>
        <Tiles>{tiles.into_iter().collect_view()}</Tiles>
        <section class="card pad">{parts::won_chart(&of)}</section>
    }
    .into_any()
}

fn leaders_view(of: Page<Share>) -> AnyView {
    parts::shares_card(t::best_partners(), t::partner(), of.items)
}
