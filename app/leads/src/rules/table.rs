//! The state machine: one pure table. A step on a state gives the next state and what follows, or a typed refusal.
#![allow(clippy::match_same_arms, reason = "the table stands in the order of the steps")]
use base::OrganizationId;

use super::{Effect, Next, Outcome, Past, Refusal, Step, Terms, UNDO};
use crate::model::{LeadState, RecycleCause, Status};
use Effect::{Announce, AnnounceTo, AskNext, CloseOffer, NewRound, OpenOffer, WatchOffer};

/// Applies a step.
///
/// # Errors
/// The refusal, when the step is not possible in this state, now, under these terms.
pub fn apply(state: &LeadState, step: &Step, past: &Past, terms: &Terms) -> Result<Next, Refusal> {
    let now = terms.now;
    if step.is_partners() && state.partner() != terms.partner {
        return Err(if state.partner().is_some() { Refusal::NotYours } else { Refusal::NotOffered });
    }
    match (state, step) {
        (LeadState::Registered { .. } | LeadState::Dead { .. }, Step::Edit) => {
            Err(refusal(state.status(), step))
        }
        (_, Step::Edit) => to(state.clone(), [Announce("lead.edited")]),
        (LeadState::Registered { .. } | LeadState::Dead { .. }, Step::Note) => {
            Err(refusal(state.status(), step))
        }
        (_, Step::Note) => to(state.clone(), []),

        (
            LeadState::New
            | LeadState::Declined { .. }
            | LeadState::TimedOut { .. }
            | LeadState::Recycled { .. },
            Step::Offer { partner },
        ) => offer(*partner, past, terms),
        (LeadState::New | LeadState::Declined { .. } | LeadState::TimedOut { .. }, Step::Exhaust) => {
            recycled(terms, RecycleCause::NobodyLeft, "", [Announce("lead.recycled")])
        }

        (LeadState::Assigned { answer_by, .. }, Step::Accept) => {
            before(now, *answer_by)?;
            let state = LeadState::Accepted {
                partner: holder(state)?,
                by: terms.by.clone(),
                at: now,
                answer_by: *answer_by,
            };
            to(state, [CloseOffer(Outcome::Accepted), Announce("lead.accepted")])
        }
        (LeadState::Assigned { answer_by, .. }, Step::Decline { reason, note }) => {
            before(now, *answer_by)?;
            let state = LeadState::Declined {
                partner: holder(state)?,
                by: terms.by.clone(),
                at: now,
                reason: *reason,
                note: note.clone(),
                answer_by: Some(*answer_by),
            };
            declined(state, terms)
        }
        (
            LeadState::Accepted { .. } | LeadState::Working { deal: None, .. },
            Step::Decline { reason, note },
        ) => {
            let state = LeadState::Declined {
                partner: holder(state)?,
                by: terms.by.clone(),
                at: now,
                reason: *reason,
                note: note.clone(),
                answer_by: None,
            };
            declined(state, terms)
        }
        (LeadState::Assigned { partner, since, answer_by, warned: false }, Step::Warn) => {
            before(now, *answer_by)?;
            let state =
                LeadState::Assigned { partner: *partner, since: *since, answer_by: *answer_by, warned: true };
            to(state, [Announce("lead.offer_ending")])
        }
        (LeadState::Assigned { warned: true, .. }, Step::Warn) => Err(Refusal::AlreadyWarned),
        (LeadState::Assigned { partner, answer_by, .. }, Step::TimeOut) => {
            if now < *answer_by {
                return Err(Refusal::OfferRunning);
            }
            let mut effects = vec![CloseOffer(Outcome::TimedOut), Announce("lead.timed_out")];
            effects.push(if terms.reassign { AskNext { at: now } } else { Announce("lead.waiting") });
            to(LeadState::TimedOut { partner: *partner, at: now }, effects)
        }

        (
            LeadState::Accepted { partner, at, answer_by, .. }
            | LeadState::Declined { partner, at, answer_by: Some(answer_by), .. },
            Step::Undo,
        ) => {
            if now >= *at + UNDO || now >= *answer_by {
                return Err(Refusal::UndoOver);
            }
            let state = LeadState::Assigned {
                partner: *partner,
                since: *at,
                answer_by: *answer_by,
                // What it was told before, it knows.
                warned: true,
            };
            let watch = WatchOffer { answer_by: *answer_by };
            to(state, [CloseOffer(Outcome::Open), watch, Announce("lead.answer_undone")])
        }

        (LeadState::Accepted { partner, .. }, Step::Start) => {
            to(LeadState::Working { partner: *partner, since: now, deal: None }, [Announce("lead.started")])
        }
        (LeadState::Accepted { partner, .. }, Step::BeginDeal { deal }) => to(
            LeadState::Working { partner: *partner, since: now, deal: Some(*deal) },
            [Announce("lead.deal_begun")],
        ),
        (LeadState::Working { partner, since, deal: None }, Step::BeginDeal { deal }) => to(
            LeadState::Working { partner: *partner, since: *since, deal: Some(*deal) },
            [Announce("lead.deal_begun")],
        ),
        (LeadState::Working { partner, since, deal: Some(known) }, Step::DropDeal { deal })
            if known == deal =>
        {
            to(
                LeadState::Working { partner: *partner, since: *since, deal: None },
                [Announce("lead.deal_dropped")],
            )
        }
        (LeadState::Working { partner, deal: Some(known), .. }, Step::DealSubmitted { deal })
            if known == deal =>
        {
            to(
                LeadState::Registered { partner: *partner, at: now, deal: *deal },
                [Announce("lead.registered")],
            )
        }

        (
            LeadState::Working { deal: Some(_), .. },
            Step::Recycle { .. } | Step::Decline { .. } | Step::BeginDeal { .. },
        ) => Err(Refusal::DealBegun),
        (LeadState::Assigned { partner, .. }, Step::Recycle { note }) => {
            let effects = [CloseOffer(Outcome::TakenBack), AnnounceTo("lead.taken_back", *partner)];
            recycled(terms, RecycleCause::TakenBack, note, effects)
        }
        (
            LeadState::Accepted { partner, .. } | LeadState::Working { partner, .. },
            Step::Recycle { note },
        ) => {
            let effects = [CloseOffer(Outcome::TakenBack), AnnounceTo("lead.taken_back", *partner)];
            recycled(terms, RecycleCause::TakenBack, note, effects)
        }
        (LeadState::Declined { .. } | LeadState::TimedOut { .. }, Step::Recycle { note }) => {
            recycled(terms, RecycleCause::TakenBack, note, [Announce("lead.recycled")])
        }

        (LeadState::Working { deal: Some(_), .. }, Step::Die { .. }) => Err(Refusal::DealBegun),
        (LeadState::Registered { .. } | LeadState::Dead { .. }, Step::Die { .. }) => {
            Err(refusal(state.status(), step))
        }
        (_, Step::Die { reason, note }) => {
            let dead = LeadState::Dead { by: terms.by.clone(), at: now, reason: *reason, note: note.clone() };
            match (state.partner(), state.status().is_open()) {
                (Some(partner), true) => {
                    to(dead, [CloseOffer(Outcome::TakenBack), AnnounceTo("lead.dead", partner)])
                }
                _ => to(dead, [Announce("lead.dead")]),
            }
        }
        (LeadState::Recycled { .. } | LeadState::Dead { .. }, Step::Reopen) => {
            to(LeadState::New, [NewRound, Announce("lead.reopened")])
        }
        _ => Err(refusal(state.status(), step)),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every line of the table gives a result")]
fn to(state: LeadState, effects: impl IntoIterator<Item = Effect>) -> Result<Next, Refusal> {
    Ok(Next { state, effects: effects.into_iter().collect() })
}

/// The partner of a state that has one.
fn holder(state: &LeadState) -> Result<OrganizationId, Refusal> {
    state.partner().ok_or(Refusal::NotOffered)
}

/// The window to answer is half-open: its end is too late.
fn before(now: base::Timestamp, answer_by: base::Timestamp) -> Result<(), Refusal> {
    if now < answer_by { Ok(()) } else { Err(Refusal::OfferOver) }
}

fn offer(partner: OrganizationId, past: &Past, terms: &Terms) -> Result<Next, Refusal> {
    if past.barred.contains(&partner) {
        return Err(Refusal::NeverAgain);
    }
    let answer_by = terms.answer_by;
    let state = LeadState::Assigned { partner, since: terms.now, answer_by, warned: false };
    to(state, [OpenOffer { partner }, WatchOffer { answer_by }, Announce("lead.offered")])
}

fn declined(state: LeadState, terms: &Terms) -> Result<Next, Refusal> {
    let mut effects = vec![CloseOffer(Outcome::Declined), Announce("lead.declined")];
    effects.extend(terms.reassign.then_some(AskNext { at: terms.now + UNDO }));
    to(state, effects)
}

fn recycled(
    terms: &Terms,
    cause: RecycleCause,
    note: &str,
    effects: impl IntoIterator<Item = Effect>,
) -> Result<Next, Refusal> {
    let state = LeadState::Recycled { by: terms.by.clone(), at: terms.now, cause, note: note.to_owned() };
    to(state, effects)
}

/// Why a step is not in the table for a status, as helpfully as the pair allows.
fn refusal(status: Status, step: &Step) -> Refusal {
    match (status, step) {
        (Status::Registered, _) => Refusal::Final,
        (Status::Dead, _) => Refusal::Dead,
        (Status::Assigned | Status::Accepted | Status::Working, Step::Offer { .. }) => {
            Refusal::AlreadyAssigned
        }
        (_, Step::Reopen) => Refusal::StillOpen,
        (_, Step::Undo) => Refusal::NothingToUndo,
        (Status::Assigned, Step::Start | Step::BeginDeal { .. }) => Refusal::NotAccepted,
        (Status::Working, Step::Start) => Refusal::AlreadyWorking,
        (
            Status::Accepted | Status::Working | Status::Declined | Status::TimedOut,
            Step::Accept | Step::Decline { .. },
        ) => Refusal::AlreadyAnswered,
        (_, Step::Recycle { .. }) => Refusal::NotWithPartner,
        (_, step) if step.is_partners() => Refusal::NotOffered,
        _ => Refusal::WrongState,
    }
}
