//! The tables of rates and of the factors made of them; nothing else writes them.
use base::db::Tx;
use base::{Currency, OrganizationId, Problem, Timestamp, execute, on};
use sqlx::FromRow;

use crate::model::Rate;
use crate::rules::{factors, write_rate};
use crate::verbs::ListRates;

#[derive(FromRow)]
struct Row {
    currency: String,
    month: String,
    micro: i64,
    changed_by_name: String,
    changed_at: i64,
}

impl TryFrom<Row> for Rate {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        Ok(Self {
            currency: code(&row.currency)?,
            month: row.month,
            per_euro: write_rate(row.micro),
            changed_by_name: row.changed_by_name,
            changed_at: Timestamp(row.changed_at),
        })
    }
}

fn code(text: &str) -> Result<Currency, Problem> {
    Currency::from_code(text).ok_or_else(|| Problem::internal(format!("the currency {text}")))
}

pub(super) async fn list(
    tx: &mut Tx,
    vendor: OrganizationId,
    asked: &ListRates,
    limit: u32,
) -> Result<(Vec<Rate>, u64), Problem> {
    const PAGE: &str = "
        select currency, month, micro, changed_by_name, changed_at from exchange_rate
        where vendor_id = $1 and ($2 = '' or currency = $2)
          and ($3 = '' or currency > $3 or (currency = $3 and month < $4))
        order by currency, month desc limit $5";
    const COUNT: &str =
        "select count(*) from exchange_rate where vendor_id = $1 and ($2 = '' or currency = $2)";
    let unknown = || Problem::field("cursor", "unknown", "This is not a cursor that this list gave.");
    let (after, month) = match &asked.cursor {
        Some(cursor) => cursor.split_once(' ').ok_or_else(unknown)?,
        None => ("", ""),
    };
    let only = asked.currency.as_deref().unwrap_or_default().to_uppercase();
    let (rows, total): (Vec<Row>, i64) = on!(tx, |conn| {
        let rows = sqlx::query_as(PAGE)
            .bind(vendor.0)
            .bind(&only)
            .bind(after)
            .bind(month)
            .bind(i64::from(limit) + 1)
            .fetch_all(&mut *conn)
            .await?;
        (rows, sqlx::query_scalar(COUNT).bind(vendor.0).bind(&only).fetch_one(conn).await?)
    });
    Ok((rows.into_iter().map(Rate::try_from).collect::<Result<_, _>>()?, total as u64))
}

pub(super) async fn find(
    tx: &mut Tx,
    vendor: OrganizationId,
    currency: Currency,
    month: &str,
) -> Result<Option<Rate>, Problem> {
    const SQL: &str = "
        select currency, month, micro, changed_by_name, changed_at from exchange_rate
        where vendor_id = $1 and currency = $2 and month = $3";
    let row: Option<Row> = on!(tx, |conn| {
        sqlx::query_as(SQL).bind(vendor.0).bind(currency.code()).bind(month).fetch_optional(conn).await
    })?;
    row.map(Rate::try_from).transpose()
}

/// Millionths for one euro, where the month has a rate of its own.
pub(super) async fn micro(
    tx: &mut Tx,
    vendor: OrganizationId,
    currency: Currency,
    month: &str,
) -> Result<Option<i64>, Problem> {
    const SQL: &str = "select micro from exchange_rate where vendor_id = $1 and currency = $2 and month = $3";
    Ok(on!(tx, |conn| {
        sqlx::query_scalar(SQL).bind(vendor.0).bind(currency.code()).bind(month).fetch_optional(conn).await
    })?)
}

pub(super) async fn put(tx: &mut Tx, vendor: OrganizationId, rate: &Rate, micro: i64) -> Result<(), Problem> {
    const SQL: &str = "
        insert into exchange_rate (vendor_id, currency, month, micro, changed_by_name, changed_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (vendor_id, currency, month) do update
        set micro = excluded.micro, changed_by_name = excluded.changed_by_name, changed_at = excluded.changed_at";
    execute!(
        tx,
        sqlx::query(SQL)
            .bind(vendor.0)
            .bind(rate.currency.code())
            .bind(&rate.month)
            .bind(micro)
            .bind(&rate.changed_by_name)
            .bind(rate.changed_at.0)
    )?;
    Ok(())
}

pub(super) async fn remove(
    tx: &mut Tx,
    vendor: OrganizationId,
    currency: Currency,
    month: &str,
) -> Result<(), Problem> {
    const SQL: &str = "delete from exchange_rate where vendor_id = $1 and currency = $2 and month = $3";
    execute!(tx, sqlx::query(SQL).bind(vendor.0).bind(currency.code()).bind(month))?;
    Ok(())
}

/// Makes a vendor's factors anew: into the currencies of its programs.
pub(super) async fn make_factors(tx: &mut Tx, vendor: OrganizationId) -> Result<(), Problem> {
    const RATES: &str =
        "select currency, month, micro from exchange_rate where vendor_id = $1 order by currency, month";
    const TARGETS: &str = "select distinct currency from program where vendor_id = $1 order by currency";
    const FORGET: &str = "delete from exchange where vendor_id = $1";
    const ADD: &str = "
        insert into exchange (vendor_id, source, target, from_month, until_month, numerator, denominator)
        values ($1, $2, $3, $4, $5, $6, $7)";
    let (rates, targets): (Vec<(String, String, i64)>, Vec<String>) = on!(tx, |conn| {
        let rates = sqlx::query_as(RATES).bind(vendor.0).fetch_all(&mut *conn).await?;
        (rates, sqlx::query_scalar(TARGETS).bind(vendor.0).fetch_all(conn).await?)
    });
    let rates = rates.into_iter().map(|(text, month, micro)| Ok((code(&text)?, month, micro)));
    let rates = rates.collect::<Result<Vec<_>, Problem>>()?;
    let targets = targets.iter().map(|text| code(text)).collect::<Result<Vec<_>, _>>()?;
    execute!(tx, sqlx::query(FORGET).bind(vendor.0))?;
    for held in factors(&rates, &targets) {
        execute!(
            tx,
            sqlx::query(ADD)
                .bind(vendor.0)
                .bind(held.source.code())
                .bind(held.target.code())
                .bind(&held.from)
                .bind(&held.until)
                .bind(held.ratio.numerator)
                .bind(held.ratio.denominator)
        )?;
    }
    Ok(())
}

/// Pieces of a statement that reads sums of money in one currency.
#[derive(Clone, Debug)]
pub struct Converted {
    /// Joins the factors: stands behind the table of sums.
    pub join: String,
    /// The currency that a sum is in now: the one that is asked for, or its own where there is no rate.
    pub currency: String,
    /// Minor units of that currency.
    pub minor: String,
}

/// For rows `f` with `vendor_id`, `currency`, `sum_minor` and `at` (a day or month; empty for what stands now, which counts
/// at the latest rate). `code` is the place of the currency's code. Each row is rounded half away from zero, as
/// [`Ratio::of`](crate::rules::Ratio::of) does it: whole numbers on both engines.
#[must_use]
pub fn converted(code: &str) -> Converted {
    let month = "case when f.at = '' then '9999-98' else substr(f.at, 1, 7) end";
    let half = "case when f.sum_minor < 0 then - (x.denominator / 2) else x.denominator / 2 end";
    Converted {
        join: format!(
            " left join exchange x on x.vendor_id = f.vendor_id and x.source = f.currency and x.target = {code}
              and x.from_month <= {month} and x.until_month > {month}"
        ),
        currency: "coalesce(x.target, f.currency)".to_owned(),
        minor: format!(
            "(case when x.target is null then f.sum_minor
              else (f.sum_minor / x.denominator) * x.numerator
                   + ((f.sum_minor % x.denominator) * x.numerator + {half}) / x.denominator end)"
        ),
    }
}
