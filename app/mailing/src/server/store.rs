//! The tables of steps and their messages; nothing else writes them. Taking and writing down is in `store_claim.rs`, what
//! readers do in `store_seen.rs`.
use base::db::{Bind, Tx};
use base::{BrandId, CampaignId, OrganizationId, Problem, ProgramId, Timestamp, bound, execute, on};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use crate::model::{QuietHours, StepId, Tally, Variant, VariantTally};

/// A step as it is stored, without its mail.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) id: StepId,
    pub(super) campaign: CampaignId,
    pub(super) step: u16,
    pub(super) vendor: OrganizationId,
    pub(super) brand: BrandId,
    pub(super) program: ProgramId,
    pub(super) partner: OrganizationId,
    pub(super) from_name: String,
    pub(super) reply_to: String,
    pub(super) landing_url: String,
    pub(super) language: String,
    pub(super) time_zone: String,
    pub(super) quiet: Option<QuietHours>,
    pub(super) state: String,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    campaign_id: Uuid,
    step: i64,
    vendor_id: Uuid,
    brand_id: Uuid,
    program_id: Uuid,
    partner_id: Uuid,
    from_name: String,
    reply_to: String,
    landing_url: String,
    language: String,
    time_zone: String,
    quiet_from: Option<i64>,
    quiet_until: Option<i64>,
    state: String,
}

impl From<Row> for Kept {
    fn from(row: Row) -> Self {
        let quiet = row.quiet_from.zip(row.quiet_until);
        Self {
            id: StepId(row.id),
            campaign: CampaignId(row.campaign_id),
            step: row.step as u16,
            vendor: OrganizationId(row.vendor_id),
            brand: BrandId(row.brand_id),
            program: ProgramId(row.program_id),
            partner: OrganizationId(row.partner_id),
            from_name: row.from_name,
            reply_to: row.reply_to,
            landing_url: row.landing_url,
            language: row.language,
            time_zone: row.time_zone,
            quiet: quiet.map(|(from, until)| QuietHours { from: from as u8, until: until as u8 }),
            state: row.state,
        }
    }
}

const SELECT: &str = "
    select id, campaign_id, step, vendor_id, brand_id, program_id, partner_id, from_name, reply_to, landing_url, language,
           time_zone, quiet_from, quiet_until, state
    from mailing_step";

pub(super) async fn find(tx: &mut Tx, id: StepId) -> Result<Option<Kept>, Problem> {
    let sql = format!("{SELECT} where id = $1");
    let row: Option<Row> =
        on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql)).bind(id.0).fetch_optional(conn).await)?;
    Ok(row.map(Kept::from))
}

pub(super) async fn find_of(tx: &mut Tx, campaign: CampaignId, step: u16) -> Result<Option<Kept>, Problem> {
    let sql = format!("{SELECT} where campaign_id = $1 and step = $2");
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql))
        .bind(campaign.0)
        .bind(i64::from(step))
        .fetch_optional(conn)
        .await)?;
    Ok(row.map(Kept::from))
}

/// The compiled mail of a step, as JSON.
pub(super) async fn mail_of(tx: &mut Tx, id: StepId) -> Result<Option<String>, Problem> {
    const SQL: &str = "select mail from mailing_step where id = $1";
    Ok(on!(tx, |conn| sqlx::query_scalar(SQL).bind(id.0).fetch_optional(conn).await)?)
}

/// Adds a step; false when there is one.
pub(super) async fn insert_step(
    tx: &mut Tx,
    step: &Kept,
    mail: &str,
    send_at: Timestamp,
    now: Timestamp,
) -> Result<bool, Problem> {
    const SQL: &str = "
        insert into mailing_step (id, campaign_id, step, vendor_id, brand_id, program_id, partner_id, mail, from_name,
            reply_to, landing_url, language, time_zone, quiet_from, quiet_until, send_at, state, served_at, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'running', 0, $17)
        on conflict (campaign_id, step) do nothing";
    let added = execute!(
        tx,
        sqlx::query(SQL)
            .bind(step.id.0)
            .bind(step.campaign.0)
            .bind(i64::from(step.step))
            .bind(step.vendor.0)
            .bind(step.brand.0)
            .bind(step.program.0)
            .bind(step.partner.0)
            .bind(mail)
            .bind(&step.from_name)
            .bind(&step.reply_to)
            .bind(&step.landing_url)
            .bind(&step.language)
            .bind(&step.time_zone)
            .bind(step.quiet.map(|quiet| i64::from(quiet.from)))
            .bind(step.quiet.map(|quiet| i64::from(quiet.until)))
            .bind(send_at.0)
            .bind(now.0)
    )?;
    Ok(added > 0)
}

/// A message to be stored.
pub(super) struct New {
    pub(super) id: Uuid,
    pub(super) recipient: Uuid,
    pub(super) address: String,
    pub(super) hash: String,
    pub(super) domain: String,
    pub(super) time_zone: Option<String>,
    pub(super) data: String,
    pub(super) variant: Variant,
    /// None for one that is suppressed.
    pub(super) due_at: Option<Timestamp>,
}

/// How many messages one statement adds: ten places each, and SQLite has 32,766.
pub(super) const ROWS: usize = 500;

/// Adds messages, at most [`ROWS`]; how many came to be queued and how many suppressed. Those that are there stay.
pub(super) async fn insert_messages(tx: &mut Tx, step: StepId, all: &[New]) -> Result<(u64, u64), Problem> {
    if all.is_empty() {
        return Ok((0, 0));
    }
    let mut sql = String::from(
        "insert into mailing_message (step_id, id, recipient_id, address, address_hash, domain, data, variant, state, \
         time_zone, due_at) values ",
    );
    let mut binds = vec![Bind::Id(step.0)];
    for (place, new) in all.iter().enumerate() {
        sql.push_str(if place == 0 { "($1" } else { ", ($1" });
        let state = if new.due_at.is_some() { "queued" } else { "suppressed" };
        let own = [
            Bind::Id(new.id),
            Bind::Id(new.recipient),
            Bind::Text(new.address.clone()),
            Bind::Text(new.hash.clone()),
            Bind::Text(new.domain.clone()),
            Bind::Text(new.data.clone()),
            Bind::Text(new.variant.as_str().to_owned()),
            Bind::Text(state.to_owned()),
            Bind::Text(new.time_zone.clone().unwrap_or_default()),
            Bind::Number(new.due_at.map_or(-1, |at| at.0)),
        ];
        for (column, bind) in own.into_iter().enumerate() {
            binds.push(bind);
            let place = binds.len();
            let more = match column {
                8 => format!(", nullif(${place}, '')"),
                9 => format!(", nullif(${place}, -1))"),
                _ => format!(", ${place}"),
            };
            sql.push_str(&more);
        }
    }
    sql.push_str(" on conflict do nothing returning state");
    let added: Vec<String> =
        on!(tx, |conn| bound!(sqlx::query_scalar(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?;
    let queued = added.iter().filter(|state| *state == "queued").count() as u64;
    Ok((queued, added.len() as u64 - queued))
}

/// Counts what came in, and wakes a step that was over.
pub(super) async fn grow(tx: &mut Tx, step: StepId, queued: u64, suppressed: u64) -> Result<(), Problem> {
    const SQL: &str = "
        update mailing_step
        set total = total + $2 + $3, suppressed = suppressed + $3,
            state = case when state = 'done' and $2 > 0 then 'running' else state end,
            ended_at = case when state = 'done' and $2 > 0 then null else ended_at end
        where id = $1";
    execute!(tx, sqlx::query(SQL).bind(step.0).bind(queued as i64).bind(suppressed as i64))?;
    Ok(())
}

/// Sets the state of all steps of a campaign that are in one of two.
pub(super) async fn set_state(
    tx: &mut Tx,
    campaign: CampaignId,
    from: [&'static str; 2],
    to: &'static str,
) -> Result<(), Problem> {
    const SQL: &str = "update mailing_step set state = $4 where campaign_id = $1 and state in ($2, $3)";
    execute!(tx, sqlx::query(SQL).bind(campaign.0).bind(from[0]).bind(from[1]).bind(to))?;
    Ok(())
}

/// Whether a step is to be sent now.
pub(super) async fn is_running(tx: &mut Tx, step: StepId) -> Result<bool, Problem> {
    const SQL: &str = "select state from mailing_step where id = $1";
    let state: Option<String> =
        on!(tx, |conn| sqlx::query_scalar(SQL).bind(step.0).fetch_optional(conn).await)?;
    Ok(state.is_some_and(|state| state == "running"))
}

#[derive(FromRow)]
struct Counts {
    campaign_id: Uuid,
    step: i64,
    state: String,
    total: i64,
    sent: i64,
    failed: i64,
    bounced: i64,
    complained: i64,
    unsubscribed: i64,
    suppressed: i64,
    opened: i64,
    opened_by_proxy: i64,
    clicked: i64,
    repeated: i64,
    sent_b: i64,
    opened_b: i64,
    clicked_b: i64,
    unsubscribed_b: i64,
}

impl Counts {
    fn tally(&self) -> Tally {
        let of = |number: i64| number.max(0) as u64;
        let rest = of(self.total - self.sent - self.failed - self.suppressed);
        let (queued, cancelled) = if self.state == "cancelled" { (0, rest) } else { (rest, 0) };
        let b = VariantTally {
            sent: of(self.sent_b),
            opened: of(self.opened_b),
            clicked: of(self.clicked_b),
            unsubscribed: of(self.unsubscribed_b),
        };
        let a = VariantTally {
            sent: of(self.sent - self.sent_b),
            opened: of(self.opened - self.opened_b),
            clicked: of(self.clicked - self.clicked_b),
            unsubscribed: of(self.unsubscribed - self.unsubscribed_b),
        };
        Tally {
            queued,
            sent: of(self.sent),
            failed: of(self.failed),
            bounced: of(self.bounced),
            complained: of(self.complained),
            unsubscribed: of(self.unsubscribed),
            suppressed: of(self.suppressed),
            cancelled,
            opened: of(self.opened),
            opened_by_proxy: of(self.opened_by_proxy),
            clicked: of(self.clicked),
            repeated: of(self.repeated),
            by_variant: [a, b],
        }
    }
}

/// Counts of all steps of these campaigns.
pub(super) async fn counts(
    tx: &mut Tx,
    campaigns: &[CampaignId],
) -> Result<Vec<(CampaignId, u16, Tally)>, Problem> {
    if campaigns.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=campaigns.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "select campaign_id, step, state, total, sent, failed, bounced, complained, unsubscribed, suppressed, opened, \
         opened_by_proxy, clicked, repeated, sent_b, opened_b, clicked_b, unsubscribed_b from mailing_step \
         where campaign_id in ({}) order by campaign_id, step",
        places.join(", ")
    );
    let binds: Vec<Bind> = campaigns.iter().map(|id| Bind::Id(id.0)).collect();
    let rows: Vec<Counts> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?;
    Ok(rows.iter().map(|row| (CampaignId(row.campaign_id), row.step as u16, row.tally())).collect())
}
