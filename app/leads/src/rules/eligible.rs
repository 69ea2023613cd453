//! Which rule fits a lead, and which partner comes into question for it.
use base::{OrganizationId, Timestamp};
use partners::{PartnerType, Tier};

use crate::model::{Distribution, Exclusion, LeadFacts, LeadRule, TrialOutcome};

/// What rules look at in a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerFacts {
    pub partner: OrganizationId,
    pub name: String,
    /// Takes part in the program now.
    pub is_active: bool,
    pub tier: Tier,
    pub partner_types: Vec<PartnerType>,
    pub territory: Option<String>,
    pub country: Option<String>,
    /// Open leads of the program.
    pub open: u32,
    /// Closed deals of the program.
    pub won: u32,
    pub lost: u32,
    pub last_offered_at: Option<Timestamp>,
    /// What came of an earlier offer of this lead, when it stands against another.
    pub barred: Option<Exclusion>,
}

/// Why a rule does not fit a lead; `None` when it does.
#[must_use]
pub fn fits(rule: &LeadRule, lead: &LeadFacts) -> Option<TrialOutcome> {
    let misses = |wanted: &[String], given: Option<&String>| {
        !wanted.is_empty() && !given.is_some_and(|given| wanted.iter().any(|one| same(one, given)))
    };
    let minor = lead.value.map(|value| value.amount_minor);
    if !rule.enabled {
        Some(TrialOutcome::Off)
    } else if misses(&rule.countries, lead.country.as_ref()) {
        Some(TrialOutcome::Country)
    } else if misses(&rule.regions, lead.region.as_ref()) {
        Some(TrialOutcome::Region)
    } else if misses(&rule.families, lead.family.as_ref()) {
        Some(TrialOutcome::Family)
    } else if !rule.sources.is_empty() && !rule.sources.contains(&lead.source) {
        Some(TrialOutcome::Source)
    } else if rule.value_from_minor.is_some_and(|from| minor.is_none_or(|minor| minor < from))
        || rule.value_below_minor.is_some_and(|below| minor.is_none_or(|minor| minor >= below))
    {
        Some(TrialOutcome::Value)
    } else {
        None
    }
}

/// Why a partner does not come into question for a rule; `None` when it does.
#[must_use]
pub fn excluded(
    rule: &LeadRule,
    rules: &Distribution,
    lead: &LeadFacts,
    partner: &PartnerFacts,
) -> Option<Exclusion> {
    let territory = partner.territory.as_ref();
    if !partner.is_active {
        Some(Exclusion::NotActive)
    } else if partner.barred.is_some() {
        partner.barred
    } else if !rule.partners.is_empty() && !rule.partners.contains(&partner.partner) {
        Some(Exclusion::NotListed)
    } else if !rule.territories.is_empty()
        && !territory.is_some_and(|own| rule.territories.iter().any(|one| same(one, own)))
    {
        Some(Exclusion::Territory)
    } else if rule.same_country && !is_same_country(lead, partner) {
        Some(Exclusion::Country)
    } else if rule.minimum_tier.is_some_and(|least| partner.tier < least) {
        Some(Exclusion::Tier)
    } else if !rule.partner_types.is_empty()
        && !partner.partner_types.iter().any(|one| rule.partner_types.contains(one))
    {
        Some(Exclusion::Type)
    } else if rule
        .minimum_win_percent
        .is_some_and(|least| win_percent(partner).is_some_and(|won| won < least))
    {
        Some(Exclusion::WinRate)
    } else if partner.open >= rule.max_open.unwrap_or(rules.max_open) {
        Some(Exclusion::Full)
    } else {
        None
    }
}

fn is_same_country(lead: &LeadFacts, partner: &PartnerFacts) -> bool {
    matches!((&lead.country, &partner.country), (Some(lead), Some(own)) if same(lead, own))
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// How many per cent of its closed deals a partner won, rounded down; none when it has closed none.
#[must_use]
pub fn win_percent(partner: &PartnerFacts) -> Option<u32> {
    let closed = u64::from(partner.won) + u64::from(partner.lost);
    (closed > 0).then(|| (u64::from(partner.won) * 100 / closed) as u32)
}
