//! Each rule of engagement as one sentence with its numbers.
use base::{Currency, Money};
use kit::catalogue::locale;
use kit::format;

use crate::{Calendar, Engagement, PriorityMode, RuleId, Workday, t};

/// What a rule says under these rules of engagement, in the reader's language. Amounts are in the program's currency.
#[must_use]
pub fn rule_sentence(rule: RuleId, rules: &Engagement, currency: Currency) -> String {
    let money = |minor| format::money_plain(Money::new(minor, currency), locale());
    let either = |on: bool, yes: &str, no: &str| if on { yes.to_owned() } else { no.to_owned() };
    let excluded = &rules.excluded;
    match rule {
        RuleId::Priority => match rules.priority_mode {
            PriorityMode::FirstToRegister => t::says_first_to_register(),
            PriorityMode::FirstQualified => t::says_first_qualified(),
            PriorityMode::ContributionWeighted => t::says_contribution_weighted(),
            PriorityMode::Split => t::says_split(),
        }
        .to_owned(),
        RuleId::OneApproval => t::says_one_approval().to_owned(),
        RuleId::Protection => match rules.protection_days {
            Some(days) => t::says_protection(i64::from(days)),
            None => t::says_no_protection().to_owned(),
        },
        RuleId::Extension if rules.max_extensions == 0 => t::says_no_extension().to_owned(),
        RuleId::Extension => t::says_extension(i64::from(rules.max_extensions), rules.extension_days),
        RuleId::Review => {
            t::says_review(i64::from(rules.review_business_days), super::parts::role_words(rules.escalate_to))
        }
        RuleId::Grace => t::says_grace(i64::from(rules.grace_business_days), rules.max_returns),
        RuleId::AutoApproval if !rules.auto_approve.enabled => t::says_no_auto_approval().to_owned(),
        RuleId::AutoApproval => t::says_auto_approval(money(rules.auto_approve.limit_minor)),
        RuleId::MinimumValue if rules.minimum_value_minor == 0 => t::says_no_minimum().to_owned(),
        RuleId::MinimumValue => t::says_minimum(money(rules.minimum_value_minor)),
        RuleId::PublicTender => either(excluded.public_tenders, t::says_no_tenders(), t::says_tenders()),
        RuleId::NamedAccount if excluded.named_accounts.is_empty() => t::says_no_named_accounts().to_owned(),
        RuleId::NamedAccount => t::says_named_accounts(count(excluded.named_accounts.len())),
        RuleId::OpenOpportunity => {
            either(excluded.open_opportunities, t::says_no_opportunities(), t::says_opportunities())
        }
        RuleId::ExistingCustomer => {
            either(excluded.existing_customers, t::says_no_customers(), t::says_customers())
        }
        RuleId::ExclusiveTerritory if excluded.exclusive_territories.is_empty() => {
            t::says_no_territories().to_owned()
        }
        RuleId::ExclusiveTerritory => t::says_territories(count(excluded.exclusive_territories.len())),
        RuleId::Evidence => either(rules.evidence_required, t::says_evidence(), t::says_no_evidence()),
        RuleId::OpenRegistrations => t::says_open_registrations(i64::from(rules.max_open_registrations)),
        RuleId::Heartbeat => t::says_heartbeat(rules.heartbeat.warn_days, rules.heartbeat.lapse_days),
        RuleId::SecondaryShare if rules.secondary_share_percent == 0 => {
            t::says_no_secondary_share().to_owned()
        }
        RuleId::SecondaryShare => t::says_secondary_share(percent(rules.secondary_share_percent)),
        RuleId::MaterialChange => t::says_material_change(percent(rules.material_change_percent)),
        RuleId::Appeal => t::says_appeal(i64::from(rules.appeal_business_days)),
        RuleId::Calendar => calendar_sentence(&rules.calendar),
    }
}

fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}

fn percent(whole: u32) -> String {
    format::percent(f64::from(whole) / 100.0, locale())
}

fn calendar_sentence(calendar: &Calendar) -> String {
    let days = days_in_words(&calendar.workdays);
    t::says_calendar(
        count(calendar.holidays.len()),
        days,
        calendar.opens,
        calendar.closes,
        &calendar.time_zone,
    )
}

/// Runs of days become spans: "Monday to Friday", "Monday, Wednesday".
fn days_in_words(days: &[Workday]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (place, day) in Workday::ALL.iter().enumerate() {
        if !days.contains(day) {
            continue;
        }
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == place => *last = place,
            _ => runs.push((place, place)),
        }
    }
    let name = |place: usize| day_name(Workday::ALL[place]);
    let words = runs.into_iter().map(|(first, last)| match last - first {
        0 => name(first).to_owned(),
        1 => format!("{}, {}", name(first), name(last)),
        _ => t::days_from_to(name(first), name(last)),
    });
    words.collect::<Vec<_>>().join(", ")
}

pub(super) fn day_name(day: Workday) -> &'static str {
    match day {
        Workday::Monday => t::monday(),
        Workday::Tuesday => t::tuesday(),
        Workday::Wednesday => t::wednesday(),
        Workday::Thursday => t::thursday(),
        Workday::Friday => t::friday(),
        Workday::Saturday => t::saturday(),
        Workday::Sunday => t::sunday(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_days_are_told_as_spans() {
        use Workday::*;
        assert_eq!(days_in_words(&Workday::ALL[..5]), "Monday to Friday");
        assert_eq!(days_in_words(&[Monday, Wednesday, Thursday]), "Monday, Wednesday, Thursday");
    }

    #[test]
    fn every_rule_says_something_of_its_own() {
        let rules = Engagement::default();
        let all: std::collections::BTreeSet<String> =
            RuleId::ALL.iter().map(|rule| rule_sentence(*rule, &rules, Currency::EUR)).collect();
        assert_eq!(all.len(), RuleId::ALL.len());
        assert!(all.contains("An approved deal is the partner's for 90 days."), "{all:?}");
    }
}
