//! One reader of the stream: what it has seen of each chain, so that it sees everything once and in order.
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::Arc;

use axum::body::Bytes;
use base::events::{self, Event};
use base::{Actor, EventId, OrganizationId, Parts, Problem, Scope};
use serde_json::{Value, json};

use crate::rules::{NOTICES, audience};

/// A reader that missed more than this is told to read its screens again instead.
const GAP: i64 = 500;

/// Where a reader stands. `seen` is the place up to which each chain was looked through; `last` is the last
/// message sent of each chain, which together are the reader's bookmark: the `id:` of its messages.
pub(super) struct Reader {
    scope: Scope,
    seen: HashMap<OrganizationId, i64>,
    last: BTreeMap<OrganizationId, EventId>,
}

impl Reader {
    /// Begins after a bookmark, or now. Gives the first messages: that the stream stands, and what was missed.
    pub(super) async fn start(
        parts: &Parts,
        scope: Scope,
        bookmark: Option<&str>,
    ) -> Result<(Self, Vec<Bytes>), Problem> {
        let mut reader = Self { scope, seen: HashMap::new(), last: BTreeMap::new() };
        reader.stand_at_the_end(parts).await?;
        let Some(bookmark) = bookmark else {
            let hello = reader.message("stream.connected");
            return Ok((reader, vec![hello]));
        };
        let ends = (reader.seen.clone(), reader.last.clone());
        if let Some(missed) = reader.missed(parts, bookmark).await? {
            return Ok((reader, missed));
        }
        (reader.seen, reader.last) = ends;
        let messages = vec![reader.message("stream.connected"), reader.message("stream.again")];
        Ok((reader, messages))
    }

    /// Forgets where it stood and goes on from now: the reader has to read its screens again.
    pub(super) async fn start_again(&mut self, parts: &Parts) -> Result<Vec<Bytes>, Problem> {
        self.stand_at_the_end(parts).await?;
        Ok(vec![self.message("stream.again")])
    }

    /// The messages for an announced event: none for a known or foreign one; also those before it when some were
    /// announced out of order, as happens between nodes.
    pub(super) async fn hear(&mut self, parts: &Parts, event: &Event) -> Result<Vec<Bytes>, Problem> {
        if matches!(self.scope, Scope::Vendor(id) if id != event.vendor) || self.scope == Scope::Nothing {
            return Ok(Vec::new());
        }
        let seen = self.seen.get(&event.vendor).copied().unwrap_or(0);
        if event.seq <= seen {
            return Ok(Vec::new());
        }
        if event.seq > seen + 1 {
            let Some(messages) = self.read(parts, event.vendor, seen, Some(event.seq)).await? else {
                return self.start_again(parts).await;
            };
            return Ok(messages);
        }
        self.seen.insert(event.vendor, event.seq);
        Ok(self.send(event).into_iter().collect())
    }

    async fn stand_at_the_end(&mut self, parts: &Parts) -> Result<(), Problem> {
        let mut tx = parts.db().read().await?;
        let newest = events::newest(&mut tx, self.scope).await?;
        self.last = newest.iter().map(|(vendor, id, _)| (*vendor, *id)).collect();
        self.seen = newest.iter().map(|(vendor, _, seq)| (*vendor, *seq)).collect();
        Ok(())
    }

    /// What came after a bookmark; `None` when it is not one of ours, or too old.
    async fn missed(&mut self, parts: &Parts, bookmark: &str) -> Result<Option<Vec<Bytes>>, Problem> {
        let mut from: HashMap<OrganizationId, i64> = HashMap::new();
        let mut tx = parts.db().read().await?;
        let chains: Vec<OrganizationId> = self.last.keys().copied().collect();
        self.last.clear();
        for id in bookmark.split('.').filter_map(|id| id.parse::<EventId>().ok()) {
            let Some((vendor, seq)) = events::place(&mut tx, id, self.scope).await? else { return Ok(None) };
            from.insert(vendor, seq);
            self.last.insert(vendor, id);
        }
        drop(tx);
        if from.is_empty() {
            return Ok(None);
        }
        let mut messages = vec![self.message("stream.connected")];
        for vendor in chains {
            match self.read(parts, vendor, from.get(&vendor).copied().unwrap_or(0), None).await? {
                Some(missed) => messages.extend(missed),
                None => return Ok(None),
            }
        }
        Ok(Some(messages))
    }

    /// Reads a chain after a place, at least up to another; `None` when it is too much.
    async fn read(
        &mut self,
        parts: &Parts,
        vendor: OrganizationId,
        after: i64,
        to: Option<i64>,
    ) -> Result<Option<Vec<Bytes>>, Problem> {
        let mut tx = parts.db().read().await?;
        let events = events::since(&mut tx, self.scope, vendor, after, GAP + 1).await?;
        drop(tx);
        if events.len() as i64 > GAP {
            return Ok(None);
        }
        let seen = self.seen.entry(vendor).or_default();
        *seen = (*seen).max(to.unwrap_or(0)).max(events.last().map_or(0, |event| event.seq));
        Ok(Some(events.iter().filter_map(|event| self.send(event)).collect()))
    }

    fn send(&mut self, event: &Event) -> Option<Bytes> {
        if !told(event, self.scope) {
            return None;
        }
        self.last.insert(event.vendor, event.id);
        let text = text(event, self.scope);
        Some(self.framed(&text))
    }

    /// A message of the stream about itself.
    fn message(&self, kind: &str) -> Bytes {
        let text = json!({ "id": "", "type": kind, "subject": "", "keys": [], "data": {} }).to_string();
        self.framed(&text)
    }

    fn framed(&self, text: &str) -> Bytes {
        let mut frame = String::with_capacity(text.len() + 64);
        if !self.last.is_empty() {
            let _ = writeln!(frame, "id: {}", self.bookmark());
        }
        let _ = write!(frame, "data: {text}\n\n");
        Bytes::from(frame)
    }

    /// Where the reader stands, to go on from there later.
    fn bookmark(&self) -> String {
        self.last.values().map(ToString::to_string).collect::<Vec<_>>().join(".")
    }
}

/// Where an actor's stream stands now. A page carries it, so that its stream misses nothing that happened while
/// the page was on its way. Empty when there is nothing to see yet.
///
/// # Errors
/// `Unavailable` or `Internal` when the store does not answer.
pub async fn bookmark(parts: &Parts, actor: &Actor) -> Result<String, Problem> {
    let mut reader = Reader { scope: actor.scope(), seen: HashMap::new(), last: BTreeMap::new() };
    reader.stand_at_the_end(parts).await?;
    Ok(reader.bookmark())
}

/// Whether a scope sees an event.
pub(super) fn told(event: &Event, scope: Scope) -> bool {
    match scope {
        Scope::Vendor(id) => event.vendor == id,
        Scope::Partner(id) => event.partner == Some(id),
        Scope::System | Scope::Nothing => false,
    }
}

/// The event as the stream tells it, made once for all readers of a side.
fn text(event: &Event, scope: Scope) -> Arc<str> {
    let make = |data: &Value| {
        let mut keys = event.keys.clone();
        keys.push("activity".to_owned());
        if audience(&event.kind).is_some() {
            keys.push(NOTICES.to_owned());
        }
        let id = event.id.to_string();
        let text =
            json!({ "id": id, "type": event.kind, "subject": event.subject, "keys": keys, "data": data });
        Arc::from(text.to_string())
    };
    match scope {
        Scope::Partner(_) => event.wire.for_partner(|| make(&event.data_for_partner())),
        _ => event.wire.for_vendor(|| make(&event.data)),
    }
}
