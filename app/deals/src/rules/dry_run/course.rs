//! The replay itself: each registration in its turn, against those before it as they stand by then under these rules.
use std::collections::HashMap;

use base::{Currency, OrganizationId, ProgramId, Timestamp};
use programs::RuleId;
use sqlx::types::Uuid;

use super::life::{Held, Life, as_it_was, go_on};
use super::{Beside, Course, History, Lens, Record, Registration, What};
use crate::model::{Outcome, RecordKind};
use crate::rules::{
    Circumstances, Match, Other, Screening, Stand, contribution, meet, missing, place, profile, weighed,
};
use crate::verbs::Ending;

/// What a replay knows while it goes on.
struct Replay<'a> {
    history: &'a History,
    currency: Currency,
    lenses: &'a [Lens],
    now: Timestamp,
    /// How each registration so far holds its customer; none when it was not taken.
    held: Vec<Option<Held>>,
    /// Places of a partner's registrations in the program so far.
    own: HashMap<OrganizationId, Vec<usize>>,
}

pub(super) fn replay(
    history: &History,
    program: ProgramId,
    currency: Currency,
    lenses: &[Lens],
    now: Timestamp,
) -> Vec<Option<Course>> {
    let held = Vec::with_capacity(history.registrations.len());
    let mut replay = Replay { history, currency, lenses, now, held, own: HashMap::new() };
    let mut courses = Vec::with_capacity(history.registrations.len());
    for (place, past) in history.registrations.iter().enumerate() {
        let lens = Lens::at(lenses, past.received.at).filter(|_| past.program == program);
        let Some(lens) = lens else {
            replay.held.push(Some(as_it_was(past)));
            courses.push(None);
            continue;
        };
        let (course, held) = replay.course(place, past, lens);
        replay.held.push(held);
        replay.own.entry(past.partner).or_default().push(place);
        courses.push(Some(course));
    }
    courses
}

impl Replay<'_> {
    fn course(&self, place: usize, past: &Registration, lens: &Lens) -> (Course, Option<Held>) {
        let at = past.received.at;
        let own = self.own.get(&past.partner).map_or(&[][..], Vec::as_slice);
        let open = own.iter().filter(|other| self.held[**other].is_some_and(|held| held.holds(at))).count();
        let claim = past.claim();
        let claimed = profile(claim, &self.history.matcher);
        let about = Circumstances {
            claim,
            rules: &lens.rules,
            matcher: &self.history.matcher,
            currency: self.currency,
            now: at,
            partner: past.partner,
            is_enrolled: past.is_enrolled,
            open_registrations: open as u64,
            is_named_account: lens.named.holds(&claimed, &self.history.matcher),
            qualified_at: past.qualified_at.filter(|qualified| *qualified <= at),
        };
        let screening = self.screening(place, past, &about);
        let is_late = Self::is_late(past, lens);
        let lacks_evidence = missing(claim, lens.rules.evidence_required, at.date())
            .iter()
            .any(|error| error.field == "evidence");
        let refused = if lacks_evidence {
            Some(RuleId::Evidence)
        } else if open as u64 >= u64::from(lens.rules.max_open_registrations) {
            Some(RuleId::OpenRegistrations)
        } else {
            None
        };
        let rules = screening.rules.clone();
        if refused.is_some() {
            let course =
                Course { entry: Ending::NotTaken, later: None, cause: refused, rules, is_late: false };
            return (course, None);
        }
        let entry = entry(&screening);
        let at_once = entry == Ending::ApprovedAtOnce;
        let Life { held, later, cause } = go_on(past, at_once, self.lenses, self.now);
        (Course { entry, later, cause, rules, is_late: is_late && !at_once }, Some(held))
    }

    fn screening(&self, at: usize, past: &Registration, about: &Circumstances<'_>) -> Screening {
        let families = about.claim.families();
        let mode = about.rules.priority_mode;
        let mine = place(mode, past.received, about.qualified_at, contribution(&about.claim.evidence));
        let alike = &self.history.alike[at];
        let matches: Vec<Match> = alike
            .iter()
            .filter_map(|(beside, score)| {
                let other = self.other(*beside, about)?;
                Some(meet(about, &families, other, score.clone(), Some(mine)))
            })
            .collect();
        weighed(about, matches, alike.len() as u32)
    }

    /// A record as it stood at the time; none when it was not there.
    fn other(&self, beside: Beside, about: &Circumstances<'_>) -> Option<Other> {
        match beside {
            Beside::Registration(at) => {
                let held = self.held[at].filter(|held| held.holds(about.now))?;
                let other = &self.history.registrations[at];
                let stand = if held.protects(about.now) { Stand::Protected } else { Stand::Waiting };
                let claim = other.claim();
                let priority = place(
                    about.rules.priority_mode,
                    other.received,
                    other.qualified_at.filter(|at| *at <= about.now),
                    contribution(&claim.evidence),
                );
                let partner = Some(other.partner);
                Some(beside_of(
                    RecordKind::Deal,
                    other.id.0,
                    claim.families(),
                    partner,
                    stand,
                    Some(priority),
                ))
            }
            Beside::Record(at) => {
                let record = &self.history.records[at];
                let there = record.from <= about.now && record.until.is_none_or(|until| about.now < until);
                there.then(|| {
                    let stand = stand_of(record, about.now);
                    beside_of(record.kind, record.id, record.families.clone(), record.partner, stand, None)
                })
            }
        }
    }

    /// Whether the first answer that a person gave came after it was due.
    fn is_late(past: &Registration, lens: &Lens) -> bool {
        let answered = past.moments.iter().find(|moment| {
            matches!(moment.what, What::Approved { by_person: true } | What::Rejected | What::Returned)
        });
        let due = || lens.rules.calendar.add_business_days(past.received.at, lens.rules.review_business_days);
        answered.is_some_and(|moment| moment.at > due())
    }
}

/// The company stays empty: scores were made before.
fn beside_of(
    kind: RecordKind,
    id: Uuid,
    families: Vec<String>,
    partner: Option<OrganizationId>,
    stand: Stand,
    priority: Option<crate::model::Priority>,
) -> Other {
    Other { kind, id, company: matching::Company::default(), families, partner, stand, priority }
}

fn stand_of(record: &Record, at: Timestamp) -> Stand {
    match record.kind {
        RecordKind::Customer => {
            let bought = record.bought.iter().filter(|(_, since)| *since <= at);
            Stand::Customer { bought: bought.map(|(family, _)| family.clone()).collect() }
        }
        RecordKind::Deal | RecordKind::Opportunity => Stand::OpenOpportunity,
    }
}

fn entry(screening: &Screening) -> Ending {
    if screening.is_hit() {
        Ending::Conflict
    } else if screening.is_automatic() {
        Ending::ApprovedAtOnce
    } else if screening.rules.iter().any(|verdict| verdict.outcome == Outcome::Failed) {
        Ending::ReviewedAgainst
    } else {
        Ending::Reviewed
    }
}
