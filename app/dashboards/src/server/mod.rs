//! Performs the dashboards' verbs from the sums; never from raw records.
mod days;
mod observe;
mod rebuild;
mod store;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use base::db::{Migrations, Tx};
use base::http::{Mounted, Perform, mounted};
use base::{Actor, Currency, Date, Money, Parts, Problem, migrations};

pub use observe::OBSERVER;
pub use rebuild::{Difference, rebuild};

use crate::kpi;
use crate::model::{Dashboard, Point, Series, Share, State, Tile, Unit, Whose};
use crate::period::Period;
use crate::verbs::{PartnerDashboard, VendorDashboard};
use store::{Filter, Sum};

/// Everything that can be asked of this slice.
pub const VERBS: &[Mounted] = &[mounted::<PartnerDashboard>(), mounted::<VendorDashboard>()];
/// The table of sums.
pub const MIGRATIONS: fn() -> Migrations = || migrations!();

/// How many months a series shows at most.
const MONTHS: usize = 60;

impl Perform for PartnerDashboard {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Dashboard, Problem> {
        let partner = crate::access::partner(actor)?;
        let filter = Filter { whose: Whose::Partner(partner), program: self.program, partner: None };
        dashboard(parts, filter, self.period.as_deref()).await
    }
}

impl Perform for VendorDashboard {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Dashboard, Problem> {
        let whose = crate::access::vendor(actor)?;
        let filter = Filter { whose, program: self.program, partner: self.partner };
        dashboard(parts, filter, self.period.as_deref()).await
    }
}

async fn dashboard(parts: &Parts, filter: Filter, period: Option<&str>) -> Result<Dashboard, Problem> {
    let now = parts.clock().now();
    let mut tx = parts.db().read().await?;
    let today = days::today(&store::zones(&mut tx, filter).await?, now);
    let standing = Sums(store::standing(&mut tx, filter).await?);
    let asked = period.and_then(Period::parse);
    let mut period = asked.unwrap_or(Period::Months12);
    let mut flowed = Sums(store::flowed(&mut tx, filter, &period.days(today)).await?);
    if asked.is_none() && flowed.count("opp.won") + flowed.count("deal.submitted") == 0 {
        period = Period::All;
        flowed = Sums(store::flowed(&mut tx, filter, &period.days(today)).await?);
    }
    let before = before(&mut tx, filter, period, today).await?;
    let currency = main_currency(&standing, &flowed);
    let links = Links { filter, days: period.days(today), bounded: period != Period::All };
    let tiles = tiles(&standing, &flowed, before.as_ref(), currency, &links);
    let months = store::months(&mut tx, filter, &period.days(today), currency).await?;
    let products = products(store::products(&mut tx, filter, &period.days(today), currency).await?, &links);
    let partners = match filter.whose {
        Whose::Vendor(_) => {
            partners(store::partners(&mut tx, filter, &period.days(today), currency).await?, &links)
        }
        Whose::Partner(_) => Vec::new(),
    };
    Ok(Dashboard {
        as_of: now,
        period: period.as_str().to_owned(),
        currency: currency.code().to_owned(),
        tiles,
        series: series(months),
        states: states(&standing, currency),
        products,
        partners,
    })
}

/// The period before, where there is one. Comparing with days before the first record would praise or blame the
/// beginning itself.
async fn before(tx: &mut Tx, filter: Filter, period: Period, today: Date) -> Result<Option<Sums>, Problem> {
    let Some(days) = period.before(today) else { return Ok(None) };
    match store::first_day(tx, filter).await? {
        Some(first) if first <= days.start => Ok(Some(Sums(store::flowed(tx, filter, &days).await?))),
        _ => Ok(None),
    }
}

/// Sums by metric, as read.
struct Sums(Vec<Sum>);

impl Sums {
    fn of<'a>(&'a self, metric: &'a str) -> impl Iterator<Item = &'a Sum> {
        self.0.iter().filter(move |sum| sum.metric == metric)
    }

    fn count(&self, metric: &str) -> i64 {
        self.of(metric).map(|sum| sum.count).sum()
    }

    fn money(&self, metric: &str, currency: Currency) -> i64 {
        self.of(metric).filter(|sum| sum.currency == currency.code()).map(|sum| sum.sum_minor).sum()
    }

    fn others(&self, metric: &str, currency: Currency) -> Vec<Money> {
        let mut by_code: BTreeMap<&str, i64> = BTreeMap::new();
        for sum in self.of(metric).filter(|sum| sum.currency != currency.code()) {
            *by_code.entry(&sum.currency).or_default() += sum.sum_minor;
        }
        let known = by_code.into_iter().filter(|(_, minor)| *minor != 0);
        known.filter_map(|(code, minor)| Some(Money::new(minor, Currency::from_code(code)?))).collect()
    }
}

/// The currency with the most records; euros while there are none.
fn main_currency(standing: &Sums, flowed: &Sums) -> Currency {
    let mut by_code: BTreeMap<&str, i64> = BTreeMap::new();
    for sum in standing.0.iter().chain(&flowed.0).filter(|sum| !sum.currency.is_empty()) {
        *by_code.entry(&sum.currency).or_default() += sum.count;
    }
    let most = by_code.into_iter().max_by_key(|(_, count)| *count);
    most.and_then(|(code, _)| Currency::from_code(code)).unwrap_or(Currency::EUR)
}

/// Addresses of the records behind a figure: the same filter as the figure's.
struct Links {
    filter: Filter,
    days: crate::period::Days,
    bounded: bool,
}

impl Links {
    fn opportunities(&self, stage: &str, extra: &str) -> String {
        let mut url = format!("/opportunities?{stage}{extra}");
        if self.bounded && !stage.contains("open=true") {
            let _ = write!(url, "&closed_since={}&closed_until={}", self.days.start, self.days.end);
        }
        self.narrowed(url)
    }

    fn deals(&self, status: &str) -> String {
        self.narrowed(format!("/deals?status={status}"))
    }

    fn received(&self) -> String {
        let status = "status=submitted,in_review,conflict,returned,approved,converted,won,lost,rejected,disputed,lapsed,withdrawn,expired,cancelled";
        let mut url = format!("/deals?{status}");
        if self.bounded {
            let _ = write!(url, "&since={}&until={}", self.days.start, self.days.end);
        }
        self.narrowed(url)
    }

    fn narrowed(&self, mut url: String) -> String {
        if let Some(program) = self.filter.program {
            let _ = write!(url, "&program={program}");
        }
        if let (Some(partner), false) = (self.filter.partner, url.contains("partner=")) {
            let _ = write!(url, "&partner={partner}");
        }
        url
    }
}

const PENDING: &str = "submitted,in_review,conflict";

fn tiles(
    standing: &Sums,
    flowed: &Sums,
    before: Option<&Sums>,
    currency: Currency,
    links: &Links,
) -> Vec<Tile> {
    let count = |key: &str, metric: &str, url: Option<String>| Tile {
        value: Some(flowed.count(metric)),
        previous: before.map(|before| before.count(metric)),
        records_url: url,
        ..tile(key, Unit::Count)
    };
    let money = |key: &str, metric: &str, url: String| Tile {
        value: Some(flowed.money(metric, currency)),
        previous: before.map(|before| before.money(metric, currency)),
        count: Some(flowed.count(metric)),
        others: flowed.others(metric, currency),
        records_url: Some(url),
        ..tile(key, Unit::Money)
    };
    let stands = |key: &str, metric: &str, url: String| Tile {
        value: Some(standing.money(metric, currency)),
        count: Some(standing.count(metric)),
        others: standing.others(metric, currency),
        records_url: Some(url),
        ..tile(key, Unit::Money)
    };
    let rate = |sums: &Sums| kpi::win_rate(sums.count("opp.won"), sums.count("opp.lost"));
    let of_states = |statuses: &str| {
        let within = |sum: &&Sum| statuses.split(',').any(|status| status == sum.dim);
        let minor = standing.of("deal.state").filter(within).filter(|sum| sum.currency == currency.code());
        (
            standing.of("deal.state").filter(within).map(|sum| sum.count).sum::<i64>(),
            minor.map(|sum| sum.sum_minor).sum::<i64>(),
        )
    };
    let deals = |key: &str, statuses: &str| {
        let (count, minor) = of_states(statuses);
        Tile {
            value: Some(minor),
            count: Some(count),
            records_url: Some(links.deals(statuses)),
            ..tile(key, Unit::Money)
        }
    };
    let answers = |sums: &Sums, percent| {
        let buckets: Vec<_> =
            sums.of("deal.answered").filter_map(|sum| Some((sum.dim.parse().ok()?, sum.count))).collect();
        kpi::answer_percentile(&buckets, percent)
    };
    let conflicts = |sums: &Sums| kpi::ratio(sums.count("deal.conflict"), sums.count("deal.submitted"));
    let kept = |sums: &Sums| {
        let kept: i64 = sums.of("deal.sla").filter(|sum| sum.dim == "kept").map(|sum| sum.count).sum();
        kpi::ratio(kept, sums.count("deal.sla"))
    };
    let figure = |key: &str, unit: Unit, of: &dyn Fn(&Sums) -> Option<i64>| Tile {
        value: of(flowed),
        previous: before.and_then(of),
        ..tile(key, unit)
    };
    vec![
        money("won_value", "opp.won", links.opportunities("stage=won", "")),
        money("lost_value", "opp.lost", links.opportunities("stage=lost", "")),
        stands("open_value", "opp.open", links.opportunities("open=true", "")),
        figure("win_rate", Unit::BasisPoints, &rate),
        count("registrations", "deal.submitted", Some(links.received())),
        deals("pending", PENDING),
        deals("protected", "approved,converted"),
        deals("returned", "returned"),
        figure("answer_p50", Unit::Seconds, &|sums| answers(sums, 50)),
        figure("answer_p90", Unit::Seconds, &|sums| answers(sums, 90)),
        figure("sla_kept", Unit::BasisPoints, &kept),
        figure("conflict_rate", Unit::BasisPoints, &conflicts),
    ]
}

fn tile(key: &str, unit: Unit) -> Tile {
    Tile {
        key: key.to_owned(),
        unit,
        value: None,
        previous: None,
        goal: None,
        count: None,
        others: Vec::new(),
        records_url: None,
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
fn series(months: Vec<store::Month>) -> Vec<Series> {
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

fn products(rows: Vec<store::ProductRow>, links: &Links) -> Vec<Share> {
    let mut shares: Vec<Share> = Vec::new();
    for row in rows {
        let place = shares.iter().position(|share| share.key == row.sku).unwrap_or_else(|| {
            let url = row.product.map(|id| links.opportunities(&format!("product={id}"), ""));
            shares.push(share(row.sku.clone(), row.name.clone().unwrap_or_else(|| row.sku.clone()), url));
            shares.len() - 1
        });
        add(&mut shares[place], &row.metric, row.count, row.sum_minor);
    }
    finish(shares)
}

fn partners(rows: Vec<store::PartnerRow>, links: &Links) -> Vec<Share> {
    let mut shares: Vec<Share> = Vec::new();
    for row in rows {
        let key = row.partner.to_string();
        let place = shares.iter().position(|share| share.key == key).unwrap_or_else(|| {
            let url = links.opportunities(&format!("partner={key}"), "");
            shares.push(share(key.clone(), row.name.clone(), Some(url)));
            shares.len() - 1
        });
        add(&mut shares[place], &row.metric, row.count, row.sum_minor);
    }
    let mut shares = finish(shares);
    shares.truncate(10);
    shares
}

fn share(key: String, name: String, records_url: Option<String>) -> Share {
    Share { key, name, won: 0, lost: 0, open: 0, won_minor: 0, open_minor: 0, win_rate: None, records_url }
}

fn add(share: &mut Share, metric: &str, count: i64, minor: i64) {
    match metric {
        "opp.won" => {
            share.won += count;
            share.won_minor += minor;
        }
        "opp.lost" => share.lost += count,
        _ => {
            share.open += count;
            share.open_minor += minor;
        }
    }
}

fn finish(mut shares: Vec<Share>) -> Vec<Share> {
    for share in &mut shares {
        share.win_rate = kpi::win_rate(share.won, share.lost);
    }
    shares.sort_by(|a, b| b.won_minor.cmp(&a.won_minor).then_with(|| a.name.cmp(&b.name)));
    shares
}

#[cfg(test)]
mod tests;
