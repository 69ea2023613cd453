//! Performs the verbs of campaigns and audiences, and what other slices may ask of campaigns within their own units of work.
mod adoption;
mod ask;
mod audiences;
mod card;
mod case;
mod check;
mod drawing;
mod import;
mod launch;
mod logo;
mod make;
mod moves;
mod observe;
mod openapi;
mod person;
mod preview;
mod reach;
mod results;
mod store;
mod test_mail;
#[cfg(test)]
mod tests;
mod when;

use axum::Router;
use base::db::{Migrations, Tx};
use base::events::{self, Happened};
use base::http::{Mounted, mounted};
use base::jobs::{JobKind, job};
use base::{Actor, CampaignId, Parts, Problem, Scope};
use serde_json::Value;

use crate::model::Campaign;
use crate::verbs::*;
pub use drawing::{Drawn, Live, asset, published};
pub use logo::upload as upload_logo;
pub use observe::OBSERVER;
pub use openapi::openapi;

/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || base::migrations!();
/// The jobs of this slice.
pub const JOBS: &[JobKind] = &[
    job::<launch::BeginCampaign>(),
    job::<launch::QueuePeople>(),
    job::<launch::SettleCampaign>(),
    job::<moves::EndCancelled>(),
    job::<observe::RecallCampaigns>(),
    job::<test_mail::MailTest>(),
];
/// What can be asked over the wire.
pub const VERBS: &[Mounted] = &[
    mounted::<ListCampaigns>(),
    mounted::<CreateCampaign>(),
    mounted::<ListCampaignAdoption>(),
    mounted::<GetCampaign>(),
    mounted::<ChangeCampaign>(),
    mounted::<GetCampaignDesk>(),
    mounted::<ListCampaignChanges>(),
    mounted::<GetCampaignResults>(),
    mounted::<CheckCampaign>(),
    mounted::<TestCampaign>(),
    mounted::<LaunchCampaign>(),
    mounted::<TakeBackCampaign>(),
    mounted::<ApproveCampaign>(),
    mounted::<SendBackCampaign>(),
    mounted::<PauseCampaign>(),
    mounted::<ResumeCampaign>(),
    mounted::<CancelCampaign>(),
    mounted::<RestoreCampaign>(),
    mounted::<ArchiveCampaign>(),
    mounted::<GetPartnerCard>(),
    mounted::<KeepPartnerCard>(),
    mounted::<ListAudiences>(),
    mounted::<CreateAudience>(),
    mounted::<GetAudience>(),
    mounted::<RenameAudience>(),
    mounted::<DeleteAudience>(),
    mounted::<ListContacts>(),
    mounted::<AddContact>(),
    mounted::<RemoveContact>(),
    mounted::<ExportContact>(),
    mounted::<EraseContact>(),
    mounted::<ListAudienceImports>(),
];

/// Uploads, downloads and previews: routes that are not verbs.
pub fn routes() -> Router<Parts> {
    Router::new().merge(logo::routes()).merge(import::routes()).merge(preview::routes())
}

/// A campaign, if the scope sees it, with its card filled in.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn campaign_in(tx: &mut Tx, id: CampaignId, scope: Scope) -> Result<Option<Campaign>, Problem> {
    let Some(found) = store::find(tx, id, scope).await? else { return Ok(None) };
    let campaign = card::with_card(tx, found).await?;
    Ok(Some(case::as_seen_by(campaign, scope)))
}

/// Says in the log what happened to a campaign; moves the lists and pages that show it.
async fn announce(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    kind: &'static str,
    (campaign, data): (&Campaign, Value),
) -> Result<(), Problem> {
    let happened = Happened {
        vendor: campaign.vendor,
        kind,
        subject: campaign.id.to_string(),
        program: Some(campaign.program),
        partner: Some(campaign.partner),
        keys: vec!["campaigns".to_owned(), campaign.id.to_string()],
        data,
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}
