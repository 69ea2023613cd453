//! The rules of engagement applied: what each says about a claim, and the terms on which a step is made.
use base::{Date, OrganizationId, Span, Timestamp};
use programs::{Engagement, PriorityMode, RuleId};

use super::{Match, Stand, Terms};
use crate::model::{Claim, Outcome, Person, RejectionReason, RuleVerdict};

/// What is known about the one who claims, besides the claim.
#[derive(Clone, Debug)]
pub struct Circumstances<'a> {
    pub claim: &'a Claim,
    pub rules: &'a Engagement,
    /// How the vendor's records are compared.
    pub matcher: &'a matching::Matcher,
    /// The program's currency: all limits are in it.
    pub currency: base::Currency,
    pub now: Timestamp,
    pub partner: OrganizationId,
    /// Whether the partner's enrollment is active.
    pub is_enrolled: bool,
    /// Registrations of the partner in the program that are open, without this one.
    pub open_registrations: u64,
    /// Whether the customer is one of the program's named accounts.
    pub is_named_account: bool,
    /// Since when the claim is a qualified opportunity.
    pub qualified_at: Option<Timestamp>,
}

/// The terms of a step made now, by the rules in force.
#[must_use]
pub fn terms(rules: &Engagement, now: Timestamp, by: Person) -> Terms {
    let days = |days: u32| rules.calendar.add_business_days(now, days);
    Terms {
        now,
        by,
        protection: rules.protection_days.map(|days| Span::days(i64::from(days))),
        answer_due: days(rules.review_business_days),
        grace_until: days(rules.grace_business_days),
        appeal_until: days(rules.appeal_business_days),
        extension: Span::days(i64::from(rules.extension_days)),
        max_extensions: rules.max_extensions,
        max_rounds: rules.max_returns,
        warn_after: Span::days(i64::from(rules.heartbeat.warn_days)),
        lapse_after: Span::days(i64::from(rules.heartbeat.lapse_days)),
    }
}

/// What each rule says, in the order of their codes. The facts never hold another partner's data.
#[must_use]
pub fn verdicts(about: &Circumstances<'_>, matches: &[Match]) -> Vec<RuleVerdict> {
    let mut verdicts = vec![
        priority(matches),
        one_approval(matches),
        minimum_value(about),
        tender(about),
        named_account(about),
        by_record(RuleId::OpenOpportunity, matches, |stand| matches!(stand, Stand::OpenOpportunity)),
        by_record(RuleId::ExistingCustomer, matches, |stand| matches!(stand, Stand::Customer { .. })),
        territory(about, about.now.date()),
        evidence(about),
        open_registrations(about),
    ];
    // What rests on who is the same company says by which weights that was found out.
    for verdict in verdicts.iter_mut().filter(|verdict| rests_on_matching(verdict.rule)) {
        verdict.facts.push(("weights".to_owned(), about.matcher.version().to_owned()));
    }
    verdicts.push(auto_approval(about, &verdicts));
    verdicts.sort_by_key(|verdict| verdict.rule);
    verdicts
}

fn rests_on_matching(rule: RuleId) -> bool {
    matches!(
        rule,
        RuleId::Priority
            | RuleId::OneApproval
            | RuleId::NamedAccount
            | RuleId::OpenOpportunity
            | RuleId::ExistingCustomer
    )
}

fn verdict<const N: usize>(rule: RuleId, outcome: Outcome, facts: [(&str, String); N]) -> RuleVerdict {
    let facts = facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    RuleVerdict { rule, outcome, facts }
}

/// The worst of what matches say that meet `of`: sure ones fail, likely ones are looked at.
fn worst<'a>(matches: &'a [Match], of: impl Fn(&&'a Match) -> bool) -> (Outcome, usize) {
    let met: Vec<_> = matches.iter().filter(|found| found.is_in_the_way).filter(of).collect();
    let outcome = if met.iter().any(|found| found.stands_against()) {
        Outcome::Failed
    } else if met.is_empty() {
        Outcome::Passed
    } else {
        Outcome::Review
    };
    (outcome, met.len())
}

fn priority(matches: &[Match]) -> RuleVerdict {
    let waits = |found: &&Match| matches!(found.other.stand, Stand::Waiting);
    let (outcome, earlier) = worst(matches, |found| waits(found) && found.came_first);
    let (_, all) = worst(matches, waits);
    let later = all - earlier;
    verdict(
        RuleId::Priority,
        outcome,
        [("earlier_claims", earlier.to_string()), ("later_claims", later.to_string())],
    )
}

fn one_approval(matches: &[Match]) -> RuleVerdict {
    let (outcome, count) = worst(matches, |found| matches!(found.other.stand, Stand::Protected));
    verdict(RuleId::OneApproval, outcome, [("protected_claims", count.to_string())])
}

fn by_record(rule: RuleId, matches: &[Match], of: impl Fn(&Stand) -> bool) -> RuleVerdict {
    let (outcome, count) = worst(matches, |found| of(&found.other.stand));
    verdict(rule, outcome, [("records", count.to_string())])
}

fn minimum_value(about: &Circumstances<'_>) -> RuleVerdict {
    let least = base::Money::new(about.rules.minimum_value_minor, about.currency);
    let outcome = match about.claim.value {
        _ if least.amount_minor == 0 => Outcome::Passed,
        Some(value) if value.currency != least.currency => Outcome::Review,
        Some(value) if value.amount_minor < least.amount_minor => Outcome::Failed,
        Some(_) | None => Outcome::Passed,
    };
    let value = about.claim.value.map_or_else(String::new, |value| value.to_string());
    verdict(RuleId::MinimumValue, outcome, [("minimum", least.to_string()), ("value", value)])
}

fn tender(about: &Circumstances<'_>) -> RuleVerdict {
    let is_tender = !about.claim.tender_reference.trim().is_empty();
    let outcome =
        if about.rules.excluded.public_tenders && is_tender { Outcome::Failed } else { Outcome::Passed };
    verdict(RuleId::PublicTender, outcome, [("tender", is_tender.to_string())])
}

fn named_account(about: &Circumstances<'_>) -> RuleVerdict {
    let outcome = if about.is_named_account { Outcome::Failed } else { Outcome::Passed };
    verdict(RuleId::NamedAccount, outcome, [("named_account", about.is_named_account.to_string())])
}

fn territory(about: &Circumstances<'_>, today: Date) -> RuleVerdict {
    let country = about.claim.customer.country.clone().unwrap_or_default();
    let held = about
        .rules
        .excluded
        .exclusive_territories
        .iter()
        .any(|held| held.country == country && held.partner != about.partner && held.holds_on(today));
    let outcome = if held { Outcome::Failed } else { Outcome::Passed };
    verdict(RuleId::ExclusiveTerritory, outcome, [("country", country)])
}

fn evidence(about: &Circumstances<'_>) -> RuleVerdict {
    let count = about.claim.evidence.iter().filter(|evidence| evidence.says_something()).count();
    let lacks = about.rules.evidence_required && count == 0;
    verdict(
        RuleId::Evidence,
        if lacks { Outcome::Failed } else { Outcome::Passed },
        [("pieces", count.to_string())],
    )
}

fn open_registrations(about: &Circumstances<'_>) -> RuleVerdict {
    let most = about.rules.max_open_registrations;
    let outcome = if about.open_registrations >= u64::from(most) { Outcome::Failed } else { Outcome::Passed };
    let open = about.open_registrations.to_string();
    verdict(RuleId::OpenRegistrations, outcome, [("limit", most.to_string()), ("open", open)])
}

fn auto_approval(about: &Circumstances<'_>, others: &[RuleVerdict]) -> RuleVerdict {
    let rule = &about.rules.auto_approve;
    let limit = base::Money::new(rule.limit_minor, about.currency);
    let within = about
        .claim
        .value
        .is_some_and(|value| value.currency == limit.currency && value.amount_minor <= limit.amount_minor);
    let clear = others.iter().all(|verdict| verdict.outcome == Outcome::Passed);
    // Where qualification decides, somebody who is not qualified may yet be overtaken: a person looks.
    let may_be_overtaken =
        about.rules.priority_mode == PriorityMode::FirstQualified && about.qualified_at.is_none();
    let passed = rule.enabled && within && clear && about.is_enrolled && !may_be_overtaken;
    let outcome = if passed { Outcome::Passed } else { Outcome::Review };
    let value = about.claim.value.map_or_else(String::new, |value| value.to_string());
    verdict(
        RuleId::AutoApproval,
        outcome,
        [
            ("enabled", rule.enabled.to_string()),
            ("limit", limit.to_string()),
            ("value", value),
            ("other_rules_passed", clear.to_string()),
            ("enrolled", about.is_enrolled.to_string()),
        ],
    )
}

impl RejectionReason {
    /// The rule of engagement that a reason rests on, if it is one rule.
    #[must_use]
    pub const fn rule(self) -> Option<RuleId> {
        match self {
            Self::RivalFirst => Some(RuleId::Priority),
            Self::OpenOpportunity => Some(RuleId::OpenOpportunity),
            Self::ExistingCustomer => Some(RuleId::ExistingCustomer),
            Self::NamedAccount => Some(RuleId::NamedAccount),
            Self::OutsideTerritory => Some(RuleId::ExclusiveTerritory),
            Self::NotQualified => Some(RuleId::Evidence),
            Self::BelowMinimum => Some(RuleId::MinimumValue),
            Self::PublicTender => Some(RuleId::PublicTender),
            Self::OutsideProgram | Self::Other => None,
        }
    }
}
