//! One side's dashboard, read from the sums; never from raw records.
use std::collections::BTreeMap;

use base::db::Tx;
use base::{Currency, Date, Parts, Problem};
use figures::server::{self as read, Filter, Month};
use figures::{Against, Days, Period};

use super::links::Links;
use super::shares::products;
use super::sums::{Sums, main_currency};
use super::tiles::tiles;
use crate::model::{Dashboard, Point, Series, State, Unit};

/// How many months a series shows at most.
const MONTHS: usize = 60;

/// What a dashboard is read for: the day that is today there, the period that is used, its sums, its currency.
pub(super) struct Frame {
    pub(super) today: Date,
    pub(super) period: Period,
    pub(super) standing: Sums,
    pub(super) flowed: Sums,
    pub(super) currency: Currency,
    /// Currencies whose money is counted in that one, at the vendor's rates.
    pub(super) converted: Vec<Currency>,
}

impl Frame {
    /// The period that was asked for; without one 12 months, or everything when they are empty.
    pub(super) async fn read(
        tx: &mut Tx,
        parts: &Parts,
        filter: Filter<'_>,
        asked: Option<&str>,
    ) -> Result<Self, Problem> {
        let ways = read::ways(tx, filter).await?;
        let today = read::today(&ways.zones, parts.clock().now());
        let standing = Sums(read::standing(tx, filter).await?);
        let asked = asked.and_then(Period::parse);
        let mut period = asked.unwrap_or(Period::Months12);
        let mut flowed = Sums(read::flowed(tx, filter, &period.days(today)).await?);
        if asked.is_none() && flowed.count("opp.won") + flowed.count("deal.submitted") == 0 {
            period = Period::All;
            flowed = Sums(read::flowed(tx, filter, &period.days(today)).await?);
        }
        let currency = main_currency(&standing, &flowed);
        let mut frame = Self { today, period, standing, flowed, currency, converted: Vec::new() };
        let found = frame.codes();
        // The currency of the programs, where all that happened most can be counted in it; else the one that happened most.
        for into in own(&ways, currency).into_iter().chain([currency]) {
            if found.iter().all(|code| *code == into) {
                break;
            }
            frame.currency = into;
            let filter = frame.filter(filter);
            frame.standing = Sums(read::standing(tx, filter).await?);
            frame.flowed = Sums(read::flowed(tx, filter, &period.days(today)).await?);
            let left = frame.codes();
            if into == currency || !left.contains(&currency) {
                frame.converted =
                    found.into_iter().filter(|code| *code != into && !left.contains(code)).collect();
                break;
            }
        }
        Ok(frame)
    }

    /// The currencies of the sums.
    fn codes(&self) -> Vec<Currency> {
        let all = self.standing.0.iter().chain(&self.flowed.0);
        let mut codes: Vec<&str> = all.map(|sum| sum.currency.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.into_iter().filter_map(Currency::from_code).collect()
    }

    /// The same filter, with money counted in the currency of the dashboard.
    pub(super) const fn filter<'a>(&self, filter: Filter<'a>) -> Filter<'a> {
        Filter { into: Some(self.currency), ..filter }
    }

    /// The codes of the currencies that are converted.
    pub(super) fn converted(&self) -> Vec<String> {
        self.converted.iter().map(|currency| currency.code().to_owned()).collect()
    }

    pub(super) fn links<'a>(&self, filter: Filter<'a>) -> Links<'a> {
        Links { filter, days: self.period.days(self.today), bounded: self.period != Period::All }
    }
}

/// The currency of the programs, if they all have the same, and another one than what happened most.
fn own(ways: &read::Ways, most: Currency) -> Option<Currency> {
    match ways.currencies.as_slice() {
        [only] if *only != most => Some(*only),
        _ => None,
    }
}

pub(super) async fn dashboard(
    parts: &Parts,
    filter: Filter<'_>,
    period: Option<&str>,
    against: Option<&str>,
) -> Result<Dashboard, Problem> {
    let as_of = parts.clock().now();
    let mut tx = parts.db().read().await?;
    let frame = Frame::read(&mut tx, parts, filter, period).await?;
    let (days, filter) = (frame.period.days(frame.today), frame.filter(filter));
    let against = against.and_then(Against::parse).unwrap_or_default();
    let before = before(&mut tx, filter, frame.period.compared(against, frame.today)).await?;
    let links = frame.links(filter);
    let tiles = tiles(&frame.standing, &frame.flowed, before.as_ref(), frame.currency, &links);
    let months = read::months(&mut tx, filter, &days, frame.currency).await?;
    let products =
        products(read::by_product(&mut tx, filter, &days, frame.currency).await?, frame.currency, &links);
    Ok(Dashboard {
        as_of,
        period: frame.period.text(),
        against: against.as_str().to_owned(),
        currency: frame.currency.code().to_owned(),
        converted: frame.converted(),
        tiles,
        series: series(&months),
        states: states(&frame.standing, frame.currency),
        products,
    })
}

/// The days that are compared with, where there are some. Comparing with days before the first record would praise or
/// blame the beginning itself.
pub(super) async fn before(
    tx: &mut Tx,
    filter: Filter<'_>,
    days: Option<Days>,
) -> Result<Option<Sums>, Problem> {
    let Some(days) = days else { return Ok(None) };
    match read::first_day(tx, filter).await? {
        Some(first) if first <= days.start => Ok(Some(Sums(read::flowed(tx, filter, &days).await?))),
        _ => Ok(None),
    }
}

fn states(standing: &Sums, currency: Currency) -> Vec<State> {
    let mut by_status: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for sum in standing.of("deal.state") {
        let entry = by_status.entry(&sum.dim).or_default();
        entry.0 += sum.count;
        if sum.currency == currency.code() {
            entry.1 += sum.sum_minor;
        }
    }
    let mut states: Vec<State> = by_status
        .into_iter()
        .filter(|(_, (count, _))| *count != 0)
        .map(|(status, (count, value_minor))| State { status: status.to_owned(), count, value_minor })
        .collect();
    let place = |status: &str| deals::Status::ALL.iter().position(|known| known.as_str() == status);
    states.sort_by_key(|state| place(&state.status));
    states
}

/// Months without a value count as zero, so that a line does not jump over them.
fn series(months: &[Month]) -> Vec<Series> {
    let mut series = Vec::new();
    let first = months.iter().map(|month| month.month.clone()).min();
    let last = months.iter().map(|month| month.month.clone()).max();
    let (Some(first), Some(last)) = (first, last) else { return series };
    let mut all = every_month(&first, &last);
    let skip = all.len().saturating_sub(MONTHS);
    all.drain(..skip);
    for (key, metric, unit) in [
        ("won_value", "opp.won", Unit::Money),
        ("won_count", "opp.won", Unit::Count),
        ("lost_count", "opp.lost", Unit::Count),
        ("registrations", "deal.submitted", Unit::Count),
    ] {
        let value = |at: &String| {
            let of_month = months.iter().filter(|month| month.metric == metric && month.month == *at);
            of_month.map(|month| if unit == Unit::Money { month.sum_minor } else { month.count }).sum()
        };
        let points: Vec<Point> = all.iter().map(|at| Point { at: at.clone(), value: value(at) }).collect();
        series.push(Series { key: key.to_owned(), unit, points });
    }
    series
}

fn every_month(first: &str, last: &str) -> Vec<String> {
    let number = |text: &str| {
        Some(text.get(..4)?.parse::<i32>().ok()? * 12 + text.get(5..7)?.parse::<i32>().ok()? - 1)
    };
    let (Some(first), Some(last)) = (number(first), number(last)) else { return Vec::new() };
    (first..=last).map(|month| format!("{:04}-{:02}", month / 12, month % 12 + 1)).collect()
}
