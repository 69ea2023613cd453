//! Adding to sums, one happening at a time.
use base::db::{Bind, Tx};
use base::{Problem, bound, execute};
use sqlx::AssertSqlSafe;
use sqlx::types::Uuid;

/// What is counted, and of whom.
pub(in crate::server) struct Place<'a> {
    pub(in crate::server) vendor: Uuid,
    pub(in crate::server) partner: Uuid,
    pub(in crate::server) program: Uuid,
    pub(in crate::server) metric: &'a str,
    pub(in crate::server) dim: &'a str,
    /// ISO day; empty for what stands.
    pub(in crate::server) day: &'a str,
    pub(in crate::server) currency: &'a str,
}

pub(super) const MERGE: &str = "
    on conflict (whose, grain, metric, at, vendor_id, program_id, dim, currency) do update
    set count = figure.count + excluded.count, sum_minor = figure.sum_minor + excluded.sum_minor";

/// Adds to the sums of the vendor and of the partner; with negative numbers it takes away.
pub(in crate::server) async fn add(
    tx: &mut Tx,
    place: &Place<'_>,
    count: i64,
    sum_minor: i64,
) -> Result<(), Problem> {
    // `$1` vendor, `$2` partner, `$3` program, `$4` metric, `$5` dimension, `$6` currency, `$7` and `$8` the numbers.
    const NOW: &str =
        "($1, 'now', $4, '', $1, $3, $5, $6, $7, $8), ($2, 'now', $4, '', $1, $3, $5, $6, $7, $8)";
    const FLOW: &str = "
        ($1, 'day', $4, $9, $1, $3, $5, $6, $7, $8), ($1, 'month', $4, $10, $1, $3, $5, $6, $7, $8),
        ($2, 'day', $4, $9, $1, $3, $5, $6, $7, $8), ($2, 'month', $4, $10, $1, $3, $5, $6, $7, $8)";
    let rows = if place.day.is_empty() { NOW } else { FLOW };
    let sql = ["insert into figure values ", rows, MERGE].concat();
    let mut binds = vec![
        Bind::Id(place.vendor),
        Bind::Id(place.partner),
        Bind::Id(place.program),
        Bind::Text(place.metric.to_owned()),
        Bind::Text(place.dim.to_owned()),
        Bind::Text(place.currency.to_owned()),
        Bind::Number(count),
        Bind::Number(sum_minor),
    ];
    if let Some(month) = place.day.get(..7) {
        binds.extend([place.day, month].map(|at| Bind::Text(at.to_owned())));
    }
    execute!(tx, bound!(sqlx::query(AssertSqlSafe(sql.as_str())), &binds))?;
    Ok(())
}
