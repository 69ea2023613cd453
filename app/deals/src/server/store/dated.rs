//! What falls due when: for calendars.
use base::db::{Bind, Tx};
use base::{DealId, Problem, Scope, Timestamp};
use programs::Calendar;
use sqlx::FromRow;
use sqlx::types::Uuid;

use super::filter::{Filter, bound};
use crate::server::dated::{DateKind, Dated};

/// The most entries of a kind.
const MOST: u32 = 1_000;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    number: String,
    customer_name: String,
    partner_name: String,
    status: String,
    at: i64,
    time_zone: String,
    extensions: i64,
    updated_at: i64,
    version: i64,
}

/// What falls due in `[from, until)` of the deals that a scope sees, the first first.
pub(in crate::server) async fn dated(
    tx: &mut Tx,
    scope: Scope,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<Dated>, Problem> {
    let mut all = Vec::new();
    for (column, condition) in [
        (
            "answer_due",
            "d.needs_vendor = 1 and d.answer_due is not null and d.status in ('in_review', 'conflict', 'disputed')",
        ),
        ("expires_at", "d.expires_at is not null and d.status in ('approved', 'converted', 'returned')"),
    ] {
        let mut filter = Filter::of(scope);
        filter.and(condition);
        filter.and_with(&format!("d.{column} >= ?"), Bind::Number(from.0));
        filter.and_with(&format!("d.{column} < ?"), Bind::Number(until.0));
        let sql = format!(
            "select d.id, d.number, d.customer_name, o.name as partner_name, d.status, d.{column} as at, g.time_zone,
                    d.extensions, d.updated_at, d.version
             from deal d join program g on g.id = d.program_id join organization o on o.id = d.partner_id
             where {} order by d.{column}, d.id limit {MOST}",
            filter.sql
        );
        let rows: Vec<Row> = base::on!(tx, |conn| {
            bound!(sqlx::query_as(sqlx::AssertSqlSafe(sql)), &filter.binds).fetch_all(conn).await
        })?;
        all.extend(rows.into_iter().map(|row| of(row, column == "answer_due")));
    }
    all.sort_by_key(|one| (one.at, one.id));
    Ok(all)
}

fn of(row: Row, is_answer: bool) -> Dated {
    let at = Timestamp(row.at);
    let calendar = Calendar { time_zone: row.time_zone, ..Calendar::default() };
    Dated {
        id: DealId(row.id),
        number: row.number,
        customer_name: row.customer_name,
        partner_name: row.partner_name,
        kind: match (is_answer, row.status.as_str()) {
            (true, _) => DateKind::AnswerDue,
            (false, "returned") => DateKind::GraceEnds,
            (false, _) => DateKind::ProtectionEnds,
        },
        at,
        day: calendar.day_of(at),
        extensions: row.extensions as u32,
        updated_at: Timestamp(row.updated_at),
        version: row.version as u32,
    }
}
