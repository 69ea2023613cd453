//! One campaign: found, added, written.
use base::db::{Tx, violates};
use base::{AudienceId, CampaignId, KitId, Problem, Scope, Timestamp, UserId, execute, on};
use sqlx::AssertSqlSafe;
use sqlx::types::Uuid;

use super::json;
pub(in crate::server) use super::row::Found;
use super::row::{FROM, Row};
use crate::model::{Campaign, CampaignState};

/// One campaign, if the scope sees it.
pub(in crate::server) async fn find(
    tx: &mut Tx,
    id: CampaignId,
    scope: Scope,
) -> Result<Option<Found>, Problem> {
    let (condition, whose) = match scope {
        Scope::Vendor(vendor) => (" and c.vendor_id = $2", vendor.0),
        Scope::Partner(partner) => (" and c.partner_id = $2", partner.0),
        Scope::System => (" and $2 = $2", id.0),
        Scope::Nothing => return Ok(None),
    };
    let sql = format!("{FROM} where c.id = $1{condition}");
    let row: Option<Row> =
        on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql)).bind(id.0).bind(whose).fetch_optional(conn).await)?;
    row.map(Found::try_from).transpose()
}

/// A campaign by the last part of its public address.
pub(in crate::server) async fn by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Found>, Problem> {
    let sql = format!("{FROM} where c.slug = $1");
    let row: Option<Row> =
        on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql)).bind(slug).fetch_optional(conn).await)?;
    row.map(Found::try_from).transpose()
}

/// Where it stands in lists: what waits for an approval first and the longest waiting before, then what changed last.
fn place(campaign: &Campaign) -> i64 {
    const WAITING: i64 = 4_000_000_000_000_000;
    match (campaign.state, campaign.asked_at) {
        (CampaignState::AwaitingApproval, Some(at)) => WAITING - at.0,
        _ => campaign.changed_at.0,
    }
}

/// Adds a campaign.
///
/// # Errors
/// `Unavailable` when the address is taken, which asking again mends.
pub(in crate::server) async fn insert(
    tx: &mut Tx,
    campaign: &Campaign,
    by: Option<UserId>,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into campaign (id, vendor_id, program_id, brand_id, partner_id, kit_id, kit_version, kit_name, name, language,
                              overrides, audience_id, state, time_zone, quiet, slug, recall_reason, created_by,
                              created_by_name, created_at, changed_at, place, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, '', $17, $18, $19, $19, $19, 1)";
    let overrides = json(&campaign.overrides)?;
    let done = execute!(
        tx,
        sqlx::query(SQL)
            .bind(campaign.id.0)
            .bind(campaign.vendor.0)
            .bind(campaign.program.0)
            .bind(campaign.brand.0)
            .bind(campaign.partner.0)
            .bind(campaign.kit.0)
            .bind(i64::from(campaign.kit_version))
            .bind(&campaign.kit_name)
            .bind(&campaign.name)
            .bind(&campaign.language)
            .bind(&overrides)
            .bind(campaign.audience.map(|id| id.0))
            .bind(campaign.state.as_str())
            .bind(&campaign.time_zone)
            .bind(i64::from(campaign.quiet))
            .bind(&campaign.slug)
            .bind(by.map(|id| id.0))
            .bind(&campaign.created_by_name)
            .bind(campaign.created_at.0)
    );
    match done {
        Ok(_) => Ok(()),
        Err(error) if violates(&error, "campaign.slug", "campaign_slug") => Err(Problem::Unavailable),
        Err(error) => Err(error.into()),
    }
}

/// Writes a changed campaign; the version is the one that was read. `card` is kept with it, or taken away again.
///
/// # Errors
/// `Stale` when somebody else was first.
pub(in crate::server) async fn update(
    tx: &mut Tx,
    campaign: &Campaign,
    has_card: bool,
    until: Option<Timestamp>,
) -> Result<(), Problem> {
    const SQL: &str = "
        update campaign set name = $3, language = $4, overrides = $5, card = $6, audience_id = $7, state = $8, before_state = $9,
               before_until = $10, send_at = $11, time_zone = $12, quiet = $13, asked_at = $14, decision = $15,
               recall_reason = $16, launched_at = $17, sent_at = $18, changed_at = $19, place = $20, version = version + 1
        where id = $1 and version = $2";
    let overrides = json(&campaign.overrides)?;
    let card = has_card.then(|| json(&campaign.card)).transpose()?;
    let decision = campaign.decision.as_ref().map(json).transpose()?;
    let done = execute!(
        tx,
        sqlx::query(SQL)
            .bind(campaign.id.0)
            .bind(i64::from(campaign.version))
            .bind(&campaign.name)
            .bind(&campaign.language)
            .bind(&overrides)
            .bind(card.as_deref())
            .bind(campaign.audience.map(|id| id.0))
            .bind(campaign.state.as_str())
            .bind(campaign.before.map(CampaignState::as_str))
            .bind(until.map(|at| at.0))
            .bind(campaign.send_at.map(|at| at.0))
            .bind(&campaign.time_zone)
            .bind(i64::from(campaign.quiet))
            .bind(campaign.asked_at.map(|at| at.0))
            .bind(decision.as_deref())
            .bind(&campaign.recall_reason)
            .bind(campaign.launched_at.map(|at| at.0))
            .bind(campaign.sent_at.map(|at| at.0))
            .bind(campaign.changed_at.0)
            .bind(place(campaign))
    )?;
    if done == 0 { Err(Problem::Stale) } else { Ok(()) }
}

/// Until when a cancelled campaign can be brought back.
pub(in crate::server) async fn restorable_until(
    tx: &mut Tx,
    id: CampaignId,
) -> Result<Option<Timestamp>, Problem> {
    const SQL: &str = "select before_until from campaign where id = $1";
    let at: Option<i64> = on!(tx, |conn| sqlx::query_scalar(SQL).bind(id.0).fetch_one(conn).await)?;
    Ok(at.map(Timestamp))
}

/// Campaigns of a version of a kit that are not over.
pub(in crate::server) async fn of_kit(
    tx: &mut Tx,
    kit: KitId,
    number: u32,
) -> Result<Vec<CampaignId>, Problem> {
    const SQL: &str = "
        select id from campaign
        where kit_id = $1 and kit_version = $2 and state not in ('archived', 'cancelled', 'recalled') order by id";
    let ids: Vec<Uuid> =
        on!(tx, |conn| sqlx::query_scalar(SQL).bind(kit.0).bind(i64::from(number)).fetch_all(conn).await)?;
    Ok(ids.into_iter().map(CampaignId).collect())
}

/// Whether a campaign that is not over goes to an audience.
pub(in crate::server) async fn is_used(tx: &mut Tx, audience: AudienceId) -> Result<bool, Problem> {
    const SQL: &str = "
        select count(*) from campaign
        where audience_id = $1 and state not in ('archived', 'cancelled', 'recalled', 'sent')";
    let count: i64 = on!(tx, |conn| sqlx::query_scalar(SQL).bind(audience.0).fetch_one(conn).await)?;
    Ok(count > 0)
}

/// Campaigns that are over forget an audience that is deleted.
pub(in crate::server) async fn forget_audience(tx: &mut Tx, audience: AudienceId) -> Result<(), Problem> {
    const SQL: &str = "update campaign set audience_id = null where audience_id = $1";
    execute!(tx, sqlx::query(SQL).bind(audience.0))?;
    Ok(())
}
