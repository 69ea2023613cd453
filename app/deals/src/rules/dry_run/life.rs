//! What becomes of a registration after its submit, as far as rules decide it: grace, appeal, silence, protection.
use base::{Span, Timestamp};
use programs::RuleId;

use super::{Lens, Moment, Registration, What};
use crate::rules::is_material;
use crate::verbs::Ending;

/// When a registration waits, is protected, and is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) from: Timestamp,
    pub(super) protected_from: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
}

impl Held {
    /// Whether it claims its customer at an instant.
    pub(super) fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }

    /// Whether it is protected at an instant.
    pub(super) fn protects(&self, at: Timestamp) -> bool {
        self.holds(at) && self.protected_from.is_some_and(|from| from <= at)
    }
}

/// How it went on.
pub(super) struct Life {
    pub(super) held: Held,
    pub(super) later: Option<Ending>,
    pub(super) cause: Option<RuleId>,
}

fn days(count: u32) -> Span {
    Span::days(i64::from(count))
}

/// As it was, for registrations that are not replayed.
pub(super) fn as_it_was(past: &Registration) -> Held {
    let first =
        |of: fn(What) -> bool| past.moments.iter().find(|moment| of(moment.what)).map(|moment| moment.at);
    let protected_from = first(|what| matches!(what, What::Approved { .. }));
    let over = |moment: &&Moment| {
        matches!(moment.what, What::Ended | What::TimedOut)
            || moment.what == What::Rejected && protected_from.is_none_or(|at| moment.at < at)
    };
    let until = past.moments.iter().rev().find(over).map(|moment| moment.at);
    Held { from: past.received.at, protected_from, until }
}

/// How a registration goes on after its submit; `at_once`: it was approved with it.
pub(super) fn go_on(past: &Registration, at_once: bool, lenses: &[Lens], now: Timestamp) -> Life {
    let received = past.received.at;
    let waiting = |until| Held { from: received, protected_from: None, until };
    if !at_once && let Some(lapsed) = unanswered(past, lenses, now) {
        let (later, cause) = (Some(Ending::Lapsed), Some(RuleId::Grace));
        return Life { held: waiting(Some(lapsed)), later, cause };
    }
    let approved = past.moments.iter().find(|moment| matches!(moment.what, What::Approved { .. }));
    let approved = if at_once { Some(received) } else { approved.map(|moment| moment.at) };
    match approved {
        Some(approved) => protected(past, approved, lenses, now),
        None => {
            let over = |moment: &&Moment| matches!(moment.what, What::Rejected | What::Ended);
            let until = past.moments.iter().find(over).map(|moment| moment.at);
            let late = appeal_is_late(past, lenses);
            let (later, cause) =
                if late { (Some(Ending::AppealRefused), Some(RuleId::Appeal)) } else { (None, None) };
            Life { held: waiting(until), later, cause }
        }
    }
}

/// When the grace of a return passed without an answer.
fn unanswered(past: &Registration, lenses: &[Lens], now: Timestamp) -> Option<Timestamp> {
    let moments = past.moments.iter().enumerate();
    moments.filter(|(_, moment)| moment.what == What::Returned).find_map(|(place, returned)| {
        let rules = &Lens::at(lenses, returned.at)?.rules;
        let grace = rules.calendar.add_business_days(returned.at, rules.grace_business_days);
        let rest = &past.moments[place + 1..];
        let next = rest.iter().find(|moment| matches!(moment.what, What::Resubmitted | What::Ended));
        (next.map_or(now, |moment| moment.at) >= grace).then_some(grace)
    })
}

fn appeal_is_late(past: &Registration, lenses: &[Lens]) -> bool {
    let at = |what: What| past.moments.iter().find(|moment| moment.what == what).map(|moment| moment.at);
    let (Some(rejected), Some(appealed)) = (at(What::Rejected), at(What::Appealed)) else { return false };
    let Some(lens) = Lens::at(lenses, rejected) else { return false };
    appealed >= lens.rules.calendar.add_business_days(rejected, lens.rules.appeal_business_days)
}

fn protected(past: &Registration, approved: Timestamp, lenses: &[Lens], now: Timestamp) -> Life {
    let rules = Lens::at(lenses, approved).map(|lens| &lens.rules);
    let extended = past.moments.iter().filter(|moment| moment.what == What::Extended).count() as u32;
    let expiry = rules.and_then(|rules| {
        let more = rules.extension_days * extended.min(rules.max_extensions);
        rules.protection_days.map(|first| approved + days(first) + days(more))
    });
    let quiet = rules.and_then(|rules| silence(past, approved, days(rules.heartbeat.lapse_days)));
    let ended = past.moments.iter().find(|moment| moment.what == What::Ended).map(|moment| moment.at);
    let ends = [
        expiry.map(|at| (at, Some((Ending::Expired, RuleId::Protection)))),
        quiet.map(|at| (at, Some((Ending::Lapsed, RuleId::Heartbeat)))),
        ended.map(|at| (at, None)),
    ];
    let first = ends.into_iter().flatten().min_by_key(|(at, _)| *at);
    let (until, end) = match first {
        Some((at, end)) if at <= now => (Some(at), end),
        Some((at, _)) => (Some(at), Some((Ending::StillProtected, RuleId::Protection))),
        None => (None, Some((Ending::StillProtected, RuleId::Protection))),
    };
    let held = Held { from: past.received.at, protected_from: Some(approved), until };
    if let Some(rules) = rules
        && reviewed_again(past, rules.material_change_percent)
    {
        return Life { held, later: Some(Ending::ReviewedAgain), cause: Some(RuleId::MaterialChange) };
    }
    Life { held, later: end.map(|(ending, _)| ending), cause: end.map(|(_, rule)| rule) }
}

/// When an approved deal had been without a sign of activity for so long. With an opportunity of the CRM it needs none.
fn silence(past: &Registration, approved: Timestamp, lapse: Span) -> Option<Timestamp> {
    let mut last = approved;
    for moment in past.moments.iter().filter(|moment| moment.at > approved) {
        match moment.what {
            What::Active | What::Amended | What::Extended | What::Converted | What::Ended => {
                if moment.at >= last + lapse {
                    return Some(last + lapse);
                }
                if matches!(moment.what, What::Converted | What::Ended) {
                    return None;
                }
                last = moment.at;
            }
            _ => {}
        }
    }
    Some(last + lapse)
}

/// Whether a change of the approved deal would have gone to a person again.
fn reviewed_again(past: &Registration, percent: u32) -> bool {
    let amended = past.moments.iter().filter(|moment| moment.what == What::Amended);
    amended.into_iter().any(|moment| {
        let place = past.claims.iter().rposition(|(at, _)| *at <= moment.at);
        place
            .filter(|place| *place > 0)
            .is_some_and(|place| is_material(&past.claims[place - 1].1, &past.claims[place].1, percent))
    })
}
