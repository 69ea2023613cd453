//! A dry run: past registrations replayed in their order under other rules, with the facts of their time. What people
//! decided stays as they decided it; what rules decide is decided again, and what follows from it for those behind in
//! line.
mod course;
mod life;
mod near;

use base::{Currency, DealId, Money, OrganizationId, ProgramId, Timestamp};
use matching::{Matcher, Profile, Score};
use programs::{Engagement, RuleId};
use sqlx::types::Uuid;

use crate::model::{Claim, Priority, RecordKind, RuleVerdict, Status};
use crate::verbs::Ending;
pub use near::Named;

/// A past registration with what was known when each thing happened to it.
#[derive(Clone, Debug)]
pub struct Registration {
    pub id: DealId,
    pub number: String,
    pub program: ProgramId,
    pub partner: OrganizationId,
    pub partner_name: String,
    pub status: Status,
    /// Whether the partner was an active member of the program.
    pub is_enrolled: bool,
    pub received: Priority,
    /// Since when it was a qualified opportunity.
    pub qualified_at: Option<Timestamp>,
    /// The claim as it was submitted, then each later one, with its time. Never empty.
    pub claims: Vec<(Timestamp, Claim)>,
    /// In order of time.
    pub moments: Vec<Moment>,
}

impl Registration {
    /// The claim as it was submitted.
    #[must_use]
    pub fn claim(&self) -> &Claim {
        &self.claims[0].1
    }

    /// What it was worth when it was submitted.
    #[must_use]
    pub fn value(&self) -> Option<Money> {
        self.claim().value
    }
}

/// Something that happened to a registration after it was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub at: Timestamp,
    pub what: What,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// `by_person`: somebody decided it, rather than the rules.
    Approved {
        by_person: bool,
    },
    Rejected,
    Returned,
    Resubmitted,
    Appealed,
    Amended,
    Extended,
    Converted,
    /// The partner showed that it works on the deal.
    Active,
    /// It ended by somebody's decision: withdrawn, cancelled, won, lost.
    Ended,
    /// It ended by time: grace, silence, or the end of its protection.
    TimedOut,
}

/// An opportunity or a customer that a registration may have met.
#[derive(Clone, Debug)]
pub struct Record {
    pub kind: RecordKind,
    pub id: Uuid,
    pub profile: Profile,
    pub families: Vec<String>,
    pub partner: Option<OrganizationId>,
    /// When it was there: `[from, until)`.
    pub from: Timestamp,
    pub until: Option<Timestamp>,
    /// Product families that a customer bought, each with the time from which on it had.
    pub bought: Vec<(String, Timestamp)>,
}

/// The past of a brand: registrations in their order, and with whom each was compared.
pub struct History {
    /// How the vendor compares records today.
    matcher: Matcher,
    registrations: Vec<Registration>,
    records: Vec<Record>,
    /// For each registration the earlier ones, and the records, that look alike.
    alike: Vec<Vec<(Beside, Score)>>,
}

/// What a registration is beside, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    Registration(usize),
    Record(usize),
}

impl History {
    /// Compares everything once; each replay uses the same scores. `near` are for each registration the places of the
    /// records that share a key with it.
    #[must_use]
    pub fn new(
        mut registrations: Vec<Registration>,
        records: Vec<Record>,
        near: &[Vec<usize>],
        matcher: Matcher,
    ) -> Self {
        let mut order: Vec<usize> = (0..registrations.len()).collect();
        order.sort_by_key(|place| registrations[*place].received);
        let near: Vec<&[usize]> =
            order.iter().map(|place| near.get(*place).map_or(&[][..], Vec::as_slice)).collect();
        registrations.sort_by_key(|registration| registration.received);
        let alike = near::compare(&registrations, &records, &near, &matcher);
        Self { matcher, registrations, records, alike }
    }

    /// The registrations, in the order in which they were received.
    #[must_use]
    pub fn registrations(&self) -> &[Registration] {
        &self.registrations
    }
}

/// Rules, from when on they are in force, and an index of the companies they name.
pub struct Lens {
    pub from: Timestamp,
    pub rules: Engagement,
    named: Named,
}

impl Lens {
    /// Rules in force from an instant on.
    #[must_use]
    pub fn new(from: Timestamp, rules: Engagement, matcher: &Matcher) -> Self {
        Self { from, named: Named::new(&rules.excluded.named_accounts, matcher), rules }
    }

    /// What is in force at an instant; the first before that. None only of nothing.
    fn at(lenses: &[Self], at: Timestamp) -> Option<&Self> {
        lenses.iter().rev().find(|lens| lens.from <= at).or(lenses.first())
    }
}

/// How a registration goes under some rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// What the submit came to.
    pub entry: Ending,
    /// How it ended later, where rules decide that.
    pub later: Option<Ending>,
    /// The rule that ended it.
    pub cause: Option<RuleId>,
    /// What each rule said at the submit.
    pub rules: Vec<RuleVerdict>,
    /// Whether the vendor's first answer came after it was due.
    pub is_late: bool,
}

/// A registration that goes differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its place in the history.
    pub place: usize,
    pub before: Ending,
    pub after: Ending,
    /// Why: the rules that say something else, the deciding ones first.
    pub rules: Vec<RuleId>,
    /// What the first of them rests on under the new rules.
    pub facts: Vec<(String, String)>,
}

/// Replays the registrations of a program; the ones of the brand's other programs stay as they were and give none.
#[must_use]
pub fn replay(
    history: &History,
    program: ProgramId,
    currency: Currency,
    lenses: &[Lens],
    now: Timestamp,
) -> Vec<Option<Course>> {
    course::replay(history, program, currency, lenses, now)
}

/// The registrations that go differently, in the order in which they were received.
#[must_use]
pub fn differences(before: &[Option<Course>], after: &[Option<Course>]) -> Vec<Difference> {
    let pairs = before.iter().zip(after).enumerate();
    let both = pairs.filter_map(|(place, (before, after))| Some((place, before.as_ref()?, after.as_ref()?)));
    both.filter_map(|(place, before, after)| difference(place, before, after)).collect()
}

fn difference(place: usize, before: &Course, after: &Course) -> Option<Difference> {
    if before.entry == after.entry && before.later == after.later {
        return None;
    }
    let (was, is, rules) = if before.entry == after.entry {
        let rule = after.cause.or(before.cause);
        (before.later.unwrap_or(before.entry), after.later.unwrap_or(after.entry), rule.into_iter().collect())
    } else {
        (before.entry, after.entry, moved(before, after))
    };
    let first = rules.first();
    let facts = after.rules.iter().find(|verdict| Some(&verdict.rule) == first);
    let facts = facts.map(|verdict| verdict.facts.clone()).unwrap_or_default();
    Some(Difference { place, before: was, after: is, rules, facts })
}

/// The rules that say something else, the one that refuses a submit first. Whether a deal is approved at once hangs on
/// all others, so that rule is named only when no other moved.
fn moved(before: &Course, after: &Course) -> Vec<RuleId> {
    let refuses = |course: &Course| course.cause.filter(|_| course.entry == Ending::NotTaken);
    let said = |course: &Course, rule: RuleId| {
        course.rules.iter().find(|verdict| verdict.rule == rule).map(|verdict| verdict.outcome)
    };
    let first = refuses(after).or_else(|| refuses(before));
    // Protection follows from an approval, it never decides one.
    let others = RuleId::ALL.iter().copied();
    let others = others.filter(|rule| Some(*rule) != first && *rule != RuleId::Protection);
    let others = others.filter(|rule| said(before, *rule) != said(after, *rule));
    let mut rules: Vec<RuleId> = first.into_iter().chain(others).collect();
    if rules.len() > 1 {
        rules.retain(|rule| *rule != RuleId::AutoApproval);
    }
    rules
}
