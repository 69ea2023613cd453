//! SQL of drafts: one a program.
use base::db::{Tx, violates};
use base::{OrganizationId, Problem, ProgramId, Timestamp, UserId};
use sqlx::types::Uuid;

use crate::Engagement;

/// A draft that is kept.
pub(in crate::server) struct Kept {
    pub(in crate::server) based_on: u32,
    pub(in crate::server) engagement: Engagement,
    pub(in crate::server) changed_at: Timestamp,
    pub(in crate::server) changed_by_name: Option<String>,
    pub(in crate::server) version: u32,
}

#[derive(sqlx::FromRow)]
struct Row {
    based_on: i64,
    engagement: String,
    changed_at: i64,
    changed_by_name: Option<String>,
    version: i64,
}

pub(in crate::server) async fn draft(tx: &mut Tx, program: ProgramId) -> Result<Option<Kept>, Problem> {
    const SQL: &str = "
        select d.based_on, d.engagement, d.changed_at, u.name as changed_by_name, d.version
        from rules_draft d left join person u on u.id = d.changed_by where d.program_id = $1";
    let row: Option<Row> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(program.0).fetch_optional(conn).await)?;
    let Some(row) = row else { return Ok(None) };
    let damaged = |error: serde_json::Error| Problem::internal(format!("draft of {program}: {error}"));
    Ok(Some(Kept {
        based_on: row.based_on as u32,
        engagement: serde_json::from_str(&row.engagement).map_err(damaged)?,
        changed_at: Timestamp(row.changed_at),
        changed_by_name: row.changed_by_name,
        version: row.version as u32,
    }))
}

/// Keeps a draft over the one of version `seen`; 0 when there was none.
///
/// # Errors
/// `Stale` when somebody else kept one meanwhile.
pub(in crate::server) async fn keep_draft(
    tx: &mut Tx,
    program: ProgramId,
    based_on: u32,
    engagement: &Engagement,
    (now, by): (Timestamp, Option<UserId>),
    seen: u32,
) -> Result<(), Problem> {
    const INSERT: &str = "
        insert into rules_draft (program_id, based_on, engagement, changed_at, changed_by, version)
        values ($1, $2, $3, $4, $5, $6 + 1)";
    const UPDATE: &str = "
        update rules_draft set based_on = $2, engagement = $3, changed_at = $4, changed_by = $5, version = $6 + 1
        where program_id = $1 and version = $6";
    let text = serde_json::to_string(engagement).map_err(Problem::internal)?;
    let sql = if seen == 0 { INSERT } else { UPDATE };
    let touched = base::execute!(
        tx,
        sqlx::query(sql)
            .bind(program.0)
            .bind(i64::from(based_on))
            .bind(&text)
            .bind(now.0)
            .bind(by.map(|user| user.0))
            .bind(i64::from(seen))
    )
    .map_err(|error| {
        if violates(&error, "rules_draft.program_id", "rules_draft_pkey") {
            Problem::Stale
        } else {
            error.into()
        }
    })?;
    if touched == 1 { Ok(()) } else { Err(Problem::Stale) }
}

/// Throws the draft away; whether there was one.
pub(in crate::server) async fn drop_draft(tx: &mut Tx, program: ProgramId) -> Result<bool, Problem> {
    const SQL: &str = "delete from rules_draft where program_id = $1";
    Ok(base::execute!(tx, sqlx::query(SQL).bind(program.0))? > 0)
}

/// A vendor's partner by its id or, whatever the case, its name.
pub(in crate::server) async fn partner_named(
    tx: &mut Tx,
    vendor: OrganizationId,
    name: &str,
) -> Result<Option<OrganizationId>, Problem> {
    const SQL: &str = "
        select o.id from organization o
        where (o.id = $2 or lower(o.name) = lower($3))
          and exists (select 1 from enrollment e where e.vendor_id = $1 and e.partner_id = o.id)
        order by o.id limit 1";
    let id: Uuid = name.parse::<OrganizationId>().map_or_else(|_| Uuid::nil(), |id| id.0);
    let found: Option<Uuid> = base::on!(tx, |conn| {
        sqlx::query_scalar(SQL).bind(vendor.0).bind(id).bind(name).fetch_optional(conn).await
    })?;
    Ok(found.map(OrganizationId))
}
