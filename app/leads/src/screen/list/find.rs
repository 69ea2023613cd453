//! Search box and filters above the leads; a plain form with a button where there is no script.
use kit::{Button, Chip, Icon, lucide, paths};
use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::hooks::use_navigate;

use super::address::href;
use super::export;
use crate::model::{Source, Status};
use crate::t;
use crate::verbs::ListLeads;

/// Search, filters, the filters that are on, and the way to a file.
pub(super) fn bar(asked: &ListLeads) -> AnyView {
    let without = ListLeads { cursor: None, ..asked.clone() };
    let me = access::me();
    let status = asked.status.as_ref().map(ToString::to_string).unwrap_or_default();
    let statuses = Status::ALL.iter().map(|one| (one.as_str().to_owned(), one.words().to_owned())).collect();
    let sources = Source::ALL.iter().map(|one| (one.as_str().to_owned(), one.words().to_owned())).collect();
    let source = asked.source.map(Source::as_str).unwrap_or_default().to_owned();
    let programs: Vec<(String, String)> =
        me.programs.iter().map(|program| (program.id.to_string(), program.name.clone())).collect();
    let program = asked.program.map(|id| id.to_string()).unwrap_or_default();
    let (by_status, by_program, by_source) = (without.clone(), without.clone(), without.clone());
    let ask = StoredValue::new(without.clone());
    let busy = RwSignal::new(false);
    let (kept, typed, on) = (hidden(&without), asked.q.clone().unwrap_or_default(), chips(&without));
    view! {
        <Form method="GET" action=paths::LEADS attr:class="tools" attr:role="search">
            {kept}
            <div class="affix search">
                <Icon of=lucide::LuSearch/>
                <input
                    class="input"
                    type="search"
                    name="q"
                    value=typed
                    placeholder=t::search_leads()
                    aria-label=t::search_leads()
                    maxlength="200"
                />
            </div>
            {choice("status", t::col_status(), t::all_statuses(), statuses, &status, move |value| {
                href(&ListLeads { status: value.parse().ok().filter(|_| !value.is_empty()), ..by_status.clone() })
            })}
            {choice("source", t::fact_source(), t::all_sources(), sources, &source, move |value| {
                href(&ListLeads { source: Source::parse(&value), ..by_source.clone() })
            })}
            {(programs.len() > 1).then(|| choice("program", t::fact_program(), t::all_programs(), programs, &program, move |value| {
                href(&ListLeads { program: value.parse().ok(), ..by_program.clone() })
            }))}
            <Button submit=true>{t::search_go()}</Button>
            <span class="end needs-script">
                <Button
                    icon=lucide::LuDownload
                    busy=busy
                    on_click=move |_| export::all(ask.get_value(), busy)
                >{t::export_csv()}</Button>
            </span>
        </Form>
        {on}
    }
    .into_any()
}

/// The filters that are on, each with its way off.
fn chips(asked: &ListLeads) -> AnyView {
    let mut chips = Vec::new();
    let mut on = |label: String, rest: ListLeads| chips.push((label, href(&rest)));
    if let Some(status) = &asked.status {
        let words = status.0.iter().map(|status| status.words()).collect::<Vec<_>>().join(", ");
        on(words, ListLeads { status: None, ..asked.clone() });
    }
    if let Some(source) = asked.source {
        on(source.words().to_owned(), ListLeads { source: None, ..asked.clone() });
    }
    if let Some(program) = asked.program {
        let known = access::me().programs.into_iter().find(|one| one.id == program);
        let name = known.map_or_else(|| t::fact_program().to_owned(), |one| one.name);
        on(name, ListLeads { program: None, ..asked.clone() });
    }
    if asked.partner.is_some() {
        on(t::one_partner().to_owned(), ListLeads { partner: None, ..asked.clone() });
    }
    if let Some(country) = &asked.country {
        let name = deals::country_name(country).clone();
        on(name, ListLeads { country: None, ..asked.clone() });
    }
    if let Some(q) = &asked.q {
        on(format!("“{q}”"), ListLeads { q: None, ..asked.clone() });
    }
    if chips.is_empty() {
        return ().into_any();
    }
    let chips = chips
        .into_iter()
        .map(|(label, remove)| view! { <Chip label=label on=true remove=remove/> })
        .collect_view();
    view! { <div class="line wrap">{chips}</div> }.into_any()
}

/// What the form does not show but keeps.
fn hidden(asked: &ListLeads) -> AnyView {
    let kept = ["needs_action", "sort", "partner", "country"];
    let fields = base::address(asked).map(|(_, fields)| fields).unwrap_or_default();
    fields
        .into_iter()
        .filter(|(name, value)| kept.contains(&name.as_str()) && !value.is_null())
        .map(|(name, value)| {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            view! { <input type="hidden" name=name value=value/> }
        })
        .collect_view()
        .into_any()
}

fn choice(
    name: &'static str,
    label: &'static str,
    all: &'static str,
    choices: Vec<(String, String)>,
    chosen: &str,
    href: impl Fn(String) -> String + 'static,
) -> AnyView {
    let navigate = use_navigate();
    let none = chosen.is_empty();
    let options = choices
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect_view();
    view! {
        <span class="select">
            <select
                class="input"
                name=name
                aria-label=label
                on:change=move |event| {
                    let still = leptos_router::NavigateOptions { scroll: false, ..Default::default() };
                    navigate(&href(event_target_value(&event)), still);
                }
            >
                <option value="" selected=none>{all}</option>
                {options}
            </select>
            <Icon of=lucide::LuChevronDown/>
        </span>
    }
    .into_any()
}
