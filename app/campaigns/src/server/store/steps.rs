//! The mails of a launched campaign, one step each.
use base::db::Tx;
use base::{CampaignId, Problem, Timestamp, execute, on};

/// One mail of a launched campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::server) struct Step {
    pub(in crate::server) step: u16,
    pub(in crate::server) asset: String,
    pub(in crate::server) send_at: Timestamp,
    /// Whether everybody of the audience was handed over to be written to.
    pub(in crate::server) queued: bool,
}

/// Adds a step; a second time changes nothing.
pub(in crate::server) async fn add_step(
    tx: &mut Tx,
    campaign: CampaignId,
    step: &Step,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into campaign_step (campaign_id, step, asset, send_at, queued) values ($1, $2, $3, $4, 0)
        on conflict (campaign_id, step) do nothing";
    execute!(
        tx,
        sqlx::query(SQL).bind(campaign.0).bind(i64::from(step.step)).bind(&step.asset).bind(step.send_at.0)
    )?;
    Ok(())
}

/// The steps of a campaign, in their order.
pub(in crate::server) async fn steps(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<Step>, Problem> {
    const SQL: &str =
        "select step, asset, send_at, queued from campaign_step where campaign_id = $1 order by step";
    let rows: Vec<(i64, String, i64, i64)> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(campaign.0).fetch_all(conn).await)?;
    let step = |(step, asset, send_at, queued): (i64, String, i64, i64)| Step {
        step: step as u16,
        asset,
        send_at: Timestamp(send_at),
        queued: queued != 0,
    };
    Ok(rows.into_iter().map(step).collect())
}

/// Everybody was handed over.
pub(in crate::server) async fn step_queued(
    tx: &mut Tx,
    campaign: CampaignId,
    step: u16,
) -> Result<(), Problem> {
    const SQL: &str = "update campaign_step set queued = 1 where campaign_id = $1 and step = $2";
    execute!(tx, sqlx::query(SQL).bind(campaign.0).bind(i64::from(step)))?;
    Ok(())
}
