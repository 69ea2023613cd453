//! Performs the import of goals: each row by itself, so that a wrong one holds up no other.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, FieldError, GoalId, OrganizationId, Parts, Problem, check_fields};
use programs::Program;

use super::set::{Whose, check_period, keep, made, number};
use super::store;
use crate::access::Do;
use crate::model::{GoalRow, GoalsReport};
use crate::verbs::{GoalEntry, ImportGoals};

async fn one(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    program: &Program,
    entry: &GoalEntry,
) -> Result<GoalId, Problem> {
    check_fields(entry)?;
    let target = number(&entry.target, entry.metric, program.currency, "target")?;
    check_period(entry.from, entry.until)?;
    let named = entry.partner.trim();
    let partner: Option<OrganizationId> = match (named.is_empty(), named.parse()) {
        (true, _) => None,
        (false, Ok(id)) => Some(id),
        (false, Err(_)) => {
            let unknown =
                || Problem::field("partner", "unknown", "No active member of the program has this name.");
            Some(store::member_named(tx, program.id, named).await?.ok_or_else(unknown)?)
        }
    };
    let whose = Whose::of(tx, program, partner, Some(&entry.territory)).await?;
    let goal =
        made(parts, actor, program, whose, (entry.metric, target, entry.from, entry.until), &entry.note);
    if store::is_taken(tx, &goal).await? {
        return Err(store::taken());
    }
    keep(tx, parts, actor, &goal).await?;
    Ok(goal.id)
}

impl Perform for ImportGoals {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<GoalsReport, Problem> {
        Do::Set.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let program = programs::server::program_in(tx, self.program, actor_.scope()).await?;
            let program =
                program.ok_or_else(|| Problem::field("program", "unknown", "There is no such program."))?;
            let mut report = GoalsReport { created: 0, rejected: 0, rows: Vec::new() };
            for (place, entry) in (0..).zip(&self.goals) {
                let (goal, errors): (Option<GoalId>, Vec<FieldError>) =
                    match one(tx, &parts_, &actor_, &program, entry).await {
                        Ok(id) => (Some(id), Vec::new()),
                        Err(Problem::Invalid { errors }) => (None, errors),
                        Err(problem) => return Err(problem),
                    };
                report.created += u32::from(goal.is_some());
                report.rejected += u32::from(goal.is_none());
                report.rows.push(GoalRow { place, goal, errors });
            }
            Ok(report)
        };
        parts.db().write(work).await
    }
}
