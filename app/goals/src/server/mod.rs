//! Performs the verbs of goals: one function, one unit of work.
mod ask;
mod cascade;
mod import;
mod moves;
mod progress;
mod set;
mod store;
#[cfg(test)]
mod tests;
mod watch;

use base::db::{Migrations, Tx};
use base::events::{self, Happened};
use base::http::{Mounted, mounted};
use base::jobs::{JobKind, job};
use base::{Actor, Parts, Problem};
use serde_json::json;

use crate::model::Goal;
use crate::verbs::*;
pub use import::{Taken, take};

/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || base::migrations!();
/// The jobs of this slice.
pub const JOBS: &[JobKind] = &[job::<watch::WatchGoal>()];
/// What can be asked over the wire.
pub const VERBS: &[Mounted] = &[
    mounted::<ListGoals>(),
    mounted::<SetGoal>(),
    mounted::<ImportGoals>(),
    mounted::<GetGoal>(),
    mounted::<ChangeGoal>(),
    mounted::<AgreeGoal>(),
    mounted::<DeclineGoal>(),
    mounted::<TakeCounter>(),
    mounted::<DropGoal>(),
    mounted::<RestoreGoal>(),
    mounted::<PreviewCascade>(),
    mounted::<CascadeGoal>(),
];

/// Says in the log what happened to a goal; moves the lists and home pages that show it.
async fn announce(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    kind: &'static str,
    goal: &Goal,
) -> Result<(), Problem> {
    let happened = Happened {
        vendor: goal.vendor,
        kind,
        subject: goal.id.to_string(),
        program: Some(goal.program),
        partner: goal.partner,
        keys: vec!["goals".to_owned(), goal.id.to_string()],
        data: json!({ "metric": goal.metric, "target": goal.target, "from": goal.from, "until": goal.until,
            "status": goal.status, "version": goal.version }),
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}
