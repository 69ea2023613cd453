//! Rules in plain words, and the versions that were published.
use base::{Currency, Money};
use kit::{Card, Fold, When};
use leptos::prelude::*;

use crate::model::{Distribution, LeadRule, LeadRulesVersion, NamedPartner, WindowUnit};
use crate::screen::parts::money_words;
use crate::t;

/// What a rule says, in one line.
pub(super) fn of_rule(rule: &LeadRule, currency: Option<Currency>, partners: &[NamedPartner]) -> String {
    let list =
        |label: &str, all: &[String]| (!all.is_empty()).then(|| format!("{label}: {}", all.join(", ")));
    let money = |minor: Option<i64>| Some(money_words(Money::new(minor?, currency?)));
    let countries: Vec<String> =
        rule.countries.iter().map(|code| deals::country_name(code).clone()).collect();
    let sources: Vec<String> = rule.sources.iter().map(|one| one.words().to_owned()).collect();
    let types: Vec<String> =
        rule.partner_types.iter().map(|one| partners::type_name(*one).to_owned()).collect();
    let named: Vec<String> = rule
        .partners
        .iter()
        .filter_map(|id| partners.iter().find(|one| one.id == *id).map(|one| one.name.clone()))
        .collect();
    let parts = [
        list(t::field_country(), &countries),
        list(t::field_region(), &rule.regions),
        list(t::field_families(), &rule.families),
        list(t::fact_source(), &sources),
        money(rule.value_from_minor).map(t::value_from),
        money(rule.value_below_minor).map(t::value_below),
        list(t::field_territories(), &rule.territories),
        rule.same_country.then(|| t::field_same_country().to_owned()),
        rule.minimum_tier.map(|tier| t::tier_from(partners::tier_name(tier))),
        list(t::field_types(), &types),
        list(t::fact_partner(), &named),
        rule.minimum_win_percent.map(t::win_from),
        rule.max_open.map(t::open_below),
    ];
    let told: Vec<String> = parts.into_iter().flatten().collect();
    let when = if told.is_empty() { t::every_lead_every_partner().to_owned() } else { told.join(" · ") };
    format!("{when}. {}.", rule.choice.words())
}

/// What holds for all rules, in one line.
pub(super) fn of_all(distribution: &Distribution) -> String {
    let length = i64::from(distribution.window.length);
    let window = match distribution.window.unit {
        WindowUnit::BusinessHours => t::business_hours(length),
        WindowUnit::BusinessDays => t::business_days(length),
    };
    let parts = [
        t::time_to_answer(window),
        (if distribution.automatic { t::automatic_on() } else { t::automatic_off() }).to_owned(),
        (if distribution.reassign { t::reassign_on() } else { t::reassign_off() }).to_owned(),
        t::open_below(distribution.max_open),
    ];
    parts.join(" · ")
}

/// What was published, latest first; nothing before anything was.
pub(super) fn versions(all: Vec<LeadRulesVersion>) -> AnyView {
    if all.is_empty() {
        return ().into_any();
    }
    let items = all
        .into_iter()
        .map(|version| {
            let label = t::version_by(version.number, &version.published_by_name);
            let (at, note, whole) = (version.published_at, version.note.clone(), of_all(&version.distribution));
            let rules = version
                .distribution
                .rules
                .iter()
                .map(|rule| view! { <li><strong>{rule.name.clone()}</strong>" "<span class="muted">{of_rule(rule, None, &[])}</span></li> })
                .collect_view();
            view! {
                <li>
                    <Fold label=label>
                        <div class="stack gap-8 small">
                            <p class="muted"><When at=at/></p>
                            {(!note.is_empty()).then(|| view! { <p class="break">{note}</p> })}
                            <p>{whole}</p>
                            <ol class="stack gap-4">{rules}</ol>
                        </div>
                    </Fold>
                </li>
            }
        })
        .collect_view();
    view! { <Card title=t::versions()><ul class="stack gap-8">{items}</ul></Card> }.into_any()
}
