//! Reading sums of one vendor or partner: what stands, what happened, by month, by week, by product.
use base::db::{Bind, Tx};
use base::{Currency, Date, Problem, ProductId, bound, on};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use super::{FLOWS, Filter, Rows, STANDS};
use crate::period::Days;

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

/// What stands now: open opportunities and registrations by state.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn standing(tx: &mut Tx, filter: Filter<'_>) -> Result<Vec<Sum>, Problem> {
    let rows = filter.rows();
    let (currency, sums) = (rows.currency(), rows.sums());
    let sql = format!(
        "select f.metric, f.dim, {currency} as currency, {sums} from {} and f.metric in {STANDS}
         group by f.metric, f.dim, {currency}",
        rows.now()
    );
    Ok(on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &rows.binds).fetch_all(conn).await)?)
}

/// What happened within some days.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn flowed(tx: &mut Tx, filter: Filter<'_>, days: &Days) -> Result<Vec<Sum>, Problem> {
    let mut rows = filter.rows();
    let within = rows.within(days);
    let (currency, sums) = (rows.currency(), rows.sums());
    let sql = format!(
        "select f.metric, f.dim, {currency} as currency, {sums} from {within} and f.metric in {FLOWS}
         group by f.metric, f.dim, {currency}"
    );
    Ok(on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &rows.binds).fetch_all(conn).await)?)
}

/// The day of the first thing that happened.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn first_day(tx: &mut Tx, filter: Filter<'_>) -> Result<Option<String>, Problem> {
    let rows = Filter { into: None, ..filter }.rows();
    let conditions = rows.conditions.join(" and ");
    let first = |metric: &str| {
        format!(
            "select min(f.at) as at from {}figure f
             where {conditions} and f.grain = 'day' and f.metric = '{metric}' and f.at > '0001-01-01'",
            rows.from
        )
    };
    let all = ["deal.submitted", "opp.lost", "opp.won"].map(first).join(" union all ");
    let sql = format!("select min(at) from ({all}) firsts");
    Ok(on!(tx, |conn| bound!(sqlx::query_scalar(AssertSqlSafe(sql)), &rows.binds).fetch_one(conn).await)?)
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
    filter: Filter<'_>,
    days: &Days,
    currency: Currency,
) -> Result<Vec<Month>, Problem> {
    let mut rows = filter.rows();
    let (within, both) = (rows.within(days), rows.both(currency));
    let sql = format!(
        "select f.metric, substr(f.at, 1, 7) as month, {both}
         from {within} and f.metric in ('deal.submitted', 'opp.lost', 'opp.won') and f.at > '0001-01-01'
         group by f.metric, substr(f.at, 1, 7)"
    );
    Ok(on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &rows.binds).fetch_all(conn).await)?)
}

/// One metric of the weeks that end with a day, oldest first: counts, and minor units of one currency.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn weeks(
    tx: &mut Tx,
    filter: Filter<'_>,
    metric: &str,
    (last, count): (Date, u32),
    currency: Currency,
) -> Result<Vec<(i64, i64)>, Problem> {
    let days = Days::last(count * 7, last);
    let mut rows = filter.rows();
    let (daily, both, metric) = (rows.daily(&days), rows.both(currency), rows.text(metric));
    let sql = format!(
        "select f.at, {both}
         from {daily} and f.metric = {metric}
         group by f.at"
    );
    let found: Vec<(String, i64, i64)> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &rows.binds).fetch_all(conn).await)?;
    let mut weeks = vec![(0, 0); count as usize];
    let Ok(first) = days.start.parse::<Date>() else { return Ok(weeks) };
    for (day, count, minor) in found {
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
    filter: Filter<'_>,
    days: &Days,
    currency: Currency,
) -> Result<Vec<Narrowed<ProductId>>, Problem> {
    let mut rows = filter.rows();
    let (now, within) = (rows.now(), rows.within(days));
    let sums = rows.both(currency);
    let sql = format!(
        "select f.metric, f.dim, {sums} from {within} and f.metric in ('opp.lost', 'opp.won')
         group by f.metric, f.dim
         union all
         select f.metric, f.dim, {sums} from {now} and f.metric = 'opp.open' group by f.metric, f.dim"
    );
    let rows: Vec<ProductFields> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &rows.binds).fetch_all(conn).await)?;
    let ids = |dim: &str| Uuid::try_parse(dim).ok();
    let mut wanted: Vec<Uuid> = rows.iter().filter_map(|(_, dim, ..)| ids(dim)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let names = names(tx, Named::Product, &wanted).await?;
    let row = |(metric, dim, count, sum_minor): ProductFields| {
        let id = ids(&dim);
        let name = names.iter().find(|(known, _)| Some(*known) == id).map(|(_, name)| name.clone());
        Narrowed { metric, id: id.map(ProductId), name, count, sum_minor }
    };
    Ok(rows.into_iter().map(row).collect())
}

/// What has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    Product,
    Program,
    Brand,
    Organization,
    Person,
}

/// The names of records; what is not known is left out.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn names(tx: &mut Tx, what: Named, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>, Problem> {
    let table = match what {
        Named::Product => "product",
        Named::Program => "program",
        Named::Brand => "brand",
        Named::Organization => "organization",
        Named::Person => "person",
    };
    let (which, binds) = among(ids);
    let sql = format!("select id, name from {table} where {which}");
    Ok(on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?)
}

/// The brands of programs.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn brands_of(tx: &mut Tx, programs: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>, Problem> {
    let (which, binds) = among(programs);
    let sql = format!("select id, brand_id from program where {which}");
    Ok(on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?)
}

/// The condition that a row has one of the ids, which none has where there are none.
fn among(ids: &[Uuid]) -> (String, Vec<Bind>) {
    let mut rows = Rows::default();
    let places: Vec<String> = ids.iter().map(|id| rows.place(Bind::Id(*id))).collect();
    (
        if places.is_empty() { "1 = 0".to_owned() } else { format!("id in ({})", places.join(", ")) },
        rows.binds,
    )
}
