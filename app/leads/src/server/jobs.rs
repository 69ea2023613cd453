//! What happens later: time to answer runs out, the next partner is asked, a registration is followed.
use base::db::Tx;
use base::jobs::{Job, JobKind, enqueue, job};
use base::{Actor, LeadId, Parts, Problem, Timestamp};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::follow::FollowDeal;
use crate::access::Do;
use crate::model::LeadState;
use crate::rules::{Step, UNDO};

/// The jobs of this slice.
pub const JOBS: &[JobKind] = &[job::<WatchOffer>(), job::<AskNext>(), job::<FollowDeal>()];

/// Opens a lead as the system. None when it is gone.
pub(super) async fn open(tx: &mut Tx, parts: &Parts, lead: LeadId) -> Result<Option<Case>, Problem> {
    match Case::open(tx, parts, &Actor::system(), Do::Read, (lead, None)).await {
        Ok(case) => Ok(Some(case)),
        Err(Problem::NotFound) => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// Tells the partner that its time to answer runs out, and ends the offer when it is over. An offer that was answered,
/// or is another one by now, has been moved on.
#[derive(Serialize, Deserialize)]
pub(super) struct WatchOffer {
    pub(super) lead: LeadId,
    pub(super) answer_by: Timestamp,
}

impl Job for WatchOffer {
    const NAME: &'static str = "leads.watch_offer";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let parts_ = parts.clone();
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let Some(mut case) = open(tx, &parts_, self.lead).await? else { return Ok(()) };
                let LeadState::Assigned { answer_by, warned, .. } = case.lead.state else { return Ok(()) };
                if answer_by != self.answer_by {
                    return Ok(());
                }
                let now = case.terms.now;
                if now >= answer_by {
                    case.step(&Step::TimeOut)?;
                } else {
                    let mark = format!("leads.watch {}", self.lead);
                    enqueue(tx, &parts_, &self, answer_by, Some(&mark)).await?;
                    if warned {
                        return Ok(());
                    }
                    case.step(&Step::Warn)?;
                }
                case.close(tx, &parts_, &Actor::system()).await.map(drop)
            })
            .await
    }
}

/// Asks the next partner, when the one before declined or did not answer and did not think better of it.
#[derive(Serialize, Deserialize)]
pub(super) struct AskNext {
    pub(super) lead: LeadId,
}

impl Job for AskNext {
    const NAME: &'static str = "leads.ask_next";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let parts_ = parts.clone();
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let Some(mut case) = open(tx, &parts_, self.lead).await? else { return Ok(()) };
                let is_due = match &case.lead.state {
                    LeadState::Declined { at, .. } => case.terms.now >= *at + UNDO,
                    LeadState::TimedOut { .. } => true,
                    _ => false,
                };
                if !is_due {
                    return Ok(());
                }
                let actor = Actor::system();
                case.hand_out(tx, &parts_, &actor).await?;
                case.close(tx, &parts_, &actor).await.map(drop)
            })
            .await
    }
}
