//! SQL of published versions. They are inserted once and never changed.
use base::db::{Tx, violates};
use base::{Problem, ProgramId, ProgramVersionId, Timestamp, UserId};
use sqlx::AssertSqlSafe;
use sqlx::types::Uuid;

use crate::ProgramVersion;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    program_id: Uuid,
    number: i64,
    engagement: String,
    published_at: i64,
    published_by: Option<Uuid>,
    published_by_name: Option<String>,
}

impl TryFrom<Row> for ProgramVersion {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let inconsistent =
            |error: serde_json::Error| Problem::internal(format!("program version {}: {error}", row.id));
        Ok(Self {
            id: ProgramVersionId(row.id),
            program: ProgramId(row.program_id),
            number: row.number as u32,
            engagement: serde_json::from_str(&row.engagement).map_err(inconsistent)?,
            published_at: Timestamp(row.published_at),
            published_by: row.published_by.map(UserId),
            published_by_name: row.published_by_name,
        })
    }
}

const COLUMNS: &str =
    "v.id, v.program_id, v.number, v.engagement, v.published_at, v.published_by, u.name as published_by_name";

pub(in crate::server) async fn current_version(
    tx: &mut Tx,
    program: ProgramId,
) -> Result<Option<ProgramVersion>, Problem> {
    let sql = format!(
        "select {COLUMNS} from program p join program_version v on v.id = p.version_id
         left join person u on u.id = v.published_by where p.id = $1"
    );
    one(tx, sql, program.0).await
}

pub(in crate::server) async fn version(
    tx: &mut Tx,
    id: ProgramVersionId,
) -> Result<Option<ProgramVersion>, Problem> {
    let sql = format!(
        "select {COLUMNS} from program_version v left join person u on u.id = v.published_by where v.id = $1"
    );
    one(tx, sql, id.0).await
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
    let page = format!(
        "select {COLUMNS} from program_version v left join person u on u.id = v.published_by
         where v.program_id = $1 and v.number < $2 order by v.number desc limit $3"
    );
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
        insert into program_version (id, program_id, number, engagement, published_at, published_by)
        values ($1, $2, $3, $4, $5, $6)";
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
    )
    .map_err(|error| {
        let columns = "program_version.program_id, program_version.number";
        if violates(&error, columns, "program_version_number") { Problem::Stale } else { error.into() }
    })?;
    Ok(())
}
