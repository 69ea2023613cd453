//! Tells committed events to the groups of streams they concern: one task for all, whatever their number.
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use access::server::Pass;
use axum::body::Bytes;
use base::events::{Event, heads};
use base::{Actor, OrganizationId, Parts, Problem, Scope};
use futures::{StreamExt, stream};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::sync::{Mutex as TurnMutex, OnceCell};
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::STOP;
use super::asker::{Asker, Askers};
use super::group::Group;
use super::place::{Chains, Place};
use super::stream::Stream;

/// How often a stream says that it is still there, and a session or key is looked up again.
const INTERVAL: Duration = Duration::from_secs(15);
/// The interval's parts. Streams and askers are dealt out to them, so that they do not all have their turn at once.
const PHASES: u32 = 60;
/// Sessions and keys looked up at a time.
const LOOKS: usize = 8;

/// The streams of one node.
pub(super) struct Exchange {
    begun: OnceCell<()>,
    /// Held while events are told, so that each is told once and in order.
    chains: TurnMutex<Chains>,
    groups: Mutex<HashMap<Scope, Known>>,
    askers: Mutex<Askers>,
    /// Which part of the interval it is.
    phase: AtomicU32,
    dealt: AtomicU32,
}

/// A group, and how many streams are in it or about to be.
struct Known {
    group: Arc<Group>,
    streams: usize,
}

impl Default for Exchange {
    fn default() -> Self {
        Self {
            begun: OnceCell::new(),
            chains: TurnMutex::default(),
            groups: Mutex::default(),
            askers: Mutex::default(),
            phase: AtomicU32::new(0),
            dealt: AtomicU32::new(0),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Exchange {
    /// Opens a stream: after a bookmark, or from now on.
    pub(super) async fn open(
        self: &Arc<Self>,
        parts: &Parts,
        actor: &Actor,
        pass: Pass,
        bookmark: Option<&str>,
    ) -> Result<Stream, Problem> {
        self.begin(parts).await?;
        let scope = actor.scope();
        let from = match bookmark {
            Some(bookmark) => Place::of(parts, scope, bookmark).await?,
            None => None,
        };
        // Nothing may be told later that is before the bookmark.
        for (vendor, seq) in from.iter().flat_map(Place::seqs) {
            if self.chains.lock().await.told(vendor) < seq {
                self.catch_up(parts, vendor).await?;
            }
        }
        let entered = self.enter(scope, Asker::new(actor, pass));
        entered.group().begin(parts).await?;
        let (entered, here) = entered.take_place(self.deal());
        let first = match (bookmark, from) {
            (None, _) => vec![here.message("stream.connected")],
            (Some(_), Some(from)) => match from.missed(parts, scope, &here).await? {
                Some(missed) => missed,
                None => start_again(&here),
            },
            (Some(_), None) => start_again(&here),
        };
        Ok(Stream::new(entered, first))
    }

    /// Begins to listen for events, once.
    async fn begin(self: &Arc<Self>, parts: &Parts) -> Result<(), Problem> {
        let begin = async {
            // Listening comes before reading how long the chains are: nothing can fall between.
            let events = parts.db().hub().subscribe();
            *self.chains.lock().await = Chains::now(parts).await?;
            tokio::spawn(tell(Arc::downgrade(self), parts.clone(), events));
            tokio::spawn(beat(Arc::downgrade(self)));
            tokio::spawn(look(Arc::downgrade(self), parts.clone()));
            Ok(())
        };
        self.begun.get_or_try_init(|| begin).await.copied()
    }

    /// One that hears only what it is told, for tests.
    #[cfg(test)]
    pub(super) async fn deaf(parts: &Parts) -> Arc<Self> {
        let exchange = Self::default();
        exchange.begun.set(()).unwrap();
        *exchange.chains.lock().await = Chains::now(parts).await.unwrap();
        Arc::new(exchange)
    }

    /// One that says nothing on its own and looks after nobody, for tests whose people have no sessions.
    #[cfg(test)]
    pub(super) async fn quiet(parts: &Parts) -> Arc<Self> {
        let events = parts.db().hub().subscribe();
        let exchange = Self::deaf(parts).await;
        tokio::spawn(tell(Arc::downgrade(&exchange), parts.clone(), events));
        exchange
    }

    /// Looks after every session and key at once, for tests.
    #[cfg(test)]
    pub(super) async fn look_all(&self, parts: &Parts) {
        for phase in 0..PHASES {
            let turn = lock(&self.askers).turn(phase);
            for (asker, scope) in turn {
                self.look(parts, &asker, scope).await;
            }
        }
    }

    /// A turn in the interval, in its later half from now: nobody who has just come is looked after at once.
    fn deal(&self) -> u32 {
        let early = self.dealt.fetch_add(1, Ordering::Relaxed) % (PHASES / 2);
        (self.phase.load(Ordering::Relaxed) + PHASES - early) % PHASES
    }

    fn enter(self: &Arc<Self>, scope: Scope, asker: Asker) -> Entered {
        let asker = lock(&self.askers).enter(asker, scope, self.deal());
        let mut groups = lock(&self.groups);
        let known =
            groups.entry(scope).or_insert_with(|| Known { group: Arc::new(Group::new(scope)), streams: 0 });
        known.streams += 1;
        Entered { exchange: self.clone(), group: known.group.clone(), asker, number: None }
    }

    fn group(&self, scope: Scope) -> Option<Arc<Group>> {
        lock(&self.groups).get(&scope).map(|known| known.group.clone())
    }

    fn all(&self) -> Vec<Arc<Group>> {
        lock(&self.groups).values().map(|known| known.group.clone()).collect()
    }

    fn dispatch(&self, event: &Arc<Event>) {
        let partner = event.partner.map(Scope::Partner);
        for scope in [Some(Scope::Vendor(event.vendor)), partner].into_iter().flatten() {
            if let Some(group) = self.group(scope) {
                group.tell(event);
            }
        }
    }

    /// Tells an announced event, and before it those that were not announced, as happens between nodes.
    pub(super) async fn hear(&self, parts: &Parts, event: &Arc<Event>) -> Result<(), Problem> {
        let mut chains = self.chains.lock().await;
        if chains.next(event) {
            self.dispatch(event);
        } else if chains.told(event.vendor) < event.seq {
            drop(chains);
            self.catch_up(parts, event.vendor).await?;
        }
        Ok(())
    }

    /// Tells what the log has and was not told.
    async fn catch_up(&self, parts: &Parts, vendor: OrganizationId) -> Result<(), Problem> {
        loop {
            let mut chains = self.chains.lock().await;
            let events = chains.rest(parts, vendor).await?;
            if events.is_empty() {
                return Ok(());
            }
            for event in events {
                self.dispatch(&Arc::new(event));
            }
        }
    }

    async fn look(&self, parts: &Parts, asker: &Arc<Asker>, scope: Scope) {
        if !asker.may_still_listen(parts).await
            && let Some(group) = self.group(scope)
        {
            group.end(Some(asker));
        }
    }

    async fn catch_up_all(&self, parts: &Parts) -> Result<(), Problem> {
        let heads = heads(&mut parts.db().read().await?).await?;
        for (vendor, seq) in heads {
            if self.chains.lock().await.told(vendor) < seq {
                self.catch_up(parts, vendor).await?;
            }
        }
        Ok(())
    }
}

fn start_again(here: &Place) -> Vec<Bytes> {
    vec![here.message("stream.connected"), here.message("stream.again")]
}

/// Tells events until the server stops.
async fn tell(exchange: Weak<Exchange>, parts: Parts, mut events: Receiver<Arc<Event>>) {
    let mut retry = interval(Duration::from_secs(1));
    retry.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut late = false;
    loop {
        let heard = tokio::select! {
            () = STOP.cancelled() => None,
            heard = events.recv() => Some(heard),
            _ = retry.tick() => {
                let Some(exchange) = exchange.upgrade() else { return };
                late = late && exchange.catch_up_all(&parts).await.is_err();
                continue;
            }
        };
        let Some(exchange) = exchange.upgrade() else { return };
        let told = match heard {
            Some(Ok(event)) => exchange.hear(&parts, &event).await,
            Some(Err(RecvError::Lagged(_))) => exchange.catch_up_all(&parts).await,
            Some(Err(RecvError::Closed)) | None => {
                exchange.all().iter().for_each(|group| group.end(None));
                return;
            }
        };
        if let Err(problem) = told {
            tracing::warn!(%problem, "events wait for the store before they are streamed");
            late = true;
        }
    }
}

/// Says on all streams, each in its turn, that they stand.
async fn beat(exchange: Weak<Exchange>) {
    let mut phases = Phases::new();
    while let (Some(phase), Some(exchange)) = (phases.next().await, exchange.upgrade()) {
        exchange.phase.store(phase, Ordering::Relaxed);
        exchange.all().iter().for_each(|group| group.beat(phase));
    }
}

/// Looks, for each session and key in its turn, whether it still stands; ends its streams when not.
async fn look(exchange: Weak<Exchange>, parts: Parts) {
    let mut phases = Phases::new();
    while let (Some(phase), Some(exchange)) = (phases.next().await, exchange.upgrade()) {
        let turn = lock(&exchange.askers).turn(phase);
        let looks = turn.into_iter().map(|(asker, scope)| {
            let (exchange, parts) = (exchange.clone(), parts.clone());
            async move { exchange.look(&parts, &asker, scope).await }
        });
        stream::iter(looks).buffer_unordered(LOOKS).collect::<()>().await;
    }
}

/// The parts of the interval, one after another, until the server stops.
struct Phases {
    ticks: Interval,
    next: u32,
}

impl Phases {
    fn new() -> Self {
        let mut ticks = interval(INTERVAL / PHASES);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { ticks, next: 0 }
    }

    async fn next(&mut self) -> Option<u32> {
        tokio::select! {
            () = STOP.cancelled() => return None,
            _ = self.ticks.tick() => {}
        }
        self.next = (self.next + 1) % PHASES;
        Some(self.next)
    }
}

/// A stream's membership in its group; ends when dropped.
pub(super) struct Entered {
    exchange: Arc<Exchange>,
    group: Arc<Group>,
    asker: Arc<Asker>,
    number: Option<usize>,
}

impl Entered {
    pub(super) fn group(&self) -> &Group {
        &self.group
    }

    /// The reader's number in the group.
    pub(super) const fn number(&self) -> Option<usize> {
        self.number
    }

    /// From here on the group keeps what comes for this stream.
    fn take_place(mut self, phase: u32) -> (Self, Place) {
        let (number, here) = self.group.enter(self.asker.clone(), phase);
        self.number = Some(number);
        (self, here)
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        if let Some(number) = self.number {
            self.group.leave(number);
        }
        lock(&self.exchange.askers).leave(&self.asker);
        if let Entry::Occupied(mut known) = lock(&self.exchange.groups).entry(self.group.scope()) {
            known.get_mut().streams -= 1;
            if known.get().streams == 0 {
                known.remove();
            }
        }
    }
}
