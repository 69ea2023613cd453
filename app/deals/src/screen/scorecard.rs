//! How the vendor answers, for both sides alike.
use base::{ProgramId, Side, Span};
use kit::catalogue::locale;
use kit::{Card, Empty, Place, Screen, Segmented, Shape, Skeleton, Tile, Tiles, format, lucide, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::t;
use crate::verbs::{GetScorecard, Scorecard};

/// The times that can be chosen, in days.
const TIMES: [u32; 3] = [30, 90, 365];

/// `/scorecard?program=…&days=…`: of the program the screens are set to; a vendor without one sees all.
#[component]
pub fn ScorecardPage() -> impl IntoView {
    let query = use_query_map();
    let me = access::me();
    let chosen = me.program.as_ref().map(|program| program.id);
    let is_partner = me.side() == Some(Side::Partner);
    let asked = move || {
        let given = |name| query.with(|query| query.get(name));
        let program = given("program").and_then(|text| text.parse::<ProgramId>().ok());
        let days = given("days").and_then(|text| text.parse().ok()).unwrap_or(90);
        GetScorecard { program: program.or(chosen), days: Some(days) }
    };
    let body = move || {
        if is_partner && asked().program.is_none() {
            return kit::problem_view(base::Problem::NotFound);
        }
        let now = asked();
        let places = TIMES.map(|days| {
            let program = now.program.map(|program| format!("&program={program}")).unwrap_or_default();
            let href = format!("{}?days={days}{program}", paths::SCORECARD);
            Place::new(t::scorecard_days(i64::from(days)), href, now.days == Some(days))
        });
        view! {
            <div class="line wrap"><Segmented label=t::scorecard() places=places.to_vec()/></div>
            <p class="muted">{t::scorecard_lead()}</p>
        }
        .into_any()
    };
    let keys = || vec!["scorecard".to_owned(), "queue".to_owned()];
    let card = kit::resource(keys, asked);
    view! {
        <Screen title=t::scorecard()>
            {body}
            {kit::shown(card, || view! { <Skeleton shape=Shape::Tiles/> }.into_any(), shown)}
        </Screen>
    }
    .into_any()
}

fn number(n: u64) -> String {
    format::number(i64::try_from(n).unwrap_or(i64::MAX), locale())
}

fn shown(card: Scorecard) -> AnyView {
    if card.answers + card.automatic + card.waiting == 0 {
        return view! {
            <Card flush=true><Empty title=t::score_none() note=t::score_none_note() icon=lucide::LuClock/></Card>
        }
        .into_any();
    }
    let hours = |hours: Option<f64>| match hours {
        // Answers outside of business hours take no business time at all; "within a minute" holds for them too.
        Some(hours) if hours < 1.0 => {
            format::span(Span::minutes(((hours * 60.0).ceil() as i64).max(1)), locale())
        }
        Some(hours) => t::score_hours(format::decimal(hours, 1, locale())),
        None => "–".to_owned(),
    };
    let share = |part: u64, whole: u64| match whole {
        0 => "–".to_owned(),
        whole => format::percent(part as f64 / whole as f64, locale()),
    };
    let part = |part: u64, whole: u64| t::score_of(number(part), number(whole));
    let besides = t::score_automatic(i64::try_from(card.automatic).unwrap_or(i64::MAX));
    let overdue = t::score_overdue(i64::try_from(card.overdue).unwrap_or(i64::MAX));
    view! {
        <Tiles>
            {tile(t::score_median(), hours(card.median_business_hours), besides)}
            {tile(t::score_p90(), hours(card.p90_business_hours), String::new())}
            {tile(t::score_in_time(), share(card.in_time, card.answers), part(card.in_time, card.answers))}
            {tile(t::score_reversed(), share(card.reversed, card.decided), part(card.reversed, card.decided))}
            {tile(t::score_revoked(), number(card.revoked), String::new())}
            {tile(t::score_escalated(), number(card.escalated), String::new())}
            {tile(t::score_waiting(), number(card.waiting), overdue)}
        </Tiles>
    }
    .into_any()
}

fn tile(label: &'static str, figure: String, note: String) -> AnyView {
    view! { <Tile label=label figure=Signal::stored(figure)><p class="muted small">{note}</p></Tile> }
        .into_any()
}
