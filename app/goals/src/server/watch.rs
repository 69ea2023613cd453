//! Looks at a goal once a day while it runs, and says when it falls behind, recovers, is reached or missed.
use base::db::Tx;
use base::jobs::{Job, enqueue};
use base::{Actor, GoalId, Parts, Problem, Scope, Span};
use serde::{Deserialize, Serialize};

use super::progress::{fill, is_told};
use super::{announce, store};
use crate::model::Status;

/// Looks at one goal, and again a day later.
#[derive(Serialize, Deserialize)]
pub(super) struct WatchGoal {
    pub(super) goal: GoalId,
}

/// Looks at a goal now and from now on; a second time changes nothing.
pub(super) async fn from_now(tx: &mut Tx, parts: &Parts, goal: GoalId) -> Result<(), Problem> {
    enqueue(tx, parts, &WatchGoal { goal }, parts.clock().now(), Some(&mark(goal))).await
}

fn mark(goal: GoalId) -> String {
    format!("goals.watch {goal}")
}

impl Job for WatchGoal {
    const NAME: &'static str = "goals.watch";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let parts_ = parts.clone();
        let work = async move |tx: &mut Tx| {
            let Some(mut goal) = store::find(tx, self.goal, Scope::System).await? else { return Ok(()) };
            if matches!(goal.status, Status::Dropped) {
                return Ok(());
            }
            fill(tx, &parts_, std::slice::from_mut(&mut goal)).await?;
            let (before, now) = (store::standing(tx, goal.id).await?, goal.pace.standing);
            if before != now {
                store::note_standing(tx, goal.id, now).await?;
                // A goal that nobody agreed to yet is nobody's alarm.
                if matches!(goal.status, Status::Agreed | Status::Set)
                    && let Some(kind) = is_told(before, now)
                {
                    announce(tx, &parts_, &Actor::system(), kind, &goal).await?;
                }
            }
            if goal.pace.days_left == 0 && goal.until < parts_.clock().now().date() {
                return Ok(());
            }
            let again = parts_.clock().now() + Span::days(1);
            enqueue(tx, &parts_, &self, again, Some(&mark(self.goal))).await
        };
        parts.db().write(work).await
    }
}
