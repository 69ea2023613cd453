//! A story of the past, told for demonstrations: mails are written down as sent long ago, and some as read. Nothing is sent.
use base::db::Tx;
use base::{CampaignId, Problem, Timestamp, execute, on};
use sqlx::types::Uuid;

/// Writes all mails of a campaign that wait down as sent at a time, every third as opened and every seventh as clicked.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn tell_as_sent(tx: &mut Tx, campaign: CampaignId, at: Timestamp) -> Result<u64, Problem> {
    const FIND: &str = "
        select m.id, m.step_id from mailing_step s join mailing_message m on m.step_id = s.id
        where s.campaign_id = $1 and m.state = 'queued' order by m.id";
    const SENT: &str = "
        update mailing_message
        set state = 'sent', due_at = null, sent_at = $2, ended_at = $2, opened_at = $3, opened_by = $4, clicked_at = $5,
            clicks = $6
        where id = $1";
    const COUNT: &str = "
        update mailing_step set sent = sent + 1, opened = opened + $2, clicked = clicked + $3 where id = $1";
    const DONE: &str = "update mailing_step set state = 'done', ended_at = $2 where campaign_id = $1";
    let rows: Vec<(Uuid, Uuid)> =
        on!(tx, |conn| sqlx::query_as(FIND).bind(campaign.0).fetch_all(conn).await)?;
    for (place, (id, step)) in rows.iter().enumerate() {
        let (opened, clicked) = (place % 3 == 0, place % 7 == 0);
        let later = (opened || clicked).then_some(at.0 + 3_600_000);
        execute!(
            tx,
            sqlx::query(SENT)
                .bind(*id)
                .bind(at.0)
                .bind(later)
                .bind(later.map(|_| "person"))
                .bind(later.filter(|_| clicked))
                .bind(i64::from(clicked))
        )?;
        let query = (i64::from(opened || clicked), i64::from(clicked));
        execute!(tx, sqlx::query(COUNT).bind(*step).bind(query.0).bind(query.1))?;
    }
    execute!(tx, sqlx::query(DONE).bind(campaign.0).bind(at.0))?;
    Ok(rows.len() as u64)
}
