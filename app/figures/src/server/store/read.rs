//! Reading sums of one vendor or partner week by week, and the names of what sums are told apart by.
use base::db::{Bind, Tx};
use base::{Currency, Date, Problem, bound, on};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use super::{Filter, Rows};
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
    if ids.is_empty() {
        return Ok(Vec::new());
    }
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

/// The condition that a row has one of the ids, which none has where there are none. The last is named again until there
/// are 1, 2, 4, 8, …: PostgreSQL then prepares a few statements, where each number of ids would make one.
pub(super) fn among(ids: &[Uuid]) -> (String, Vec<Bind>) {
    let Some(last) = ids.last() else { return ("1 = 0".to_owned(), Vec::new()) };
    let mut rows = Rows::default();
    let all = ids.iter().chain(std::iter::repeat(last)).take(ids.len().next_power_of_two());
    let places: Vec<String> = all.map(|id| rows.place(Bind::Id(*id))).collect();
    (format!("id in ({})", places.join(", ")), rows.binds)
}
