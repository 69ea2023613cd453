//! The streams of one scope: each message is made once, and its bytes are shared by all of them.
use std::collections::VecDeque;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use axum::body::Bytes;
use base::events::Event;
use base::{Parts, Problem, Scope};
use tokio::sync::OnceCell;

use super::asker::Asker;
use super::place::Place;

/// A comment for connections, and an event for scripts, which do not hear comments.
const HERE: Bytes = Bytes::from_static(b": here\n\nevent: here\ndata: .\n\n");
/// Messages that wait for the slowest reader before it falls behind.
pub(super) const WAITING: usize = 512;

/// All streams of one scope on this node.
pub(super) struct Group {
    scope: Scope,
    begun: OnceCell<()>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// After the newest message; nothing before the group has looked where its chains end.
    place: Option<Place>,
    /// What was announced until then.
    early: Vec<Arc<Event>>,
    /// Messages that some reader has not taken, and the number of the first of them.
    waiting: VecDeque<Bytes>,
    first: u64,
    /// Readers that have not taken all.
    behind: usize,
    readers: Vec<Option<Reader>>,
    free: Vec<usize>,
}

/// One stream's place in the group.
struct Reader {
    asker: Arc<Asker>,
    /// Number of the next message to take.
    next: u64,
    waker: Option<Waker>,
    /// In which part of the interval its heartbeat comes.
    phase: u32,
    beats: u8,
    /// It fell behind and has to be told so.
    again: bool,
    over: bool,
}

impl State {
    fn end(&self) -> u64 {
        self.first + self.waiting.len() as u64
    }

    /// One reader has taken everything or gave up.
    fn caught_up(&mut self) {
        self.behind = self.behind.saturating_sub(1);
        if self.behind == 0 {
            self.first = self.end();
            // A burst's room is not kept for the silence after it.
            self.waiting = VecDeque::new();
        }
    }

    fn tell(&mut self, event: &Event, scope: Scope) {
        let Some(place) = &mut self.place else { return };
        if !place.pass(event) || self.readers.len() == self.free.len() {
            return;
        }
        let message = place.tell(event, scope);
        self.waiting.push_back(message);
        if self.waiting.len() > WAITING {
            self.waiting.pop_front();
            self.first += 1;
        }
        let (first, end) = (self.first, self.end());
        self.behind = 0;
        for reader in self.readers.iter_mut().flatten() {
            reader.again |= reader.next < first;
            if reader.again {
                reader.next = end;
            } else {
                self.behind += 1;
            }
        }
        if self.behind == 0 {
            self.first = end;
            self.waiting.clear();
        }
    }

    /// Everybody who waits for something.
    fn wakers(&mut self, mut which: impl FnMut(&mut Reader) -> bool) -> Vec<Waker> {
        let readers = self.readers.iter_mut().flatten();
        readers.filter_map(|reader| which(reader).then(|| reader.waker.take()).flatten()).collect()
    }
}

impl Group {
    pub(super) fn new(scope: Scope) -> Self {
        Self { scope, begun: OnceCell::new(), state: Mutex::default() }
    }

    pub(super) const fn scope(&self) -> Scope {
        self.scope
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks where the chains end, once. The group must be known to whoever tells events by now.
    pub(super) async fn begin(&self, parts: &Parts) -> Result<(), Problem> {
        let look = async {
            let end = Place::end(parts, self.scope).await?;
            let mut state = self.state();
            state.place = Some(end);
            for event in mem::take(&mut state.early) {
                state.tell(&event, self.scope);
            }
            Ok(())
        };
        self.begun.get_or_try_init(|| look).await.copied()
    }

    /// Takes a reader in: its number, and the place from which it hears everything.
    pub(super) fn enter(&self, asker: Arc<Asker>, phase: u32) -> (usize, Place) {
        let mut state = self.state();
        let next = state.end();
        let reader = Some(Reader { asker, next, waker: None, phase, beats: 0, again: false, over: false });
        let number = if let Some(number) = state.free.pop() {
            state.readers[number] = reader;
            number
        } else {
            state.readers.push(reader);
            state.readers.len() - 1
        };
        (number, state.place.clone().unwrap_or_default())
    }

    /// Lets a reader go.
    pub(super) fn leave(&self, number: usize) {
        let mut state = self.state();
        if let Some(reader) = state.readers.get_mut(number).and_then(Option::take) {
            state.free.push(number);
            if reader.next < state.end() {
                state.caught_up();
            }
        }
    }

    /// Tells an event to all: at most one text, however many they are.
    pub(super) fn tell(&self, event: &Arc<Event>) {
        let mut state = self.state();
        if state.place.is_none() {
            state.early.push(event.clone());
            return;
        }
        state.tell(event, self.scope);
        let wakers = state.wakers(|_| true);
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Says to those whose turn it is that the stream stands. A reader that took nothing since its last turn but
    /// one gives up its claim on what waits.
    pub(super) fn beat(&self, phase: u32) {
        let mut state = self.state();
        let end = state.end();
        let mut gave_up = 0;
        let wakers = state.wakers(|reader| {
            let turn = reader.phase == phase;
            if turn {
                if reader.beats >= 2 && reader.next < end {
                    (reader.again, reader.next) = (true, end);
                    gave_up += 1;
                }
                reader.beats = reader.beats.saturating_add(1);
            }
            turn
        });
        for _ in 0..gave_up {
            state.caught_up();
        }
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Ends the streams of an asker, or all.
    pub(super) fn end(&self, asker: Option<&Arc<Asker>>) {
        let mut state = self.state();
        let wakers = state.wakers(|reader| {
            let ends = asker.is_none_or(|asker| Arc::ptr_eq(asker, &reader.asker));
            reader.over |= ends;
            ends
        });
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
    }

    /// The next bytes for a reader; nothing more when its stream is over.
    pub(super) fn poll(&self, number: usize, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let mut state = self.state();
        let (first, end) = (state.first, state.end());
        let State { readers, waiting, place, .. } = &mut *state;
        let Some(reader) = readers.get_mut(number).and_then(Option::as_mut) else { return Poll::Ready(None) };
        if reader.over {
            return Poll::Ready(None);
        }
        if reader.again {
            (reader.again, reader.beats) = (false, 0);
            return Poll::Ready(Some(place.clone().unwrap_or_default().message("stream.again")));
        }
        if reader.next < end {
            let message = waiting.get((reader.next - first) as usize).cloned();
            reader.next += 1;
            // It reads: a beat that was due is told by the next one.
            reader.beats = reader.beats.min(1);
            if reader.next == end {
                state.caught_up();
            }
            return Poll::Ready(message);
        }
        if reader.beats > 0 {
            reader.beats = 0;
            return Poll::Ready(Some(HERE));
        }
        if !reader.waker.as_ref().is_some_and(|waker| waker.will_wake(context.waker())) {
            reader.waker = Some(context.waker().clone());
        }
        Poll::Pending
    }
}
