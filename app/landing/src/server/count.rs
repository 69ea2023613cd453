//! Counts visits in memory and writes them down now and then, so that a visit costs no transaction.
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use base::db::Tx;
use base::{CampaignId, Parts, Problem};

use super::store;
use crate::rules::visits::Counter;

/// How often what was counted is written down; what a crash takes with it at most.
const WRITTEN: Duration = Duration::from_secs(5);

/// The counter of this process.
pub(super) struct Count {
    parts: Parts,
    counter: Arc<Mutex<Counter>>,
}

fn salt(parts: &Parts) -> [u8; 32] {
    let mut salt = [0; 32];
    parts.chance().fill(&mut salt);
    salt
}

impl Count {
    /// Begins to count.
    pub(super) fn begin(parts: &Parts) -> Self {
        let counter = Arc::new(Mutex::new(Counter::new(parts.clock().now(), salt(parts))));
        tokio::spawn(write_now_and_then(parts.clone(), Arc::downgrade(&counter)));
        Self { parts: parts.clone(), counter }
    }

    /// Counts a visit of somebody by address and browser, neither of which is kept.
    pub(super) fn visit(&self, campaign: CampaignId, who: (&str, &str)) {
        let now = self.parts.clock().now();
        let mut counter = self.counter.lock().unwrap_or_else(PoisonError::into_inner);
        counter.visit(campaign, who, now, || salt(&self.parts));
    }
}

async fn write_now_and_then(parts: Parts, counter: Weak<Mutex<Counter>>) {
    loop {
        tokio::time::sleep(WRITTEN).await;
        let Some(counter) = counter.upgrade() else { return };
        if let Err(problem) = write(&parts, &counter).await {
            tracing::warn!(%problem, "visits wait to be written down");
        }
    }
}

/// Writes down what was counted; what cannot be written is kept for the next time.
async fn write(parts: &Parts, counter: &Mutex<Counter>) -> Result<(), Problem> {
    let counts = counter.lock().unwrap_or_else(PoisonError::into_inner).take();
    if counts.is_empty() {
        return Ok(());
    }
    let written = {
        let counts = counts.clone();
        parts.db().write(async move |tx: &mut Tx| store::add(tx, &counts).await).await
    };
    if written.is_err() {
        counter.lock().unwrap_or_else(PoisonError::into_inner).put_back(counts);
    }
    written
}
