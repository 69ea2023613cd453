//! What time alone does to a deal: the steps that are due, the earliest first, so that it does not matter which clock
//! rings first.
use base::Timestamp;

use super::{Step, Terms};
use crate::model::DealState;

/// The earliest step that time makes, and when; it may lie ahead.
#[must_use]
pub fn next_by_time(state: &DealState, terms: &Terms) -> Option<(Timestamp, Step)> {
    match state {
        DealState::Returned { grace_until, .. } => Some((*grace_until, Step::GraceOver)),
        DealState::Converted { protection: Some(window), .. } => Some((window.expiry, Step::Expire)),
        DealState::Approved { protection, warned_at, .. } => {
            let active = state.last_active()?;
            let silence = if warned_at.is_none() {
                (active + terms.warn_after, Step::Warn)
            } else {
                (active + terms.lapse_after, Step::GoneQuiet)
            };
            let expiry = protection.map(|window| (window.expiry, Step::Expire));
            // What ends at the same instant ends by the end of its protection.
            Some(expiry.filter(|(at, _)| *at <= silence.0).unwrap_or(silence))
        }
        _ => None,
    }
}

/// The step that time makes now, if one is due.
#[must_use]
pub fn due_by_time(state: &DealState, terms: &Terms) -> Option<Step> {
    next_by_time(state, terms).filter(|(at, _)| *at <= terms.now).map(|(_, step)| step)
}
