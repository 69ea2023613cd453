//! Decides on one deal within a unit of work: the same for a verb about one deal and for a decision about many.
use base::db::Tx;
use base::{Actor, DealId, Parts, Problem};
use programs::PriorityMode;
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::moves::{protected_rival, submit};
use super::shares;
use crate::access::Do;
use crate::model::{Deal, DealState, Evidence, RejectionReason};
use crate::rules::{Refusal, Step};

/// A decision, or a partner's move, with everything that is said with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub(super) enum Decision {
    Approve,
    Reject { reason: RejectionReason, note: String },
    Return { fields: Vec<String>, note: String },
    Withdraw,
    Submit,
    GrantExtension { granted: bool, note: String },
    RequestExtension { note: String, evidence: Vec<Evidence> },
}

impl Decision {
    pub(super) const fn action(&self) -> Do {
        match self {
            Self::Approve => Do::Approve,
            Self::Reject { .. } => Do::Reject,
            Self::Return { .. } => Do::Return,
            Self::Withdraw => Do::Withdraw,
            Self::Submit => Do::Submit,
            Self::GrantExtension { .. } => Do::GrantExtension,
            Self::RequestExtension { .. } => Do::RequestExtension,
        }
    }

    /// The step of the table that it is for a deal in a state.
    pub(super) fn step(&self, state: &DealState) -> Step {
        match self {
            Self::Approve => Step::Approve,
            Self::Reject { reason, note } => {
                Step::Reject { reason: *reason, note: note.clone(), rule: reason.rule() }
            }
            Self::Return { fields, note } => Step::Return { fields: fields.clone(), note: note.clone() },
            Self::Withdraw => Step::Withdraw,
            Self::Submit if matches!(state, DealState::Returned { .. }) => Step::Resubmit,
            Self::Submit => Step::Submit,
            Self::GrantExtension { granted, note } => {
                Step::AnswerExtension { granted: *granted, note: note.clone() }
            }
            Self::RequestExtension { note, .. } => Step::AskExtension { note: note.clone() },
        }
    }
}

/// Decides, in a unit of work of its own.
pub(super) async fn one(
    parts: &Parts,
    actor: &Actor,
    at: (DealId, Option<u32>),
    decision: Decision,
) -> Result<Deal, Problem> {
    decision.action().by(actor, None)?;
    let (parts_, actor_) = (parts.clone(), actor.clone());
    parts.db().write(async move |tx: &mut Tx| decide(tx, &parts_, &actor_, at, decision).await).await
}

/// Decides.
///
/// # Errors
/// `NotFound`, `Forbidden`, `Stale`, or the table's refusal.
pub(super) async fn decide(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    at: (DealId, Option<u32>),
    decision: Decision,
) -> Result<Deal, Problem> {
    let mut case = Case::open(tx, parts, actor, decision.action(), at).await?;
    if decision == Decision::Submit {
        return submit(tx, parts, actor, case).await;
    }
    case.step(&decision.step(&case.deal.state))?;
    match decision {
        Decision::Approve => match protected_rival(tx, &mut case).await? {
            Some(holder) if case.rules.priority_mode == PriorityMode::Split => {
                shares::join(tx, parts, actor, &mut case, (holder, None)).await?;
            }
            Some(_) => return Err(Refusal::RivalProtected.into()),
            None => {}
        },
        Decision::Reject { reason, .. } => {
            if reason == RejectionReason::RivalFirst && case.rules.secondary_share_percent > 0 {
                shares::second(tx, parts, actor, &mut case).await?;
            }
        }
        Decision::RequestExtension { evidence, .. } => case.show(evidence),
        Decision::Return { .. } | Decision::Withdraw | Decision::Submit | Decision::GrantExtension { .. } => {
        }
    }
    case.close(tx, parts, actor).await
}
