//! The table of feeds; nothing else writes it.
use base::db::Tx;
use base::{OrganizationId, Problem, Timestamp, UserId};
use sqlx::types::Uuid;

use super::TokenHash;
use crate::model::Feed;

pub(super) async fn feed(
    tx: &mut Tx,
    (organization, user): (OrganizationId, UserId),
) -> Result<Option<Feed>, Problem> {
    const SQL: &str =
        "select created_at, used_at from calendar_feed where organization_id = $1 and user_id = $2";
    let row: Option<(i64, Option<i64>)> = base::on!(tx, |conn| {
        sqlx::query_as(SQL).bind(organization.0).bind(user.0).fetch_optional(conn).await
    })?;
    Ok(row.map(|(created, used)| Feed { created_at: Some(Timestamp(created)), used_at: used.map(Timestamp) }))
}

/// Keeps the hash of a new address in place of the one before.
pub(super) async fn keep(
    tx: &mut Tx,
    (organization, user): (OrganizationId, UserId),
    hash: &TokenHash,
    now: Timestamp,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into calendar_feed (organization_id, user_id, token_hash, created_at) values ($1, $2, $3, $4)
        on conflict (organization_id, user_id) do update
        set token_hash = excluded.token_hash, created_at = excluded.created_at, used_at = null";
    base::execute!(tx, sqlx::query(SQL).bind(organization.0).bind(user.0).bind(&hash[..]).bind(now.0))?;
    Ok(())
}

/// Ends a feed. False when there was none.
pub(super) async fn end(
    tx: &mut Tx,
    (organization, user): (OrganizationId, UserId),
) -> Result<bool, Problem> {
    const SQL: &str = "delete from calendar_feed where organization_id = $1 and user_id = $2";
    Ok(base::execute!(tx, sqlx::query(SQL).bind(organization.0).bind(user.0))? == 1)
}

/// Whose feed an address is, and when it was used last.
pub(super) async fn by_hash(
    tx: &mut Tx,
    hash: &TokenHash,
) -> Result<Option<(OrganizationId, UserId, Option<Timestamp>)>, Problem> {
    const SQL: &str = "select organization_id, user_id, used_at from calendar_feed where token_hash = $1";
    let row: Option<(Uuid, Uuid, Option<i64>)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(&hash[..]).fetch_optional(conn).await)?;
    Ok(row
        .map(|(organization, user, used)| (OrganizationId(organization), UserId(user), used.map(Timestamp))))
}

/// Writes a use down.
pub(super) async fn note(tx: &mut Tx, hash: &TokenHash, now: Timestamp) -> Result<(), Problem> {
    const SQL: &str = "update calendar_feed set used_at = $2 where token_hash = $1";
    base::execute!(tx, sqlx::query(SQL).bind(&hash[..]).bind(now.0))?;
    Ok(())
}
