//! The groups of the editor, each with the rules it writes.
use kit::{Card, CheckField, Choice, SelectField, TextArea, TextField};
use leptos::prelude::*;

use super::fields::{Number, Sheet};
use crate::screen::parts::{name_of, role_words};
use crate::screen::sentences::day_name;
use crate::{ClockTime, Engagement, EscalateTo, PriorityMode, RuleId, RulesDraft, Workday, t};

/// All groups with the values of a draft.
pub(super) fn groups(draft: &RulesDraft, rules: RwSignal<Engagement>) -> AnyView {
    let sheet = Sheet { rules, currency: draft.program.currency };
    let now = &draft.engagement;
    view! {
        {group("claims", t::group_claims(), claims(sheet, now), sheet.says(&[RuleId::Priority, RuleId::Protection, RuleId::Extension, RuleId::SecondaryShare]))}
        {group("answers", t::group_answers(), answers(sheet, now), sheet.says(&[RuleId::Review, RuleId::Grace, RuleId::Appeal]))}
        {group("approval", t::group_approval(), approval(sheet, now), sheet.says(&[RuleId::AutoApproval, RuleId::MinimumValue, RuleId::MaterialChange]))}
        {group("excluded", t::group_excluded(), excluded(sheet, draft), sheet.says(&[RuleId::PublicTender, RuleId::NamedAccount, RuleId::OpenOpportunity, RuleId::ExistingCustomer, RuleId::ExclusiveTerritory]))}
        {group("effort", t::group_effort(), effort(sheet, now), sheet.says(&[RuleId::Evidence, RuleId::OpenRegistrations, RuleId::Heartbeat]))}
        {group("time", t::group_time(), time(sheet, now), sheet.says(&[RuleId::Calendar]))}
    }
    .into_any()
}

fn group(id: &'static str, title: &'static str, fields: AnyView, says: AnyView) -> AnyView {
    view! { <Card title=title id=id><div class="form-group">{fields}{says}</div></Card> }.into_any()
}

const fn number(
    name: &'static str,
    label: &'static str,
    unit: &'static str,
    range: (u32, u32),
    usual: u32,
) -> Number {
    Number { name, label, unit, range, usual }
}

fn claims(sheet: Sheet, now: &Engagement) -> AnyView {
    let modes = PriorityMode::ALL.map(|mode| Choice::new(mode.as_str(), mode_words(mode))).to_vec();
    let chosen = Callback::new(move |text: String| {
        if let Some(mode) = PriorityMode::ALL.into_iter().find(|mode| mode.as_str() == text) {
            sheet.rules.update(|rules| rules.priority_mode = mode);
        }
    });
    let protection = now.protection_days.map(|days| days.to_string()).unwrap_or_default();
    let days = number("protection_days", t::protection_days(), t::days(), (1, 365), 90);
    view! {
        <SelectField name="priority_mode" label=t::priority_mode() choices=modes value=now.priority_mode.as_str() on_input=chosen />
        <div class="form-row">
            {sheet.number_or_none(days, protection, |rules, days| rules.protection_days = days)}
            {sheet.number(number("secondary_share_percent", t::secondary_share(), "%", (0, 50), 0), now.secondary_share_percent, |rules, n| rules.secondary_share_percent = n)}
            {sheet.number(number("max_extensions", t::max_extensions(), t::times(), (0, 12), 1), now.max_extensions, |rules, n| rules.max_extensions = n)}
            {sheet.number(number("extension_days", t::extension_days(), t::days(), (1, 180), 30), now.extension_days, |rules, n| rules.extension_days = n)}
        </div>
    }
    .into_any()
}

fn mode_words(mode: PriorityMode) -> &'static str {
    match mode {
        PriorityMode::FirstToRegister => t::mode_first_to_register(),
        PriorityMode::FirstQualified => t::mode_first_qualified(),
        PriorityMode::ContributionWeighted => t::mode_contribution_weighted(),
        PriorityMode::Split => t::mode_split(),
    }
}

fn answers(sheet: Sheet, now: &Engagement) -> AnyView {
    let roles = EscalateTo::ALL.map(|role| Choice::new(role.as_str(), role_words(role))).to_vec();
    let chosen = Callback::new(move |text: String| {
        if let Some(role) = EscalateTo::ALL.into_iter().find(|role| role.as_str() == text) {
            sheet.rules.update(|rules| rules.escalate_to = role);
        }
    });
    view! {
        <div class="form-row">
            {sheet.number(number("review_business_days", t::review_days(), t::business_days(), (1, 60), 2), now.review_business_days, |rules, n| rules.review_business_days = n)}
            <SelectField name="escalate_to" label=t::escalate_to() choices=roles value=now.escalate_to.as_str() on_input=chosen />
            {sheet.number(number("grace_business_days", t::grace_days(), t::business_days(), (1, 60), 5), now.grace_business_days, |rules, n| rules.grace_business_days = n)}
            {sheet.number(number("max_returns", t::max_returns(), t::times(), (1, 10), 3), now.max_returns, |rules, n| rules.max_returns = n)}
            {sheet.number(number("appeal_business_days", t::appeal_days(), t::business_days(), (1, 60), 10), now.appeal_business_days, |rules, n| rules.appeal_business_days = n)}
        </div>
    }
    .into_any()
}

fn approval(sheet: Sheet, now: &Engagement) -> AnyView {
    view! {
        {sheet.tick("auto_approve[enabled]", t::auto_approve(), now.auto_approve.enabled, |rules, on| rules.auto_approve.enabled = on)}
        <div class="form-row">
            {sheet.amount("auto_approve[limit]", t::auto_limit(), t::auto_limit_help().to_owned(), now.auto_approve.limit_minor, |rules, n| rules.auto_approve.limit_minor = n)}
            {sheet.amount("minimum_value", t::minimum_value(), t::minimum_help().to_owned(), now.minimum_value_minor, |rules, n| rules.minimum_value_minor = n)}
            {sheet.number(number("material_change_percent", t::material_change(), "%", (0, 100), 20), now.material_change_percent, |rules, n| rules.material_change_percent = n)}
        </div>
    }
    .into_any()
}

fn excluded(sheet: Sheet, draft: &RulesDraft) -> AnyView {
    let now = &draft.engagement.excluded;
    let accounts = now.named_accounts.iter().map(|account| match &account.website {
        Some(website) => format!("{} | {website}", account.name),
        None => account.name.clone(),
    });
    let accounts = accounts.collect::<Vec<_>>().join("\n");
    let territories = now.exclusive_territories.iter().map(|held| {
        let until = held.until.map(|day| format!(" | {day}")).unwrap_or_default();
        format!("{} | {} | {}{until}", held.country, name_of(&draft.partners, held.partner), held.from)
    });
    let territories = territories.collect::<Vec<_>>().join("\n");
    view! {
        <div class="stack">
            {sheet.tick("excluded[public_tenders]", t::exclude_tenders(), now.public_tenders, |rules, on| rules.excluded.public_tenders = on)}
            {sheet.tick("excluded[open_opportunities]", t::exclude_opportunities(), now.open_opportunities, |rules, on| rules.excluded.open_opportunities = on)}
            {sheet.tick("excluded[existing_customers]", t::exclude_customers(), now.existing_customers, |rules, on| rules.excluded.existing_customers = on)}
        </div>
        <TextArea name="excluded[named_accounts]" label=t::named_accounts() value=accounts rows=4 help=t::named_accounts_help() optional=true />
        <TextArea name="excluded[exclusive_territories]" label=t::territories() value=territories rows=3 help=t::territories_help() optional=true />
    }
    .into_any()
}

fn effort(sheet: Sheet, now: &Engagement) -> AnyView {
    view! {
        {sheet.tick("evidence_required", t::evidence_required(), now.evidence_required, |rules, on| rules.evidence_required = on)}
        <div class="form-row">
            {sheet.number(number("max_open_registrations", t::max_open(), t::registrations(), (1, 100_000), 50), now.max_open_registrations, |rules, n| rules.max_open_registrations = n)}
            {sheet.number(number("heartbeat[warn_days]", t::warn_days(), t::days(), (1, 180), 21), now.heartbeat.warn_days, |rules, n| rules.heartbeat.warn_days = n)}
            {sheet.number(number("heartbeat[lapse_days]", t::lapse_days(), t::days(), (2, 365), 30), now.heartbeat.lapse_days, |rules, n| rules.heartbeat.lapse_days = n)}
        </div>
    }
    .into_any()
}

fn time(sheet: Sheet, now: &Engagement) -> AnyView {
    let calendar = &now.calendar;
    let days = Workday::ALL.map(|day| {
        let change = Callback::new(move |on| {
            sheet.rules.update(|rules| {
                let days = &mut rules.calendar.workdays;
                days.retain(|known| *known != day);
                if on {
                    days.push(day);
                }
            });
        });
        let id = format!("workday-{}", day.as_str());
        view! {
            <CheckField name="calendar[workdays][]" id=id label=day_name(day) value=day.as_str() checked=calendar.workdays.contains(&day) on_change=change />
        }
        .into_any()
    });
    let clock = |name: &'static str,
                 label: &'static str,
                 value: ClockTime,
                 set: fn(&mut Engagement, ClockTime)| {
        let typed = Callback::new(move |text: String| {
            if let Some(time) = ClockTime::parse(&text) {
                sheet.rules.update(|rules| set(rules, time));
            }
        });
        view! { <TextField name=name label=label value=value.to_string() inputmode="numeric" placeholder="09:00" on_input=typed /> }.into_any()
    };
    let zone = Callback::new(move |zone: String| sheet.rules.update(|rules| rules.calendar.time_zone = zone));
    let holidays = calendar.holidays.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    view! {
        <TextField name="calendar[time_zone]" label=t::time_zone() value=calendar.time_zone.clone() help=t::time_zone_help() on_input=zone />
        <fieldset class="field">
            <legend class="label">{t::workdays()}</legend>
            <div class="grid g2 gap-8">{days.into_iter().collect_view()}</div>
        </fieldset>
        <div class="form-row">
            {clock("calendar[opens]", t::opens(), calendar.opens, |rules, at| rules.calendar.opens = at)}
            {clock("calendar[closes]", t::closes(), calendar.closes, |rules, at| rules.calendar.closes = at)}
        </div>
        <TextArea name="calendar[holidays]" label=t::holidays() value=holidays rows=4 help=t::holidays_help() optional=true />
    }
    .into_any()
}
