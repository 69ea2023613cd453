//! What an actor could do with a lead now, and why not: the access rules and the table asked together.
use base::{Actor, DealId, Problem};

use super::{Past, Step, Terms, apply, keeps};
use crate::access::Do;
use crate::model::{DeadReason, DeclineReason, Lead, LeadState, Move, Refused};

/// Everything the actor's side does with leads, each allowed or with the reason why not.
#[must_use]
pub fn moves(lead: &Lead, actor: &Actor, past: &Past, terms: &Terms) -> Vec<Move> {
    let one = |action: &Do| {
        let by_role = action.by(actor, Some(lead)).err();
        let refused = match by_role {
            Some(problem) => Some(Refused { code: problem.code().to_owned(), message: detail(&problem) }),
            None => step_of(*action, &lead.state)
                .and_then(|step| {
                    keeps(lead, &step).and_then(|()| apply(&lead.state, &step, past, terms)).err()
                })
                .map(Into::into),
        };
        Move { action: *action, refused }
    };
    Do::of_side(actor).iter().map(one).collect()
}

fn detail(problem: &Problem) -> String {
    match problem {
        Problem::Forbidden { detail, .. } => detail.clone(),
        other => other.to_string(),
    }
}

/// A step as it would be made for an action, with empty texts; `None` for actions that do not move a lead. Who would be
/// asked is not known yet, so that an offer is tried with somebody who never was.
#[must_use]
pub fn step_of(action: Do, state: &LeadState) -> Option<Step> {
    let note = String::new();
    Some(match action {
        Do::Edit => Step::Edit,
        Do::Assign => Step::Offer { partner: base::OrganizationId(base::reexport::uuid::Uuid::nil()) },
        Do::Accept => Step::Accept,
        Do::Decline => Step::Decline { reason: DeclineReason::Other, note },
        Do::Undo => Step::Undo,
        Do::Start => Step::Start,
        Do::Note => Step::Note,
        // Asked again, the registration that was begun is opened.
        Do::Register if matches!(state, LeadState::Working { deal: Some(_), .. }) => return None,
        Do::Register => Step::BeginDeal { deal: DealId(base::reexport::uuid::Uuid::nil()) },
        Do::Recycle => Step::Recycle { note },
        Do::Die => Step::Die { reason: DeadReason::Other, note },
        Do::Reopen => Step::Reopen,
        Do::List | Do::Read | Do::Create | Do::ReadRules | Do::EditRules | Do::EditPins => return None,
    })
}
