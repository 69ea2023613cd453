//! Openings and clicks: where a link leads is known without the store, what was seen is written down some moments later,
//! many at once.
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use base::db::Tx;
use base::{MessageId, Parts, Problem, Timestamp};
use creative::draw::Mail;
use tokio::sync::OnceCell;

use super::store::{self, Kept};
use super::store_seen;
use super::token::{Purpose, Signer};
use crate::model::StepId;
use crate::rules::{Loader, loader, tagged};

/// What was seen waits for so long to be written down with the rest. What waits when the process is killed is lost.
const GATHERED: Duration = Duration::from_millis(200);
/// How many may wait: more are not counted, so that a flood costs no memory.
const MOST: usize = 20_000;
/// How many steps' links are kept at hand.
const KEPT: usize = 500;

/// Where the links of one step lead, with tags; none where one is of no kind that is followed.
type Ways = Arc<Vec<Option<String>>>;

/// Something that was seen.
#[derive(Clone, Copy, Debug)]
pub(super) enum Seen {
    Click(MessageId),
    Opening(MessageId, Loader),
}

/// Links at hand and what waits to be written down.
#[derive(Default)]
pub(super) struct Tracks {
    signer: OnceCell<Signer>,
    ways: RwLock<HashMap<StepId, Ways>>,
    waiting: Mutex<Vec<(Seen, Timestamp)>>,
}

impl Tracks {
    /// What a token is for; none when it is not one of ours.
    pub(super) async fn read(&self, parts: &Parts, token: &str) -> Result<Option<Purpose>, Problem> {
        let signer = self.signer.get_or_try_init(|| Signer::with_old(parts)).await?;
        Ok(signer.read(token))
    }

    /// Where a link of a step leads.
    pub(super) async fn way(
        &self,
        parts: &Parts,
        step: StepId,
        link: u16,
    ) -> Result<Option<String>, Problem> {
        let known = self.ways.read().unwrap_or_else(PoisonError::into_inner).get(&step).cloned();
        let ways = match known {
            Some(ways) => ways,
            None => {
                let Some(ways) = ways(&mut parts.db().read().await?, step).await? else { return Ok(None) };
                let mut all = self.ways.write().unwrap_or_else(PoisonError::into_inner);
                if all.len() >= KEPT {
                    all.clear();
                }
                all.insert(step, ways.clone());
                ways
            }
        };
        Ok(ways.get(usize::from(link)).cloned().flatten())
    }

    /// Takes note of something; it is written down soon.
    pub(super) fn note(self: &Arc<Self>, parts: &Parts, seen: Seen) {
        let first = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            if waiting.len() >= MOST {
                return;
            }
            waiting.push((seen, parts.clock().now()));
            waiting.len() == 1
        };
        if first {
            let (tracks, parts) = (Arc::clone(self), parts.clone());
            tokio::spawn(async move {
                tokio::time::sleep(GATHERED).await;
                if let Err(problem) = tracks.write_down(&parts).await {
                    tracing::warn!(%problem, "openings and clicks were not counted");
                }
            });
        }
    }

    /// Writes down what waits.
    pub(super) async fn write_down(&self, parts: &Parts) -> Result<(), Problem> {
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        if waiting.is_empty() {
            return Ok(());
        }
        let work = async move |tx: &mut Tx| {
            for (seen, at) in waiting {
                match seen {
                    Seen::Click(message) => store_seen::clicked(tx, message, at).await?,
                    Seen::Opening(message, by) => {
                        store_seen::opened(tx, message, by == Loader::Proxy, at).await?;
                    }
                }
            }
            Ok(())
        };
        parts.db().write(work).await
    }
}

/// Where the links of a step lead.
async fn ways(tx: &mut Tx, step: StepId) -> Result<Option<Ways>, Problem> {
    let Some(kept) = store::find(tx, step).await? else { return Ok(None) };
    let Some(mail) = store::mail_of(tx, step).await? else { return Ok(None) };
    let mail: Mail = serde_json::from_str(&mail).map_err(Problem::internal)?;
    let brand = programs::server::brand(tx, kept.brand).await?;
    let source = brand.map_or_else(|| "partner".to_owned(), |brand| brand.slug);
    let (campaign, content) = (name_of(&kept), format!("step-{}", kept.step));
    Ok(Some(Arc::new(mail.links.iter().map(|link| tagged(link, &source, &campaign, &content)).collect())))
}

/// What a campaign is called in statistics: the last part of its landing page's path, else its id.
fn name_of(kept: &Kept) -> String {
    let path = kept.landing_url.split(['?', '#']).next().unwrap_or_default();
    let last =
        path.trim_end_matches('/').split_once("://").and_then(|(_, rest)| rest.split('/').skip(1).last());
    last.map_or_else(|| kept.campaign.to_string(), str::to_owned)
}

/// Writes a click down and says where it leads, tags added; none for a link that the mail does not have.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn clicked(
    tx: &mut Tx,
    parts: &Parts,
    message: MessageId,
    link: u16,
) -> Result<Option<String>, Problem> {
    let Some(known) = store_seen::find(tx, message).await? else { return Ok(None) };
    let Some(ways) = ways(tx, known.step.id).await? else { return Ok(None) };
    let Some(way) = ways.get(usize::from(link)).cloned().flatten() else { return Ok(None) };
    store_seen::clicked(tx, message, parts.clock().now()).await?;
    Ok(Some(way))
}

/// Writes an opening down. By what the loader says of itself it is a person's or that of a service which loads pictures
/// for many.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn opened(tx: &mut Tx, parts: &Parts, message: MessageId, user_agent: &str) -> Result<(), Problem> {
    let by_proxy = loader(user_agent) == Loader::Proxy;
    store_seen::opened(tx, message, by_proxy, parts.clock().now()).await
}
