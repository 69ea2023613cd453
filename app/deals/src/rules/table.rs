//! The state machine: one pure table. A step on a state gives the next state and what follows, or a typed refusal.
use base::Timestamp;

use super::approved::{approve, approved, expire};
use super::{Effect, Next, Past, Refusal, Screened, Step, Terms};
use crate::model::{DealState, LapseCause, Person, RejectionReason, Ruling, Status};
use Effect::{
    Announce, CountRound, IssueReceipt, KeepVersion, LeaveShare, LosePriority, ReleaseHolds, ScheduleLapse,
    ScreenAgain, ShareWithHolder, TakeHolds,
};

/// Applies a step.
///
/// # Errors
/// The refusal, when the step is not possible in this state, now, under these terms.
pub fn apply(state: &DealState, step: &Step, past: Past, terms: &Terms) -> Result<Next, Refusal> {
    let now = terms.now;
    match (state, step) {
        (DealState::Draft, Step::Submit) => {
            to(DealState::Submitted { at: now }, [IssueReceipt, Announce("deal.submitted")])
        }
        (DealState::Draft, Step::Edit) => to(DealState::Draft, []),
        (DealState::Submitted { .. }, Step::Screened(screened)) => screen(screened, terms),

        (DealState::InReview { answer_due, since }, Step::ConflictFound { rivals, is_protected }) => to(
            DealState::Conflict {
                since: *since,
                answer_due: *answer_due,
                rivals: rivals.clone(),
                appeal_until: is_protected.then_some(terms.appeal_until),
            },
            [Announce("deal.conflict_found")],
        ),
        (
            DealState::Conflict { answer_due, since, appeal_until, .. },
            Step::ConflictFound { rivals, is_protected },
        ) => to(
            DealState::Conflict {
                since: *since,
                answer_due: *answer_due,
                rivals: rivals.clone(),
                // The time to appeal runs from the approval, not from every look at it.
                appeal_until: is_protected.then(|| appeal_until.unwrap_or(terms.appeal_until)),
            },
            [Announce("deal.conflict_changed")],
        ),
        (DealState::Conflict { answer_due, since, .. }, Step::ConflictGone) => to(
            DealState::InReview { since: *since, answer_due: *answer_due },
            [Announce("deal.conflict_gone")],
        ),
        (DealState::InReview { .. } | DealState::Conflict { .. }, Step::Offer { automatic: true })
        | (DealState::InReview { .. } | DealState::Conflict { .. }, Step::Approve) => {
            approve(terms, 100, "deal.approved")
        }
        (DealState::InReview { .. }, Step::Offer { automatic: false }) => {
            to(in_review(terms), [Announce("deal.offered")])
        }
        (DealState::Conflict { rivals, .. }, Step::Offer { automatic: false }) => to(
            DealState::Conflict {
                since: now,
                answer_due: terms.answer_due,
                rivals: rivals.clone(),
                appeal_until: None,
            },
            [Announce("deal.offered")],
        ),
        (DealState::InReview { .. } | DealState::Conflict { .. }, Step::Reject { reason, note, rule }) => to(
            DealState::Rejected {
                by: terms.by.clone(),
                at: now,
                reason: *reason,
                note: note.clone(),
                rule: *rule,
                appeal_until: terms.appeal_until,
                secondary_percent: None,
            },
            [ScreenAgain, Announce("deal.rejected")],
        ),
        (DealState::InReview { .. } | DealState::Conflict { .. }, Step::Return { fields, note }) => {
            give_back(fields, note, past, terms)
        }

        (DealState::Returned { grace_until, .. }, Step::Edit | Step::Resubmit) if now >= *grace_until => {
            Err(Refusal::GraceOver)
        }
        (DealState::Returned { .. }, Step::Edit) => to(state.clone(), []),
        (DealState::Returned { .. }, Step::Resubmit) => {
            to(in_review(terms), [KeepVersion, ScreenAgain, Announce("deal.resubmitted")])
        }
        (DealState::Returned { grace_until, .. }, Step::GraceOver) => {
            due(now, *grace_until, Refusal::GraceRunning)?;
            let lapsed = DealState::Lapsed { at: now, cause: LapseCause::Unanswered };
            // Whoever stood behind it in line moves up.
            to(lapsed, [LosePriority, ReleaseHolds, Announce("deal.lapsed")])
        }
        (
            DealState::InReview { .. }
            | DealState::Conflict { .. }
            | DealState::Returned { .. }
            | DealState::Disputed { .. }
            | DealState::Converted { .. },
            Step::ShowActivity,
        ) => to(state.clone(), [Announce("deal.activity")]),

        (
            DealState::Draft
            | DealState::Submitted { .. }
            | DealState::InReview { .. }
            | DealState::Conflict { .. }
            | DealState::Returned { .. },
            Step::Withdraw,
        ) => to(
            DealState::Withdrawn { by: terms.by.clone(), at: now },
            // Whoever stood behind it in line moves up.
            [ReleaseHolds, Announce("deal.withdrawn")],
        ),

        (DealState::Approved { .. }, _) => approved(state, step, past, terms),
        (DealState::Converted { protection, .. }, Step::Expire) => expire(*protection, terms),
        (DealState::Converted { .. }, Step::Win) => {
            to(DealState::Won { at: now }, [ReleaseHolds, Announce("deal.won")])
        }
        (DealState::Converted { .. }, Step::Lose) => {
            to(DealState::Lost { at: now }, [LeaveShare, ReleaseHolds, Announce("deal.lost")])
        }

        (
            DealState::Rejected { appeal_until, by, .. } | DealState::Cancelled { appeal_until, by, .. },
            Step::Appeal { note },
        ) => appeal(*appeal_until, Some(by), note, terms),
        (DealState::Conflict { appeal_until: Some(until), .. }, Step::Appeal { note }) => {
            appeal(*until, None, note, terms)
        }
        (DealState::InReview { .. } | DealState::Conflict { .. }, Step::Appeal { .. }) => {
            Err(Refusal::NothingToAppeal)
        }
        (DealState::Disputed { decided_by: Some(decider), .. }, Step::Rule { .. })
            if decider.user.is_some() && decider.user == terms.by.user =>
        {
            Err(Refusal::OwnDecision)
        }
        (DealState::Disputed { .. }, Step::Rule { ruling, share_percent, note }) => {
            rule(*ruling, *share_percent, note, terms)
        }
        _ => Err(refusal(state.status(), step)),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every line of the table gives a result")]
pub(super) fn to(state: DealState, effects: impl IntoIterator<Item = Effect>) -> Result<Next, Refusal> {
    Ok(Next { state, effects: effects.into_iter().collect() })
}

/// Lets the system's timed steps pass from their instant on.
pub(super) fn due(now: Timestamp, at: Timestamp, early: Refusal) -> Result<(), Refusal> {
    if now >= at { Ok(()) } else { Err(early) }
}

pub(super) fn in_review(terms: &Terms) -> DealState {
    DealState::InReview { since: terms.now, answer_due: terms.answer_due }
}

fn screen(screened: &Screened, terms: &Terms) -> Result<Next, Refusal> {
    match screened {
        Screened::Clear { automatic: true } => approve(terms, 100, "deal.approved"),
        Screened::Clear { automatic: false } => to(in_review(terms), []),
        Screened::Hit { rivals, is_protected } => to(
            DealState::Conflict {
                since: terms.now,
                answer_due: terms.answer_due,
                rivals: rivals.clone(),
                appeal_until: is_protected.then_some(terms.appeal_until),
            },
            [Announce("deal.conflict_found")],
        ),
    }
}

fn give_back(fields: &[String], note: &str, past: Past, terms: &Terms) -> Result<Next, Refusal> {
    if past.rounds >= terms.max_rounds {
        return Err(Refusal::NoRoundsLeft);
    }
    let state = DealState::Returned {
        by: terms.by.clone(),
        at: terms.now,
        fields: fields.to_vec(),
        note: note.to_owned(),
        grace_until: terms.grace_until,
    };
    to(state, [CountRound, ScheduleLapse { at: terms.grace_until }, Announce("deal.returned")])
}

fn appeal(until: Timestamp, decided_by: Option<&Person>, note: &str, terms: &Terms) -> Result<Next, Refusal> {
    if terms.now >= until {
        return Err(Refusal::AppealOver);
    }
    let state = DealState::Disputed {
        by: terms.by.clone(),
        since: terms.now,
        note: note.to_owned(),
        rule_by: terms.answer_due,
        decided_by: decided_by.cloned(),
    };
    to(state, [LeaveShare, ScreenAgain, Announce("deal.disputed")])
}

fn rule(ruling: Ruling, share_percent: u32, note: &str, terms: &Terms) -> Result<Next, Refusal> {
    match ruling {
        Ruling::Approved => approve(terms, 100, "deal.ruled"),
        Ruling::Rejected => {
            let state = DealState::Rejected {
                by: terms.by.clone(),
                at: terms.now,
                reason: RejectionReason::Other,
                note: note.to_owned(),
                rule: None,
                // A ruling is the last word.
                appeal_until: terms.now,
                secondary_percent: None,
            };
            to(state, [ScreenAgain, Announce("deal.ruled")])
        }
        Ruling::Split => {
            // The holder keeps the customer; the ruling only shares the benefit.
            let mut next = approve(terms, share_percent, "deal.ruled")?;
            next.effects.retain(|effect| *effect != TakeHolds);
            next.effects.insert(0, ShareWithHolder { percent: 100 - share_percent.min(100) });
            Ok(next)
        }
    }
}

/// Why a step is not in the table for a status, as helpfully as the pair allows.
pub(super) fn refusal(status: Status, step: &Step) -> Refusal {
    let is_decision = matches!(step, Step::Approve | Step::Reject { .. } | Step::Return { .. });
    match (status, step) {
        _ if status.is_final() => Refusal::Final,
        (_, Step::Win | Step::Lose) => Refusal::NotConverted,
        (Status::Disputed, _) => Refusal::InDispute,
        (_, Step::Rule { .. }) => Refusal::NotInDispute,
        (
            _,
            Step::AskExtension { .. }
            | Step::AnswerExtension { .. }
            | Step::Amend { .. }
            | Step::Convert { .. }
            | Step::Revoke { .. },
        ) => Refusal::NotApproved,
        (Status::Draft | Status::Submitted | Status::Returned, Step::Appeal { .. }) => {
            Refusal::NothingToAppeal
        }
        (Status::Draft, Step::ShowActivity) => Refusal::NotSubmitted,
        (Status::Draft, _) if is_decision => Refusal::NotSubmitted,
        (Status::Returned, _) if is_decision => Refusal::WithPartner,
        (Status::Approved | Status::Converted | Status::Rejected | Status::Cancelled, _)
            if is_decision || matches!(step, Step::Withdraw | Step::Edit | Step::Submit | Step::Resubmit) =>
        {
            Refusal::AlreadyDecided
        }
        (_, Step::Submit | Step::Resubmit | Step::Edit) => Refusal::AlreadySubmitted,
        _ => Refusal::WrongState,
    }
}
