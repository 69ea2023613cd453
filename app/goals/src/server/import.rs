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

/// What a row became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    Set(GoalId),
    /// The same goal was there already.
    There(GoalId),
}

/// Sets the goal of a row within a unit of work, unless it is there already.
///
/// # Errors
/// `Invalid` with everything that is wrong with the row.
pub async fn take(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    program: &Program,
    entry: &GoalEntry,
) -> Result<Taken, Problem> {
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
    match store::same(tx, &goal).await? {
        Some((id, target)) if target == goal.target => return Ok(Taken::There(id)),
        Some(_) => return Err(store::taken()),
        None => {}
    }
    keep(tx, parts, actor, &goal).await?;
    Ok(Taken::Set(goal.id))
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
                    match take(tx, &parts_, &actor_, &program, entry).await {
                        Ok(Taken::Set(id)) => {
                            report.created += 1;
                            (Some(id), Vec::new())
                        }
                        Ok(Taken::There(id)) => (Some(id), Vec::new()),
                        Err(Problem::Invalid { errors }) => (None, errors),
                        Err(problem) => return Err(problem),
                    };
                report.rejected += u32::from(goal.is_none());
                report.rows.push(GoalRow { place, goal, errors });
            }
            Ok(report)
        };
        parts.db().write(work).await
    }
}
