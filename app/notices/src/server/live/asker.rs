//! Who listens: one entry for all streams opened by one session or key, so that it is looked up once for all.
use std::collections::HashMap;
use std::sync::Arc;

use access::server::{Pass, actor_by};
use base::{Actor, OrganizationId, Parts, Problem, Role, Scope, UserId};

/// A session or key, as the person and in the place it stood for when its streams began.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Asker {
    pass: Pass,
    user: Option<UserId>,
    place: Option<(OrganizationId, Role)>,
}

impl Asker {
    pub(super) fn new(actor: &Actor, pass: Pass) -> Self {
        Self { pass, user: actor.user, place: place(actor) }
    }

    /// Whether the session or key still stands for the same person in the same place. A store that does not
    /// answer is no reason to hang up.
    pub(super) async fn may_still_listen(&self, parts: &Parts) -> bool {
        match actor_by(parts, self.pass).await {
            Ok(now) => now.user == self.user && place(&now) == self.place,
            Err(Problem::Unavailable) => true,
            Err(_) => false,
        }
    }
}

fn place(actor: &Actor) -> Option<(OrganizationId, Role)> {
    actor.standing.map(|standing| (standing.organization, standing.role))
}

/// All who listen on this node.
#[derive(Default)]
pub(super) struct Askers(HashMap<Arc<Asker>, Listens>);

struct Listens {
    scope: Scope,
    streams: usize,
    /// In which part of the interval it is looked up.
    phase: u32,
}

impl Askers {
    /// One more stream of an asker.
    pub(super) fn enter(&mut self, asker: Asker, scope: Scope, phase: u32) -> Arc<Asker> {
        let asker = self.0.get_key_value(&asker).map_or_else(|| Arc::new(asker), |(known, _)| known.clone());
        self.0.entry(asker.clone()).or_insert(Listens { scope, streams: 0, phase }).streams += 1;
        asker
    }

    /// One less.
    pub(super) fn leave(&mut self, asker: &Arc<Asker>) {
        let Some(listens) = self.0.get_mut(asker) else { return };
        listens.streams -= 1;
        if listens.streams == 0 {
            self.0.remove(asker);
        }
    }

    /// Those whose turn it is.
    pub(super) fn turn(&self, phase: u32) -> Vec<(Arc<Asker>, Scope)> {
        let turn = self.0.iter().filter(|(_, listens)| listens.phase == phase);
        turn.map(|(asker, listens)| (asker.clone(), listens.scope)).collect()
    }
}
