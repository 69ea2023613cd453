//! What moves: events from the server wake the resources that show what they changed.
use std::collections::HashMap;
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::*;

/// Whether numbers on the page are fresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Freshness {
    /// Rendered by the server; the browser has not connected yet.
    #[default]
    Starting,
    /// Events arrive.
    Live,
    /// The connection was lost and is being made again.
    Reconnecting,
    /// The browser is offline.
    Offline,
}

/// The page's connection to the event stream. Provided once, by the shell.
#[derive(Clone)]
pub struct Live {
    /// For the dot in the top bar.
    pub freshness: RwSignal<Freshness>,
    /// The last event's type, for the polite summary.
    pub last: RwSignal<Option<Moved>>,
    wakers: Arc<Mutex<HashMap<String, ArcTrigger>>>,
    /// Keys that moved and wait to be woken together.
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    waiting: Arc<Mutex<HashSet<String>>>,
}

/// What an event says moved.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Moved {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub subject: String,
    pub keys: Vec<String>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            freshness: RwSignal::default(),
            last: RwSignal::new(None),
            wakers: Arc::default(),
            #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
            waiting: Arc::default(),
        }
    }
}

impl Live {
    fn trigger(&self, key: &str) -> ArcTrigger {
        let mut wakers = self.wakers.lock().unwrap_or_else(PoisonError::into_inner);
        wakers.entry(key.to_owned()).or_default().clone()
    }

    /// Wakes everything that shows one of the keys.
    pub fn wake(&self, moved: Moved) {
        self.notify(moved.keys.iter().chain([&moved.subject]));
        let _ = self.last.try_set(Some(moved));
    }

    fn notify<'a>(&self, keys: impl Iterator<Item = &'a String>) {
        let wakers = self.wakers.lock().unwrap_or_else(PoisonError::into_inner);
        let hit: Vec<ArcTrigger> = keys.filter_map(|key| wakers.get(key)).cloned().collect();
        drop(wakers);
        for trigger in hit {
            trigger.notify();
        }
    }

    /// Like [`Live::wake`], a moment later and together with what else moves by then: a burst of events makes a
    /// screen ask once. The event of what this browser itself asks for often comes before the answer does; it waits
    /// for the answer, so that a form is still there to be told how it went.
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    pub(crate) fn wake_soon(&self, moved: Moved) {
        const MOMENT_MS: u32 = 200;
        const LONGEST_MS: u32 = 5_000;
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let first = waiting.is_empty();
        waiting.extend(moved.keys.iter().chain([&moved.subject]).cloned());
        drop(waiting);
        let _ = self.last.try_set(Some(moved));
        if first {
            let live = self.clone();
            leptos::task::spawn_local(async move {
                gloo_timers::future::TimeoutFuture::new(MOMENT_MS).await;
                let mut waited = MOMENT_MS;
                while crate::wire::is_writing() && waited < LONGEST_MS {
                    gloo_timers::future::TimeoutFuture::new(MOMENT_MS / 4).await;
                    waited += MOMENT_MS / 4;
                }
                let mut waiting = live.waiting.lock().unwrap_or_else(PoisonError::into_inner);
                let keys = std::mem::take(&mut *waiting);
                drop(waiting);
                live.notify(keys.iter());
            });
        }
    }

    /// Wakes everything: after a gap that the stream could not fill.
    pub fn wake_all(&self) {
        let wakers = self.wakers.lock().unwrap_or_else(PoisonError::into_inner);
        let all: Vec<ArcTrigger> = wakers.values().cloned().collect();
        drop(wakers);
        for trigger in all {
            trigger.notify();
        }
    }
}

/// Counts up whenever an event moves one of the keys.
pub fn moved(keys: impl Fn() -> Vec<String> + Send + Sync + 'static) -> Memo<u32> {
    let live = use_context::<Live>();
    Memo::new(move |before: Option<&u32>| {
        if let Some(live) = &live {
            for key in keys() {
                live.trigger(&key).track();
            }
        }
        before.map_or(0, |count| count + 1)
    })
}

/// Connects the page to the stream. In the browser only, once.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
pub fn connect(live: Live) {
    crate::stream::connect(live);
}
