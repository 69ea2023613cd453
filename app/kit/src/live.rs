//! What moves: events from the server wake the resources that show what they changed.
use std::collections::HashMap;
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::*;

use crate::t;

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

impl Freshness {
    /// In the reader's language.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Starting => t::connecting(),
            Self::Live => t::live(),
            Self::Reconnecting => t::reconnecting(),
            Self::Offline => t::offline(),
        }
    }

    /// For the look: what is not live yet looks like what is not live any more.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Starting | Self::Reconnecting => "reconnecting",
            Self::Offline => "offline",
        }
    }
}

/// The page's connection to the event stream. Provided once, by the shell.
#[derive(Clone)]
pub struct Live {
    /// For the dot in the top bar.
    pub freshness: RwSignal<Freshness>,
    /// The last event's type, for the polite summary.
    pub last: RwSignal<Option<Moved>>,
    /// For whom the stream is: as another reader the page needs another one.
    pub reader: RwSignal<String>,
    wakers: Arc<Mutex<HashMap<String, ArcTrigger>>>,
    /// Keys that moved and wait to be woken together; nothing in a quiet time.
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    waiting: Arc<Mutex<Option<HashSet<String>>>>,
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
            reader: RwSignal::default(),
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

    /// Like [`Live::wake`], for a stream that may say much at once: the first event of a quiet time wakes what it
    /// moved right away, and what follows it closely is gathered, so that a burst makes a screen ask a few times only.
    /// The event of what this browser itself asks for often comes before the answer does; it waits for the answer, so
    /// that a form is still there to be told how it went.
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    pub(crate) fn wake_soon(&self, moved: Moved) {
        /// One change may be several events, which come one after another.
        const FIRST_MS: u32 = 15;
        const GATHER_MS: u32 = 200;
        const WRITING_MS: u32 = 25;
        const LONGEST_MS: u32 = 5_000;
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let quiet = waiting.is_none();
        waiting.get_or_insert_default().extend(moved.keys.iter().chain([&moved.subject]).cloned());
        drop(waiting);
        let _ = self.last.try_set(Some(moved));
        if quiet {
            let live = self.clone();
            leptos::task::spawn_local(async move {
                let mut gather_ms = FIRST_MS;
                loop {
                    gloo_timers::future::TimeoutFuture::new(gather_ms).await;
                    let mut waited_ms = 0;
                    while crate::wire::is_writing() && waited_ms < LONGEST_MS {
                        gloo_timers::future::TimeoutFuture::new(WRITING_MS).await;
                        waited_ms += WRITING_MS;
                    }
                    let Some(keys) = live.gathered() else { return };
                    live.notify(keys.iter());
                    gather_ms = GATHER_MS;
                }
            });
        }
    }

    /// What has moved since the last time; nothing, and the time is quiet, when nothing has.
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    fn gathered(&self) -> Option<HashSet<String>> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = waiting.take().filter(|keys| !keys.is_empty())?;
        *waiting = Some(HashSet::new());
        Some(keys)
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
