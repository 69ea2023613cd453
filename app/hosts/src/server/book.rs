//! Which brand is behind a host name: asked for every request, so kept in memory until an event says otherwise.
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use base::events::Event;
use base::{BrandId, Parts, Problem, Span, Timestamp};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;

use super::store;

/// How long what is kept is believed without having heard anything: a node that was cut off from the others for a
/// while learns of their changes so.
const BELIEVED: Span = Span::minutes(1);

/// How long events may wait that nobody has looked at: they are kept in memory as long as somebody has not heard them.
const HEARD: Duration = Duration::from_secs(5);

type Names = Arc<HashMap<String, BrandId>>;

/// The names that are somebody's, and their brands.
pub struct Book {
    parts: Parts,
    kept: Arc<Mutex<Kept>>,
}

struct Kept {
    events: Receiver<Arc<Event>>,
    names: Option<(Names, Timestamp)>,
}

impl Book {
    /// A book that is empty until it is asked first. Within a runtime only: it listens while it is not asked, too.
    #[must_use]
    pub fn new(parts: &Parts) -> Self {
        let kept = Kept { events: parts.db().hub().subscribe(), names: None };
        let kept = Arc::new(Mutex::new(kept));
        tokio::spawn(hear_now_and_then(Arc::downgrade(&kept)));
        Self { parts: parts.clone(), kept }
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
        kept.hear();
        kept.names.as_ref().filter(|(_, at)| *at + BELIEVED > now).map(|(names, _)| names.clone())
    }
}

impl Kept {
    /// Hears all that was told since, and forgets what it changes.
    fn hear(&mut self) {
        loop {
            let is_ours = match self.events.try_recv() {
                Ok(event) => event.kind.starts_with("host."),
                Err(TryRecvError::Lagged(_)) => true,
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            };
            if is_ours {
                self.names = None;
            }
        }
    }
}

async fn hear_now_and_then(kept: Weak<Mutex<Kept>>) {
    loop {
        tokio::time::sleep(HEARD).await;
        let Some(kept) = kept.upgrade() else { return };
        kept.lock().unwrap_or_else(PoisonError::into_inner).hear();
    }
}
