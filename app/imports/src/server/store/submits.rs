//! Registrations of a file that are still to be submitted.
use base::db::Tx;
use base::{DealId, ImportId, Problem};
use sqlx::types::Uuid;

use crate::rules::Correction;

pub(super) async fn keep(tx: &mut Tx, id: ImportId, submits: &[(u64, DealId)]) -> Result<(), Problem> {
    const SQL: &str = "insert into import_submit (import_id, line, deal_id) values ($1, $2, $3)";
    for (line, deal) in submits {
        base::execute!(tx, sqlx::query(SQL).bind(id.0).bind(*line as i64).bind(deal.0))?;
    }
    Ok(())
}

/// Lets go of what waits: it stays as drafts.
pub(super) async fn forget(tx: &mut Tx, id: ImportId) -> Result<(), Problem> {
    base::execute!(tx, sqlx::query("delete from import_submit where import_id = $1").bind(id.0))?;
    Ok(())
}

/// What waits to be submitted, in the order of the file: priority goes by it.
pub(in crate::server) async fn submits(tx: &mut Tx, id: ImportId) -> Result<Vec<(u64, DealId)>, Problem> {
    const SQL: &str = "select line, deal_id from import_submit where import_id = $1 order by line";
    let rows: Vec<(i64, Uuid)> = base::on!(tx, |conn| sqlx::query_as(SQL).bind(id.0).fetch_all(conn).await)?;
    Ok(rows.into_iter().map(|(line, deal)| (line as u64, DealId(deal))).collect())
}

/// Notes that a registration was submitted, or, with what was told, that it stays a draft.
pub(in crate::server) async fn submitted(
    tx: &mut Tx,
    id: ImportId,
    line: u64,
    told: &[Correction],
) -> Result<(), Problem> {
    const GONE: &str = "delete from import_submit where import_id = $1 and line = $2";
    const COUNT: &str = "update import set submitted = submitted + 1 where id = $1";
    let gone = base::execute!(tx, sqlx::query(GONE).bind(id.0).bind(line as i64))?;
    if gone == 1 && told.is_empty() {
        base::execute!(tx, sqlx::query(COUNT).bind(id.0))?;
    }
    let told: Vec<(u64, Correction)> = told.iter().map(|one| (line, one.clone())).collect();
    super::keep_remarks(tx, id, &told).await
}
