//! Announces committed events on this node and, on PostgreSQL, hears those of the other nodes.
use std::sync::Arc;

use sqlx::postgres::PgListener;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use super::Event;
use crate::db::Db;
use crate::{OrganizationId, Scope, Timestamp};

/// How far a slow listener may fall behind before it must read the log again.
const BACKLOG: usize = 4096;

/// Where committed events come out. Cheap to clone.
#[derive(Clone)]
pub struct Hub(broadcast::Sender<Arc<Event>>);

impl Default for Hub {
    fn default() -> Self {
        Self(broadcast::channel(BACKLOG).0)
    }
}

impl Hub {
    /// Events from now on, of all vendors; the listener keeps to its scope.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Event>> {
        self.0.subscribe()
    }

    pub(crate) fn announce(&self, events: impl Iterator<Item = Arc<Event>>) {
        for event in events {
            // Nobody listening is no error.
            let _ = self.0.send(event);
        }
    }
}

/// Announces what other nodes commit, until cancelled. Each node hears its own notices too; listeners tell
/// them apart by the event's id. Does nothing on SQLite, which has one node.
pub async fn listen(db: Db, stop: CancellationToken) {
    let Some(pool) = db.postgres_pool().cloned() else { return };
    while !stop.is_cancelled() {
        let Ok(mut listener) = PgListener::connect_with(&pool).await else {
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
            continue;
        };
        if listener.listen("rialto_event").await.is_err() {
            continue;
        }
        loop {
            let notice = tokio::select! {
                () = stop.cancelled() => return,
                notice = listener.recv() => notice,
            };
            let Ok(notice) = notice else { break };
            if let Some((vendor, seq)) = parse(notice.payload()) {
                hear(&db, vendor, seq).await;
            }
        }
    }
}

fn parse(payload: &str) -> Option<(OrganizationId, i64)> {
    let (vendor, seq) = payload.split_once(':')?;
    Some((OrganizationId(vendor.parse().ok()?), seq.parse().ok()?))
}

async fn hear(db: &Db, vendor: OrganizationId, seq: i64) {
    let Ok(mut tx) = db.read().await else { return };
    match super::after(&mut tx, Scope::Vendor(vendor), seq - 1, Timestamp(0), 1).await {
        Ok(events) => db.hub().announce(events.into_iter().map(Arc::new)),
        Err(problem) => tracing::warn!(%problem, "an event of another node was missed"),
    }
}
