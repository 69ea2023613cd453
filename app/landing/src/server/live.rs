//! What stands behind the name of a page: a campaign with what it says, one that is over, or nothing.
use base::db::Tx;
use base::{Actor, CampaignId, Parts, Problem};
use campaigns::Campaign;
use campaigns::server::Live;
use creative::draw::Setting;

use crate::rules::is_slug;

/// What a slug names.
pub(super) enum Found {
    /// A campaign whose page is open.
    Open(Box<Live>),
    /// A campaign that was open once.
    Over(Box<Live>),
}

/// What a slug names, if anything the public may know of.
///
/// # Errors
/// `Internal` when the engine fails.
pub(super) async fn find(parts: &Parts, slug: &str) -> Result<Option<Found>, Problem> {
    if !is_slug(slug) {
        return Ok(None);
    }
    let mut tx = parts.db().read().await?;
    let Some(mut live) = campaigns::server::published(&mut tx, parts, slug).await? else { return Ok(None) };
    at_home(&mut tx, parts, &live.campaign, &mut live.setting).await?;
    let state = live.campaign.state;
    Ok(if state.is_public() {
        Some(Found::Open(Box::new(live)))
    } else {
        state.is_over().then(|| Found::Over(Box::new(live)))
    })
}

/// Says where the page of a campaign is at home: under its brand's own name, where there is one.
pub(super) async fn at_home(
    tx: &mut Tx,
    parts: &Parts,
    campaign: &Campaign,
    setting: &mut Setting,
) -> Result<(), Problem> {
    let address = hosts::server::address_of(tx, parts, Some(campaign.brand)).await?;
    setting.landing_url = format!("{address}{}", kit::paths::landing(&campaign.slug));
    setting.calendar_url = format!("{}/event.ics", setting.landing_url);
    setting.motif_base = format!("{}/motif", setting.landing_url);
    Ok(())
}

/// A campaign that the actor may see.
///
/// # Errors
/// `NotFound`.
pub(super) async fn campaign(parts: &Parts, actor: &Actor, id: CampaignId) -> Result<Campaign, Problem> {
    let mut tx = parts.db().read().await?;
    campaigns::server::campaign_in(&mut tx, id, actor.scope()).await?.ok_or(Problem::NotFound)
}
