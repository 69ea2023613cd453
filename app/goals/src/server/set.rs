//! Performs what sets goals and changes them.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, Currency, Date, GoalId, Money, OrganizationId, Parts, Problem, Timestamp};
use figures::kpi::{self, Pace};
use programs::Program;

use super::moves::Case;
use super::{announce, ask, store, watch};
use crate::access::Do;
use crate::model::{Goal, Metric, Status};
use crate::rules::Step;
use crate::verbs::{ChangeGoal, SetGoal};

/// The longest period, in days: three years.
const LONGEST: i64 = 1096;

/// A target as a person writes it: an amount of the currency, or a whole number. Positive.
///
/// # Errors
/// `Invalid` at `field`.
pub(super) fn number(text: &str, metric: Metric, currency: Currency, field: &str) -> Result<i64, Problem> {
    let read = if metric.is_money() {
        Money::parse(text, currency).map(|money| money.amount_minor)
    } else {
        let digits: String =
            text.chars().filter(|c| !matches!(c, ' ' | ',' | '.' | '\u{a0}' | '\'')).collect();
        digits.parse::<i64>().ok()
    };
    match read {
        Some(number) if (1..=i64::MAX / 20_000).contains(&number) => Ok(number),
        Some(_) => Err(Problem::field(field, "range", "Give a number above zero.")),
        None if metric.is_money() => Err(Problem::field(field, "amount", "Give an amount like 120,000.")),
        None => Err(Problem::field(field, "number", "Give a whole number like 40.")),
    }
}

pub(super) fn check_period(from: Date, until: Date) -> Result<(), Problem> {
    if until < from {
        return Err(Problem::field("until", "order", "The last day is before the first."));
    }
    if (until - from).num_days() >= LONGEST {
        return Err(Problem::field("until", "too_long", "A goal runs for three years at most."));
    }
    Ok(())
}

/// Whose goal it is.
pub(super) struct Whose {
    pub(super) partner: Option<(OrganizationId, String)>,
    pub(super) territory: Option<String>,
}

impl Whose {
    /// Checks that the partner is an active member of the program.
    pub(super) async fn of(
        tx: &mut Tx,
        program: &Program,
        partner: Option<OrganizationId>,
        territory: Option<&str>,
    ) -> Result<Self, Problem> {
        let territory = territory.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        let Some(id) = partner else { return Ok(Self { partner: None, territory }) };
        if territory.is_some() {
            return Err(Problem::field("territory", "either", "Give a partner or a territory, not both."));
        }
        let unknown =
            || Problem::field("partner", "unknown", "This partner is no active member of the program.");
        let name = store::member_name(tx, program.id, id).await?.ok_or_else(unknown)?;
        Ok(Self { partner: Some((id, name)), territory: None })
    }
}

/// A goal that is not stored yet.
pub(super) fn made(
    parts: &Parts,
    actor: &Actor,
    program: &Program,
    whose: Whose,
    (metric, target, from, until): (Metric, i64, Date, Date),
    note: &str,
) -> Goal {
    let now: Timestamp = parts.clock().now();
    let status = if whose.partner.is_some() { Status::Proposed } else { Status::Set };
    let (partner, partner_name) = whose.partner.unzip();
    let pace: Pace = kpi::pace(target, 0, (from, until), from);
    Goal {
        id: GoalId(parts.id(now)),
        vendor: program.vendor,
        program: program.id,
        program_name: program.name.clone(),
        partner,
        partner_name,
        territory: whose.territory,
        metric,
        target,
        currency: program.currency,
        from,
        until,
        status,
        note: note.trim().to_owned(),
        answer: None,
        parent: None,
        actual: 0,
        pace,
        forecast: None,
        created_by_name: actor.name.clone(),
        created_at: now,
        version: 1,
    }
}

/// Stores a new goal, says so, and begins to watch it.
pub(super) async fn keep(tx: &mut Tx, parts: &Parts, actor: &Actor, goal: &Goal) -> Result<(), Problem> {
    store::insert(tx, goal).await?;
    let kind = if goal.partner.is_some() { "goal.proposed" } else { "goal.set" };
    announce(tx, parts, actor, kind, goal).await?;
    watch::from_now(tx, parts, goal.id).await
}

impl Perform for SetGoal {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Goal, Problem> {
        Do::Set.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let program = programs::server::program_in(tx, self.program, actor_.scope()).await?;
            let program =
                program.ok_or_else(|| Problem::field("program", "unknown", "There is no such program."))?;
            let target = number(&self.target, self.metric, program.currency, "target")?;
            check_period(self.from, self.until)?;
            let whose = Whose::of(tx, &program, self.partner, self.territory.as_deref()).await?;
            let what = (self.metric, target, self.from, self.until);
            let goal = made(&parts_, &actor_, &program, whose, what, &self.note);
            keep(tx, &parts_, &actor_, &goal).await?;
            ask::found(tx, &parts_, &actor_, goal.id).await
        };
        parts.db().write(work).await
    }
}

impl Perform for ChangeGoal {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Goal, Problem> {
        Do::Set.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let mut case = Case::open(tx, &actor_, Do::Set, (self.id, self.version)).await?;
            case.step(Step::Change)?;
            let goal = &mut case.goal;
            if let Some(target) = &self.target {
                goal.target = number(target, goal.metric, goal.currency, "target")?;
            }
            goal.from = self.from.unwrap_or(goal.from);
            goal.until = self.until.unwrap_or(goal.until);
            check_period(goal.from, goal.until)?;
            if let Some(note) = &self.note {
                note.trim().clone_into(&mut goal.note);
            }
            goal.answer = None;
            case.close(tx, &parts_, &actor_, "goal.changed").await
        };
        parts.db().write(work).await
    }
}
