//! All sums of a vendor at once: to compare them, and to begin anew.
use base::db::Tx;
use base::{Problem, execute, on};
use sqlx::types::Uuid;

type Fields = (Uuid, String, String, String, String, Uuid, i64, i64);

/// Every sum of a vendor and of its partners with it, in a fixed order, to compare.
pub(in crate::server) async fn snapshot(
    tx: &mut Tx,
    vendor: Uuid,
) -> Result<Vec<(String, i64, i64)>, Problem> {
    const SQL: &str = "
        select whose, metric, at, dim, currency, program_id, count, sum_minor from figure
        where vendor_id = $1 and (count <> 0 or sum_minor <> 0)
        order by whose, metric, at, dim, currency, program_id";
    let rows: Vec<Fields> = on!(tx, |conn| sqlx::query_as(SQL).bind(vendor).fetch_all(conn).await)?;
    Ok(rows
        .into_iter()
        .map(|(whose, metric, at, dim, currency, program, count, sum)| {
            (format!("{whose} {metric} {at} {dim} {currency} {program}"), count, sum)
        })
        .collect())
}

/// Forgets a vendor's sums, and what they were made of.
pub(in crate::server) async fn clear(tx: &mut Tx, vendor: Uuid) -> Result<(), Problem> {
    execute!(tx, sqlx::query("delete from figure where vendor_id = $1").bind(vendor))?;
    execute!(tx, sqlx::query("delete from figure_deal where vendor_id = $1").bind(vendor))?;
    execute!(tx, sqlx::query("delete from figure_opportunity where vendor_id = $1").bind(vendor))?;
    Ok(())
}
