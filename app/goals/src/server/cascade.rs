//! Shares a goal of a program or territory out among its partners.
use std::collections::HashMap;

use base::db::Tx;
use base::http::Perform;
use base::{Actor, Date, Parts, Problem, ProgramId};
use figures::Days;
use figures::server as sums;

use super::set::{Whose, keep, made};
use super::store;
use crate::access::Do;
use crate::model::{Cascade, Goal, GoalShare, Status};
use crate::rules::{Refusal, share_out};
use crate::verbs::{CascadeGoal, PreviewCascade};

/// The equally long days before a goal's.
fn days_before(from: Date, until: Date) -> Days {
    let length = (until - from).num_days() + 1;
    let start = (0..length).try_fold(from, |day, _| day.pred_opt()).unwrap_or(from);
    Days::new(start, from)
}

async fn shares(tx: &mut Tx, goal: &Goal) -> Result<Cascade, Problem> {
    if goal.partner.is_some() {
        return Err(Problem::refused("one_partner", "The goal of one partner cannot be shared out."));
    }
    if goal.status == Status::Dropped {
        return Err(Refusal::Dropped.into());
    }
    let members = store::members(tx, goal.program, goal.territory.as_deref()).await?;
    let days = days_before(goal.from, goal.until);
    let what = (goal.metric.figure(), goal.metric.is_money().then_some(goal.currency));
    let reached: HashMap<_, _> =
        sums::reached_each(tx, goal.program, what, &days).await?.into_iter().collect();
    let before: Vec<i64> =
        members.iter().map(|(partner, _)| reached.get(partner).copied().unwrap_or_default()).collect();
    let targets = share_out(goal.target, &before);
    let share = |(((partner, partner_name), before), target)| GoalShare {
        partner,
        partner_name,
        before,
        target,
        goal: None,
    };
    let shares = members.into_iter().zip(before).zip(targets).map(share).collect();
    Ok(Cascade { metric: goal.metric, currency: goal.currency, shares, created: 0 })
}

impl Perform for PreviewCascade {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Cascade, Problem> {
        Do::Set.by(actor, None)?;
        let mut tx = parts.db().read().await?;
        let goal = store::find(&mut tx, self.id, actor.scope()).await?.ok_or(Problem::NotFound)?;
        shares(&mut tx, &goal).await
    }
}

impl Perform for CascadeGoal {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Cascade, Problem> {
        Do::Set.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let goal = store::find(tx, self.id, actor_.scope()).await?.ok_or(Problem::NotFound)?;
            let mut cascade = shares(tx, &goal).await?;
            let program: ProgramId = goal.program;
            let program =
                programs::server::program_in(tx, program, actor_.scope()).await?.ok_or(Problem::NotFound)?;
            for share in cascade.shares.iter_mut().filter(|share| share.target > 0) {
                let whose =
                    Whose { partner: Some((share.partner, share.partner_name.clone())), territory: None };
                let what = (goal.metric, share.target, goal.from, goal.until);
                let mut child = made(&parts_, &actor_, &program, whose, what, &goal.note);
                child.parent = Some(goal.id);
                if store::same(tx, &child).await?.is_some() {
                    continue;
                }
                keep(tx, &parts_, &actor_, &child).await?;
                share.goal = Some(child.id);
                cascade.created += 1;
            }
            Ok(cascade)
        };
        parts.db().write(work).await
    }
}
