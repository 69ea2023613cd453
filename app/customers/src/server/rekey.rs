//! Writes the match keys of a vendor's customers and opportunities anew, after their form has changed.
use base::db::Tx;
use base::{OrganizationId, Parts, Problem};
use matching::BlockingKey;
use sqlx::types::Uuid;

use super::record::named;
use super::store::keys::{self, Kind};
use super::store::{customers, opportunities};

/// Records that are written in one unit of work.
const STEP: u32 = 500;

/// Makes the match keys of all of a vendor's customers and opportunities what [`matching::keys`] gives today; gives
/// how many records were gone through. What others write meanwhile stays right.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn rebuild_keys(parts: &Parts, vendor: OrganizationId) -> Result<u64, Problem> {
    let mut count = 0;
    let mut after = (String::new(), Uuid::nil());
    loop {
        let from = after.clone();
        let done = parts.db().write(async move |tx: &mut Tx| {
            let batch = customers::in_turn(tx, vendor, (&from.0, from.1), STEP).await?;
            for customer in &batch {
                customers::rekey(tx, vendor, customer).await?;
            }
            Ok(batch
                .into_iter()
                .map(|customer| (crate::rules::name_key(&customer.name), customer.id.0))
                .collect())
        });
        let done: Vec<_> = done.await?;
        count += done.len() as u64;
        match done.into_iter().last() {
            Some(last) => after = last,
            None => break,
        }
    }
    let mut after = Uuid::nil();
    loop {
        let done = parts.db().write(async move |tx: &mut Tx| {
            let batch = opportunities::unlinked(tx, vendor, after, STEP).await?;
            for (id, name) in &batch {
                let wanted: Vec<BlockingKey> =
                    name.as_deref().map(named).as_ref().map(matching::keys).unwrap_or_default();
                keys::replace(tx, vendor, Kind::Opportunity, *id, &wanted).await?;
            }
            Ok(batch.into_iter().map(|(id, _)| id).collect())
        });
        let done: Vec<Uuid> = done.await?;
        count += done.len() as u64;
        match done.last() {
            Some(last) => after = *last,
            None => break,
        }
    }
    Ok(count)
}
