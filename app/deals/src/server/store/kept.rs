//! What is kept of a deal besides its present: earlier claims and notes. Its receipt is the log's.
use base::db::Tx;
use base::{DealId, Problem};

use crate::model::{Deal, Person};

/// Keeps the claim as it is now, under the deal's version.
pub(in crate::server) async fn keep_version(tx: &mut Tx, deal: &Deal, by: &Person) -> Result<(), Problem> {
    const SQL: &str = "
        insert into deal_version (deal_id, number, claim, at, by_id, by_name) values ($1, $2, $3, $4, $5, $6)
        on conflict (deal_id, number) do nothing";
    let claim = serde_json::to_string(&deal.claim()).map_err(Problem::internal)?;
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(deal.id.0)
            .bind(i64::from(deal.version))
            .bind(&claim)
            .bind(deal.updated_at.0)
            .bind(by.user.map(|user| user.0))
            .bind(&by.name)
    )?;
    Ok(())
}

/// Keeps a note apart from the event log, whose entries can never be erased.
pub(in crate::server) async fn keep_note(tx: &mut Tx, deal: &Deal, note: &str) -> Result<(), Problem> {
    const SQL: &str = "
        insert into deal_note (deal_id, version, note) values ($1, $2, $3) on conflict (deal_id, version) do nothing";
    if note.trim().is_empty() {
        return Ok(());
    }
    base::execute!(tx, sqlx::query(SQL).bind(deal.id.0).bind(i64::from(deal.version)).bind(note))?;
    Ok(())
}

/// The notes of a deal, by the version that they came with.
pub(in crate::server) async fn notes(tx: &mut Tx, deal: DealId) -> Result<Vec<(i64, String)>, Problem> {
    const SQL: &str = "select version, note from deal_note where deal_id = $1";
    Ok(base::on!(tx, |conn| sqlx::query_as(SQL).bind(deal.0).fetch_all(conn).await)?)
}
