//! What an actor could do with a deal now, and why not: the access rules and the table asked together.
use base::Actor;

use super::{Past, Step, Terms, apply};
use crate::access::Do;
use crate::model::{Deal, DealState, Move, Refused, RejectionReason, RevocationReason, Ruling};

/// Everything the actor's side does with deals, each allowed or with the reason why not.
#[must_use]
pub fn moves(deal: &Deal, actor: &Actor, terms: &Terms) -> Vec<Move> {
    let past = Past { rounds: deal.rounds, extensions: deal.extensions };
    let one = |action: &Do| {
        let by_role = action.by(actor, Some(deal)).err();
        let refused = match by_role {
            Some(problem) => Some(Refused { code: problem.code().to_owned(), message: detail(&problem) }),
            None => step_of(*action, &deal.state)
                .and_then(|step| apply(&deal.state, &step, past, terms).err())
                .map(Into::into),
        };
        Move { action: *action, refused }
    };
    Do::of_side(actor).iter().map(one).collect()
}

fn detail(problem: &base::Problem) -> String {
    match problem {
        base::Problem::Forbidden { detail, .. } => detail.clone(),
        other => other.to_string(),
    }
}

/// A step as it would be made for an action, with empty texts; `None` for actions that do not move a deal.
#[must_use]
pub fn step_of(action: Do, state: &DealState) -> Option<Step> {
    let note = String::new();
    Some(match action {
        Do::Submit if matches!(state, DealState::Returned { .. }) => Step::Resubmit,
        Do::Submit => Step::Submit,
        Do::Edit => Step::Edit,
        Do::Withdraw => Step::Withdraw,
        Do::Amend => Step::Amend { material: false },
        Do::RequestExtension => Step::AskExtension { note },
        Do::Appeal => Step::Appeal { note },
        Do::Approve => Step::Approve,
        Do::Reject => Step::Reject { reason: RejectionReason::Other, note, rule: None },
        Do::Return => Step::Return { fields: Vec::new(), note },
        Do::GrantExtension => Step::AnswerExtension { granted: true, note },
        Do::ShowActivity => Step::ShowActivity,
        Do::Convert => Step::Convert { opportunity: None },
        Do::Close => Step::Win,
        Do::Revoke => Step::Revoke { reason: RevocationReason::Other, note },
        Do::Rule => Step::Rule { ruling: Ruling::Rejected, share_percent: 100, note },
        Do::List | Do::Read | Do::Register | Do::Check | Do::Write | Do::ShareViews => return None,
    })
}
