//! Search box and filters above the deals; a plain form with a button where there is no script.
use base::Side;
use kit::{Button, Chip, Icon, lucide, paths};
use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::hooks::use_navigate;

use super::address::Address;
use super::tools;
use crate::model::Status;
use crate::t;
use crate::verbs::ListDeals;

/// Search, filters, the filters that are on, and what else can be done with the list.
pub(super) fn bar(address: &Address) -> AnyView {
    let without = address.asking(address.ask.clone());
    let asked = &without.ask;
    let me = access::me();
    let status = asked.status.as_ref().map(ToString::to_string).unwrap_or_default();
    let statuses =
        Status::ALL.iter().map(|status| (status.as_str().to_owned(), status.words().to_owned())).collect();
    let programs: Vec<(String, String)> =
        me.programs.iter().map(|program| (program.id.to_string(), program.name.clone())).collect();
    let program = asked.program.map(|id| id.to_string()).unwrap_or_default();
    let (by_status, by_program) = (without.clone(), without.clone());
    let (kept, typed, on) = (hidden(&without), asked.q.clone().unwrap_or_default(), chips(&without));
    let tools = tools::tools(&without);
    view! {
        <Form method="GET" action=paths::DEALS attr:class="tools" attr:role="search">
            {kept}
            <div class="affix search">
                <Icon of=lucide::LuSearch/>
                <input
                    class="input"
                    type="search"
                    name="q"
                    value=typed
                    placeholder=t::search_deals()
                    aria-label=t::search_deals()
                    maxlength="200"
                />
            </div>
            {choice("status", t::filter_status(), t::all_statuses(), statuses, &status, move |value| {
                let status = value.parse().ok().filter(|_| !value.is_empty());
                by_status.asking(ListDeals { status, ..by_status.ask.clone() }).href()
            })}
            {(programs.len() > 1).then(|| choice("program", t::fact_program(), t::all_programs(), programs, &program, move |value| {
                by_program.asking(ListDeals { program: value.parse().ok(), ..by_program.ask.clone() }).href()
            }))}
            <Button submit=true>{t::search_go()}</Button>
            <span class="end">{tools}</span>
        </Form>
        {on}
    }
    .into_any()
}

/// The filters that are on, each with its way off.
fn chips(address: &Address) -> AnyView {
    let asked = &address.ask;
    let me = access::me();
    let mut chips = Vec::new();
    let mut on = |label: String, rest: ListDeals| chips.push((label, address.asking(rest).href()));
    if let Some(status) = &asked.status {
        let words = status.0.iter().map(|status| status.words()).collect::<Vec<_>>().join(", ");
        on(words, ListDeals { status: None, ..asked.clone() });
    }
    if let Some(program) = asked.program {
        let name = me
            .programs
            .iter()
            .find(|one| one.id == program)
            .map_or_else(|| t::one_program().to_owned(), |one| one.name.clone());
        on(name, ListDeals { program: None, ..asked.clone() });
    }
    if asked.partner.is_some() && me.side() == Some(Side::Vendor) {
        on(t::one_partner().to_owned(), ListDeals { partner: None, ..asked.clone() });
    }
    if let Some(q) = &asked.q {
        on(t::filter_text(q), ListDeals { q: None, ..asked.clone() });
    }
    if let Some(day) = asked.since {
        on(
            t::filter_since(kit::format::date(day, kit::catalogue::locale())),
            ListDeals { since: None, ..asked.clone() },
        );
    }
    if let Some(day) = asked.until {
        on(
            t::filter_until(kit::format::date(day, kit::catalogue::locale())),
            ListDeals { until: None, ..asked.clone() },
        );
    }
    if asked.queue.is_some() {
        on(t::filter_queue().to_owned(), ListDeals { queue: None, ..asked.clone() });
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
fn hidden(address: &Address) -> AnyView {
    const SHOWN: [&str; 3] = ["q", "status", "program"];
    let href = address.href();
    let query = href.split_once('?').map_or("", |(_, query)| query);
    base::pairs(query)
        .into_iter()
        .filter(|(name, _)| !SHOWN.contains(&name.as_str()))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
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
                    navigate(&href(event_target_value(&event)), leptos_router::NavigateOptions { scroll: false, ..Default::default() });
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
