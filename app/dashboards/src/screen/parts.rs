//! Pieces that both dashboards show.
use base::{Currency, Money, Span, Timestamp};
use kit::catalogue::locale;
use kit::chart::{BarChart, LineChart, Measure, Paint, Part, StackBar};
use kit::{
    AsOf, Card, Cell, CellKind, Column, Delta, Empty, LeadLink, Place, Segmented, Table, TableRow, Tone,
    format, paths,
};
use leptos::prelude::*;

use super::chosen::Chosen;
use crate::model::{Dashboard, Series, Share, State, Unit};
use crate::t;
use figures::{Against, Period, kpi};

/// The dashboard's currency.
pub(super) fn currency(of: &Dashboard) -> Currency {
    currency_of(&of.currency)
}

/// A currency by its code; euros if the server's is unknown here.
pub(super) fn currency_of(code: &str) -> Currency {
    Currency::from_code(code).unwrap_or(Currency::EUR)
}

/// A value in the reader's way of writing.
pub(super) fn written(value: Option<i64>, unit: Unit, currency: Currency) -> String {
    let Some(value) = value else { return "–".to_owned() };
    match unit {
        Unit::Count => format::number(value, locale()),
        Unit::Money => format::money_compact(Money::new(value, currency), locale()),
        Unit::BasisPoints => format::percent(value as f64 / 10_000.0, locale()),
        Unit::Seconds => format::span(Span::seconds(value), locale()),
        Unit::Days => t::days_counted(value),
    }
}

/// A tile as a view. `falling_is_good` for what should be small.
pub(super) fn tile_view(of: &Dashboard, key: &str, label: &'static str, falling_is_good: bool) -> AnyView {
    let Some(tile) = of.tile(key) else { return ().into_any() };
    let currency = currency(of);
    let figure = written(tile.value, tile.unit, currency);
    let exact = match (tile.unit, tile.value) {
        (Unit::Money, Some(value)) => Some(format::money(Money::new(value, currency), locale())),
        _ => None,
    };
    let unit = tile.count.map(|count| {
        if key.starts_with("pending") || key == "protected" || key == "returned" {
            t::registrations_counted(count)
        } else {
            t::sales_counted(count)
        }
    });
    let delta = delta(tile.value, tile.previous, &of.against, falling_is_good);
    let others = (!tile.others.is_empty()).then(|| {
        let all = tile
            .others
            .iter()
            .map(|money| format::money_compact(*money, locale()))
            .collect::<Vec<_>>()
            .join(", ");
        view! { <p class="muted small">{t::besides(all)}</p> }
    });
    view! {
        <kit::Tile
            label=label
            figure=figure
            unit=unit.unwrap_or_default()
            exact=exact.unwrap_or_default()
            delta=delta.unwrap_or_else(|| ().into_any())
            as_of=of.as_of
            href=tile.records_url.clone().unwrap_or_default()
        >
            {others}
        </kit::Tile>
    }
    .into_any()
}

/// How a figure has changed, in words, and whether it rose; none where there is nothing to compare.
pub(super) fn change_words(
    now: Option<i64>,
    before: Option<i64>,
    against: &str,
) -> Option<(String, Option<bool>)> {
    let share = kpi::change(now?, before?)?;
    let change = format::change(share as f64 / 10_000.0, locale());
    let words = if against == Against::LastYear.as_str() {
        t::change_on_last_year(change)
    } else {
        t::against_before(change)
    };
    Some((words, (share != 0).then_some(share > 0)))
}

/// How a figure has changed.
pub(super) fn delta(
    now: Option<i64>,
    before: Option<i64>,
    against: &str,
    falling_is_good: bool,
) -> Option<AnyView> {
    let (words, up) = change_words(now, before, against)?;
    let tone = match up {
        None => Tone::Neutral,
        Some(up) if up != falling_is_good => Tone::Good,
        Some(_) => Tone::Bad,
    };
    Some(view! { <Delta words=words up=up tone=tone/> }.into_any())
}

/// The choice of a period; `to` gives the address of a choice.
pub(super) fn periods(chosen: &Chosen, used: &str, to: impl Fn(&Chosen) -> String) -> AnyView {
    let place = |period: Period| {
        Place::new(period_words(period), to(&chosen.with_period(period.text())), period.text() == used)
    };
    // A month or some days that were drilled down to stand beside those that are offered.
    let own = Period::parse(used).filter(|period| !Period::ALL.contains(period));
    let places: Vec<Place> = Period::ALL.into_iter().chain(own).map(place).collect();
    view! { <Segmented label=t::period() places=places/> }.into_any()
}

/// A period in the reader's words.
pub(super) fn period_words(period: Period) -> String {
    match period {
        Period::Days30 => t::days_30().to_owned(),
        Period::Days90 => t::days_90().to_owned(),
        Period::Months12 => t::months_12().to_owned(),
        Period::Year => t::this_year().to_owned(),
        Period::All => t::all_time().to_owned(),
        other => at_label(&other.text()),
    }
}

/// What a period is compared with, in the reader's words.
pub(super) fn against_words(against: Against) -> &'static str {
    match against {
        Against::Before => t::against_period_before(),
        Against::LastYear => t::against_last_year(),
    }
}

/// The choice of what the period is compared with; none where everything is shown.
pub(super) fn comparisons(
    chosen: &Chosen,
    period: &str,
    used: &str,
    to: impl Fn(&Chosen) -> String,
) -> AnyView {
    if period == Period::All.text() {
        return ().into_any();
    }
    let place = |against: Against| {
        let href = to(&chosen.with_against(against.as_str()));
        Place::new(against_words(against), href, against.as_str() == used)
    };
    let places: Vec<Place> = Against::ALL.into_iter().map(place).collect();
    view! { <Segmented label=t::compared_with() places=places/> }.into_any()
}

/// A year, month, day or days in the reader's way of writing.
pub(super) fn at_label(text: &str) -> String {
    let day = |text: &str| text.parse().ok().map(|day| format::date(day, locale()));
    let month = |text: &str| {
        let number = text.get(5..7)?.parse().ok()?;
        Some(format!("{} {}", format::month(number, locale()), text.get(2..4)?))
    };
    let written = match text.split_once("..") {
        Some((first, last)) => day(first).zip(day(last)).map(|(first, last)| format!("{first} – {last}")),
        None if text.len() == 7 => month(text),
        None => day(text),
    };
    written.unwrap_or_else(|| text.to_owned())
}

/// Which money of other currencies is counted in that of the page; nothing where none is.
pub(super) fn conversion(converted: &[String], currency: Currency) -> AnyView {
    if converted.is_empty() {
        return ().into_any();
    }
    let words = t::counted_at_rates(converted.join(", "), currency.code());
    let is_vendor = access::me().side() == Some(base::Side::Vendor);
    let rates = is_vendor.then(|| view! { " "<a class="link" href=paths::RATES>{t::exchange_rates()}</a> });
    view! { <p class="muted small">{words}{rates}</p> }.into_any()
}

/// When the figures were read.
pub(super) fn as_of(at: Timestamp) -> AnyView {
    view! { <AsOf at=at in_words=true/> }.into_any()
}

/// Sales won by month, as bars.
pub(super) fn won_chart(of: &Dashboard) -> AnyView {
    let currency = currency(of);
    let Some(series) = of.series.iter().find(|series| series.key == "won_value") else {
        return view! { <Empty title=t::nothing_won() note=t::nothing_won_note() tight=true/> }.into_any();
    };
    let write =
        Callback::new(move |value: f64| format::money_compact(Money::new(value as i64, currency), locale()));
    let values = values(series);
    view! {
        <BarChart
            id="won-chart"
            title=t::won_by_month()
            labels=labels(series)
            series=vec![kit::chart::Series::new(t::won(), values, Paint::Accent)]
            write=write
            measure=Measure::Money(currency)
        />
    }
    .into_any()
}

/// Registrations by month, as a line.
pub(super) fn registrations_chart(of: &Dashboard) -> AnyView {
    let Some(series) = of.series.iter().find(|series| series.key == "registrations") else {
        return ().into_any();
    };
    let write = Callback::new(move |value: f64| format::number(value as i64, locale()));
    view! {
        <LineChart
            id="registrations-chart"
            title=t::registrations_by_month()
            labels=labels(series)
            series=vec![kit::chart::Series::new(t::registrations(), values(series), Paint::Accent)]
            write=write
        />
    }
    .into_any()
}

fn values(series: &Series) -> Vec<f64> {
    series.points.iter().map(|point| point.value as f64).collect()
}

fn labels(series: &Series) -> Vec<String> {
    series.points.iter().map(|point| at_label(&point.at)).collect()
}

/// Registrations by state, each leading to its records.
pub(super) fn states_card(states: &[State]) -> AnyView {
    if states.is_empty() {
        return view! {
            <Card title=t::by_state()><Empty title=t::no_registrations() note=t::no_registrations_note() tight=true/></Card>
        }
        .into_any();
    }
    let parts = states
        .iter()
        .map(|state| {
            let status = deals::Status::ALL.iter().copied().find(|status| status.as_str() == state.status);
            let name = status.map_or_else(|| state.status.clone(), |status| status.words().to_owned());
            Part::new(name, state.count as f64, status.map_or(Paint::Palette(7), paint))
                .href(format!("/deals?status={}", state.status))
        })
        .collect();
    let write = Callback::new(move |value: f64| format::number(value as i64, locale()));
    view! { <Card title=t::by_state()><StackBar title=t::by_state() parts=parts write=write column=true/></Card> }
        .into_any()
}

/// A state's colour says what its tag says: good, bad, to be done, under way, over.
const fn paint(status: deals::Status) -> Paint {
    use deals::Status;
    match status {
        Status::Draft => Paint::AccentLight,
        Status::Submitted | Status::InReview => Paint::Accent,
        Status::Conflict | Status::Returned | Status::Disputed => Paint::Warn,
        Status::Approved => Paint::Good,
        Status::Converted => Paint::AccentMiddle,
        Status::Won => Paint::Palette(3),
        Status::Rejected | Status::Cancelled => Paint::Bad,
        Status::Lost | Status::Lapsed | Status::Withdrawn | Status::Expired => Paint::Palette(7),
    }
}

/// A table of products or partners.
pub(super) fn shares_card(title: &'static str, first: &'static str, shares: Vec<Share>) -> AnyView {
    if shares.is_empty() {
        return ().into_any();
    }
    let columns = vec![
        Column::new(first),
        Column::num(t::won()),
        Column::num(t::lost()),
        Column::num(t::open()),
        Column::num(t::win_rate()),
        Column::num(t::won_value()),
    ];
    let rows = shares
        .into_iter()
        .map(|share| {
            let number = |n: i64| format::number(n, locale());
            let currency = Currency::from_code(&share.currency).unwrap_or(Currency::EUR);
            let name = if share.name.is_empty() { t::unnamed_share().to_owned() } else { share.name };
            let rate = written(share.win_rate, Unit::BasisPoints, currency);
            let won = format::money_compact(Money::new(share.won_minor, currency), locale());
            let exact = format::money(Money::new(share.won_minor, currency), locale());
            let lead = match share.records_url {
                Some(url) => view! { <LeadLink href=url title=name/> }.into_any(),
                None => name.into_any(),
            };
            view! {
                <TableRow>
                    <Cell kind=CellKind::Lead>{lead}</Cell>
                    <Cell kind=CellKind::Num label=t::won()>{number(share.won)}</Cell>
                    <Cell kind=CellKind::Num label=t::lost()>{number(share.lost)}</Cell>
                    <Cell kind=CellKind::Num label=t::open()>{number(share.open)}</Cell>
                    <Cell kind=CellKind::Num label=t::win_rate()>{rate}</Cell>
                    <Cell kind=CellKind::Num label=t::won_value()><span title=exact>{won}</span></Cell>
                </TableRow>
            }
        })
        .collect_view();
    view! {
        <Card title=title flush=true>
            <Table columns=columns label=title>{rows}</Table>
        </Card>
    }
    .into_any()
}
