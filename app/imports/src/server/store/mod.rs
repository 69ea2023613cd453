//! The tables of imports; nothing else writes them. Names of programs and partners are read where they are kept.
mod submits;

use std::collections::BTreeMap;

use base::db::Tx;
use base::{Actor, DealId, ImportId, OrganizationId, Page, Problem, ProgramId, Scope, Timestamp, page_rows};
use sheets::Format;
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use crate::model::{Import, Kind, Remark, State};
use crate::rules::{Correction, Reason};
use crate::verbs::ListImports;
pub(super) use submits::{submits, submitted};

/// An import with what only the server needs.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) import: Import,
    pub(super) vendor: OrganizationId,
    pub(super) actor: Actor,
    /// The headings of the file, for the report.
    pub(super) headers: Vec<String>,
    pub(super) mapping: BTreeMap<String, String>,
    pub(super) format: Format,
    /// Whether registrations that say nothing about it are submitted.
    pub(super) submits: bool,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    vendor_id: Uuid,
    program_id: Uuid,
    program_name: String,
    kind: String,
    file_name: String,
    headers: String,
    mapping: String,
    actor: String,
    created_by: String,
    state: String,
    total: i64,
    processed: i64,
    created: i64,
    updated: i64,
    unchanged: i64,
    rejected: i64,
    submitted: i64,
    partner_id: Option<Uuid>,
    format: String,
    submits: i64,
    error: Option<String>,
    created_at: i64,
    started_at: Option<i64>,
    moved_at: Option<i64>,
    finished_at: Option<i64>,
}

impl TryFrom<Row> for Stored {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let wrong =
            || Problem::internal(format!("import {}: kind {} or state {}", row.id, row.kind, row.state));
        let id = ImportId(row.id);
        let took = row.started_at.zip(row.moved_at).map(|(from, to)| to - from).filter(|took| *took > 0);
        let import = Import {
            id,
            kind: Kind::parse(&row.kind).ok_or_else(wrong)?,
            program: ProgramId(row.program_id),
            program_name: row.program_name,
            file_name: row.file_name,
            state: State::parse(&row.state).ok_or_else(wrong)?,
            total: row.total as u64,
            processed: row.processed as u64,
            imported: (row.created + row.updated + row.unchanged) as u64,
            created: row.created as u64,
            updated: row.updated as u64,
            unchanged: row.unchanged as u64,
            rejected: row.rejected as u64,
            submitted: row.submitted as u64,
            partner: row.partner_id.map(OrganizationId),
            rate: took.map(|took| (row.processed as f64 * 10_000.0 / took as f64).round() / 10.0),
            report_url: format!("/api/v1/imports/{id}/report"),
            remarks: Vec::new(),
            error: row.error,
            created_by: row.created_by,
            created_at: Timestamp(row.created_at),
            started_at: row.started_at.map(Timestamp),
            finished_at: row.finished_at.map(Timestamp),
        };
        Ok(Self {
            import,
            vendor: OrganizationId(row.vendor_id),
            actor: serde_json::from_str(&row.actor).map_err(Problem::internal)?,
            headers: serde_json::from_str(&row.headers).map_err(Problem::internal)?,
            mapping: serde_json::from_str(&row.mapping).map_err(Problem::internal)?,
            format: Format::parse(&row.format).unwrap_or(Format::Csv),
            submits: row.submits != 0,
        })
    }
}

const SHOWN: &str = "
    select i.id, i.vendor_id, i.program_id, p.name as program_name, i.kind, i.file_name, i.headers, i.mapping, i.actor, i.created_by,
           i.state, i.total, i.processed, i.created, i.updated, i.unchanged, i.rejected, i.submitted, i.partner_id,
           i.format, i.submits, i.error, i.created_at,
           i.started_at, i.moved_at, i.finished_at
    from import i join program p on p.id = i.program_id";

/// The condition of a scope on imports: a vendor sees its own, and each partner its own.
fn visible(scope: Scope) -> (&'static str, Uuid) {
    match scope {
        Scope::Vendor(id) => ("i.vendor_id = $1 and i.partner_id is null", id.0),
        Scope::Partner(id) => ("i.partner_id = $1", id.0),
        Scope::System => ("$1 = $1", Uuid::nil()),
        Scope::Nothing => ("i.vendor_id = $1", Uuid::nil()),
    }
}

pub(super) async fn insert(tx: &mut Tx, stored: &Stored, bytes: &[u8]) -> Result<(), Problem> {
    const SQL: &str = "
        insert into import (id, vendor_id, program_id, kind, file_name, headers, mapping, actor, created_by, state, total,
                            created_at, partner_id, format, submits)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    const FILE: &str = "insert into import_file (import_id, bytes) values ($1, $2)";
    let import = &stored.import;
    let headers = serde_json::to_string(&stored.headers).map_err(Problem::internal)?.replace("\\u0000", "");
    let mapping = serde_json::to_string(&stored.mapping).map_err(Problem::internal)?;
    let actor = serde_json::to_string(&stored.actor).map_err(Problem::internal)?;
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(import.id.0)
            .bind(stored.vendor.0)
            .bind(import.program.0)
            .bind(import.kind.as_str())
            .bind(&import.file_name)
            .bind(&headers)
            .bind(&mapping)
            .bind(&actor)
            .bind(&import.created_by)
            .bind(import.state.as_str())
            .bind(import.total as i64)
            .bind(import.created_at.0)
            .bind(import.partner.map(|partner| partner.0))
            .bind(stored.format.as_str())
            .bind(i64::from(stored.submits))
    )?;
    base::execute!(tx, sqlx::query(FILE).bind(import.id.0).bind(bytes))?;
    Ok(())
}

pub(super) async fn find(tx: &mut Tx, id: ImportId, scope: Scope) -> Result<Option<Stored>, Problem> {
    let (condition, whose) = visible(scope);
    let sql = format!("{SHOWN} where {condition} and i.id = $2");
    let row: Option<Row> = base::on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(whose).bind(id.0).fetch_optional(conn).await
    })?;
    row.map(Stored::try_from).transpose()
}

pub(super) async fn list(tx: &mut Tx, ask: &ListImports, scope: Scope) -> Result<Page<Import>, Problem> {
    let (condition, whose) = visible(scope);
    let before = ask.cursor.as_deref().and_then(|cursor| cursor.parse::<ImportId>().ok());
    let before = before.map_or_else(Uuid::max, |id| id.0);
    let limit = page_rows(ask.limit);
    // Ids sort by time.
    let sql = format!("{SHOWN} where {condition} and i.id < $2 order by i.id desc limit $3");
    let count = format!("select count(*) from import i where {condition}");
    let (rows, total): (Vec<Row>, i64) = base::on!(tx, |conn| {
        let rows = sqlx::query_as(AssertSqlSafe(sql))
            .bind(whose)
            .bind(before)
            .bind(i64::from(limit) + 1)
            .fetch_all(&mut *conn)
            .await?;
        (rows, sqlx::query_scalar(AssertSqlSafe(count)).bind(whose).fetch_one(conn).await?)
    });
    let items =
        rows.into_iter().map(|row| Ok(Stored::try_from(row)?.import)).collect::<Result<Vec<_>, Problem>>()?;
    Ok(Page::cut(items, limit, total as u64, |last: &Import| last.id.to_string()))
}

/// The file, while the import is not over.
pub(super) async fn bytes(tx: &mut Tx, id: ImportId) -> Result<Option<Vec<u8>>, Problem> {
    const SQL: &str = "select bytes from import_file where import_id = $1";
    Ok(base::on!(tx, |conn| sqlx::query_scalar(SQL).bind(id.0).fetch_optional(conn).await)?)
}

pub(super) async fn start(tx: &mut Tx, id: ImportId, now: Timestamp) -> Result<(), Problem> {
    const SQL: &str = "
        update import set state = 'running', started_at = coalesce(started_at, $2) where id = $1 and state = 'queued'";
    base::execute!(tx, sqlx::query(SQL).bind(id.0).bind(now.0))?;
    Ok(())
}

/// What a batch came to.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) created: u64,
    pub(super) updated: u64,
    pub(super) unchanged: u64,
    pub(super) rejected: Vec<Rejected>,
    pub(super) corrections: Vec<(u64, Correction)>,
    /// How many records of each partner were created or changed, counted with those that it lost.
    pub(super) partners: BTreeMap<OrganizationId, u64>,
    /// Registrations to be submitted after the batch, with their lines.
    pub(super) submits: Vec<(u64, DealId)>,
}

/// A row that was turned back, with its cells as the file has them.
#[derive(Clone, Debug)]
pub(super) struct Rejected {
    pub(super) line: u64,
    pub(super) reasons: Vec<Reason>,
    pub(super) cells: Vec<String>,
}

/// Moves an import on by a batch. False when it stands elsewhere than was thought or is not running any more: then the
/// batch must not count.
pub(super) async fn advance(
    tx: &mut Tx,
    id: ImportId,
    from: u64,
    rows: u64,
    tally: &Tally,
    now: Timestamp,
) -> Result<bool, Problem> {
    const SQL: &str = "
        update import
        set processed = processed + $3, created = created + $4, updated = updated + $5, unchanged = unchanged + $6,
            rejected = rejected + $7, moved_at = $8
        where id = $1 and processed = $2 and state = 'running'";
    let moved = base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(id.0)
            .bind(from as i64)
            .bind(rows as i64)
            .bind(tally.created as i64)
            .bind(tally.updated as i64)
            .bind(tally.unchanged as i64)
            .bind(tally.rejected.len() as i64)
            .bind(now.0)
    )?;
    keep_partners(tx, id, &tally.partners).await?;
    keep_rejections(tx, id, &tally.rejected).await?;
    keep_remarks(tx, id, &tally.corrections).await?;
    submits::keep(tx, id, &tally.submits).await?;
    Ok(moved == 1)
}

async fn keep_partners(
    tx: &mut Tx,
    id: ImportId,
    partners: &BTreeMap<OrganizationId, u64>,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into import_partner (import_id, partner_id, changed) values ($1, $2, $3)
        on conflict (import_id, partner_id) do update set changed = import_partner.changed + excluded.changed";
    for (partner, changed) in partners {
        base::execute!(tx, sqlx::query(SQL).bind(id.0).bind(partner.0).bind(*changed as i64))?;
    }
    Ok(())
}

/// Whose records an import changed, and how many of each.
pub(super) async fn touched(tx: &mut Tx, id: ImportId) -> Result<Vec<(OrganizationId, u64)>, Problem> {
    const SQL: &str =
        "select partner_id, changed from import_partner where import_id = $1 order by partner_id";
    let rows: Vec<(Uuid, i64)> = base::on!(tx, |conn| sqlx::query_as(SQL).bind(id.0).fetch_all(conn).await)?;
    Ok(rows.into_iter().map(|(id, changed)| (OrganizationId(id), changed as u64)).collect())
}

async fn keep_rejections(tx: &mut Tx, id: ImportId, rejected: &[Rejected]) -> Result<(), Problem> {
    const SQL: &str =
        "insert into import_rejection (import_id, line, reasons, cells) values ($1, $2, $3, $4)";
    for row in rejected {
        let reasons = serde_json::to_string(&row.reasons).map_err(Problem::internal)?;
        // PostgreSQL keeps no NUL characters; nobody can see them anyway.
        let cells: Vec<String> = row.cells.iter().map(|cell| cell.replace('\0', "")).collect();
        let cells = serde_json::to_string(&cells).map_err(Problem::internal)?;
        base::execute!(
            tx,
            sqlx::query(SQL)
                .bind(id.0)
                .bind(row.line as i64)
                .bind(reasons.replace("\\u0000", ""))
                .bind(&cells)
        )?;
    }
    Ok(())
}

async fn keep_remarks(tx: &mut Tx, id: ImportId, corrections: &[(u64, Correction)]) -> Result<(), Problem> {
    const SQL: &str = "
        insert into import_remark (import_id, code, field, found, used, rows, first_line) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (import_id, code, field, found, used) do update set rows = import_remark.rows + excluded.rows";
    let mut counted: BTreeMap<(&str, &str, &str, &str), (i64, u64)> = BTreeMap::new();
    for (line, c) in corrections {
        counted.entry((c.code, c.field, &c.found, &c.used)).or_insert((0, *line)).0 += 1;
    }
    for ((code, field, found, used), (rows, line)) in counted {
        base::execute!(
            tx,
            sqlx::query(SQL)
                .bind(id.0)
                .bind(code)
                .bind(field)
                .bind(found)
                .bind(used)
                .bind(rows)
                .bind(line as i64)
        )?;
    }
    Ok(())
}

/// Ends an import and lets go of its file. False when it was over already.
pub(super) async fn finish(
    tx: &mut Tx,
    id: ImportId,
    state: State,
    error: Option<&str>,
    now: Timestamp,
) -> Result<bool, Problem> {
    const SQL: &str = "
        update import set state = $2, error = $3, finished_at = $4 where id = $1 and state in ('queued', 'running')";
    const FILE: &str = "delete from import_file where import_id = $1";
    let ended = base::execute!(tx, sqlx::query(SQL).bind(id.0).bind(state.as_str()).bind(error).bind(now.0))?;
    base::execute!(tx, sqlx::query(FILE).bind(id.0))?;
    submits::forget(tx, id).await?;
    Ok(ended == 1)
}

/// What was corrected or noticed, most frequent first.
pub(super) async fn remarks(tx: &mut Tx, id: ImportId) -> Result<Vec<Remark>, Problem> {
    const SQL: &str = "
        select code, field, found, used, rows, first_line from import_remark where import_id = $1
        order by rows desc, first_line, field, found limit 1000";
    let rows: Vec<(String, String, String, String, i64, i64)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(id.0).fetch_all(conn).await)?;
    let remark = |(code, field, found, used, rows, first_line)| {
        let (rows, first_line): (i64, i64) = (rows, first_line);
        Remark { code, field, found, used, rows: rows as u64, first_line: first_line as u64 }
    };
    Ok(rows.into_iter().map(remark).collect())
}

/// The rows that were turned back, in the order of the file.
pub(super) async fn rejections(tx: &mut Tx, id: ImportId) -> Result<Vec<Rejected>, Problem> {
    const SQL: &str = "select line, reasons, cells from import_rejection where import_id = $1 order by line";
    let rows: Vec<(i64, String, String)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(id.0).fetch_all(conn).await)?;
    let rejected = |(line, reasons, cells): (i64, String, String)| {
        let reasons = serde_json::from_str(&reasons).map_err(Problem::internal)?;
        let cells = serde_json::from_str(&cells).map_err(Problem::internal)?;
        Ok(Rejected { line: line as u64, reasons, cells })
    };
    rows.into_iter().map(rejected).collect()
}

/// The vendor's first program, as the screens choose it for somebody who has not.
pub(super) async fn first_program(tx: &mut Tx, vendor: OrganizationId) -> Result<Option<ProgramId>, Problem> {
    const SQL: &str = "select id from program where vendor_id = $1 order by created_at, id limit 1";
    let found: Option<Uuid> =
        base::on!(tx, |conn| sqlx::query_scalar(SQL).bind(vendor.0).fetch_optional(conn).await)?;
    Ok(found.map(ProgramId))
}

/// Everybody who takes part in one of the vendor's programs, by name.
pub(super) async fn partners(
    tx: &mut Tx,
    vendor: OrganizationId,
) -> Result<Vec<(OrganizationId, String)>, Problem> {
    const SQL: &str = "
        select distinct o.id, o.name from enrollment e join organization o on o.id = e.partner_id where e.vendor_id = $1";
    let found: Vec<(Uuid, String)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(vendor.0).fetch_all(conn).await)?;
    Ok(found.into_iter().map(|(id, name)| (OrganizationId(id), name)).collect())
}
