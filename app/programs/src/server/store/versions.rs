//! SQL of published versions. They are inserted once; only that one was taken back before its day is added.
use base::db::{Tx, violates};
use base::{Problem, ProgramId, ProgramVersionId, Timestamp, UserId};
use sqlx::AssertSqlSafe;
use sqlx::types::Uuid;

use crate::{ProgramVersion, VersionState};

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    program_id: Uuid,
    number: i64,
    engagement: String,
    published_at: i64,
    published_by: Option<Uuid>,
    published_by_name: Option<String>,
    in_force_at: i64,
    withdrawn_at: Option<i64>,
    note: String,
    same_as: Option<i64>,
    current_number: Option<i64>,
}

impl TryFrom<Row> for ProgramVersion {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let inconsistent =
            |error: serde_json::Error| Problem::internal(format!("program version {}: {error}", row.id));
        let state = match row.current_number {
            _ if row.withdrawn_at.is_some() => VersionState::Withdrawn,
            Some(current) if row.number < current => VersionState::Past,
            Some(current) if row.number == current => VersionState::InForce,
            _ => VersionState::Scheduled,
        };
        Ok(Self {
            id: ProgramVersionId(row.id),
            program: ProgramId(row.program_id),
            number: row.number as u32,
            engagement: serde_json::from_str(&row.engagement).map_err(inconsistent)?,
            state,
            published_at: Timestamp(row.published_at),
            in_force_at: Timestamp(row.in_force_at),
            note: row.note,
            same_as: row.same_as.map(|number| number as u32),
            published_by: row.published_by.map(UserId),
            published_by_name: row.published_by_name,
        })
    }
}

const SELECT: &str = "
    select v.id, v.program_id, v.number, v.engagement, v.published_at, v.published_by, u.name as published_by_name,
           coalesce(v.in_force_at, v.published_at) as in_force_at, v.withdrawn_at, v.note, v.same_as,
           c.number as current_number
    from program_version v
    join program p on p.id = v.program_id
    left join program_version c on c.id = p.version_id
    left join person u on u.id = v.published_by";

pub(in crate::server) async fn current_version(
    tx: &mut Tx,
    program: ProgramId,
) -> Result<Option<ProgramVersion>, Problem> {
    one(tx, format!("{SELECT} where p.id = $1 and v.id = p.version_id"), program.0).await
}

/// Which version is in force, without its content.
pub(in crate::server) async fn in_force(
    tx: &mut Tx,
    program: ProgramId,
) -> Result<Option<(ProgramVersionId, u32)>, Problem> {
    const SQL: &str = "
        select v.id, v.number from program p join program_version v on v.id = p.version_id where p.id = $1";
    let row: Option<(Uuid, i64)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(program.0).fetch_optional(conn).await)?;
    Ok(row.map(|(id, number)| (ProgramVersionId(id), number as u32)))
}

pub(in crate::server) async fn version(
    tx: &mut Tx,
    id: ProgramVersionId,
) -> Result<Option<ProgramVersion>, Problem> {
    one(tx, format!("{SELECT} where v.id = $1"), id.0).await
}

/// A version by its number.
pub(in crate::server) async fn numbered(
    tx: &mut Tx,
    program: ProgramId,
    number: u32,
) -> Result<Option<ProgramVersion>, Problem> {
    one(tx, format!("{SELECT} where v.program_id = $1 and v.number = {number}"), program.0).await
}

/// The version that waits for its day, if one does.
pub(in crate::server) async fn scheduled(
    tx: &mut Tx,
    program: ProgramId,
) -> Result<Option<ProgramVersion>, Problem> {
    let sql = format!(
        "{SELECT} where v.program_id = $1 and v.withdrawn_at is null and v.number > c.number order by v.number limit 1"
    );
    one(tx, sql, program.0).await
}

/// The number of the newest version, in force or not; 0 before the first.
pub(in crate::server) async fn last_number(tx: &mut Tx, program: ProgramId) -> Result<u32, Problem> {
    const SQL: &str = "select coalesce(max(number), 0) from program_version where program_id = $1";
    let last: i64 = base::on!(tx, |conn| sqlx::query_scalar(SQL).bind(program.0).fetch_one(conn).await)?;
    Ok(last as u32)
}

/// All versions that are or were in force, the oldest first.
pub(in crate::server) async fn effective_versions(
    tx: &mut Tx,
    program: ProgramId,
) -> Result<Vec<ProgramVersion>, Problem> {
    let sql = format!(
        "{SELECT} where v.program_id = $1 and v.withdrawn_at is null and v.number <= c.number order by v.number"
    );
    let rows: Vec<Row> =
        base::on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql)).bind(program.0).fetch_all(conn).await)?;
    rows.into_iter().map(ProgramVersion::try_from).collect()
}

/// Takes back a version that is not in force yet.
pub(in crate::server) async fn withdraw_version(
    tx: &mut Tx,
    id: ProgramVersionId,
    now: Timestamp,
) -> Result<(), Problem> {
    const SQL: &str = "update program_version set withdrawn_at = $2 where id = $1 and withdrawn_at is null";
    base::execute!(tx, sqlx::query(SQL).bind(id.0).bind(now.0))?;
    Ok(())
}

async fn one(tx: &mut Tx, sql: String, id: Uuid) -> Result<Option<ProgramVersion>, Problem> {
    let row: Option<Row> =
        base::on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(conn).await)?;
    row.map(ProgramVersion::try_from).transpose()
}

pub(in crate::server) async fn list_versions(
    tx: &mut Tx,
    program: ProgramId,
    below: i64,
    limit: u32,
) -> Result<(Vec<ProgramVersion>, u64), Problem> {
    const COUNT: &str = "select count(*) from program_version where program_id = $1";
    let page = format!("{SELECT} where v.program_id = $1 and v.number < $2 order by v.number desc limit $3");
    let (rows, total): (Vec<Row>, i64) = base::on!(tx, |conn| {
        let rows = sqlx::query_as(AssertSqlSafe(page))
            .bind(program.0)
            .bind(below)
            .bind(i64::from(limit) + 1)
            .fetch_all(&mut *conn)
            .await?;
        let total = sqlx::query_scalar(COUNT).bind(program.0).fetch_one(conn).await?;
        (rows, total)
    });
    Ok((rows.into_iter().map(ProgramVersion::try_from).collect::<Result<_, _>>()?, total as u64))
}

pub(in crate::server) async fn insert_version(tx: &mut Tx, version: &ProgramVersion) -> Result<(), Problem> {
    const SQL: &str = "
        insert into program_version (id, program_id, number, engagement, published_at, published_by, in_force_at, note,
                                     same_as)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let engagement = serde_json::to_string(&version.engagement).map_err(Problem::internal)?;
    let by = version.published_by.map(|user| user.0);
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(version.id.0)
            .bind(version.program.0)
            .bind(i64::from(version.number))
            .bind(&engagement)
            .bind(version.published_at.0)
            .bind(by)
            .bind(version.in_force_at.0)
            .bind(&version.note)
            .bind(version.same_as.map(i64::from))
    )
    .map_err(|error| {
        let columns = "program_version.program_id, program_version.number";
        if violates(&error, columns, "program_version_number") { Problem::Stale } else { error.into() }
    })?;
    Ok(())
}
