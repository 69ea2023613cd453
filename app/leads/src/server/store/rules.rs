//! SQL of how programs hand out leads.
use base::db::Tx;
use base::{Page, Problem, ProgramId, Timestamp, page_rows};
use sqlx::FromRow;

use crate::model::{Distribution, LeadRulesVersion};

#[derive(FromRow)]
struct Row {
    number: i64,
    distribution: String,
    published_at: i64,
    published_by_name: String,
    note: String,
}

impl TryFrom<Row> for LeadRulesVersion {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        Ok(Self {
            number: row.number as u32,
            distribution: serde_json::from_str(&row.distribution).map_err(Problem::internal)?,
            published_at: Timestamp(row.published_at),
            published_by_name: row.published_by_name,
            note: row.note,
        })
    }
}

/// The version in force; none before anything was published.
pub(in crate::server) async fn in_force(
    tx: &mut Tx,
    program: ProgramId,
) -> Result<Option<LeadRulesVersion>, Problem> {
    const SQL: &str = "
        select number, distribution, published_at, published_by_name, note from lead_rules
        where program_id = $1 order by number desc limit 1";
    let row: Option<Row> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(program.0).fetch_optional(conn).await)?;
    row.map(LeadRulesVersion::try_from).transpose()
}

/// A page of the versions of a program, latest first.
pub(in crate::server) async fn versions(
    tx: &mut Tx,
    program: ProgramId,
    before: Option<i64>,
    limit: Option<u32>,
) -> Result<Page<LeadRulesVersion>, Problem> {
    const SQL: &str = "
        select number, distribution, published_at, published_by_name, note from lead_rules
        where program_id = $1 and number < $2 order by number desc limit $3";
    const COUNT: &str = "select count(*) from lead_rules where program_id = $1";
    let limit = page_rows(limit);
    let before = before.unwrap_or(i64::MAX);
    let (rows, total): (Vec<Row>, i64) = base::on!(tx, |conn| {
        let query = sqlx::query_as(SQL).bind(program.0).bind(before).bind(i64::from(limit) + 1);
        let rows = query.fetch_all(&mut *conn).await?;
        (rows, sqlx::query_scalar(COUNT).bind(program.0).fetch_one(conn).await?)
    });
    let rows = rows.into_iter().map(LeadRulesVersion::try_from).collect::<Result<_, _>>()?;
    Ok(Page::cut(rows, limit, total as u64, |last: &LeadRulesVersion| last.number.to_string()))
}

/// The place of a program's draft: what is kept, if anything, and how often that changed.
pub(in crate::server) struct Kept {
    pub(in crate::server) draft: Option<Distribution>,
    pub(in crate::server) changed_at: Timestamp,
    pub(in crate::server) changed_by_name: String,
    pub(in crate::server) version: u32,
}

/// A program's draft; none before one was ever kept or anything published.
pub(in crate::server) async fn draft(tx: &mut Tx, program: ProgramId) -> Result<Option<Kept>, Problem> {
    const SQL: &str = "
        select distribution, changed_at, changed_by_name, version from lead_rules_draft where program_id = $1";
    let row: Option<(Option<String>, i64, String, i64)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(program.0).fetch_optional(conn).await)?;
    let Some((text, at, by, version)) = row else { return Ok(None) };
    let draft = text.as_deref().map(serde_json::from_str).transpose().map_err(Problem::internal)?;
    Ok(Some(Kept { draft, changed_at: Timestamp(at), changed_by_name: by, version: version as u32 }))
}

/// Keeps a draft, or that there is none, over the version that was read.
///
/// # Errors
/// `Stale` when somebody else kept one meanwhile.
pub(in crate::server) async fn keep_draft(
    tx: &mut Tx,
    program: ProgramId,
    draft: Option<&Distribution>,
    (now, by): (Timestamp, &str),
    before: u32,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into lead_rules_draft (program_id, distribution, changed_at, changed_by_name, version)
        values ($1, $2, $3, $4, $5 + 1)
        on conflict (program_id) do update
        set distribution = excluded.distribution, changed_at = excluded.changed_at,
            changed_by_name = excluded.changed_by_name, version = excluded.version
        where lead_rules_draft.version = $5";
    let text = draft.map(serde_json::to_string).transpose().map_err(Problem::internal)?;
    let touched = base::execute!(
        tx,
        sqlx::query(SQL).bind(program.0).bind(&text).bind(now.0).bind(by).bind(i64::from(before))
    )?;
    if touched == 1 { Ok(()) } else { Err(Problem::Stale) }
}

/// Publishes a version.
pub(in crate::server) async fn publish(
    tx: &mut Tx,
    program: ProgramId,
    version: &LeadRulesVersion,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into lead_rules (program_id, number, distribution, published_at, published_by_name, note)
        values ($1, $2, $3, $4, $5, $6)";
    let text = serde_json::to_string(&version.distribution).map_err(Problem::internal)?;
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(program.0)
            .bind(i64::from(version.number))
            .bind(&text)
            .bind(version.published_at.0)
            .bind(&version.published_by_name)
            .bind(&version.note)
    )?;
    Ok(())
}
