//! One customer: what is known of it, under which other names, what may be the same, what was merged into it.
use base::{CustomerId, Page, Problem};
use kit::{
    Avatar, Card, Fact, FactLayout, KeyValues, LinkButton, Screen, Shape, Size, Skeleton, Tell, When, lucide,
    paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use super::aliases;
use super::duplicates::pairs_table;
use super::merges::merges_table;
use crate::model::{Customer, CustomerAliases, CustomerField, Duplicate, Merge};
use crate::t;
use crate::verbs::{GetCustomer, GetCustomerAliases, ListDuplicates, ListMerges};

/// Everything that the page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Shown {
    customer: Customer,
    aliases: CustomerAliases,
    duplicates: Page<Duplicate>,
    merges: Page<Merge>,
}

/// `/customers/{id}`.
#[component]
pub fn CustomerPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id")).and_then(|text| text.parse::<CustomerId>().ok())
    });
    let moved = kit::live::moved(|| vec!["customers".to_owned(), "duplicates".to_owned()]);
    let shown = kit::gathered(move || (id.get(), moved.get()), |(id, _)| gather(id));
    view! {
        <Screen title=t::customer()>
            {kit::shown(shown, || view! { <Skeleton shape=Shape::Record/> }.into_any(), page)}
        </Screen>
    }
    .into_any()
}

async fn gather(id: Option<CustomerId>) -> Result<Shown, Problem> {
    // A record that was merged into another leads to that one.
    let customer = kit::ask(GetCustomer { id: id.ok_or(Problem::NotFound)? }).await?;
    let id = customer.id;
    let of_one = ListDuplicates { customer: Some(id), limit: Some(10), ..ListDuplicates::default() };
    Ok(Shown {
        aliases: kit::ask(GetCustomerAliases { id }).await?,
        duplicates: kit::ask(of_one).await?,
        merges: kit::ask(ListMerges { customer: Some(id), limit: Some(10), ..ListMerges::default() }).await?,
        customer,
    })
}

fn page(shown: Shown) -> AnyView {
    let Shown { customer, aliases, duplicates, merges } = shown;
    let opportunities = format!("{}?customer={}", paths::OPPORTUNITIES, customer.id);
    let head = [customer.domain.clone(), customer.external_id.clone()];
    let head = kit::beside(head.into_iter().flatten());
    let aliases = aliases::card(&customer, aliases);
    let duplicates = (!duplicates.items.is_empty()).then(|| {
        let table = pairs_table(duplicates.items);
        view! { <Card title=t::may_be_the_same() id="duplicates" flush=true>{table}</Card> }
    });
    let merges = (!merges.items.is_empty()).then(|| {
        let table = merges_table(merges.items);
        view! { <Card title=t::merged_into_it() id="merges" flush=true>{table}</Card> }
    });
    view! {
        <div class="stack gap-16">
            <div class="head">
                <Avatar name=customer.name.clone() square=true size=Size::Big/>
                <div class="stack gap-2">
                    <h2 class="title break">{customer.name.clone()}</h2>
                    <p class="muted small break">{head}</p>
                </div>
                <span class="end">
                    <LinkButton href=opportunities icon=lucide::LuTarget>{t::show_opportunities()}</LinkButton>
                </span>
            </div>
            {duplicates}
            {facts(&customer)}
            {aliases}
            {merges}
        </div>
    }
    .into_any()
}

fn facts(customer: &Customer) -> AnyView {
    let facts = CustomerField::ALL
        .into_iter()
        .filter(|field| *field != CustomerField::Name)
        .map(|field| (field, field.of(customer)))
        .filter(|(_, value)| !value.is_empty())
        .map(|(field, value)| view! { <Fact label=field.words()><span class="break">{value}</span></Fact> })
        .collect_view();
    let since = customer.created_at;
    view! {
        <Card title=t::facts() id="facts">
            <KeyValues layout=FactLayout::Columns>
                {facts}
                <Fact label=t::known_since()><When at=since tell=Tell::Day/></Fact>
            </KeyValues>
        </Card>
    }
    .into_any()
}
