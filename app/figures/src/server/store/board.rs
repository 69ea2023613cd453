//! All sums of a dashboard by one statement: its rows are gone through once, and all that it shows is of one moment.
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

type Fields = (String, String, String, String, String, i64, i64);

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
    let mut rows = filter.rows();
    let (from, currency, sums) = (rows.ranged(&parts), rows.currency(), rows.sums());
    let metrics = match extent {
        Extent::All => format!("{FLOWS}, {STANDS}"),
        Extent::Money => MONEY.to_owned(),
    };
    let month = format!(
        "case when s.column4 = 'period' and f.metric in ({BY_MONTH}) and f.at > '0001-01-01'
              then substr(f.at, 1, 7) else '' end"
    );
    let sql = format!(
        "with whole as materialized (
             select s.column4 as part, f.metric as metric, f.dim as dim, {month} as month, {currency} as currency, {sums}
             from {from} and f.metric in ({metrics})
             group by s.column4, f.metric, f.dim, {month}, {currency}
         )
         select part, metric, dim, '' as month, currency,
                cast(sum(count) as bigint) as count, cast(sum(sum_minor) as bigint) as sum_minor
         from whole group by part, metric, dim, currency
         union all
         select 'month', metric, '', month, currency, cast(sum(count) as bigint), cast(sum(sum_minor) as bigint)
         from whole where month <> '' group by metric, month, currency"
    );
    let found: Vec<Fields> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &rows.binds).fetch_all(conn).await)?;
    let mut board = Board::default();
    for (part, metric, dim, month, currency, count, sum_minor) in found {
        let of_part = match part.as_str() {
            "now" => &mut board.standing,
            "period" => &mut board.flowed,
            "before" => &mut board.before,
            _ => {
                board.months.push(Month { metric, month, currency, count, sum_minor });
                continue;
            }
        };
        of_part.push(Sum { metric, dim, currency, count, sum_minor });
    }
    Ok(board)
}
