//! One side's dashboard, read from the sums; never from raw records.
use std::collections::BTreeMap;

use base::db::Tx;
use base::{Currency, Date, Parts, Problem};
use figures::server::{self as read, Extent, Filter, Month, Named};
use figures::{Against, Days, Period};

use super::links::Links;
use super::shares;
use super::sums::{Sums, main_currency};
use super::tiles::tiles;
use crate::model::{Dashboard, Point, Series, State, Unit};

/// How many months a series shows at most.
const MONTHS: usize = 60;

/// How much is read for what is shown.
#[derive(Clone, Copy)]
pub(super) enum Wanted {
    /// The period and the currency, for what is read by them.
    Frame,
    /// Everything, beside what it is compared with.
    Whole(Against),
}

/// What a dashboard is read for: the day that is today there, the period that is used, its sums, its currency.
pub(super) struct Frame {
    pub(super) today: Date,
    pub(super) period: Period,
    pub(super) currency: Currency,
    /// Currencies whose money is counted in that one, at the vendor's rates.
    pub(super) converted: Vec<Currency>,
    pub(super) standing: Sums,
    pub(super) flowed: Sums,
    /// The days that are compared with, where there are some, and what happened then.
    pub(super) before: Option<(Days, Sums)>,
    months: Vec<Month>,
}

impl Frame {
    /// The period that was asked for; without one 12 months, or everything when they are empty.
    pub(super) async fn read(
        tx: &mut Tx,
        parts: &Parts,
        filter: Filter<'_>,
        asked: Option<&str>,
        wanted: Wanted,
    ) -> Result<Self, Problem> {
        let asked = asked.and_then(Period::parse);
        let compares = matches!(wanted, Wanted::Whole(_)) && asked != Some(Period::All);
        let ways = read::ways(tx, filter, compares).await?;
        let today = read::today(&ways.zones, parts.clock().now());
        let reading = Reading { filter, wanted, today, first_day: ways.first_day.clone() };
        let mut frame = reading.of(tx, asked.unwrap_or(Period::Months12), None).await?;
        if asked.is_none() && frame.flowed.count("opp.won") + frame.flowed.count("deal.submitted") == 0 {
            frame = reading.of(tx, Period::All, None).await?;
        }
        let most = frame.currency;
        // The currency of the programs, where all that happened most can be counted in it; else the one that happened most.
        for into in own(&ways, most).into_iter().chain([most]) {
            if frame.is_only(into) {
                frame.currency = into;
                break;
            }
            let counted = reading.of(tx, frame.period, Some(into)).await?;
            let left = counted.codes();
            if into == most || !left.contains(&most) {
                let converted =
                    frame.codes().into_iter().filter(|code| *code != into && !left.contains(code));
                frame = Self { converted: converted.collect(), ..counted };
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

    /// Whether there is no money but of this currency, in what is compared with neither.
    fn is_only(&self, currency: Currency) -> bool {
        let before = self.before.iter().flat_map(|(_, sums)| &sums.0);
        let mut all = self.standing.0.iter().chain(&self.flowed.0).chain(before);
        all.all(|sum| sum.currency.is_empty() || sum.currency == currency.code())
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

/// What does not change while a dashboard looks for its period and its currency.
struct Reading<'a> {
    filter: Filter<'a>,
    wanted: Wanted,
    today: Date,
    first_day: Option<String>,
}

impl Reading<'_> {
    /// Everything of a period by one statement: money of each currency by itself, or counted in one.
    async fn of(&self, tx: &mut Tx, period: Period, into: Option<Currency>) -> Result<Frame, Problem> {
        let days = period.days(self.today);
        let (extent, compared) = match self.wanted {
            Wanted::Frame => (Extent::Money, None),
            Wanted::Whole(against) => (Extent::All, period.compared(against, self.today)),
        };
        // Comparing with days before the first record would praise or blame the beginning itself.
        let is_known = |days: &Days| self.first_day.as_ref().is_some_and(|first| *first <= days.start);
        let compared = compared.filter(is_known);
        let filter = Filter { into, ..self.filter };
        let board = read::board(tx, filter, extent, &days, compared.as_ref()).await?;
        let (standing, flowed) = (Sums(board.standing), Sums(board.flowed));
        Ok(Frame {
            today: self.today,
            period,
            currency: into.unwrap_or_else(|| main_currency(&standing, &flowed)),
            converted: Vec::new(),
            standing,
            flowed,
            before: compared.map(|days| (days, Sums(board.before))),
            months: board.months,
        })
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
    let against = against.and_then(Against::parse).unwrap_or_default();
    let mut tx = parts.db().read().await?;
    let frame = Frame::read(&mut tx, parts, filter, period, Wanted::Whole(against)).await?;
    let names = read::names(&mut tx, Named::Product, &shares::products_of(&frame)).await?;
    drop(tx);
    let links = frame.links(frame.filter(filter));
    let before = frame.before.as_ref().map(|(_, sums)| sums);
    Ok(Dashboard {
        as_of,
        period: frame.period.text(),
        against: against.as_str().to_owned(),
        currency: frame.currency.code().to_owned(),
        converted: frame.converted(),
        tiles: tiles(&frame.standing, &frame.flowed, before, frame.currency, &links),
        series: series(&frame.months, frame.currency),
        states: states(&frame.standing, frame.currency),
        products: shares::products(&frame, &names, &links),
    })
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

/// Months without a value count as zero, so that a line does not jump over them. Counts take all currencies, money one.
fn series(months: &[Month], currency: Currency) -> Vec<Series> {
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
        let number = |month: &Month| match unit {
            Unit::Money if month.currency == currency.code() => month.sum_minor,
            Unit::Money => 0,
            _ => month.count,
        };
        let value = |at: &String| {
            months.iter().filter(|month| month.metric == metric && month.month == *at).map(number).sum()
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
