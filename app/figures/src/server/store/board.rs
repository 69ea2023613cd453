//! All sums of a dashboard by one statement: its rows are gone through once, and all that it shows is of one moment.
use std::collections::BTreeMap;

use base::db::Tx;
use base::{Problem, bound, on};
use sqlx::AssertSqlSafe;

use super::{FLOWS, Filter, STANDS, Sum};
use crate::period::Days;
use crate::ranges::{Grain, Range, ranges};

/// What a dashboard shows, all of one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    /// What stands now: open opportunities and registrations by state.
    pub standing: Vec<Sum>,
    /// What happened within the days.
    pub flowed: Vec<Sum>,
    /// What happened within the days that are compared with.
    pub before: Vec<Sum>,
    /// Registrations, sales and losses within the days, by month.
    pub months: Vec<Month>,
}

/// What happened in a month, each currency by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    pub metric: String,
    /// `2026-11`.
    pub month: String,
    /// Empty where nothing is money.
    pub currency: String,
    pub count: i64,
    pub sum_minor: i64,
}

/// Which sums of a dashboard are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    All,
    /// Registrations and whatever is money: enough to know the period and the currency.
    Money,
}

/// Registrations and whatever is money, in the order of the index.
const MONEY: &str = "'deal.state', 'deal.submitted', 'opp.lost', 'opp.open', 'opp.won'";
/// What is told by month.
const BY_MONTH: &str = "'deal.submitted', 'opp.lost', 'opp.won'";

/// Metric, dimension, part of the board or a month of its days, currency, and the sums.
type Fields = (String, String, String, String, i64, i64);

/// Counts and minor units by metric, dimension or month, and currency.
type ByKey = BTreeMap<(String, String, String), (i64, i64)>;

/// What stands, what happened within some days, and within those that are compared with, if any are.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn board(
    tx: &mut Tx,
    filter: Filter<'_>,
    extent: Extent,
    days: &Days,
    compared: Option<&Days>,
) -> Result<Board, Problem> {
    // Without days to compare with, ranges that nothing lies in: it stays the same statement, which is prepared once.
    let none = Days { start: String::new(), end: String::new() };
    let now = Range { grain: Grain::Now, from: String::new(), until: "0".to_owned() };
    let mut parts = vec![("now", now)];
    parts.extend(ranges(days).map(|range| ("period", range)));
    parts.extend(ranges(compared.unwrap_or(&none)).map(|range| ("before", range)));
    let metrics = match extent {
        Extent::All => format!("{FLOWS}, {STANDS}"),
        Extent::Money => MONEY.to_owned(),
    };
    let mut rows = filter.rows();
    rows.conditions.push(format!("f.metric in ({metrics})"));
    let (from, currency, sums) = (rows.ranged(tx.engine(), &parts), rows.currency(), rows.sums());
    // Some metrics are told by month, and added up here: one grouping is what a database does fastest.
    let part = match extent {
        Extent::All => format!(
            "case when s.column4 = 'period' and f.metric in ({BY_MONTH}) and f.at > '0001-01-01'
                  then substr(f.at, 1, 7) else s.column4 end"
        ),
        Extent::Money => "s.column4".to_owned(),
    };
    let sql = format!(
        "select f.metric as metric, f.dim as dim, {part} as part, {currency} as currency, {sums}
         from {from} group by f.metric, f.dim, {part}, {currency}"
    );
    let found: Vec<Fields> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &rows.binds).fetch_all(conn).await)?;
    let (mut standing, mut before) = (Vec::new(), Vec::new());
    let (mut flowed, mut months) = (ByKey::new(), ByKey::new());
    for (metric, dim, part, currency, count, sum_minor) in found {
        match part.as_str() {
            "now" => standing.push(Sum { metric, dim, currency, count, sum_minor }),
            "before" => before.push(Sum { metric, dim, currency, count, sum_minor }),
            "period" => add(&mut flowed, (metric, dim, currency), (count, sum_minor)),
            _ => {
                add(&mut months, (metric.clone(), part, currency.clone()), (count, sum_minor));
                add(&mut flowed, (metric, dim, currency), (count, sum_minor));
            }
        }
    }
    let flowed = flowed.into_iter().map(|((metric, dim, currency), (count, sum_minor))| Sum {
        metric,
        dim,
        currency,
        count,
        sum_minor,
    });
    let months = months.into_iter().map(|((metric, month, currency), (count, sum_minor))| Month {
        metric,
        month,
        currency,
        count,
        sum_minor,
    });
    Ok(Board { standing, flowed: flowed.collect(), before, months: months.collect() })
}

fn add(sums: &mut ByKey, key: (String, String, String), (count, minor): (i64, i64)) {
    let sum = sums.entry(key).or_default();
    *sum = (sum.0 + count, sum.1 + minor);
}
