//! Whom a campaign would reach.
use std::collections::HashSet;

use base::db::Tx;
use base::{AudienceId, Problem};
use mailing::server::Circle;

use super::store;
use crate::model::{Campaign, Reach};
use crate::rules::rows;

/// How many people of an audience a campaign's mails would go to.
pub(super) async fn of(tx: &mut Tx, campaign: &Campaign, audience: AudienceId) -> Result<Reach, Problem> {
    let (people, pending, addresses) = store::addresses(tx, audience).await?;
    let circle =
        Circle { vendor: Some(campaign.vendor), brand: Some(campaign.brand), partner: campaign.partner };
    let suppressed = suppressed(tx, circle, &addresses).await?.len() as u64;
    Ok(Reach { people, pending, suppressed })
}

/// Which of these addresses nobody writes to, by their keys.
pub(super) async fn suppressed(
    tx: &mut Tx,
    circle: Circle,
    addresses: &[String],
) -> Result<HashSet<String>, Problem> {
    let keys: Vec<String> = addresses.iter().map(|address| rows::key(address)).collect();
    mailing::server::suppressed_among(tx, circle, &keys).await
}
