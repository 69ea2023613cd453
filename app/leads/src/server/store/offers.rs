//! Offers of a lead, how they were found, and what people wrote.
use base::db::Tx;
use base::{EventId, LeadId, OrganizationId, Problem, Timestamp};
use sqlx::types::Uuid;

use crate::model::{Draw, Exclusion, Lead};
use crate::rules::Outcome;

/// The number of the latest offer of a lead, its round, and 0 before there was one.
async fn latest(tx: &mut Tx, lead: LeadId) -> Result<(i64, i64), Problem> {
    const SQL: &str = "select number, round from lead_offer where lead_id = $1 order by number desc limit 1";
    let row: Option<(i64, i64)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(lead.0).fetch_optional(conn).await)?;
    Ok(row.unwrap_or_default())
}

/// Begins an offer.
pub(in crate::server) async fn open_offer(
    tx: &mut Tx,
    lead: &Lead,
    partner: OrganizationId,
    (now, answer_by): (Timestamp, Timestamp),
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into lead_offer (lead_id, number, program_id, partner_id, round, outcome, offered_at, answer_by)
        values ($1, $2, $3, $4, $5, 'open', $6, $7)";
    let (number, round) = latest(tx, lead.id).await?;
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(lead.id.0)
            .bind(number + 1)
            .bind(lead.program.0)
            .bind(partner.0)
            .bind(round.max(1))
            .bind(now.0)
            .bind(answer_by.0)
    )?;
    Ok(())
}

/// Says how the latest offer stands.
pub(in crate::server) async fn close_offer(
    tx: &mut Tx,
    lead: LeadId,
    outcome: Outcome,
    now: Timestamp,
) -> Result<(), Problem> {
    const SQL: &str = "
        update lead_offer set outcome = $2, answered_at = $3
        where lead_id = $1 and number = (select max(number) from lead_offer where lead_id = $1)";
    let at = (outcome != Outcome::Open).then_some(now.0);
    base::execute!(tx, sqlx::query(SQL).bind(lead.0).bind(outcome.as_str()).bind(at))?;
    Ok(())
}

/// Lets those be asked again who were asked before, unless what they answered stands against it.
pub(in crate::server) async fn new_round(tx: &mut Tx, lead: LeadId) -> Result<(), Problem> {
    // Earlier offers move into rounds below 1, which no later offer is made in.
    const SQL: &str = "update lead_offer set round = 0 where lead_id = $1";
    base::execute!(tx, sqlx::query(SQL).bind(lead.0))?;
    Ok(())
}

/// Partners that cannot be offered a lead again, and why; `final_time_out`: who let it time out is never offered it again.
pub(in crate::server) async fn barred(
    tx: &mut Tx,
    lead: LeadId,
    final_time_out: bool,
) -> Result<Vec<(OrganizationId, Exclusion)>, Problem> {
    const SQL: &str = "select partner_id, outcome, round from lead_offer where lead_id = $1 order by number";
    let rows: Vec<(Uuid, String, i64)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(lead.0).fetch_all(conn).await)?;
    let why = |(partner, outcome, round): (Uuid, String, i64)| {
        let why = match Outcome::parse(&outcome) {
            Some(Outcome::Declined) => Exclusion::Declined,
            Some(Outcome::TimedOut) if final_time_out => Exclusion::TimedOut,
            _ if round > 0 => Exclusion::Offered,
            _ => return None,
        };
        Some((OrganizationId(partner), why))
    };
    let mut all: Vec<_> = rows.into_iter().filter_map(why).collect();
    // The strongest reason of a partner counts.
    all.sort_unstable();
    all.dedup_by_key(|(partner, _)| *partner);
    Ok(all)
}

/// Keeps how a lead came to a partner, or to nobody; gives its number.
pub(in crate::server) async fn keep_draw(tx: &mut Tx, lead: LeadId, mut draw: Draw) -> Result<(), Problem> {
    const NEXT: &str = "select coalesce(max(number), 0) + 1 from lead_draw where lead_id = $1";
    const SQL: &str = "insert into lead_draw (lead_id, number, partner_id, draw) values ($1, $2, $3, $4)";
    let number: i64 = base::on!(tx, |conn| sqlx::query_scalar(NEXT).bind(lead.0).fetch_one(conn).await)?;
    draw.number = number as u32;
    let text = serde_json::to_string(&draw).map_err(Problem::internal)?;
    let partner = draw.partner.map(|id| id.0);
    base::execute!(tx, sqlx::query(SQL).bind(lead.0).bind(number).bind(partner).bind(&text))?;
    Ok(())
}

/// How a lead came to partners, latest first.
pub(in crate::server) async fn draws(tx: &mut Tx, lead: LeadId) -> Result<Vec<Draw>, Problem> {
    const SQL: &str = "select draw from lead_draw where lead_id = $1 order by number desc limit 200";
    let rows: Vec<String> = base::on!(tx, |conn| sqlx::query_scalar(SQL).bind(lead.0).fetch_all(conn).await)?;
    rows.iter().map(|text| serde_json::from_str(text).map_err(Problem::internal)).collect()
}

/// Keeps a text under the event that tells of it.
pub(in crate::server) async fn keep_note(
    tx: &mut Tx,
    lead: LeadId,
    event: EventId,
    text: &str,
) -> Result<(), Problem> {
    const SQL: &str = "insert into lead_note (event_id, lead_id, text) values ($1, $2, $3)";
    base::execute!(tx, sqlx::query(SQL).bind(event.0).bind(lead.0).bind(text))?;
    Ok(())
}

/// What people wrote, by the events that tell of it.
pub(in crate::server) async fn notes(tx: &mut Tx, lead: LeadId) -> Result<Vec<(EventId, String)>, Problem> {
    const SQL: &str = "select event_id, text from lead_note where lead_id = $1";
    let rows: Vec<(Uuid, String)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(lead.0).fetch_all(conn).await)?;
    Ok(rows.into_iter().map(|(event, text)| (EventId(event), text)).collect())
}
