//! Writes the match keys of open deals anew, after their form has changed.
use base::db::Tx;
use base::{OrganizationId, Parts, Problem, Scope};
use customers::server::keys::{self, Kind};
use matching::Matcher;
use sqlx::types::Uuid;

use super::store;
use crate::rules::profile;

/// Deals that are written in one unit of work.
const STEP: u32 = 500;

/// Makes the match keys of all of a vendor's open deals what [`matching::keys`] gives today; gives how many deals were
/// gone through. What others write meanwhile stays right.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn rebuild_keys(parts: &Parts, vendor: OrganizationId) -> Result<u64, Problem> {
    let mut count = 0;
    let mut after = Uuid::nil();
    loop {
        let done = parts.db().write(async move |tx: &mut Tx| {
            let batch = store::in_turn(tx, vendor, after, STEP).await?;
            for id in &batch {
                let Some(deal) = store::find(tx, *id, Scope::Vendor(vendor)).await? else { continue };
                let open = deal.status.is_open();
                let wanted = if open {
                    matching::keys(&profile(&deal.claim(), &Matcher::default()))
                } else {
                    Vec::new()
                };
                keys::replace(tx, vendor, Kind::Deal, id.0, &wanted).await?;
            }
            Ok(batch)
        });
        let done = done.await?;
        count += done.len() as u64;
        match done.last() {
            Some(last) => after = last.0,
            None => return Ok(count),
        }
    }
}
