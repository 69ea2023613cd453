//! Performs what only reads: lists, and one goal.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, GoalId, Page, Parts, Problem};

use super::{progress, store};
use crate::access::Do;
use crate::model::Goal;
use crate::verbs::{GetGoal, ListGoals};

/// One goal that the actor may see, with what is reached of it.
pub(super) async fn found(tx: &mut Tx, parts: &Parts, actor: &Actor, id: GoalId) -> Result<Goal, Problem> {
    let mut goal = store::find(tx, id, actor.scope()).await?.ok_or(Problem::NotFound)?;
    Do::Read.by(actor, Some(&goal))?;
    progress::fill(tx, parts, std::slice::from_mut(&mut goal)).await?;
    Ok(goal)
}

impl Perform for ListGoals {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Goal>, Problem> {
        Do::Read.by(actor, None)?;
        let mut tx = parts.db().read().await?;
        // Programs count days in zones of their own; a day more or less at either end is seen in the pace.
        let today = parts.clock().now().date();
        let mut page = store::list(&mut tx, &self, actor.scope(), today).await?;
        progress::fill(&mut tx, parts, &mut page.items).await?;
        Ok(page)
    }
}

impl Perform for GetGoal {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Goal, Problem> {
        Do::Read.by(actor, None)?;
        let mut tx = parts.db().read().await?;
        found(&mut tx, parts, actor, self.id).await
    }
}
