//! Who gets a lead: rules in their order, and among equals a draw that anybody can do again.
use base::OrganizationId;

use super::eligible::{PartnerFacts, excluded, fits, win_percent};
use crate::model::{
    Candidate, Choice, Distribution, Exclusion, How, LeadFacts, LeadRule, Trial, TrialOutcome,
};

/// Of those who do not come into question, so many are kept with the explanation.
const EXCLUDED_KEPT: usize = 100;
/// What a partner without closed deals counts as, in per cent.
const NEWCOMER_WIN_PERCENT: u32 = 50;

/// A customer that is pinned to a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinFacts {
    pub partner: OrganizationId,
    /// Name or domain by which the customer is known.
    pub customer: String,
}

/// What a draw came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    pub how: How,
    pub partner: Option<(OrganizationId, String)>,
    /// Id and name of the rule that decided.
    pub rule: Option<(String, String)>,
    pub choice: Option<Choice>,
    pub ticket: Option<u64>,
    pub tickets: Option<u64>,
    pub trials: Vec<Trial>,
}

/// One step of `SplitMix64` (Steele, Lea and Flood, 2014).
const fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A seed as it is told.
#[must_use]
pub fn seed_text(seed: u64) -> String {
    format!("{seed:016x}")
}

/// Draws a place by weight: the place, the ticket, and how many tickets there were. None when no weight is above 0.
///
/// The ticket is the high half of the product of the mixed seed and the number of tickets, so that every ticket has the
/// same chance but for one part in 2⁶⁴ divided by their number (Lemire, 2019).
#[must_use]
pub fn pick(seed: u64, weights: &[u64]) -> Option<(usize, u64, u64)> {
    let tickets: u64 = weights.iter().sum();
    if tickets == 0 {
        return None;
    }
    let ticket = ((u128::from(mixed(seed)) * u128::from(tickets)) >> 64) as u64;
    let mut below = 0;
    for (place, weight) in weights.iter().enumerate() {
        below += weight;
        if ticket < below {
            return Some((place, ticket, tickets));
        }
    }
    None
}

/// Finds a partner for a lead. `partners` in whatever order: the draw goes by their ids.
#[must_use]
pub fn draw(
    lead: &LeadFacts,
    pin: Option<&PinFacts>,
    rules: &Distribution,
    partners: &[PartnerFacts],
    seed: u64,
) -> Drawn {
    let mut partners: Vec<&PartnerFacts> = partners.iter().collect();
    partners.sort_by_key(|facts| facts.partner);
    let mut trials = Vec::new();
    if let Some(drawn) = pin.and_then(|pin| pinned(pin, rules, &partners, &mut trials)) {
        return Drawn { trials, ..drawn };
    }
    for rule in &rules.rules {
        if let Some(outcome) = fits(rule, lead) {
            trials.push(Trial {
                rule: rule.id.clone(),
                name: rule.name.clone(),
                outcome,
                candidates: Vec::new(),
            });
            continue;
        }
        let judged: Vec<(&PartnerFacts, Option<Exclusion>)> =
            partners.iter().map(|facts| (*facts, excluded(rule, rules, lead, facts))).collect();
        let (candidates, chosen) = choose(rule, rules, &judged, seed);
        let outcome = if chosen.is_some() { TrialOutcome::Decided } else { TrialOutcome::Nobody };
        trials.push(Trial { rule: rule.id.clone(), name: rule.name.clone(), outcome, candidates });
        if let Some((partner, tickets)) = chosen {
            return Drawn {
                how: How::Rule,
                partner: Some((partner.partner, partner.name.clone())),
                rule: Some((rule.id.clone(), rule.name.clone())),
                choice: Some(rule.choice),
                ticket: tickets.map(|(ticket, _)| ticket),
                tickets: tickets.map(|(_, all)| all),
                trials,
            };
        }
    }
    Drawn { how: How::Nobody, partner: None, rule: None, choice: None, ticket: None, tickets: None, trials }
}

/// The partner that a customer is pinned to, unless it cannot be asked. Room does not matter: the account is its own.
fn pinned(
    pin: &PinFacts,
    rules: &Distribution,
    partners: &[&PartnerFacts],
    trials: &mut Vec<Trial>,
) -> Option<Drawn> {
    let facts = partners.iter().find(|facts| facts.partner == pin.partner);
    let against = facts.and_then(|facts| match (facts.is_active, facts.barred) {
        (false, _) => Some(Exclusion::NotActive),
        (true, barred) => barred,
    });
    let asked = facts.filter(|_| against.is_none());
    trials.push(Trial {
        rule: "pin".to_owned(),
        name: pin.customer.clone(),
        outcome: if asked.is_some() { TrialOutcome::Decided } else { TrialOutcome::Nobody },
        candidates: facts.map(|facts| candidate(facts, against, 0, rules.max_open)).into_iter().collect(),
    });
    asked.map(|facts| Drawn {
        how: How::Pin,
        partner: Some((facts.partner, facts.name.clone())),
        rule: None,
        choice: None,
        ticket: None,
        tickets: None,
        trials: Vec::new(),
    })
}

type Chosen<'a> = (&'a PartnerFacts, Option<(u64, u64)>);

/// Chooses among those who come into question; with everybody's explanation.
fn choose<'a>(
    rule: &LeadRule,
    rules: &Distribution,
    judged: &[(&'a PartnerFacts, Option<Exclusion>)],
    seed: u64,
) -> (Vec<Candidate>, Option<Chosen<'a>>) {
    let max_open = rule.max_open.unwrap_or(rules.max_open);
    let inside: Vec<&PartnerFacts> =
        judged.iter().filter(|(_, why)| why.is_none()).map(|(facts, _)| *facts).collect();
    let weights: Vec<u64> = inside.iter().map(|facts| weight(rule.choice, facts, max_open)).collect();
    let chosen = if rule.choice == Choice::RoundRobin {
        inside.iter().min_by_key(|facts| (facts.last_offered_at, facts.partner)).map(|facts| (*facts, None))
    } else {
        pick(seed, &weights).map(|(place, ticket, tickets)| (inside[place], Some((ticket, tickets))))
    };
    let outside = judged.iter().filter(|(_, why)| why.is_some()).take(EXCLUDED_KEPT);
    let candidates = inside
        .iter()
        .zip(&weights)
        .map(|(facts, weight)| candidate(facts, None, *weight, max_open))
        .chain(outside.map(|(facts, why)| candidate(facts, *why, 0, max_open)))
        .collect();
    (candidates, chosen)
}

fn weight(choice: Choice, facts: &PartnerFacts, max_open: u32) -> u64 {
    match choice {
        Choice::Even => 1,
        Choice::CapacityLeft => u64::from(max_open.saturating_sub(facts.open)),
        Choice::WinRate => 1 + u64::from(win_percent(facts).unwrap_or(NEWCOMER_WIN_PERCENT)),
        Choice::RoundRobin => 0,
    }
}

fn candidate(facts: &PartnerFacts, excluded: Option<Exclusion>, weight: u64, max_open: u32) -> Candidate {
    Candidate {
        partner: facts.partner,
        partner_name: facts.name.clone(),
        excluded,
        weight,
        territory: facts.territory.clone(),
        country: facts.country.clone(),
        tier: facts.tier,
        partner_types: facts.partner_types.clone(),
        open: facts.open,
        max_open,
        won: facts.won,
        lost: facts.lost,
        last_offered_at: facts.last_offered_at,
    }
}
