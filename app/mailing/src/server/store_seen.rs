//! What readers and their mail servers did with messages, in the tables of steps and messages.
use base::db::Tx;
use base::{MessageId, Problem, RecipientId, Span, Timestamp, execute, on};
use sqlx::FromRow;
use sqlx::types::Uuid;

use super::store::{self, Kept};
use crate::model::{StepId, Variant};
use crate::rules::TOO_SOON;

/// A message with its step.
pub(super) struct Known {
    pub(super) step: Kept,
    pub(super) recipient: RecipientId,
    pub(super) address: String,
    pub(super) hash: String,
    pub(super) state: String,
    pub(super) variant: Variant,
}

#[derive(FromRow)]
struct Row {
    step_id: Uuid,
    recipient_id: Uuid,
    address: String,
    address_hash: String,
    state: String,
    variant: String,
}

pub(super) async fn find(tx: &mut Tx, id: MessageId) -> Result<Option<Known>, Problem> {
    const SQL: &str = "
        select step_id, recipient_id, address, address_hash, state, variant from mailing_message where id = $1";
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(SQL).bind(id.0).fetch_optional(conn).await)?;
    let Some(row) = row else { return Ok(None) };
    let Some(step) = store::find(tx, StepId(row.step_id)).await? else { return Ok(None) };
    Ok(Some(Known {
        step,
        recipient: RecipientId(row.recipient_id),
        address: row.address,
        hash: row.address_hash,
        state: row.state,
        variant: Variant::parse(&row.variant).unwrap_or(Variant::A),
    }))
}

/// Writes a click down. One so soon after sending that only a machine can have made it is none.
pub(super) async fn clicked(tx: &mut Tx, id: MessageId, at: Timestamp) -> Result<(), Problem> {
    const SQL: &str = "
        update mailing_message set clicks = clicks + 1, clicked_at = coalesce(clicked_at, $2)
        where id = $1 and (sent_at is null or sent_at + $3 <= $2)
        returning step_id, variant, clicks";
    const COUNT: &str =
        "update mailing_step set clicked = clicked + 1, clicked_b = clicked_b + $2 where id = $1";
    let Span(soon) = TOO_SOON;
    let row: Option<(Uuid, String, i64)> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(id.0).bind(at.0).bind(soon).fetch_optional(conn).await)?;
    if let Some((step, variant, 1)) = row {
        execute!(tx, sqlx::query(COUNT).bind(step).bind(is_b(&variant)))?;
    }
    Ok(())
}

/// Writes an opening down: the first one, and the first that a person made.
pub(super) async fn opened(tx: &mut Tx, id: MessageId, by_proxy: bool, at: Timestamp) -> Result<(), Problem> {
    const FIRST: &str = "
        update mailing_message set opened_at = $2, opened_by = $3 where id = $1 and opened_at is null
        returning step_id, variant";
    const BETTER: &str = "
        update mailing_message set opened_at = $2, opened_by = 'person' where id = $1 and opened_by = 'proxy'
        returning step_id, variant";
    const COUNT: &str = "
        update mailing_step
        set opened = opened + $2, opened_b = opened_b + $3, opened_by_proxy = opened_by_proxy + $4
        where id = $1";
    let by = if by_proxy { "proxy" } else { "person" };
    let first: Option<(Uuid, String)> =
        on!(tx, |conn| sqlx::query_as(FIRST).bind(id.0).bind(at.0).bind(by).fetch_optional(conn).await)?;
    let (row, proxied) = match first {
        Some(row) => (Some(row), i64::from(by_proxy)),
        None if by_proxy => return Ok(()),
        None => {
            let better: Option<(Uuid, String)> =
                on!(tx, |conn| sqlx::query_as(BETTER).bind(id.0).bind(at.0).fetch_optional(conn).await)?;
            (better, -1)
        }
    };
    let Some((step, variant)) = row else { return Ok(()) };
    let opened = i64::from(!by_proxy);
    let b = if by_proxy { 0 } else { is_b(&variant) };
    execute!(tx, sqlx::query(COUNT).bind(step).bind(opened).bind(b).bind(proxied))?;
    Ok(())
}

/// Writes down that the reader wants no more; counted once.
pub(super) async fn unsubscribed(
    tx: &mut Tx,
    id: MessageId,
    known: &Known,
    at: Timestamp,
) -> Result<(), Problem> {
    const SQL: &str =
        "update mailing_message set unsubscribed_at = $2 where id = $1 and unsubscribed_at is null";
    const COUNT: &str = "
        update mailing_step set unsubscribed = unsubscribed + 1, unsubscribed_b = unsubscribed_b + $2 where id = $1";
    if execute!(tx, sqlx::query(SQL).bind(id.0).bind(at.0))? > 0 {
        let b = i64::from(known.variant == Variant::B);
        execute!(tx, sqlx::query(COUNT).bind(known.step.id.0).bind(b))?;
    }
    Ok(())
}

/// Takes that back.
pub(super) async fn resubscribed(tx: &mut Tx, id: MessageId, known: &Known) -> Result<(), Problem> {
    const SQL: &str =
        "update mailing_message set unsubscribed_at = null where id = $1 and unsubscribed_at is not null";
    const COUNT: &str = "
        update mailing_step set unsubscribed = unsubscribed - 1, unsubscribed_b = unsubscribed_b - $2 where id = $1";
    if execute!(tx, sqlx::query(SQL).bind(id.0))? > 0 {
        let b = i64::from(known.variant == Variant::B);
        execute!(tx, sqlx::query(COUNT).bind(known.step.id.0).bind(b))?;
    }
    Ok(())
}

/// Writes down that a message came back, or that its reader complained; false when that is known.
pub(super) async fn returned(
    tx: &mut Tx,
    id: MessageId,
    step: StepId,
    (is_complaint, reply): (bool, &str),
    at: Timestamp,
) -> Result<bool, Problem> {
    const BOUNCED: &str = "
        update mailing_message set state = 'bounced', reply = $2, ended_at = $3, due_at = null, claimed_by = null
        where id = $1 and state in ('sent', 'claimed', 'queued')";
    const COMPLAINED: &str = "
        update mailing_message set state = 'complained', reply = $2, ended_at = $3, due_at = null, claimed_by = null
        where id = $1 and state in ('sent', 'claimed', 'queued')";
    // One that came back before it was written down as sent is counted as that, too.
    const COUNT: &str = "
        update mailing_step
        set bounced = bounced + $2, complained = complained + $3, sent = sent + $4, sent_b = sent_b + $5
        where id = $1";
    const STATE: &str = "select state, variant from mailing_message where id = $1";
    let before: Option<(String, String)> =
        on!(tx, |conn| sqlx::query_as(STATE).bind(id.0).fetch_optional(conn).await)?;
    let Some((state, variant)) = before else { return Ok(false) };
    let sql = if is_complaint { COMPLAINED } else { BOUNCED };
    if execute!(tx, sqlx::query(sql).bind(id.0).bind(reply).bind(at.0))? == 0 {
        return Ok(false);
    }
    let early = i64::from(state != "sent");
    let (bounced, complained) = (i64::from(!is_complaint), i64::from(is_complaint));
    let early_b = if early == 1 { is_b(&variant) } else { 0 };
    execute!(tx, sqlx::query(COUNT).bind(step.0).bind(bounced).bind(complained).bind(early).bind(early_b))?;
    Ok(true)
}

fn is_b(variant: &str) -> i64 {
    i64::from(variant == Variant::B.as_str())
}
