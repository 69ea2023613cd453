//! What the tables of mails hold of one person.
use base::db::Tx;
use base::{CampaignId, OrganizationId, Problem, Timestamp, execute, on};
use sqlx::FromRow;
use sqlx::types::Uuid;

use super::person::MessageRecord;

#[derive(FromRow)]
struct Row {
    campaign_id: Uuid,
    step: i64,
    state: String,
    sent_at: Option<i64>,
    opened_at: Option<i64>,
    clicked_at: Option<i64>,
    unsubscribed_at: Option<i64>,
}

pub(super) async fn messages(
    tx: &mut Tx,
    partner: OrganizationId,
    hash: &str,
) -> Result<Vec<MessageRecord>, Problem> {
    const SQL: &str = "
        select s.campaign_id, s.step, m.state, m.sent_at, m.opened_at, m.clicked_at, m.unsubscribed_at
        from mailing_step s join mailing_message m on m.step_id = s.id
        where s.partner_id = $1 and m.address_hash = $2 order by m.id desc";
    let rows: Vec<Row> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(partner.0).bind(hash).fetch_all(conn).await)?;
    let record = |row: Row| MessageRecord {
        campaign: CampaignId(row.campaign_id),
        step: row.step as u16,
        state: row.state,
        sent_at: row.sent_at.map(Timestamp),
        opened_at: row.opened_at.map(Timestamp),
        clicked_at: row.clicked_at.map(Timestamp),
        unsubscribed_at: row.unsubscribed_at.map(Timestamp),
    };
    Ok(rows.into_iter().map(record).collect())
}

pub(super) async fn forget(tx: &mut Tx, partner: OrganizationId, hash: &str) -> Result<u64, Problem> {
    const FIND: &str = "
        select m.id, m.step_id, m.state from mailing_step s join mailing_message m on m.step_id = s.id
        where s.partner_id = $1 and m.address_hash = $2";
    // One that is in flight at this moment ends by itself; its row names nobody from now on.
    const FORGET: &str = "
        update mailing_message
        set address = '', address_hash = $2, domain = '', data = '{}', time_zone = null, reply = null,
            due_at = case when state = 'queued' then null else due_at end,
            state = case when state = 'queued' then 'suppressed' else state end
        where id = $1";
    const COUNT: &str = "update mailing_step set suppressed = suppressed + 1 where id = $1";
    const SUPPRESSION: &str =
        "update suppression set address = '' where partner_id = $1 and address_hash = $2";
    let rows: Vec<(Uuid, Uuid, String)> =
        on!(tx, |conn| sqlx::query_as(FIND).bind(partner.0).bind(hash).fetch_all(conn).await)?;
    for (id, step, state) in &rows {
        execute!(tx, sqlx::query(FORGET).bind(*id).bind(format!("forgotten {id}")))?;
        if state == "queued" {
            execute!(tx, sqlx::query(COUNT).bind(*step))?;
        }
    }
    execute!(tx, sqlx::query(SUPPRESSION).bind(partner.0).bind(hash))?;
    Ok(rows.len() as u64)
}
