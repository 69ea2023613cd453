//! What differs between two sets of rules, rule by rule, in plain words.
use base::{Currency, OrganizationId};
use serde::{Deserialize, Serialize};

use crate::{Engagement, RuleId, rule_sentence};

/// A rule that says something else than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct RuleChange {
    pub rule: RuleId,
    /// What it said.
    pub before: String,
    /// What it says.
    pub after: String,
    /// Entries of its list that are new: accounts, territories, holidays.
    pub added: Vec<String>,
    /// Entries that are gone.
    pub removed: Vec<String>,
}

/// The rules that differ, in the order of their codes. `name` gives a partner's name.
#[must_use]
pub fn changes(
    before: &Engagement,
    after: &Engagement,
    currency: Currency,
    name: &dyn Fn(OrganizationId) -> String,
) -> Vec<RuleChange> {
    let of = |rule: RuleId| {
        let (was, is) = (entries(rule, before, name), entries(rule, after, name));
        let change = RuleChange {
            rule,
            before: rule_sentence(rule, before, currency),
            after: rule_sentence(rule, after, currency),
            added: is.iter().filter(|entry| !was.contains(entry)).cloned().collect(),
            removed: was.iter().filter(|entry| !is.contains(entry)).cloned().collect(),
        };
        (change.before != change.after || !change.added.is_empty() || !change.removed.is_empty())
            .then_some(change)
    };
    RuleId::ALL.iter().copied().filter_map(of).collect()
}

/// The list behind a rule, one line an entry; empty for rules without a list.
fn entries(rule: RuleId, rules: &Engagement, name: &dyn Fn(OrganizationId) -> String) -> Vec<String> {
    match rule {
        RuleId::NamedAccount => rules
            .excluded
            .named_accounts
            .iter()
            .map(|account| match &account.website {
                Some(website) => format!("{} ({website})", account.name),
                None => account.name.clone(),
            })
            .collect(),
        RuleId::ExclusiveTerritory => rules
            .excluded
            .exclusive_territories
            .iter()
            .map(|held| {
                let until = held.until.map_or_else(|| "…".to_owned(), |day| day.to_string());
                format!("{}: {}, {} – {until}", held.country, name(held.partner), held.from)
            })
            .collect(),
        RuleId::Calendar => rules.calendar.holidays.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AutoApprove, NamedAccount};

    fn told(before: &Engagement, after: &Engagement) -> Vec<RuleChange> {
        changes(before, after, Currency::EUR, &|id| id.to_string())
    }

    #[test]
    fn equal_rules_have_no_changes() {
        assert_eq!(told(&Engagement::default(), &Engagement::default()), []);
    }

    #[test]
    fn a_change_is_told_as_what_the_rule_said_and_says() {
        let after = Engagement {
            protection_days: Some(60),
            auto_approve: AutoApprove { enabled: false, ..AutoApprove::default() },
            ..Engagement::default()
        };
        let told = told(&Engagement::default(), &after);
        assert_eq!(told.iter().map(|change| change.rule.code()).collect::<Vec<_>>(), ["ROE-3", "ROE-7"]);
        assert_eq!(told[0].before, "An approved deal is the partner's for 90 days.");
        assert_eq!(told[0].after, "An approved deal is the partner's for 60 days.");
    }

    #[test]
    fn an_entry_that_took_another_s_place_is_seen() {
        let named = |name: &str| {
            let mut rules = Engagement::default();
            rules.excluded.named_accounts = vec![NamedAccount { name: name.into(), website: None }];
            rules
        };
        let told = told(&named("Acme"), &named("Globex"));
        assert_eq!(told.len(), 1);
        assert_eq!(
            (told[0].added.clone(), told[0].removed.clone()),
            (vec!["Globex".into()], vec!["Acme".into()])
        );
    }

    /// A field that no rule speaks of would be changed without anybody being told.
    #[test]
    fn every_field_belongs_to_a_rule_that_tells_its_change() {
        let other: Engagement = serde_json::from_value(serde_json::json!({
            "priority_mode": "split", "protection_days": 7, "max_extensions": 2, "extension_days": 7,
            "review_business_days": 7, "escalate_to": "vendor_owner", "grace_business_days": 7, "max_returns": 7,
            "auto_approve": { "enabled": false, "limit_minor": 7 }, "minimum_value_minor": 7,
            "excluded": { "public_tenders": false, "named_accounts": [{ "name": "Acme" }],
                "open_opportunities": false, "existing_customers": false, "exclusive_territories": [
                    { "country": "DE", "partner": "org_01h455vb4pex5vsknk084sn02q", "from": "2026-01-01" }] },
            "evidence_required": false, "max_open_registrations": 7,
            "heartbeat": { "warn_days": 7, "lapse_days": 70 }, "secondary_share_percent": 7,
            "material_change_percent": 7, "appeal_business_days": 7,
            "calendar": { "time_zone": "Europe/Berlin", "workdays": ["monday"], "opens": "08:00", "closes": "12:00",
                "holidays": ["2026-12-24"] }
        }))
        .unwrap();
        let (serde_json::Value::Object(all), serde_json::Value::Object(fields)) =
            (serde_json::to_value(Engagement::default()).unwrap(), serde_json::to_value(&other).unwrap())
        else {
            panic!("rules are an object")
        };
        for (field, value) in fields {
            assert_ne!(all[&field], value, "{field} is not tried");
            let mut one = all.clone();
            one.insert(field.clone(), value);
            let one: Engagement = serde_json::from_value(serde_json::Value::Object(one)).unwrap();
            assert!(!told(&Engagement::default(), &one).is_empty(), "no rule tells of {field}");
        }
    }
}
