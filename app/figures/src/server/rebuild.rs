//! Computes the sums anew from the records and the log, and says where the live ones differed.
use std::collections::BTreeMap;

use base::db::Tx;
use base::events;
use base::{DealId, OrganizationId, Parts, Problem, Scope, Timestamp};

use super::{observe, store};

/// How many events are read at once.
const BATCH: i64 = 1000;

/// A sum that was not what a full recomputation gives.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Difference {
    /// Whose, metric, day or month, dimension, currency and program.
    pub place: String,
    /// Count and minor units as they were.
    pub live: (i64, i64),
    /// Count and minor units as computed.
    pub rebuilt: (i64, i64),
}

/// Rebuilds the sums of every vendor, each in one transaction.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn rebuild(parts: &Parts) -> Result<Vec<Difference>, Problem> {
    let vendors = {
        let mut tx = parts.db().read().await?;
        events::vendors(&mut tx).await?
    };
    let mut all = Vec::new();
    for vendor in vendors {
        let found = parts.db().write(async move |tx: &mut Tx| one(tx, vendor).await).await?;
        all.extend(found);
    }
    Ok(all)
}

async fn one(tx: &mut Tx, vendor: OrganizationId) -> Result<Vec<Difference>, Problem> {
    let live = store::snapshot(tx, vendor.0).await?;
    store::clear(tx, vendor.0).await?;
    let mut place = 0;
    loop {
        let batch = events::after(tx, Scope::Vendor(vendor), place, Timestamp(0), BATCH).await?;
        let Some(last) = batch.last() else { break };
        place = last.seq;
        for event in batch.iter().filter(|event| event.kind.starts_with("deal.")) {
            let Ok(id) = event.subject.parse::<DealId>() else { continue };
            let Some(now) = store::deal(tx, id.0).await? else { continue };
            observe::move_state(tx, id.0, vendor.0, &now).await?;
            observe::flow(tx, event, &now).await?;
        }
    }
    store::count_all(tx, vendor).await?;
    Ok(differences(live, store::snapshot(tx, vendor.0).await?))
}

/// A count and a sum, as they were and as they should be.
type Both = ((i64, i64), (i64, i64));

fn differences(live: Vec<(String, i64, i64)>, rebuilt: Vec<(String, i64, i64)>) -> Vec<Difference> {
    let mut places: BTreeMap<String, Both> = BTreeMap::new();
    for (place, count, sum) in live {
        places.entry(place).or_default().0 = (count, sum);
    }
    for (place, count, sum) in rebuilt {
        places.entry(place).or_default().1 = (count, sum);
    }
    let differ = places.into_iter().filter(|(_, (live, rebuilt))| live != rebuilt);
    differ.map(|(place, (live, rebuilt))| Difference { place, live, rebuilt }).collect()
}
