//! Pages as they were drawn last: kept as bytes until an event says that they are others.
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderValue, StatusCode};
use base::events::Event;
use base::{BrandId, CampaignId, Parts, Problem, Span, Timestamp};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;

use super::{dress, live};

/// How long a page is believed without having heard anything: a node that was cut off from the others for a while learns
/// of their changes so. The seal of its form is never older, either.
const BELIEVED: Span = Span::minutes(1);
/// How long events may wait that nobody has looked at: they are kept in memory as long as somebody has not heard them.
const HEARD: Duration = Duration::from_secs(5);
/// Pages kept at most; should so many be asked at once, all are drawn anew.
const KEPT: usize = 1_000;
/// What changes many pages at once: kits, looks, names, who takes part.
const WIDE: [&str; 8] =
    ["kit.", "theme.", "brand.", "host.", "program.", "organization.", "enrollment.", "partner."];

/// Which page: by its address, and whether its form was sent.
pub(super) type Key = (String, bool);

/// A page, drawn.
pub(super) struct Drawn {
    pub(super) campaign: CampaignId,
    pub(super) brand: BrandId,
    /// 200, or 410 of a campaign that is over.
    pub(super) status: StatusCode,
    pub(super) html: Bytes,
    /// The same, compressed with Brotli.
    pub(super) brotli: Bytes,
    pub(super) tag: HeaderValue,
    pub(super) policy: HeaderValue,
}

/// The pages of this process.
pub(super) struct Memory {
    parts: Parts,
    kept: Arc<Mutex<Kept>>,
}

struct Kept {
    events: Receiver<Arc<Event>>,
    pages: HashMap<Key, (Arc<Drawn>, Timestamp)>,
    /// Counts how often something was forgotten: what was drawn from before that is not kept.
    forgotten: u64,
}

impl Memory {
    /// Nothing yet. Within a runtime only: it listens while it is not asked, too.
    pub(super) fn new(parts: &Parts) -> Self {
        let kept = Kept { events: parts.db().hub().subscribe(), pages: HashMap::new(), forgotten: 0 };
        let kept = Arc::new(Mutex::new(kept));
        tokio::spawn(hear_now_and_then(Arc::downgrade(&kept)));
        Self { parts: parts.clone(), kept }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A page that is kept.
    pub(super) fn known(&self, key: &Key) -> Option<Arc<Drawn>> {
        let now = self.parts.clock().now();
        let mut kept = self.lock();
        kept.hear();
        kept.pages.get(key).filter(|(_, at)| *at + BELIEVED > now).map(|(page, _)| page.clone())
    }

    /// A page, drawn now and kept. None where there is no such page.
    ///
    /// # Errors
    /// `Internal` when the engine fails.
    pub(super) async fn draw(&self, key: Key, css: &str) -> Result<Option<Arc<Drawn>>, Problem> {
        let now = self.parts.clock().now();
        let before = self.lock().forgotten;
        let found = live::find(&self.parts, &key.0).await?;
        let Some(page) = dress::drawn(&self.parts, found, key.1, css).await? else { return Ok(None) };
        let page = Arc::new(page);
        let mut kept = self.lock();
        kept.hear();
        if kept.forgotten == before {
            if kept.pages.len() >= KEPT {
                kept.pages.clear();
            }
            kept.pages.insert(key, (page.clone(), now));
        }
        Ok(Some(page))
    }
}

impl Kept {
    /// Hears all that was told since, and forgets what it changes.
    fn hear(&mut self) {
        loop {
            match self.events.try_recv() {
                Ok(event) => self.hear_one(&event),
                Err(TryRecvError::Lagged(_)) => self.forget(|_| true),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    fn hear_one(&mut self, event: &Event) {
        if WIDE.iter().any(|kind| event.kind.starts_with(kind)) {
            self.forget(|_| true);
        } else if event.kind.starts_with("campaign") && event.kind != "campaign.answered" {
            match event.subject.parse::<CampaignId>() {
                Ok(campaign) => self.forget(|page| page.campaign == campaign),
                Err(_) => self.forget(|_| true),
            }
        }
    }

    fn forget(&mut self, which: impl Fn(&Drawn) -> bool) {
        self.pages.retain(|_, (page, _)| !which(page));
        self.forgotten += 1;
    }
}

async fn hear_now_and_then(kept: Weak<Mutex<Kept>>) {
    loop {
        tokio::time::sleep(HEARD).await;
        let Some(kept) = kept.upgrade() else { return };
        kept.lock().unwrap_or_else(PoisonError::into_inner).hear();
    }
}
