//! Performs what only reads.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, CampaignId, Page, Parts, Problem, Scope};

use super::{card, check, reach, results, store, when};
use crate::access::Do;
use crate::model::{Campaign, CampaignChange, CampaignDesk, CampaignResults, CampaignRow, CampaignState};
use crate::rules::changes;
use crate::verbs::{GetCampaign, GetCampaignDesk, GetCampaignResults, ListCampaignChanges, ListCampaigns};

/// A campaign that the actor may see. What a partner has not handed in is nobody else's.
pub(super) async fn found(tx: &mut Tx, actor: &Actor, id: CampaignId) -> Result<Campaign, Problem> {
    let campaign = super::campaign_in(tx, id, actor.scope()).await?.ok_or(Problem::NotFound)?;
    Do::Read.by(actor, Some(&campaign))?;
    let in_making = matches!(campaign.state, CampaignState::Draft | CampaignState::Checked);
    if in_making && matches!(actor.scope(), Scope::Vendor(_)) {
        return Err(Problem::NotFound);
    }
    Ok(campaign)
}

/// Everything that a campaign's page shows.
pub(super) async fn desk(
    tx: &mut Tx,
    _: &Parts,
    actor: &Actor,
    id: CampaignId,
) -> Result<CampaignDesk, Problem> {
    let campaign = found(tx, actor, id).await?;
    let version = check::version_of(tx, &campaign).await?;
    let is_own = card::is_own(actor.scope(), campaign.partner);
    let reach = match campaign.audience {
        Some(audience) if is_own => Some(reach::of(tx, &campaign, audience).await?),
        _ => None,
    };
    Ok(CampaignDesk {
        found: check::look(&campaign, &version, &campaign.card),
        languages: check::languages(&version.assets),
        assets: version.assets,
        rules: version.rules,
        reach,
        send_on: campaign.send_at.map(|at| when::written(at, &campaign.time_zone)).unwrap_or_default(),
        card_version: card::card_of(tx, campaign.partner).await?.version,
        campaign,
    })
}

impl Perform for ListCampaigns {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<CampaignRow>, Problem> {
        Do::Read.by(actor, None)?;
        let mut tx = parts.db().read().await?;
        let mut page = store::list(&mut tx, &self, actor.scope()).await?;
        results::fill(&mut tx, &mut page.items).await?;
        Ok(page)
    }
}

impl Perform for GetCampaign {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Campaign, Problem> {
        Do::Read.by(actor, None)?;
        found(&mut parts.db().read().await?, actor, self.id).await
    }
}

impl Perform for GetCampaignDesk {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<CampaignDesk, Problem> {
        Do::Read.by(actor, None)?;
        desk(&mut parts.db().read().await?, parts, actor, self.id).await
    }
}

impl Perform for ListCampaignChanges {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<CampaignChange>, Problem> {
        Do::Read.by(actor, None)?;
        let mut tx = parts.db().read().await?;
        let campaign = found(&mut tx, actor, self.id).await?;
        let version = check::version_of(&mut tx, &campaign).await?;
        Ok(Page::whole(changes::changes(&version.assets, &campaign.overrides)))
    }
}

impl Perform for GetCampaignResults {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<CampaignResults, Problem> {
        Do::Read.by(actor, None)?;
        let mut tx = parts.db().read().await?;
        let campaign = found(&mut tx, actor, self.id).await?;
        results::of(&mut tx, parts, &campaign).await
    }
}
