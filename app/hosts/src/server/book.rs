//! Which brand is behind a host name: asked for every request, so kept in memory until an event says otherwise.
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use base::events::Event;
use base::{BrandId, Parts, Problem, Span, Timestamp};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;

use super::store;

/// How long what is kept is believed without having heard anything: a node that was cut off from the others for a
/// while learns of their changes so.
const BELIEVED: Span = Span::minutes(1);

type Names = Arc<HashMap<String, BrandId>>;

/// The names that are somebody's, and their brands.
pub struct Book {
    parts: Parts,
    kept: Mutex<Kept>,
}

struct Kept {
    events: Receiver<Arc<Event>>,
    names: Option<(Names, Timestamp)>,
}

impl Book {
    /// A book that is empty until it is asked first.
    #[must_use]
    pub fn new(parts: &Parts) -> Self {
        let kept = Kept { events: parts.db().hub().subscribe(), names: None };
        Self { parts: parts.clone(), kept: Mutex::new(kept) }
    }

    /// The brand whose portal answers under a name, which is in lower case.
    ///
    /// # Errors
    /// `Internal` when the engine fails.
    pub async fn brand_at(&self, name: &str) -> Result<Option<BrandId>, Problem> {
        Ok(self.names().await?.get(name).copied())
    }

    async fn names(&self) -> Result<Names, Problem> {
        let now = self.parts.clock().now();
        if let Some(names) = self.fresh(now) {
            return Ok(names);
        }
        // What is committed after this is announced after this, and so heard at the next look.
        let all = store::owned(&mut self.parts.db().read().await?).await?;
        let names: Names = Arc::new(all.into_iter().collect());
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).names = Some((names.clone(), now));
        Ok(names)
    }

    fn fresh(&self, now: Timestamp) -> Option<Names> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match kept.events.try_recv() {
                Ok(event) if event.kind.starts_with("host.") => kept.names = None,
                Ok(_) => {}
                Err(TryRecvError::Lagged(_)) => kept.names = None,
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        kept.names.as_ref().filter(|(_, at)| *at + BELIEVED > now).map(|(names, _)| names.clone())
    }
}
