//! The vendor's customers, by name.
use base::Page;
use kit::{
    Button, Card, Cell, CellKind, Chip, Column, Empty, LeadLink, LinkButton, Pager, Screen, Shape, Skeleton,
    Table, TableRow, TextField, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

use crate::model::Customer;
use crate::t;
use crate::verbs::ListCustomers;

/// `/customers`.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(read));
    let list = kit::resource(|| vec!["customers".to_owned()], move || asked.get());
    view! {
        <Screen title=t::customers() actions=duplicates_link>
            {move || tools(&asked.get())}
            {kit::shown(
                list,
                || view! { <Skeleton shape=Shape::Table count=12/> }.into_any(),
                move |page| rows(page, &asked.get_untracked()),
            )}
        </Screen>
    }
    .into_any()
}

fn duplicates_link() -> AnyView {
    view! { <LinkButton href=paths::DUPLICATES icon=lucide::LuCombine>{t::duplicates()}</LinkButton> }
        .into_any()
}

fn read(query: &ParamsMap) -> ListCustomers {
    let text = |name: &str| query.get(name).filter(|value| !value.is_empty());
    ListCustomers {
        q: text("q"),
        country: text("country"),
        sector: text("sector"),
        cursor: text("cursor"),
        limit: None,
    }
}

fn href(ask: &ListCustomers) -> String {
    let query = base::address(ask).map(|(_, fields)| base::query(&fields)).unwrap_or_default();
    if query.is_empty() { paths::CUSTOMERS.to_owned() } else { format!("{}?{query}", paths::CUSTOMERS) }
}

/// A form that only reads: it works before the page is alive, and the choice lives in the address.
fn tools(asked: &ListCustomers) -> AnyView {
    let without = |change: fn(&mut ListCustomers)| {
        let mut rest = ListCustomers { cursor: None, ..asked.clone() };
        change(&mut rest);
        href(&rest)
    };
    let chips: [(&Option<String>, fn(&mut ListCustomers)); 2] =
        [(&asked.country, |rest| rest.country = None), (&asked.sector, |rest| rest.sector = None)];
    let chips = chips
        .into_iter()
        .filter_map(|(value, change)| Some((value.clone()?, without(change))))
        .map(|(label, remove)| view! { <Chip label=label on=true remove=remove/> })
        .collect_view();
    let ListCustomers { q, country, sector, .. } = asked.clone();
    view! {
        <Form method="GET" action=paths::CUSTOMERS attr:role="search" attr:class="tools customer-tools">
            <TextField name="q" label=t::find_customers() kind="search" value=q.unwrap_or_default() maxlength=200 icon=lucide::LuSearch/>
            {country.map(|code| view! { <input type="hidden" name="country" value=code/> })}
            {sector.map(|sector| view! { <input type="hidden" name="sector" value=sector/> })}
            <Button submit=true icon=lucide::LuListFilter>{t::apply()}</Button>
            {chips}
        </Form>
    }
    .into_any()
}

fn rows(page: Page<Customer>, asked: &ListCustomers) -> AnyView {
    if page.items.is_empty() {
        let empty = if *asked == ListCustomers::default() {
            view! {
                <Empty title=t::no_customers() note=t::no_customers_note() icon=lucide::LuBuilding2>
                    <LinkButton href=paths::IMPORTS>{t::import_customers()}</LinkButton>
                </Empty>
            }
            .into_any()
        } else {
            view! {
                <Empty title=t::no_customer_matches() icon=lucide::LuSearch>
                    <LinkButton href=paths::CUSTOMERS>{t::show_all()}</LinkButton>
                </Empty>
            }
            .into_any()
        };
        return view! { <Card flush=true>{empty}</Card> }.into_any();
    }
    let columns = vec![
        Column::new(t::customer()),
        Column::new(t::website()),
        Column::new(t::sector()),
        Column::new(t::city()),
        Column::tight(t::country()),
    ];
    let first = asked.cursor.as_ref().map(|_| href(&ListCustomers { cursor: None, ..asked.clone() }));
    let next = page.next_cursor.map(|cursor| href(&ListCustomers { cursor: Some(cursor), ..asked.clone() }));
    let pager = view! { <Pager shown=page.items.len() total=page.total first=first next=next/> };
    let rows = page.items.into_iter().map(row).collect_view();
    view! {
        <Card flush=true>
            <Table label=t::customers() columns=columns opens=true compact=true>{rows}</Table>
            {pager}
        </Card>
    }
    .into_any()
}

fn row(customer: Customer) -> AnyView {
    let Customer { id, external_id, name, domain, website, sector, city, country, .. } = customer;
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead>
                <LeadLink href=paths::customer(id) title=name note=external_id.unwrap_or_default()/>
            </Cell>
            <Cell label=t::website()>{domain.or(website)}</Cell>
            <Cell label=t::sector()>{sector}</Cell>
            <Cell label=t::city()>{city}</Cell>
            <Cell label=t::country()>{country}</Cell>
        </TableRow>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn html(page: Page<Customer>, asked: &ListCustomers) -> String {
        Owner::new().with(|| rows(page, asked).to_html())
    }

    #[test]
    fn an_empty_list_says_what_to_do_next() {
        assert!(html(Page::whole(vec![]), &ListCustomers::default()).contains("href=\"/imports\""));
        let asked = ListCustomers { q: Some("x".into()), ..ListCustomers::default() };
        assert!(html(Page::whole(vec![]), &asked).contains("href=\"/customers\""));
    }

    #[test]
    fn a_row_leads_to_the_customer() {
        let customer = Customer { name: "Acme <Corp>".into(), ..Customer::default() };
        let page = html(Page::whole(vec![customer]), &ListCustomers::default());
        assert!(page.contains("Acme &lt;Corp&gt;") && page.contains("href=\"/customers/cust_"), "{page}");
    }
}
