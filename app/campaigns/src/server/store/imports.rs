//! Files of people that were brought in.
use base::db::Tx;
use base::{AudienceId, Page, Problem, Timestamp, execute, on, page_rows};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use super::{json, of_json, unknown_cursor};
use crate::model::{AudienceImport, BadRow, RowFault};
use crate::verbs::ListAudienceImports;

/// Rows that are shown with an import.
pub(in crate::server) const SHOWN: usize = 50;

/// A row that was not taken, with everything that was in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::server) struct Rejected {
    pub(in crate::server) line: u64,
    pub(in crate::server) email: String,
    pub(in crate::server) fault: RowFault,
    pub(in crate::server) cells: Vec<String>,
}

/// The rows that are shown of those that were not taken.
pub(in crate::server) fn shown(rejected: &[Rejected]) -> Vec<BadRow> {
    let row = |one: &Rejected| BadRow { line: one.line, email: one.email.clone(), fault: one.fault };
    rejected.iter().take(SHOWN).map(row).collect()
}

#[derive(FromRow)]
struct Row {
    number: i64,
    file_name: String,
    headings: String,
    mapping: String,
    row_count: i64,
    added: i64,
    known: i64,
    rejected: i64,
    faults: String,
    consent: Option<String>,
    at: i64,
    by_name: String,
}

impl TryFrom<Row> for AudienceImport {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        Ok(Self {
            number: row.number as u32,
            file_name: row.file_name,
            headings: of_json(&row.headings)?,
            mapping: of_json(&row.mapping)?,
            rows: row.row_count as u64,
            added: row.added as u64,
            known: row.known as u64,
            rejected: row.rejected as u64,
            bad: Vec::new(),
            faults: of_json(&row.faults)?,
            at: Timestamp(row.at),
            by_name: row.by_name,
            consent: row.consent.as_deref().map(of_json).transpose()?,
        })
    }
}

/// Keeps what became of a file; gives its number.
pub(in crate::server) async fn keep_import(
    tx: &mut Tx,
    audience: AudienceId,
    import: &AudienceImport,
    rejected: &[Rejected],
) -> Result<u32, Problem> {
    const NUMBER: &str =
        "update audience set last_import = last_import + 1 where id = $1 returning last_import";
    const SQL: &str = "
        insert into audience_import (audience_id, number, file_name, headings, mapping, row_count, added, known, rejected,
                                     faults, consent, rejected_rows, at, by_name)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    let number: i64 = on!(tx, |conn| sqlx::query_scalar(NUMBER).bind(audience.0).fetch_one(conn).await)?;
    let consent = import.consent.as_ref().map(json).transpose()?;
    let (headings, mapping) = (json(&import.headings)?, json(&import.mapping)?);
    let (faults, rows) = (json(&import.faults)?, serde_json::to_string(rejected).map_err(Problem::internal)?);
    execute!(
        tx,
        sqlx::query(SQL)
            .bind(audience.0)
            .bind(number)
            .bind(&import.file_name)
            .bind(&headings)
            .bind(&mapping)
            .bind(import.rows as i64)
            .bind(import.added as i64)
            .bind(import.known as i64)
            .bind(import.rejected as i64)
            .bind(&faults)
            .bind(consent.as_deref())
            .bind(&rows)
            .bind(import.at.0)
            .bind(&import.by_name)
    )?;
    Ok(number as u32)
}

/// The files that people of an audience came from, newest first.
pub(in crate::server) async fn imports(
    tx: &mut Tx,
    ask: &ListAudienceImports,
) -> Result<Page<AudienceImport>, Problem> {
    const COUNT: &str = "select count(*) from audience_import where audience_id = $1";
    const SQL: &str = "
        select number, file_name, headings, mapping, row_count, added, known, rejected, faults, consent, at, by_name
        from audience_import where audience_id = $1 and number < $2 order by number desc limit $3";
    let before = match &ask.cursor {
        Some(cursor) => i64::from(cursor.parse::<u32>().map_err(|_| unknown_cursor())?),
        None => i64::MAX,
    };
    let limit = page_rows(ask.limit);
    let total: i64 = on!(tx, |conn| sqlx::query_scalar(COUNT).bind(ask.id.0).fetch_one(conn).await)?;
    let rows: Vec<Row> = on!(tx, |conn| {
        sqlx::query_as(SQL).bind(ask.id.0).bind(before).bind(i64::from(limit) + 1).fetch_all(conn).await
    })?;
    let items = rows.into_iter().map(AudienceImport::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(items, limit, total as u64, |last: &AudienceImport| last.number.to_string()))
}

/// A file's name and headings, with the rows that were not taken.
pub(in crate::server) async fn rejected(
    tx: &mut Tx,
    audience: AudienceId,
    number: u32,
) -> Result<Option<(String, Vec<String>, Vec<Rejected>)>, Problem> {
    const SQL: &str = "select file_name, headings, rejected_rows from audience_import where audience_id = $1 and number = $2";
    let row: Option<(String, String, String)> = on!(tx, |conn| {
        sqlx::query_as(SQL).bind(audience.0).bind(i64::from(number)).fetch_optional(conn).await
    })?;
    let Some((name, headings, rows)) = row else { return Ok(None) };
    Ok(Some((name, of_json(&headings)?, of_json(&rows)?)))
}

/// Takes a person out of the rows of files that were not taken: they name people, too.
pub(in crate::server) async fn forget_in_imports(
    tx: &mut Tx,
    partner: base::OrganizationId,
    email: &str,
) -> Result<(), Problem> {
    const SQL: &str = "
        select i.audience_id, i.number, i.rejected_rows from audience_import i join audience a on a.id = i.audience_id
        where a.partner_id = $1 and i.rejected > 0";
    const UPDATE: &str =
        "update audience_import set rejected_rows = $3 where audience_id = $1 and number = $2";
    let key = crate::rules::rows::key(email);
    let rows: Vec<(sqlx::types::Uuid, i64, String)> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(partner.0).fetch_all(conn).await)?;
    for (audience, number, text) in rows {
        let all: Vec<Rejected> = of_json(&text)?;
        let names = |one: &Rejected| {
            crate::rules::rows::key(&one.email) == key
                || one.cells.iter().any(|cell| crate::rules::rows::key(cell) == key)
        };
        if all.iter().any(names) {
            let left: Vec<Rejected> = all.into_iter().filter(|one| !names(one)).collect();
            let text = serde_json::to_string(&left).map_err(Problem::internal)?;
            execute!(tx, sqlx::query(UPDATE).bind(audience).bind(number).bind(&text))?;
        }
    }
    Ok(())
}
