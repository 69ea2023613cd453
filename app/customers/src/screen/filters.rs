//! Search box and lists above the opportunities; a plain form with a button where there is no script.
use kit::{Button, Chip, Icon, lucide, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::list::href;
use crate::model::{FilterChoice, OpportunityFilters};
use crate::t;
use crate::verbs::ListOpportunities;

/// Filters by partner and product, and the search box.
#[component]
pub fn FilterBar(asked: ListOpportunities, filters: OpportunityFilters) -> impl IntoView {
    let without = ListOpportunities { cursor: None, ..asked.clone() };
    let chips = [
        (asked.program.is_some(), t::one_program(), ListOpportunities { program: None, ..without.clone() }),
        (
            asked.customer.is_some(),
            t::one_customer(),
            ListOpportunities { customer: None, ..without.clone() },
        ),
    ];
    let chips = chips
        .into_iter()
        .filter(|(on, ..)| *on)
        .map(|(_, label, rest)| view! { <Chip label=label on=true remove=href(&rest) /> })
        .collect_view();
    let partner = asked.partner.map(|id| id.to_string()).unwrap_or_default();
    let product = asked.product.map(|id| id.to_string()).unwrap_or_default();
    let go = {
        let navigate = use_navigate();
        move |rest: &ListOpportunities| {
            navigate(&href(rest), leptos_router::NavigateOptions { scroll: false, ..Default::default() });
        }
    };
    let (by_partner, by_product) = {
        let (base, other, again) = (without.clone(), without.clone(), go.clone());
        (
            move |value: String| go(&ListOpportunities { partner: value.parse().ok(), ..base.clone() }),
            move |value: String| again(&ListOpportunities { product: value.parse().ok(), ..other.clone() }),
        )
    };
    let several = filters.partners.len() > 1;
    view! {
        <form method="get" action=paths::OPPORTUNITIES class="tools" role="search">
            {hidden(&without)}
            <div class="affix search">
                <Icon of=lucide::LuSearch />
                <input
                    class="input"
                    type="search"
                    name="q"
                    value=asked.q.clone().unwrap_or_default()
                    placeholder=t::search()
                    aria-label=t::search()
                    maxlength="200"
                />
            </div>
            {several.then(|| choice("partner", t::partner(), t::all_partners(), filters.partners, &partner, by_partner))}
            {choice("product", t::product(), t::all_products(), filters.products, &product, by_product)}
            <Button submit=true>{t::apply()}</Button>
            {chips}
        </form>
    }
    .into_any()
}

/// What the form does not show but keeps.
fn hidden(asked: &ListOpportunities) -> AnyView {
    let kept = ["stage", "open", "program", "customer", "sort"];
    let fields = base::address(asked).map(|(_, fields)| fields).unwrap_or_default();
    fields
        .into_iter()
        .filter(|(name, _)| kept.contains(&name.as_str()))
        .map(|(name, value)| {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            view! { <input type="hidden" name=name value=value /> }
        })
        .collect_view()
        .into_any()
}

fn choice(
    name: &'static str,
    label: &'static str,
    all: &'static str,
    choices: Vec<FilterChoice>,
    chosen: &str,
    change: impl Fn(String) + 'static,
) -> AnyView {
    let options = choices
        .into_iter()
        .map(|choice| {
            let selected = choice.id == chosen;
            view! { <option value=choice.id selected=selected>{choice.name}</option> }
        })
        .collect_view();
    view! {
        <span class="select">
            <select class="input" name=name aria-label=label on:change=move |event| change(event_target_value(&event))>
                <option value="" selected=chosen.is_empty()>{all}</option>
                {options}
            </select>
            <Icon of=lucide::LuChevronDown />
        </span>
    }
    .into_any()
}
