//! Audiences.
use base::db::{Tx, violates};
use base::{AudienceId, OrganizationId, Page, Problem, Timestamp, execute, on};
use sqlx::FromRow;
use sqlx::types::Uuid;

use super::unknown_cursor;
use crate::model::Audience;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    partner_id: Uuid,
    name: String,
    people: i64,
    pending: i64,
    campaigns: i64,
    created_by_name: String,
    created_at: i64,
    changed_at: i64,
    version: i64,
}

impl From<Row> for Audience {
    fn from(row: Row) -> Self {
        Self {
            id: AudienceId(row.id),
            partner: OrganizationId(row.partner_id),
            name: row.name,
            people: row.people as u64,
            pending: row.pending as u64,
            campaigns: row.campaigns as u64,
            created_by_name: row.created_by_name,
            created_at: Timestamp(row.created_at),
            changed_at: Timestamp(row.changed_at),
            version: row.version as u32,
        }
    }
}

/// How names are compared.
pub(in crate::server) fn name_key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// One audience of a partner.
pub(in crate::server) async fn audience(
    tx: &mut Tx,
    id: AudienceId,
    partner: OrganizationId,
) -> Result<Option<Audience>, Problem> {
    const SQL: &str = "
        select a.id, a.partner_id, a.name,
               (select count(*) from audience_contact x where x.audience_id = a.id) as people,
               (select count(*) from audience_contact x where x.audience_id = a.id and x.opt_in = 'pending') as pending,
               (select count(*) from campaign c where c.audience_id = a.id) as campaigns,
               a.created_by_name, a.created_at, a.changed_at, a.version
        from audience a where a.id = $1 and a.partner_id = $2";
    let row: Option<Row> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(id.0).bind(partner.0).fetch_optional(conn).await)?;
    Ok(row.map(Audience::from))
}

/// A page of a partner's audiences, by name.
pub(in crate::server) async fn audiences(
    tx: &mut Tx,
    partner: OrganizationId,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<Audience>, Problem> {
    const COUNT: &str = "select count(*) from audience where partner_id = $1";
    const SQL: &str = "
        select a.id, a.partner_id, a.name,
               (select count(*) from audience_contact x where x.audience_id = a.id) as people,
               (select count(*) from audience_contact x where x.audience_id = a.id and x.opt_in = 'pending') as pending,
               (select count(*) from campaign c where c.audience_id = a.id) as campaigns,
               a.created_by_name, a.created_at, a.changed_at, a.version
        from audience a where a.partner_id = $1 and a.name_key > $2 order by a.name_key limit $3";
    let total: i64 = on!(tx, |conn| sqlx::query_scalar(COUNT).bind(partner.0).fetch_one(conn).await)?;
    if cursor.is_some_and(|cursor| cursor.contains('\0')) {
        return Err(unknown_cursor());
    }
    let rows: Vec<Row> = on!(tx, |conn| {
        let query = sqlx::query_as(SQL).bind(partner.0).bind(cursor.unwrap_or_default());
        query.bind(i64::from(limit) + 1).fetch_all(conn).await
    })?;
    let items = rows.into_iter().map(Audience::from).collect();
    Ok(Page::cut(items, limit, total as u64, |last: &Audience| name_key(&last.name)))
}

fn taken(error: sqlx::Error) -> Problem {
    if violates(&error, "audience.partner_id, audience.name_key", "audience_name") {
        Problem::field("name", "taken", "There is an audience of this name already.")
    } else {
        error.into()
    }
}

/// Adds an audience.
///
/// # Errors
/// `Invalid` (`taken`) when there is one of this name.
pub(in crate::server) async fn insert_audience(tx: &mut Tx, audience: &Audience) -> Result<(), Problem> {
    const SQL: &str = "
        insert into audience (id, partner_id, name, name_key, created_by_name, created_at, changed_at, last_import, version)
        values ($1, $2, $3, $4, $5, $6, $6, 0, 1)";
    let done = execute!(
        tx,
        sqlx::query(SQL)
            .bind(audience.id.0)
            .bind(audience.partner.0)
            .bind(&audience.name)
            .bind(name_key(&audience.name))
            .bind(&audience.created_by_name)
            .bind(audience.created_at.0)
    );
    done.map_err(taken)?;
    Ok(())
}

/// Renames an audience; the version is the one that was read.
///
/// # Errors
/// `Stale`; `Invalid` (`taken`) when there is one of this name.
pub(in crate::server) async fn rename_audience(
    tx: &mut Tx,
    audience: &Audience,
    now: Timestamp,
) -> Result<(), Problem> {
    const SQL: &str = "
        update audience set name = $3, name_key = $4, changed_at = $5, version = version + 1
        where id = $1 and version = $2";
    let done = execute!(
        tx,
        sqlx::query(SQL)
            .bind(audience.id.0)
            .bind(i64::from(audience.version))
            .bind(&audience.name)
            .bind(name_key(&audience.name))
            .bind(now.0)
    );
    if done.map_err(taken)? == 0 { Err(Problem::Stale) } else { Ok(()) }
}

/// Its people changed.
pub(in crate::server) async fn touch_audience(
    tx: &mut Tx,
    id: AudienceId,
    now: Timestamp,
) -> Result<(), Problem> {
    const SQL: &str = "update audience set changed_at = $2, version = version + 1 where id = $1";
    execute!(tx, sqlx::query(SQL).bind(id.0).bind(now.0))?;
    Ok(())
}

/// Deletes an audience with all that is in it.
pub(in crate::server) async fn delete_audience(tx: &mut Tx, id: AudienceId) -> Result<(), Problem> {
    for sql in [
        "delete from audience_import where audience_id = $1",
        "delete from audience_contact where audience_id = $1",
        "delete from audience where id = $1",
    ] {
        execute!(tx, sqlx::query(sql).bind(id.0))?;
    }
    Ok(())
}
