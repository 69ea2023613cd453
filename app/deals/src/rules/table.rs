//! The state machine: one pure table. A step on a state gives the next state and what follows, or a typed refusal.
use base::Timestamp;

use super::{Effect, Next, Past, Refusal, Screened, Step, Terms};
use crate::model::{DealState, ExtensionAsk, Protection, RejectionReason, Ruling, Status};
use Effect::{
    Announce, CountExtension, CountRound, IssueReceipt, KeepVersion, LosePriority, ReleaseHolds,
    ScheduleExpiry, ScheduleLapse, ScreenAgain, ShareWithHolder, TakeHolds,
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

        (DealState::InReview { answer_due, since }, Step::ConflictFound { rivals }) => to(
            DealState::Conflict { since: *since, answer_due: *answer_due, rivals: rivals.clone() },
            [Announce("deal.conflict_found")],
        ),
        (DealState::Conflict { answer_due, since, .. }, Step::ConflictGone) => to(
            DealState::InReview { since: *since, answer_due: *answer_due },
            [Announce("deal.conflict_gone")],
        ),
        (DealState::InReview { .. } | DealState::Conflict { .. }, Step::Approve) => {
            approve(terms, 100, "deal.approved")
        }
        (DealState::InReview { .. } | DealState::Conflict { .. }, Step::Reject { reason, note, rule }) => to(
            DealState::Rejected {
                by: terms.by.clone(),
                at: now,
                reason: *reason,
                note: note.clone(),
                rule: *rule,
                appeal_until: terms.appeal_until,
            },
            [Announce("deal.rejected")],
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
            to(DealState::Lapsed { at: now }, [LosePriority, Announce("deal.lapsed")])
        }

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
            to(DealState::Lost { at: now }, [ReleaseHolds, Announce("deal.lost")])
        }

        (
            DealState::Rejected { appeal_until, .. } | DealState::Cancelled { appeal_until, .. },
            Step::Appeal { note },
        ) => {
            if now >= *appeal_until {
                return Err(Refusal::AppealOver);
            }
            let by = terms.by.clone();
            to(
                DealState::Disputed { by, since: now, note: note.clone(), rule_by: terms.answer_due },
                [Announce("deal.disputed")],
            )
        }
        (DealState::Disputed { .. }, Step::Rule { ruling, share_percent, note }) => {
            rule(*ruling, *share_percent, note, terms)
        }
        _ => Err(refusal(state.status(), step)),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every line of the table gives a result")]
fn to(state: DealState, effects: impl IntoIterator<Item = Effect>) -> Result<Next, Refusal> {
    Ok(Next { state, effects: effects.into_iter().collect() })
}

/// Lets the system's timed steps pass from their instant on.
fn due(now: Timestamp, at: Timestamp, early: Refusal) -> Result<(), Refusal> {
    if now >= at { Ok(()) } else { Err(early) }
}

fn in_review(terms: &Terms) -> DealState {
    DealState::InReview { since: terms.now, answer_due: terms.answer_due }
}

fn screen(screened: &Screened, terms: &Terms) -> Result<Next, Refusal> {
    match screened {
        Screened::Clear { automatic: true } => approve(terms, 100, "deal.approved"),
        Screened::Clear { automatic: false } => to(in_review(terms), []),
        Screened::Hit { rivals } => to(
            DealState::Conflict { since: terms.now, answer_due: terms.answer_due, rivals: rivals.clone() },
            [Announce("deal.conflict_found")],
        ),
    }
}

fn approve(terms: &Terms, share_percent: u32, kind: &'static str) -> Result<Next, Refusal> {
    let protection = terms.protection.map(|length| Protection::new(terms.now, length));
    let expiry = protection.map(|protection| ScheduleExpiry { at: protection.expiry });
    let state = DealState::Approved {
        by: terms.by.clone(),
        at: terms.now,
        protection,
        share_percent,
        extension: None,
    };
    to(state, [TakeHolds].into_iter().chain(expiry).chain([Announce(kind)]))
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

fn approved(state: &DealState, step: &Step, past: Past, terms: &Terms) -> Result<Next, Refusal> {
    let DealState::Approved { by, at, protection, share_percent, extension } = state else {
        return Err(Refusal::NotApproved);
    };
    let again = |protection: Option<Protection>, extension: Option<ExtensionAsk>| DealState::Approved {
        by: by.clone(),
        at: *at,
        protection,
        share_percent: *share_percent,
        extension,
    };
    match step {
        Step::Amend { material: false } => to(state.clone(), [KeepVersion, Announce("deal.amended")]),
        Step::Amend { material: true } => {
            to(in_review(terms), [KeepVersion, ReleaseHolds, ScreenAgain, Announce("deal.amended")])
        }
        Step::AskExtension { note } => {
            let window = extendable(*protection, past, terms)?;
            if extension.is_some() {
                return Err(Refusal::ExtensionAsked);
            }
            let asked = ExtensionAsk { at: terms.now, note: note.clone() };
            to(again(Some(window), Some(asked)), [Announce("deal.extension_requested")])
        }
        Step::AnswerExtension { .. } if extension.is_none() => Err(Refusal::NoExtensionAsked),
        Step::AnswerExtension { granted: false } => {
            to(again(*protection, None), [Announce("deal.extension_denied")])
        }
        Step::AnswerExtension { granted: true } => {
            let window = extendable(*protection, past, terms)?;
            let longer = Protection { start: window.start, expiry: window.expiry + terms.extension };
            to(
                again(Some(longer), None),
                [CountExtension, ScheduleExpiry { at: longer.expiry }, Announce("deal.extended")],
            )
        }
        Step::Convert { opportunity } => to(
            DealState::Converted {
                at: terms.now,
                opportunity: *opportunity,
                protection: *protection,
                share_percent: *share_percent,
            },
            [Announce("deal.converted")],
        ),
        Step::Expire => expire(*protection, terms),
        Step::Revoke { reason, note } => to(
            DealState::Cancelled {
                by: terms.by.clone(),
                at: terms.now,
                reason: *reason,
                note: note.clone(),
                appeal_until: terms.appeal_until,
            },
            [ReleaseHolds, Announce("deal.cancelled")],
        ),
        _ => Err(refusal(Status::Approved, step)),
    }
}

fn extendable(protection: Option<Protection>, past: Past, terms: &Terms) -> Result<Protection, Refusal> {
    let window = protection.ok_or(Refusal::NotProtected)?;
    if !window.holds(terms.now) {
        return Err(Refusal::ProtectionOver);
    }
    if past.extensions >= terms.max_extensions {
        return Err(Refusal::NoExtensionLeft);
    }
    Ok(window)
}

fn expire(protection: Option<Protection>, terms: &Terms) -> Result<Next, Refusal> {
    let window = protection.ok_or(Refusal::NotProtected)?;
    due(terms.now, window.expiry, Refusal::ProtectionRunning)?;
    to(DealState::Expired { at: terms.now }, [ReleaseHolds, Announce("deal.expired")])
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
            };
            to(state, [Announce("deal.ruled")])
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
fn refusal(status: Status, step: &Step) -> Refusal {
    let is_decision = matches!(step, Step::Approve | Step::Reject { .. } | Step::Return { .. });
    match (status, step) {
        _ if status.is_final() => Refusal::Final,
        (Status::Disputed, _) => Refusal::InDispute,
        (_, Step::Rule { .. }) => Refusal::NotInDispute,
        (
            _,
            Step::AskExtension { .. }
            | Step::AnswerExtension { .. }
            | Step::Amend { .. }
            | Step::Revoke { .. },
        ) => Refusal::NotApproved,
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
