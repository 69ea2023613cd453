//! Reading sums of one vendor or partner: what stands, what happened, by month, by week, by product.
use base::db::{Bind, Tx};
use base::{Currency, Date, Problem, ProductId, bound, on};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use super::{CONDITION, FLOWS, Filter, STANDS, SUMS};
use crate::period::Days;
use crate::ranges::ranges;

/// A sum over all days that were asked for.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Sum {
    pub metric: String,
    pub dim: String,
    /// Empty where nothing is money.
    pub currency: String,
    pub count: i64,
    pub sum_minor: i64,
}

/// The rows of days: sums `f` in the ranges `s`, with the six places from `first` on; see [`range_binds`]. Needs [`RANGED`].
/// A `cross join`, because SQLite then goes from the ranges to the sums, where it would read all that somebody has.
pub(super) fn ranges_from(first: usize) -> String {
    let range =
        |grain: &str, place: usize| format!("('{grain}', ${}, ${})", first + place, first + place + 1);
    format!("(values {}, {}, {}) s cross join figure f", range("day", 0), range("month", 2), range("day", 4))
}

/// What lies in the ranges of [`ranges_from`].
pub(super) const RANGED: &str = "f.grain = s.column1 and f.at >= s.column2 and f.at < s.column3";

pub(super) fn range_binds(days: &Days) -> impl Iterator<Item = Bind> {
    ranges(days).into_iter().flat_map(|range| [range.from, range.until]).map(Bind::Text)
}

fn binds(filter: Filter, days: &Days) -> Vec<Bind> {
    filter.binds().into_iter().chain(range_binds(days)).collect()
}

/// What stands now: open opportunities and registrations by state.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn standing(tx: &mut Tx, filter: Filter) -> Result<Vec<Sum>, Problem> {
    let sql = format!(
        "select f.metric, f.dim, f.currency, {SUMS} from figure f
         where {CONDITION} and f.grain = 'now' and f.metric in {STANDS} and f.at = ''
         group by f.metric, f.dim, f.currency"
    );
    let binds = filter.binds();
    Ok(on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?)
}

/// What happened within some days.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn flowed(tx: &mut Tx, filter: Filter, days: &Days) -> Result<Vec<Sum>, Problem> {
    let ranges = ranges_from(5);
    let sql = format!(
        "select f.metric, f.dim, f.currency, {SUMS} from {ranges}
         where {RANGED} and {CONDITION} and f.metric in {FLOWS}
         group by f.metric, f.dim, f.currency"
    );
    let binds = binds(filter, days);
    Ok(on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?)
}

/// The day of the first thing that happened.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn first_day(tx: &mut Tx, filter: Filter) -> Result<Option<String>, Problem> {
    let first = |metric: &str| {
        format!(
            "select min(f.at) as at from figure f
             where {CONDITION} and f.grain = 'day' and f.metric = '{metric}' and f.at > '0001-01-01'"
        )
    };
    let all = ["deal.submitted", "opp.lost", "opp.won"].map(first).join(" union all ");
    let sql = format!("select min(at) from ({all}) firsts");
    let binds = filter.binds();
    Ok(on!(tx, |conn| bound!(sqlx::query_scalar(AssertSqlSafe(sql)), &binds).fetch_one(conn).await)?)
}

/// What happened in a month.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Month {
    pub metric: String,
    /// `2026-11`.
    pub month: String,
    pub count: i64,
    pub sum_minor: i64,
}

/// What happened, by month. Counts take all currencies, money only one.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn months(
    tx: &mut Tx,
    filter: Filter,
    days: &Days,
    currency: Currency,
) -> Result<Vec<Month>, Problem> {
    let ranges = ranges_from(5);
    let sql = format!(
        "select f.metric, substr(f.at, 1, 7) as month, cast(sum(f.count) as bigint) as count,
                cast(sum(case when f.currency = $11 then f.sum_minor else 0 end) as bigint) as sum_minor
         from {ranges}
         where {RANGED} and {CONDITION} and f.metric in ('deal.submitted', 'opp.lost', 'opp.won') and f.at > '0001-01-01'
         group by f.metric, substr(f.at, 1, 7)"
    );
    let mut binds = binds(filter, days);
    binds.push(Bind::Text(currency.code().to_owned()));
    Ok(on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?)
}

/// One metric of the weeks that end with a day, oldest first: counts, and minor units of one currency.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn weeks(
    tx: &mut Tx,
    filter: Filter,
    metric: &str,
    (last, count): (Date, u32),
    currency: Currency,
) -> Result<Vec<(i64, i64)>, Problem> {
    let days = Days::last(count * 7, last);
    let sql = format!(
        "select f.at, cast(sum(f.count) as bigint),
                cast(sum(case when f.currency = $6 then f.sum_minor else 0 end) as bigint)
         from figure f where {CONDITION} and f.grain = 'day' and f.metric = $5 and f.at >= $7 and f.at < $8
         group by f.at"
    );
    let mut binds = filter.binds();
    binds.extend([metric, currency.code(), &days.start, &days.end].map(|text| Bind::Text(text.to_owned())));
    let rows: Vec<(String, i64, i64)> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?;
    let mut weeks = vec![(0, 0); count as usize];
    let Ok(first) = days.start.parse::<Date>() else { return Ok(weeks) };
    for (day, count, minor) in rows {
        let Ok(day) = day.parse::<Date>() else { continue };
        if let Some(week) = weeks.get_mut(((day - first).num_days() / 7) as usize) {
            week.0 += count;
            week.1 += minor;
        }
    }
    Ok(weeks)
}

/// A sum of one product or partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrowed<Id> {
    pub metric: String,
    /// None where a record names none.
    pub id: Option<Id>,
    pub name: Option<String>,
    pub count: i64,
    /// Of one currency.
    pub sum_minor: i64,
}

type ProductFields = (String, String, i64, i64);

/// Won and lost within some days, open now, by product.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn by_product(
    tx: &mut Tx,
    filter: Filter,
    days: &Days,
    currency: Currency,
) -> Result<Vec<Narrowed<ProductId>>, Problem> {
    const SUM: &str = "cast(sum(f.count) as bigint),
        cast(sum(case when f.currency = $11 then f.sum_minor else 0 end) as bigint)";
    let ranges = ranges_from(5);
    let sql = format!(
        "select f.metric, f.dim, {SUM} from {ranges}
         where {RANGED} and {CONDITION} and f.metric in ('opp.lost', 'opp.won') group by f.metric, f.dim
         union all
         select f.metric, f.dim, {SUM} from figure f
         where {CONDITION} and f.grain = 'now' and f.metric = 'opp.open' and f.at = '' group by f.metric, f.dim"
    );
    let mut binds = binds(filter, days);
    binds.push(Bind::Text(currency.code().to_owned()));
    let rows: Vec<ProductFields> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?;
    let ids = |dim: &str| Uuid::try_parse(dim).ok();
    let mut wanted: Vec<Uuid> = rows.iter().filter_map(|(_, dim, ..)| ids(dim)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let names = names(tx, &wanted).await?;
    let row = |(metric, dim, count, sum_minor): ProductFields| {
        let id = ids(&dim);
        let name = names.iter().find(|(known, _)| Some(*known) == id).map(|(_, name)| name.clone());
        Narrowed { metric, id: id.map(ProductId), name, count, sum_minor }
    };
    Ok(rows.into_iter().map(row).collect())
}

async fn names(tx: &mut Tx, products: &[Uuid]) -> Result<Vec<(Uuid, String)>, Problem> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let places = (1..=products.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql = format!("select id, name from product where id in ({places})");
    let binds: Vec<Bind> = products.iter().map(|id| Bind::Id(*id)).collect();
    Ok(on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?)
}
