//! One rule in a dialog: for which leads, who comes into question, how one is chosen.
#![allow(clippy::maybe_infinite_iter, reason = "there are fewer rules than numbers")]
use base::Money;
use kit::{Button, CheckField, Choice, Dialog, Fold, Kind, SelectField, TextField};
use leptos::prelude::*;
use partners::{PartnerType, Tier};

use super::editor::Desk;
use crate::model::{self, LeadRule, Source};
use crate::t;

/// Several words in one field.
fn listed(text: &str) -> Vec<String> {
    text.split([',', ';', '\n']).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// The dialog for the rule at a place; past the last place it is a new one.
pub(super) fn dialog(desk: Desk, place: usize) -> AnyView {
    let known = desk.rules.with_untracked(|rules| rules.get(place).cloned());
    let is_new = known.is_none();
    let rule = known.unwrap_or_else(|| LeadRule { id: fresh_id(desk), ..LeadRule::default() });
    let text = |value: String| RwSignal::new(value);
    let number = |value: Option<u32>| RwSignal::new(value.map(|value| value.to_string()).unwrap_or_default());
    let currency = desk.currency;
    let amount = |minor: Option<i64>| {
        let money = minor.zip(currency).map(|(minor, currency)| Money::new(minor, currency).to_string());
        RwSignal::new(money.and_then(|text| text.split(' ').next().map(str::to_owned)).unwrap_or_default())
    };
    let (name, enabled, same) =
        (text(rule.name.clone()), RwSignal::new(rule.enabled), RwSignal::new(rule.same_country));
    let lists =
        [&rule.countries, &rule.regions, &rule.families, &rule.territories].map(|all| text(all.join(", ")));
    let [countries, regions, families, territories] = lists;
    let (from, below) = (amount(rule.value_from_minor), amount(rule.value_below_minor));
    let (max_open, win) = (number(rule.max_open), number(rule.minimum_win_percent));
    let tier = text(rule.minimum_tier.map(Tier::as_str).unwrap_or_default().to_owned());
    let choice = text(rule.choice.as_str().to_owned());
    let types: Vec<(PartnerType, RwSignal<bool>)> =
        PartnerType::ALL.iter().map(|one| (*one, RwSignal::new(rule.partner_types.contains(one)))).collect();
    let sources: Vec<(Source, RwSignal<bool>)> =
        Source::ALL.iter().map(|one| (*one, RwSignal::new(rule.sources.contains(one)))).collect();
    let named: Vec<(model::NamedPartner, RwSignal<bool>)> = desk.partners.with_value(|all| {
        all.iter().map(|one| (one.clone(), RwSignal::new(rule.partners.contains(&one.id)))).collect()
    });
    let boxes = |group: &'static str, all: Vec<(String, RwSignal<bool>)>| {
        let all = all
            .into_iter()
            .enumerate()
            .map(|(at, (label, on))| {
                let id = format!("rule-{group}-{at}");
                view! { <CheckField name="" id=id label=label bind=on/> }
            })
            .collect_view();
        view! { <div class="grid g2 gap-8">{all}</div> }.into_any()
    };
    let type_boxes =
        boxes("types", types.iter().map(|(one, on)| (partners::type_name(*one).to_owned(), *on)).collect());
    let source_boxes =
        boxes("sources", sources.iter().map(|(one, on)| (one.words().to_owned(), *on)).collect());
    let partner_boxes = boxes("partners", named.iter().map(|(one, on)| (one.name.clone(), *on)).collect());
    let fault = RwSignal::new(None::<String>);
    let apply = move |_| {
        if name.with_untracked(|name| name.trim().is_empty()) {
            fault.set(Some(t::rule_needs_name().to_owned()));
            return;
        }
        let minor = |text: RwSignal<String>| {
            Money::parse(&text.get_untracked(), currency?).map(|money| money.amount_minor)
        };
        let count = |text: RwSignal<String>| text.get_untracked().trim().parse().ok();
        let of = |text: RwSignal<String>| listed(&text.get_untracked());
        let changed = LeadRule {
            id: rule.id.clone(),
            name: name.get_untracked(),
            enabled: enabled.get_untracked(),
            countries: of(countries),
            regions: of(regions),
            families: of(families),
            sources: sources.iter().filter(|(_, on)| on.get_untracked()).map(|(one, _)| *one).collect(),
            value_from_minor: minor(from),
            value_below_minor: minor(below),
            territories: of(territories),
            same_country: same.get_untracked(),
            minimum_tier: Tier::parse(&tier.get_untracked()),
            partner_types: types.iter().filter(|(_, on)| on.get_untracked()).map(|(one, _)| *one).collect(),
            partners: named.iter().filter(|(_, on)| on.get_untracked()).map(|(one, _)| one.id).collect(),
            max_open: count(max_open),
            minimum_win_percent: count(win),
            choice: model::Choice::ALL
                .into_iter()
                .find(|one| one.as_str() == choice.get_untracked())
                .unwrap_or_default(),
        };
        desk.change(|rules| match rules.get_mut(place) {
            Some(rule) => *rule = changed,
            None => rules.push(changed),
        });
        desk.open.set(None);
    };
    let remove = (!is_new).then(|| {
        let remove = move |_| {
            desk.change(|rules| {
                rules.remove(place);
            });
            desk.open.set(None);
        };
        view! { <Button kind=Kind::Danger on_click=remove>{t::remove_rule()}</Button> }
    });
    let tiers: Vec<Choice> =
        Tier::ALL.iter().map(|one| Choice::new(one.as_str(), partners::tier_name(*one))).collect();
    let choices = model::Choice::ALL.map(|one| Choice::new(one.as_str(), one.words())).to_vec();
    let title = if is_new { t::add_rule().to_owned() } else { name.get_untracked() };
    let footer = view! {
        {remove}
        <Button kind=Kind::Quiet on_click=move |_| desk.open.set(None)>{t::cancel()}</Button>
        <Button kind=Kind::Primary on_click=apply>{t::apply()}</Button>
    }
    .into_any();
    view! {
        <Dialog id="lead-rule" title=title wide=true open=Signal::stored(true) on_close=Callback::new(move |()| desk.open.set(None)) footer=footer>
            <div class="stack gap-16">
                <TextField name="name" label=t::rule_name() bind=name error=Signal::derive(move || fault.get().unwrap_or_default()) required=true maxlength=120/>
                <CheckField name="enabled" label=t::rule_enabled() bind=enabled/>
                <h3>{t::for_which_leads()}</h3>
                <div class="form-row">
                    <TextField name="countries" label=t::field_country() bind=countries help=t::countries_help() optional=true/>
                    <TextField name="regions" label=t::field_region() bind=regions help=t::list_help() optional=true/>
                </div>
                <TextField name="families" label=t::field_families() bind=families help=t::list_help() optional=true/>
                <div class="form-row">
                    <TextField name="value_from" label=t::field_value_from() bind=from inputmode="decimal" optional=true/>
                    <TextField name="value_below" label=t::field_value_below() bind=below inputmode="decimal" optional=true/>
                </div>
                <Fold label=t::fact_source()>{source_boxes}</Fold>
                <h3>{t::who_comes_into_question()}</h3>
                <TextField name="territories" label=t::field_territories() bind=territories help=t::list_help() optional=true/>
                <CheckField name="same_country" label=t::field_same_country() bind=same/>
                <div class="form-row r3">
                    <SelectField name="tier" label=t::field_tier() choices=tiers bind=tier empty=t::any_tier() optional=true/>
                    <TextField name="max_open" label=t::field_max_open() bind=max_open kind="number" inputmode="numeric" optional=true/>
                    <TextField name="win" label=t::field_win() bind=win kind="number" inputmode="numeric" optional=true/>
                </div>
                <Fold label=t::field_types()>{type_boxes}</Fold>
                <Fold label=t::only_these_partners()>{partner_boxes}</Fold>
                <SelectField name="choice" label=t::fact_choice() choices=choices bind=choice/>
            </div>
        </Dialog>
    }
    .into_any()
}

/// An id that no rule has.
fn fresh_id(desk: Desk) -> String {
    desk.rules.with_untracked(|rules| {
        (1..)
            .map(|n| format!("rule-{n}"))
            .find(|id| rules.iter().all(|rule| rule.id != *id))
            .unwrap_or_default()
    })
}
