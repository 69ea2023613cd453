//! What was shown and written after the registration: evidence, messages, and the claims that were kept.
use base::db::Tx;
use base::{DealId, EventId, Problem, Timestamp, UserId};
use sqlx::FromRow;
use sqlx::types::Uuid;

use crate::model::{Claim, Deal, EVIDENCE_KINDS, Evidence, Person};

/// Keeps pieces of evidence that came with a change of a deal, apart from the event log, whose entries can never be
/// erased.
pub(in crate::server) async fn keep_evidence(
    tx: &mut Tx,
    deal: &Deal,
    pieces: &[Evidence],
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into deal_evidence (deal_id, version, place, kind, on_day, note) values ($1, $2, $3, $4, $5, $6)";
    for (place, piece) in pieces.iter().filter(|piece| piece.says_something()).enumerate() {
        let day = piece.on.map(|on| on.to_string());
        base::execute!(
            tx,
            sqlx::query(SQL)
                .bind(deal.id.0)
                .bind(i64::from(deal.version))
                .bind(place as i64)
                .bind(piece.kind.as_str())
                .bind(&day)
                .bind(&piece.note)
        )?;
    }
    Ok(())
}

/// The evidence that came with changes of a deal, by the version it came with.
pub(in crate::server) async fn evidence(tx: &mut Tx, deal: DealId) -> Result<Vec<(i64, Evidence)>, Problem> {
    const SQL: &str =
        "select version, kind, on_day, note from deal_evidence where deal_id = $1 order by version, place";
    let rows: Vec<(i64, String, Option<String>, String)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(deal.0).fetch_all(conn).await)?;
    let piece = |(version, kind, day, note): (i64, String, Option<String>, String)| {
        let kind = EVIDENCE_KINDS.into_iter().find(|one| one.as_str() == kind).unwrap_or_default();
        (version, Evidence { kind, on: day.and_then(|day| day.parse().ok()), note })
    };
    Ok(rows.into_iter().map(piece).collect())
}

/// Keeps the text of a message under the event that tells of it.
pub(in crate::server) async fn keep_message(
    tx: &mut Tx,
    deal: DealId,
    event: EventId,
    text: &str,
) -> Result<(), Problem> {
    const SQL: &str = "insert into deal_message (event_id, deal_id, text) values ($1, $2, $3)";
    base::execute!(tx, sqlx::query(SQL).bind(event.0).bind(deal.0).bind(text))?;
    Ok(())
}

/// The texts of messages, by their events.
pub(in crate::server) async fn messages(
    tx: &mut Tx,
    deal: DealId,
) -> Result<Vec<(EventId, String)>, Problem> {
    const SQL: &str = "select event_id, text from deal_message where deal_id = $1";
    let rows: Vec<(Uuid, String)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(deal.0).fetch_all(conn).await)?;
    Ok(rows.into_iter().map(|(event, text)| (EventId(event), text)).collect())
}

/// A claim as it was kept.
pub(in crate::server) struct Kept {
    pub(in crate::server) number: u32,
    pub(in crate::server) at: Timestamp,
    pub(in crate::server) by: Person,
    pub(in crate::server) claim: Claim,
}

#[derive(FromRow)]
struct KeptRow {
    number: i64,
    claim: String,
    at: i64,
    by_id: Option<Uuid>,
    by_name: String,
}

/// Every claim that a deal made, oldest first.
pub(in crate::server) async fn versions(tx: &mut Tx, deal: DealId) -> Result<Vec<Kept>, Problem> {
    const SQL: &str =
        "select number, claim, at, by_id, by_name from deal_version where deal_id = $1 order by number";
    let rows: Vec<KeptRow> = base::on!(tx, |conn| sqlx::query_as(SQL).bind(deal.0).fetch_all(conn).await)?;
    let kept = |row: KeptRow| {
        Ok(Kept {
            number: row.number as u32,
            at: Timestamp(row.at),
            by: Person { name: row.by_name, user: row.by_id.map(UserId) },
            claim: serde_json::from_str(&row.claim).map_err(Problem::internal)?,
        })
    };
    rows.into_iter().map(kept).collect()
}
