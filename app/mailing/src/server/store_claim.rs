//! Taking messages to be sent, and writing down what became of them.
use base::db::{Bind, Tx};
use base::{MessageId, OrganizationId, Problem, RecipientId, Timestamp, bound, dialect, execute, on};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use crate::model::{StepId, Tally, Variant};

/// A message that was taken.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(super) struct Claimed {
    pub(super) id: MessageId,
    pub(super) step: StepId,
    pub(super) recipient: RecipientId,
    pub(super) address: String,
    pub(super) hash: String,
    pub(super) domain: String,
    pub(super) time_zone: Option<String>,
    pub(super) data: String,
    pub(super) variant: Variant,
    pub(super) attempts: i64,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    step_id: Uuid,
    recipient_id: Uuid,
    address: String,
    address_hash: String,
    domain: String,
    time_zone: Option<String>,
    data: String,
    variant: String,
    attempts: i64,
    retaken: i64,
}

/// Everything that was taken and not written down can be taken again at once: for a store that only one process has.
pub(super) async fn take_over(tx: &mut Tx, now: Timestamp) -> Result<(), Problem> {
    const SQL: &str = "update mailing_message set due_at = $1 where due_at is not null and due_at > $1 and state = 'claimed'";
    execute!(tx, sqlx::query(SQL).bind(now.0))?;
    Ok(())
}

/// Holds on to what was taken.
pub(super) async fn renew(tx: &mut Tx, by: Uuid, ids: &[MessageId], until: Timestamp) -> Result<(), Problem> {
    if ids.is_empty() {
        return Ok(());
    }
    let places: Vec<String> = (3..=ids.len() + 2).map(|place| format!("${place}")).collect();
    let sql = format!(
        "update mailing_message set due_at = $1 where claimed_by = $2 and state = 'claimed' and id in ({})",
        places.join(", ")
    );
    let mut binds = vec![Bind::Number(until.0), Bind::Id(by)];
    binds.extend(ids.iter().map(|id| Bind::Id(id.0)));
    on!(tx, |conn| bound!(sqlx::query(AssertSqlSafe(sql)), &binds).execute(conn).await.map(drop))?;
    Ok(())
}

/// Whether anything is due.
pub(super) async fn is_due(tx: &mut Tx, now: Timestamp) -> Result<bool, Problem> {
    Ok(next_step(tx, now).await?.is_some())
}

/// The running step with something due that has waited longest.
async fn next_step(tx: &mut Tx, now: Timestamp) -> Result<Option<Uuid>, Problem> {
    const SQL: &str = "
        select s.id from mailing_step s
        where s.state = 'running'
          and exists (select 1 from mailing_message m where m.step_id = s.id and m.due_at <= $1)
        order by s.served_at limit 1";
    Ok(on!(tx, |conn| sqlx::query_scalar(SQL).bind(now.0).fetch_optional(conn).await)?)
}

/// Takes what is due of one step, at most so many, until the lease ends. One whose lease has ended unwritten may have gone
/// out already: it is counted as repeated.
pub(super) async fn claim(
    tx: &mut Tx,
    by: Uuid,
    (now, until): (Timestamp, Timestamp),
    most: usize,
) -> Result<Vec<Claimed>, Problem> {
    const SQLITE: &str = "
        update mailing_message
        set state = 'claimed', due_at = $3, claimed_by = $4, attempts = attempts + 1,
            retaken = case when state = 'claimed' then 1 else 0 end,
            repeated = case when state = 'claimed' then repeated + 1 else repeated end
        where id in (select id from mailing_message where step_id = $1 and due_at <= $2 order by due_at limit $5)
        returning id, step_id, recipient_id, address, address_hash, domain, time_zone, data, variant, attempts, retaken";
    const POSTGRES: &str = "
        update mailing_message
        set state = 'claimed', due_at = $3, claimed_by = $4, attempts = attempts + 1,
            retaken = case when state = 'claimed' then 1 else 0 end,
            repeated = case when state = 'claimed' then repeated + 1 else repeated end
        where id in (select id from mailing_message where step_id = $1 and due_at <= $2 order by due_at limit $5
                     for update skip locked)
        returning id, step_id, recipient_id, address, address_hash, domain, time_zone, data, variant, attempts, retaken";
    const SERVED: &str = "update mailing_step set served_at = $2, repeated = repeated + $3 where id = $1";
    let Some(step) = next_step(tx, now).await? else { return Ok(Vec::new()) };
    let sql = dialect!(tx, sqlite: SQLITE, postgres: POSTGRES);
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(sql)
        .bind(step)
        .bind(now.0)
        .bind(until.0)
        .bind(by)
        .bind(most as i64)
        .fetch_all(conn)
        .await)?;
    let retaken: i64 = rows.iter().map(|row| row.retaken).sum();
    execute!(tx, sqlx::query(SERVED).bind(step).bind(now.0).bind(retaken))?;
    let claimed = |row: Row| {
        Ok(Claimed {
            id: MessageId(row.id),
            step: StepId(row.step_id),
            recipient: RecipientId(row.recipient_id),
            address: row.address,
            hash: row.address_hash,
            domain: row.domain,
            time_zone: row.time_zone,
            data: row.data,
            variant: Variant::parse(&row.variant)
                .ok_or_else(|| Problem::internal("a message of no variant"))?,
            attempts: row.attempts,
        })
    };
    rows.into_iter().map(claimed).collect()
}

/// What became of a message that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Became {
    Sent,
    /// Will never be sent, for this reason; and whether the mailbox does not exist.
    Failed {
        words: String,
        is_dead: bool,
    },
    Suppressed,
    /// Was not taken: again then, for this reason.
    Later(Timestamp, String),
    /// Was not tried: again then.
    Waits(Timestamp),
    /// The line broke after the message was handed over and before the answer: again then, perhaps for the second time.
    Unsure(Timestamp, String),
}

/// Counts of one step to be written together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Moved {
    pub(super) sent: i64,
    pub(super) sent_b: i64,
    pub(super) failed: i64,
    pub(super) suppressed: i64,
    pub(super) repeated: i64,
}

/// Marks messages as sent; with the step and the variant of each that was not over yet.
pub(super) async fn sent(
    tx: &mut Tx,
    ids: &[MessageId],
    now: Timestamp,
) -> Result<Vec<(StepId, Variant)>, Problem> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (2..=ids.len() + 1).map(|place| format!("${place}")).collect();
    let sql = format!(
        "update mailing_message set state = 'sent', sent_at = $1, ended_at = $1, due_at = null, claimed_by = null \
         where id in ({}) and due_at is not null returning step_id, variant",
        places.join(", ")
    );
    let mut binds = vec![Bind::Number(now.0)];
    binds.extend(ids.iter().map(|id| Bind::Id(id.0)));
    let rows: Vec<(Uuid, String)> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?;
    let read =
        |(step, variant): (Uuid, String)| (StepId(step), Variant::parse(&variant).unwrap_or(Variant::A));
    Ok(rows.into_iter().map(read).collect())
}

/// Marks a message as over without being sent; false when it was.
pub(super) async fn over(
    tx: &mut Tx,
    id: MessageId,
    state: &'static str,
    reply: &str,
    now: Timestamp,
) -> Result<bool, Problem> {
    const SQL: &str = "
        update mailing_message set state = $2, reply = nullif($3, ''), ended_at = $4, due_at = null, claimed_by = null
        where id = $1 and due_at is not null";
    Ok(execute!(tx, sqlx::query(SQL).bind(id.0).bind(state).bind(reply).bind(now.0))? > 0)
}

/// Gives a message back, to be taken from then on. One that was not tried has its try back, too.
pub(super) async fn give_back(
    tx: &mut Tx,
    id: MessageId,
    by: Uuid,
    at: Timestamp,
    (tried, repeated, reply): (bool, bool, &str),
) -> Result<(), Problem> {
    const SQL: &str = "
        update mailing_message
        set state = 'queued', due_at = $3, claimed_by = null, attempts = attempts - $4, repeated = repeated + $5,
            reply = coalesce(nullif($6, ''), reply)
        where id = $1 and state = 'claimed' and claimed_by = $2";
    execute!(
        tx,
        sqlx::query(SQL)
            .bind(id.0)
            .bind(by)
            .bind(at.0)
            .bind(i64::from(!tried))
            .bind(i64::from(repeated))
            .bind(reply)
    )?;
    Ok(())
}

/// Writes counts of a step. Tells who it belongs to and how it stands when nothing is left to do in it: once.
pub(super) async fn count(
    tx: &mut Tx,
    step: StepId,
    moved: Moved,
    now: Timestamp,
) -> Result<Option<Finished>, Problem> {
    const COUNT: &str = "
        update mailing_step
        set sent = sent + $2, sent_b = sent_b + $3, failed = failed + $4, suppressed = suppressed + $5,
            repeated = repeated + $6
        where id = $1";
    const FINISH: &str = "
        update mailing_step set state = 'done', ended_at = $2
        where id = $1 and state = 'running' and total = sent + failed + suppressed
        returning campaign_id, step, vendor_id, program_id, partner_id, sent, failed, suppressed";
    execute!(
        tx,
        sqlx::query(COUNT)
            .bind(step.0)
            .bind(moved.sent)
            .bind(moved.sent_b)
            .bind(moved.failed)
            .bind(moved.suppressed)
            .bind(moved.repeated)
    )?;
    let row: Option<(Uuid, i64, Uuid, Uuid, Uuid, i64, i64, i64)> =
        on!(tx, |conn| sqlx::query_as(FINISH).bind(step.0).bind(now.0).fetch_optional(conn).await)?;
    Ok(row.map(|(campaign, step, vendor, program, partner, sent, failed, suppressed)| Finished {
        campaign: base::CampaignId(campaign),
        step: step as u16,
        vendor: OrganizationId(vendor),
        program: base::ProgramId(program),
        partner: OrganizationId(partner),
        tally: Tally {
            sent: sent as u64,
            failed: failed as u64,
            suppressed: suppressed as u64,
            ..Tally::default()
        },
    }))
}

/// A step in which nothing is left to do.
pub(super) struct Finished {
    pub(super) campaign: base::CampaignId,
    pub(super) step: u16,
    pub(super) vendor: OrganizationId,
    pub(super) program: base::ProgramId,
    pub(super) partner: OrganizationId,
    pub(super) tally: Tally,
}
