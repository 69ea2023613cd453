//! Pieces that several pages of goals show.
use base::{Money, Side};
use figures::kpi::Standing;
use kit::catalogue::locale;
use kit::{Progress, Tag, Tone, format};
use leptos::prelude::*;

use crate::model::{Goal, Status};
use crate::t;
use crate::words::standing_words;

pub(super) fn is_vendor() -> bool {
    access::me().side() == Some(Side::Vendor)
}

/// A number of the goal's unit, short.
pub(super) fn short(goal: &Goal, number: i64) -> String {
    match goal.money(number) {
        Some(money) => format::money_compact(money, locale()),
        None => format::number(number, locale()),
    }
}

/// A number of the goal's unit, exact.
pub(super) fn exact(goal: &Goal, number: i64) -> String {
    match goal.money(number) {
        Some(money) => format::money_plain(money, locale()),
        None => format::number(number, locale()),
    }
}

/// As it is typed into a field.
pub(super) fn typed(goal: &Goal, number: i64) -> String {
    match goal.money(number) {
        Some(money) => plain(money),
        None => number.to_string(),
    }
}

fn plain(money: Money) -> String {
    money.to_string().rsplit_once(' ').map(|(amount, _)| amount.to_owned()).unwrap_or_default()
}

/// Whose goal it is.
pub(super) fn whose(goal: &Goal) -> String {
    match (&goal.partner_name, &goal.territory) {
        (Some(name), _) => name.clone(),
        (None, Some(territory)) => t::territory_of(territory),
        (None, None) => goal.program_name.clone(),
    }
}

/// First and last day.
pub(super) fn period(goal: &Goal) -> String {
    t::days_from_to(format::date(goal.from, locale()), format::date(goal.until, locale()))
}

pub(super) const fn standing_tone(standing: Standing) -> Tone {
    match standing {
        Standing::Reached | Standing::Ahead => Tone::Good,
        Standing::OnTrack => Tone::Accent,
        Standing::Behind => Tone::Warn,
        Standing::Missed => Tone::Bad,
        Standing::NotBegun => Tone::Neutral,
    }
}

const fn status_tone(status: Status) -> Tone {
    match status {
        Status::Agreed | Status::Set => Tone::Good,
        Status::Proposed => Tone::Accent,
        Status::Declined => Tone::Warn,
        Status::Dropped => Tone::Neutral,
    }
}

pub(super) fn status_tag(goal: &Goal) -> AnyView {
    let status = goal.status;
    view! { <Tag tone=status_tone(status)>{status.words()}</Tag> }.into_any()
}

pub(super) fn standing_tag(goal: &Goal) -> AnyView {
    let standing = goal.pace.standing;
    view! { <Tag tone=standing_tone(standing)>{standing_words(standing)}</Tag> }.into_any()
}

/// What is reached of what was to be, as a bar with the mark of today's share.
pub(super) fn bar(goal: &Goal, label: String) -> AnyView {
    let whole = goal.target.max(1) as f64;
    let value = t::reached_of(short(goal, goal.actual), short(goal, goal.target));
    let (share, due) = (goal.actual as f64 / whole, goal.pace.due as f64 / whole);
    let tone = standing_tone(goal.pace.standing);
    let tone = if tone == Tone::Neutral { Tone::Accent } else { tone };
    view! { <Progress label=label value=value share=share pace=due tone=tone/> }.into_any()
}

/// Where it will end, in a sentence; nothing where nobody can say.
pub(super) fn outlook(goal: &Goal) -> Option<String> {
    let forecast = goal.forecast?;
    if forecast.high == 0 {
        return None;
    }
    let all = [forecast.expected, forecast.low, forecast.high].map(|number| short(goal, number));
    let [expected, low, high] = all;
    // In the order of the alphabet, as all words of the catalogue take what they name.
    Some(t::outlook(expected, high, low))
}
