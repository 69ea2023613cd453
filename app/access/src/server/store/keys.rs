//! SQL of API keys.
use base::db::Tx;
use base::{ApiKeyId, OrganizationId, Problem, Timestamp, UserId, execute, on};
use sqlx::FromRow;
use sqlx::types::Uuid;

use super::super::secret::TokenHash;
use crate::ApiKey;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    name: String,
    prefix: String,
    user_id: Uuid,
    user_name: String,
    created_at: i64,
    last_used_at: Option<i64>,
    expires_at: Option<i64>,
}

pub(in super::super) async fn insert_key(
    tx: &mut Tx,
    key: &ApiKey,
    organization: OrganizationId,
    hash: &TokenHash,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into api_key (id, user_id, organization_id, name, prefix, secret_hash, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    execute!(
        tx,
        sqlx::query(SQL)
            .bind(key.id.0)
            .bind(key.created_by.0)
            .bind(organization.0)
            .bind(&key.name)
            .bind(&key.prefix)
            .bind(&hash[..])
            .bind(key.created_at.0)
            .bind(key.expires_at.map(|at| at.0))
    )?;
    Ok(())
}

/// Keys that are not revoked, newest first; of one person unless everybody's are wanted.
pub(in super::super) async fn keys(
    tx: &mut Tx,
    organization: OrganizationId,
    user: UserId,
    everybody: bool,
) -> Result<Vec<ApiKey>, Problem> {
    const SQL: &str = "
        select k.id, k.name, k.prefix, k.user_id, p.name as user_name, k.created_at, k.last_used_at, k.expires_at
        from api_key k join person p on p.id = k.user_id
        where k.organization_id = $1 and (k.user_id = $2 or $3 = 1) and k.revoked_at is null
        order by k.created_at desc, k.id desc limit 500";
    let everybody = i64::from(everybody);
    let rows: Vec<Row> = on!(tx, |conn| {
        sqlx::query_as(SQL).bind(organization.0).bind(user.0).bind(everybody).fetch_all(conn).await
    })?;
    let key = |row: Row| ApiKey {
        id: ApiKeyId(row.id),
        name: row.name,
        prefix: row.prefix,
        created_by: UserId(row.user_id),
        created_by_name: row.user_name,
        created_at: Timestamp(row.created_at),
        last_used_at: row.last_used_at.map(Timestamp),
        expires_at: row.expires_at.map(Timestamp),
    };
    Ok(rows.into_iter().map(key).collect())
}

/// Ends a key; false when there is none that the person may end.
pub(in super::super) async fn revoke_key(
    tx: &mut Tx,
    id: ApiKeyId,
    organization: OrganizationId,
    user: UserId,
    everybody: bool,
    now: Timestamp,
) -> Result<bool, Problem> {
    const SQL: &str = "
        update api_key set revoked_at = $5
        where id = $1 and organization_id = $2 and (user_id = $3 or $4 = 1) and revoked_at is null";
    let everybody = i64::from(everybody);
    let touched = execute!(
        tx,
        sqlx::query(SQL).bind(id.0).bind(organization.0).bind(user.0).bind(everybody).bind(now.0)
    )?;
    Ok(touched == 1)
}
