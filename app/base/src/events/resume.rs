//! Where a reader of the log stands, and what it has missed.
use uuid::Uuid;

use super::Event;
use super::store::{COLUMNS, Row};
use crate::db::Tx;
use crate::{EventId, OrganizationId, Problem, Scope};

/// The newest entry that a scope sees of each chain, with its place.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn newest(tx: &mut Tx, scope: Scope) -> Result<Vec<(OrganizationId, EventId, i64)>, Problem> {
    const VENDOR: &str =
        "select vendor_id, id, seq from event where vendor_id = $1 order by seq desc limit 1";
    const PARTNER: &str = "
        select e.vendor_id, e.id, e.seq from event e
        join (select vendor_id, max(seq) as seq from event where partner_id = $1 group by vendor_id) last
          on last.vendor_id = e.vendor_id and last.seq = e.seq";
    let (sql, id) = match scope {
        Scope::Vendor(id) => (VENDOR, id.0),
        Scope::Partner(id) => (PARTNER, id.0),
        Scope::System | Scope::Nothing => return Ok(Vec::new()),
    };
    let rows: Vec<(Uuid, Uuid, i64)> =
        crate::on!(tx, |conn| sqlx::query_as(sql).bind(id).fetch_all(conn).await)?;
    Ok(rows.into_iter().map(|(vendor, id, seq)| (OrganizationId(vendor), EventId(id), seq)).collect())
}

/// How long each vendor's chain is.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn heads(tx: &mut Tx) -> Result<Vec<(OrganizationId, i64)>, Problem> {
    let rows: Vec<(Uuid, i64)> =
        crate::on!(tx, |conn| sqlx::query_as("select vendor_id, seq from chain").fetch_all(conn).await)?;
    Ok(rows.into_iter().map(|(vendor, seq)| (OrganizationId(vendor), seq)).collect())
}

/// The chain and place of an entry; `None` when the scope does not see it.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn place(tx: &mut Tx, id: EventId, scope: Scope) -> Result<Option<(OrganizationId, i64)>, Problem> {
    let (column, whose) = scope.column().unwrap_or(("$2", OrganizationId(Uuid::nil())));
    let sql = format!("select vendor_id, seq from event where id = $1 and {column} = $2");
    let row: Option<(Uuid, i64)> = crate::on!(tx, |conn| {
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(id.0).bind(whose.0).fetch_optional(conn).await
    })?;
    Ok(row.map(|(vendor, seq)| (OrganizationId(vendor), seq)))
}

/// What a scope sees of one chain after a place, in order, at most `limit`.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn since(
    tx: &mut Tx,
    scope: Scope,
    vendor: OrganizationId,
    seq: i64,
    limit: i64,
) -> Result<Vec<Event>, Problem> {
    let (column, whose) = scope.column().unwrap_or(("$4", OrganizationId(Uuid::nil())));
    let sql = format!(
        "select {COLUMNS} from event where vendor_id = $1 and seq > $2 and {column} = $4 order by seq limit $3"
    );
    let rows: Vec<Row> = crate::on!(tx, |conn| {
        sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(vendor.0)
            .bind(seq)
            .bind(limit)
            .bind(whose.0)
            .fetch_all(conn)
            .await
    })?;
    rows.into_iter().map(Event::try_from).collect()
}
