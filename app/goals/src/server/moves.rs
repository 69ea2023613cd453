//! Performs what moves a goal: the partner's answer, taking back, bringing back.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, GoalId, Parts, Problem};

use super::set::number;
use super::{announce, ask, store, watch};
use crate::access::Do;
use crate::model::{Answer, Goal};
use crate::rules::{self, Step};
use crate::verbs::{AgreeGoal, DeclineGoal, DropGoal, RestoreGoal, TakeCounter};

/// A goal that is being moved, in the transaction that moves it.
pub(super) struct Case {
    pub(super) goal: Goal,
}

impl Case {
    /// Opens a goal for somebody who may do this.
    pub(super) async fn open(
        tx: &mut Tx,
        actor: &Actor,
        action: Do,
        (id, seen): (GoalId, Option<u32>),
    ) -> Result<Self, Problem> {
        let goal = store::find(tx, id, actor.scope()).await?.ok_or(Problem::NotFound)?;
        action.by(actor, Some(&goal))?;
        if seen.is_some_and(|seen| seen != goal.version) {
            return Err(Problem::Stale);
        }
        Ok(Self { goal })
    }

    pub(super) fn step(&mut self, step: Step) -> Result<(), Problem> {
        let has_counter = self.goal.answer.as_ref().is_some_and(|answer| answer.counter.is_some());
        self.goal.status = rules::step(self.goal.status, step, self.goal.partner.is_some(), has_counter)?;
        Ok(())
    }

    /// Stores it, says what happened, and gives it back as it is read.
    pub(super) async fn close(
        mut self,
        tx: &mut Tx,
        parts: &Parts,
        actor: &Actor,
        kind: &'static str,
    ) -> Result<Goal, Problem> {
        store::update(tx, &self.goal).await?;
        self.goal.version += 1;
        announce(tx, parts, actor, kind, &self.goal).await?;
        watch::from_now(tx, parts, self.goal.id).await?;
        ask::found(tx, parts, actor, self.goal.id).await
    }
}

fn answer(parts: &Parts, actor: &Actor) -> Answer {
    Answer { by: actor.name.clone(), at: parts.clock().now(), note: String::new(), counter: None }
}

macro_rules! performs {
    ($($name:ident: $action:expr, $step:expr, $kind:literal, |$case:ident, $parts:ident, $actor:ident| $change:expr;)*) => {$(
        impl Perform for $name {
            async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Goal, Problem> {
                $action.by(actor, None)?;
                let ($parts, $actor) = (parts.clone(), actor.clone());
                let work = async move |tx: &mut Tx| {
                    let mut $case = Case::open(tx, &$actor, $action, (self.id, self.version)).await?;
                    $case.step($step)?;
                    $change;
                    $case.close(tx, &$parts, &$actor, $kind).await
                };
                parts.db().write(work).await
            }
        }
    )*};
}
performs! {
    AgreeGoal: Do::Answer, Step::Agree, "goal.agreed", |case, parts, actor| {
        case.goal.answer = Some(answer(&parts, &actor));
    };
    TakeCounter: Do::Set, Step::TakeCounter, "goal.counter_taken", |case, parts, actor| {
        let counter = case.goal.answer.as_ref().and_then(|answer| answer.counter);
        case.goal.target = counter.unwrap_or(case.goal.target);
    };
    DropGoal: Do::Set, Step::Drop, "goal.dropped", |case, parts, actor| {};
    RestoreGoal: Do::Set, Step::Restore, "goal.restored", |case, parts, actor| {
        case.goal.answer = None;
    };
}

impl Perform for DeclineGoal {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Goal, Problem> {
        Do::Answer.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let mut case = Case::open(tx, &actor_, Do::Answer, (self.id, self.version)).await?;
            case.step(Step::Decline)?;
            let text = self.counter.trim();
            let counter = if text.is_empty() {
                None
            } else {
                Some(number(text, case.goal.metric, case.goal.currency, "counter")?)
            };
            if counter.is_none() && self.note.trim().is_empty() {
                return Err(Problem::field("note", "required", "Say why, or what you would agree to."));
            }
            case.goal.answer =
                Some(Answer { note: self.note.trim().to_owned(), counter, ..answer(&parts_, &actor_) });
            case.close(tx, &parts_, &actor_, "goal.declined").await
        };
        parts.db().write(work).await
    }
}
