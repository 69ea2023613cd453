//! The part of the table that is about approved deals: activity, extension, amendment, conversion, expiry, revocation.
use base::Timestamp;

use super::table::{due, in_review, refusal, to};
use super::{Effect, Next, Past, Refusal, Step, Terms};
use crate::model::{DealState, ExtensionAsk, LapseCause, Protection, Status};
use Effect::{
    Announce, CountExtension, KeepVersion, LeaveShare, LosePriority, OfferNext, ReleaseHolds, ScheduleExpiry,
    ScheduleHeartbeat, ScreenAgain, TakeHolds,
};

/// Approves for the time that the program protects; the silence counts from now.
pub(super) fn approve(terms: &Terms, share_percent: u32, kind: &'static str) -> Result<Next, Refusal> {
    let protection = terms.protection.map(|length| Protection::new(terms.now, length));
    let expiry = protection.map(|protection| ScheduleExpiry { at: protection.expiry });
    let state = DealState::Approved {
        by: terms.by.clone(),
        at: terms.now,
        protection,
        share_percent,
        extension: None,
        active_at: None,
        warned_at: None,
    };
    let heartbeat = ScheduleHeartbeat { at: terms.now + terms.warn_after };
    to(state, [TakeHolds].into_iter().chain(expiry).chain([heartbeat, Announce(kind)]))
}

/// What can follow on an approval.
pub(super) fn approved(state: &DealState, step: &Step, past: Past, terms: &Terms) -> Result<Next, Refusal> {
    let DealState::Approved { protection, share_percent, extension, .. } = state else {
        return Err(Refusal::NotApproved);
    };
    // A partner who acts shows that it works on the deal.
    let heard = |protection, extension| with(state, protection, extension, (Some(terms.now), None));
    let heartbeat = ScheduleHeartbeat { at: terms.now + terms.warn_after };
    match step {
        Step::Amend { .. } | Step::AskExtension { .. } | Step::ShowActivity
            if terms.now >= state.last_active().unwrap_or(terms.now) + terms.lapse_after =>
        {
            Err(Refusal::GoneQuiet)
        }
        Step::Amend { material: false } => {
            to(heard(*protection, extension.clone()), [KeepVersion, heartbeat, Announce("deal.amended")])
        }
        Step::Amend { material: true } => to(
            in_review(terms),
            [KeepVersion, LeaveShare, ReleaseHolds, ScreenAgain, Announce("deal.amended")],
        ),
        Step::ShowActivity => {
            to(heard(*protection, extension.clone()), [heartbeat, Announce("deal.activity")])
        }
        Step::Warn => warn(state, terms),
        Step::GoneQuiet => gone_quiet(state, terms),
        Step::AskExtension { note } => {
            let window = extendable(*protection, past, terms)?;
            if extension.is_some() {
                return Err(Refusal::ExtensionAsked);
            }
            let asked = ExtensionAsk { at: terms.now, note: note.clone() };
            to(heard(Some(window), Some(asked)), [heartbeat, Announce("deal.extension_requested")])
        }
        Step::AnswerExtension { .. } if extension.is_none() => Err(Refusal::NoExtensionAsked),
        Step::AnswerExtension { granted: false, .. } => {
            to(with(state, *protection, None, activity(state)), [Announce("deal.extension_denied")])
        }
        Step::AnswerExtension { granted: true, .. } => {
            let window = extendable(*protection, past, terms)?;
            let longer = Protection { start: window.start, expiry: window.expiry + terms.extension };
            to(
                with(state, Some(longer), None, activity(state)),
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
            [LeaveShare, ReleaseHolds, OfferNext, Announce("deal.cancelled")],
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

pub(super) fn expire(protection: Option<Protection>, terms: &Terms) -> Result<Next, Refusal> {
    let window = protection.ok_or(Refusal::NotProtected)?;
    due(terms.now, window.expiry, Refusal::ProtectionRunning)?;
    let effects = [LeaveShare, ReleaseHolds, OfferNext, Announce("deal.expired")];
    to(DealState::Expired { at: terms.now }, effects)
}

/// The approval with other facts; who approved and which share stay.
fn with(
    state: &DealState,
    protection: Option<Protection>,
    extension: Option<ExtensionAsk>,
    (active_at, warned_at): (Option<Timestamp>, Option<Timestamp>),
) -> DealState {
    match state {
        DealState::Approved { by, at, share_percent, .. } => DealState::Approved {
            by: by.clone(),
            at: *at,
            protection,
            share_percent: *share_percent,
            extension,
            active_at,
            warned_at,
        },
        other => other.clone(),
    }
}

fn activity(state: &DealState) -> (Option<Timestamp>, Option<Timestamp>) {
    match state {
        DealState::Approved { active_at, warned_at, .. } => (*active_at, *warned_at),
        _ => (None, None),
    }
}

fn warn(state: &DealState, terms: &Terms) -> Result<Next, Refusal> {
    let DealState::Approved { protection, extension, active_at, warned_at: None, .. } = state else {
        return Err(Refusal::StillActive);
    };
    let active = state.last_active().unwrap_or(terms.now);
    due(terms.now, active + terms.warn_after, Refusal::StillActive)?;
    to(
        with(state, *protection, extension.clone(), (*active_at, Some(terms.now))),
        [ScheduleHeartbeat { at: active + terms.lapse_after }, Announce("deal.activity_due")],
    )
}

fn gone_quiet(state: &DealState, terms: &Terms) -> Result<Next, Refusal> {
    let active = state.last_active().unwrap_or(terms.now);
    due(terms.now, active + terms.lapse_after, Refusal::StillActive)?;
    to(
        DealState::Lapsed { at: terms.now, cause: LapseCause::Inactive },
        [LosePriority, LeaveShare, ReleaseHolds, OfferNext, Announce("deal.lapsed")],
    )
}
