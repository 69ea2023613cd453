//! Which campaign brought a lead, by which sending, and what came of it.
use std::iter::repeat;

use base::db::Tx;
use base::{CampaignId, Currency, LeadId, Money, OrganizationId, Problem};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use crate::server::campaign::CampaignResult;

/// The lead that a sending became.
pub(in crate::server) async fn answer(
    tx: &mut Tx,
    campaign: CampaignId,
    submission: &str,
) -> Result<Option<LeadId>, Problem> {
    const SQL: &str = "select id from lead where campaign_id = $1 and submission = $2";
    let id: Option<Uuid> = base::on!(tx, |conn| sqlx::query_scalar(SQL)
        .bind(campaign.0)
        .bind(submission)
        .fetch_optional(conn)
        .await)?;
    Ok(id.map(LeadId))
}

/// How many answers of a person's a campaign has had since an instant, beside one submission.
pub(in crate::server) async fn answered(
    tx: &mut Tx,
    campaign: CampaignId,
    (person, beside): (&str, &str),
    since: base::Timestamp,
) -> Result<u64, Problem> {
    const SQL: &str = "
        select count(*) from lead
        where person_key = $1 and campaign_id = $2 and submission <> $3 and created_at >= $4";
    let count: i64 = base::on!(tx, |conn| sqlx::query_scalar(SQL)
        .bind(person)
        .bind(campaign.0)
        .bind(beside)
        .bind(since.0)
        .fetch_one(conn)
        .await)?;
    Ok(count as u64)
}

/// Says which campaign brought a lead, by which sending, and of whom.
pub(in crate::server) async fn mark(
    tx: &mut Tx,
    lead: LeadId,
    campaign: CampaignId,
    (submission, person): (&str, &str),
) -> Result<(), Problem> {
    const SQL: &str = "update lead set campaign_id = $2, submission = $3, person_key = $4 where id = $1";
    base::execute!(tx, sqlx::query(SQL).bind(lead.0).bind(campaign.0).bind(submission).bind(person))?;
    Ok(())
}

/// The leads that a person's answers to a partner's campaigns became, oldest first.
pub(in crate::server) async fn of_person(
    tx: &mut Tx,
    partner: OrganizationId,
    person: &str,
) -> Result<Vec<LeadId>, Problem> {
    const SQL: &str = "select id from lead where person_key = $1 and partner_id = $2 order by id";
    let ids: Vec<Uuid> =
        base::on!(tx, |conn| sqlx::query_scalar(SQL).bind(person).bind(partner.0).fetch_all(conn).await)?;
    Ok(ids.into_iter().map(LeadId).collect())
}

/// Forgets who a lead's person is, and what people wrote of it.
pub(in crate::server) async fn forget(tx: &mut Tx, lead: LeadId) -> Result<(), Problem> {
    const NOTES: &str = "delete from lead_note where lead_id = $1";
    const SQL: &str = "update lead set person_key = null where id = $1";
    base::execute!(tx, sqlx::query(NOTES).bind(lead.0))?;
    base::execute!(tx, sqlx::query(SQL).bind(lead.0))?;
    Ok(())
}

#[derive(FromRow)]
struct Row {
    campaign_id: Uuid,
    currency: Option<String>,
    leads: i64,
    deals: i64,
    won: i64,
    won_minor: i64,
}

/// How many campaigns one statement asks for.
const ROWS: usize = 256;

/// What came of campaigns. A campaign is of one program, whose leads and deals have one currency.
pub(in crate::server) async fn results(
    tx: &mut Tx,
    campaigns: &[CampaignId],
) -> Result<Vec<CampaignResult>, Problem> {
    let mut all = Vec::new();
    for chunk in campaigns.chunks(ROWS) {
        let Some(last) = chunk.last() else { continue };
        // Few sizes of statements, so that they stay prepared: the last is asked for again.
        let count = chunk.len().next_power_of_two();
        let places = (1..=count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "select l.campaign_id, max(case when d.status = 'won' then d.currency end) as currency, count(*) as leads,
                    count(case when d.status <> 'draft' then 1 end) as deals,
                    count(case when d.status = 'won' then 1 end) as won,
                    cast(coalesce(sum(case when d.status = 'won' then d.value_minor end), 0) as bigint) as won_minor
             from lead l left join deal d on d.id = l.deal_id
             where l.campaign_id in ({places}) group by l.campaign_id order by l.campaign_id"
        );
        let rows: Vec<Row> = base::on!(tx, |conn| {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for campaign in chunk.iter().chain(repeat(last)).take(count) {
                query = query.bind(campaign.0);
            }
            query.fetch_all(conn).await
        })?;
        all.extend(rows.into_iter().map(result));
    }
    Ok(all)
}

fn result(row: Row) -> CampaignResult {
    let currency = row.currency.as_deref().and_then(Currency::from_code);
    CampaignResult {
        campaign: CampaignId(row.campaign_id),
        leads: row.leads as u64,
        deals: row.deals as u64,
        won: row.won as u64,
        won_value: currency.map(|currency| Money::new(row.won_minor, currency)),
    }
}
