//! Where a stream stands in the chains that its scope sees, and what came after a bookmark.
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use axum::body::Bytes;
use base::events::{self, Event};
use base::{Actor, EventId, OrganizationId, Parts, Problem, Scope};
use serde_json::{Value, json};

use crate::rules::{NOTICES, audience};

/// A reader that missed more than this is told to read its screens again instead.
const GAP: i64 = 500;

/// The last message of each chain, with its place in the chain. Their ids together are the bookmark: the `id:` of
/// the stream's messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place(BTreeMap<OrganizationId, (i64, EventId)>);

impl Place {
    /// The end of all chains that a scope sees.
    pub(super) async fn end(parts: &Parts, scope: Scope) -> Result<Self, Problem> {
        let mut tx = parts.db().read().await?;
        let newest = events::newest(&mut tx, scope).await?;
        Ok(Self(newest.into_iter().map(|(vendor, id, seq)| (vendor, (seq, id))).collect()))
    }

    /// Goes on to an event; false when it was passed before.
    pub(super) fn pass(&mut self, event: &Event) -> bool {
        let fresh = self.seq(event.vendor) < event.seq;
        if fresh {
            self.0.insert(event.vendor, (event.seq, event.id));
        }
        fresh
    }

    /// An event as a message of the stream, sent from here.
    pub(super) fn tell(&self, event: &Event, scope: Scope) -> Bytes {
        self.framed(&text(event, scope))
    }

    /// A message of the stream about itself.
    pub(super) fn message(&self, kind: &str) -> Bytes {
        self.framed(&json!({ "id": "", "type": kind, "subject": "", "keys": [], "data": {} }).to_string())
    }

    /// The ids, to go on from here later. Empty when there is nothing to see yet.
    pub(super) fn bookmark(&self) -> String {
        self.0.values().map(|(_, id)| id.to_string()).collect::<Vec<_>>().join(".")
    }

    /// How far each chain was read.
    pub(super) fn seqs(&self) -> impl Iterator<Item = (OrganizationId, i64)> {
        self.0.iter().map(|(vendor, (seq, _))| (*vendor, *seq))
    }

    fn seq(&self, vendor: OrganizationId) -> i64 {
        self.0.get(&vendor).map_or(0, |(seq, _)| *seq)
    }

    fn framed(&self, text: &str) -> Bytes {
        let bookmark = self.bookmark();
        let mut frame = String::with_capacity(text.len() + bookmark.len() + 16);
        if !bookmark.is_empty() {
            let _ = writeln!(frame, "id: {bookmark}");
        }
        let _ = write!(frame, "data: {text}\n\n");
        Bytes::from(frame)
    }

    /// Where a bookmark is; `None` when it is not one of the scope's.
    pub(super) async fn of(parts: &Parts, scope: Scope, bookmark: &str) -> Result<Option<Self>, Problem> {
        let mut place = Self::default();
        let mut tx = parts.db().read().await?;
        for id in bookmark.split('.').filter_map(|id| id.parse::<EventId>().ok()) {
            let Some((vendor, seq)) = events::place(&mut tx, id, scope).await? else { return Ok(None) };
            place.0.insert(vendor, (seq, id));
        }
        Ok((!place.0.is_empty()).then_some(place))
    }

    /// The messages between here and a later place of the scope, in order; `None` when they are too many.
    pub(super) async fn missed(
        mut self,
        parts: &Parts,
        scope: Scope,
        until: &Self,
    ) -> Result<Option<Vec<Bytes>>, Problem> {
        let mut messages = vec![self.message("stream.connected")];
        for (vendor, end) in until.seqs() {
            let from = self.seq(vendor);
            if from >= end {
                continue;
            }
            let mut tx = parts.db().read().await?;
            let events = events::since(&mut tx, scope, vendor, from, GAP + 1).await?;
            drop(tx);
            // What came after that place is on its way to the stream already.
            let events = events.iter().take_while(|event| event.seq <= end);
            for event in events {
                self.pass(event);
                messages.push(self.tell(event, scope));
            }
            if messages.len() as i64 > GAP + 1 {
                return Ok(None);
            }
        }
        Ok(Some(messages))
    }
}

/// Where an actor's stream stands now. A page carries it, so that its stream misses nothing that happened while
/// the page was on its way. Empty when there is nothing to see yet.
///
/// # Errors
/// `Unavailable` or `Internal` when the store does not answer.
pub async fn bookmark(parts: &Parts, actor: &Actor) -> Result<String, Problem> {
    Ok(Place::end(parts, actor.scope()).await?.bookmark())
}

/// What a scope reads of an event.
fn text(event: &Event, scope: Scope) -> String {
    let for_partner;
    let data: &Value = if let Scope::Partner(_) = scope {
        for_partner = event.data_for_partner();
        &for_partner
    } else {
        &event.data
    };
    let mut keys: Vec<&str> = event.keys.iter().map(String::as_str).collect();
    keys.push("activity");
    if audience(&event.kind).is_some() {
        keys.push(NOTICES);
    }
    let id = event.id.to_string();
    json!({ "id": id, "type": event.kind, "subject": event.subject, "keys": keys, "data": data }).to_string()
}

/// How far the events of each vendor have been told on this node. They are told in the order of the chain and
/// without gaps, whatever the order they are announced in.
#[derive(Debug, Default)]
pub(super) struct Chains(HashMap<OrganizationId, i64>);

impl Chains {
    /// As long as the chains are now.
    pub(super) async fn now(parts: &Parts) -> Result<Self, Problem> {
        Ok(Self(events::heads(&mut parts.db().read().await?).await?.into_iter().collect()))
    }

    /// How far a chain has been told.
    pub(super) fn told(&self, vendor: OrganizationId) -> i64 {
        self.0.get(&vendor).copied().unwrap_or(0)
    }

    /// Whether an event is the next one to tell; then it counts as told.
    pub(super) fn next(&mut self, event: &Event) -> bool {
        let next = event.seq == self.told(event.vendor) + 1;
        if next {
            self.0.insert(event.vendor, event.seq);
        }
        next
    }

    /// Some of what was not told yet, all of which counts as told now.
    pub(super) async fn rest(
        &mut self,
        parts: &Parts,
        vendor: OrganizationId,
    ) -> Result<Vec<Event>, Problem> {
        let (scope, told) = (Scope::Vendor(vendor), self.told(vendor));
        let events = events::since(&mut parts.db().read().await?, scope, vendor, told, GAP).await?;
        if let Some(last) = events.last() {
            self.0.insert(vendor, last.seq);
        }
        Ok(events)
    }
}
