//! The products of a program as a table that can be searched and sorted by its address.
use base::{Page, ProgramId};
use kit::{
    Button, Card, Cell, CellKind, Column, Empty, Icon, LinkButton, MoneyText, Pager, Table, TableRow, Tag,
    Tone, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::components::Form;

use crate::{Product, t};

/// One page of products. The search box is a plain form, so that it works before the page is alive.
#[component]
pub fn ProductList(
    page: Page<Product>,
    program: ProgramId,
    /// What was searched for.
    q: String,
    /// The order, as the address has it.
    sort: String,
) -> impl IntoView {
    let table = if page.items.is_empty() && q.is_empty() {
        view! { <Empty title=t::products_none() note=t::products_none_note() icon=lucide::LuPackage tight=true /> }.into_any()
    } else if page.items.is_empty() {
        let all = address(program, "", "", None);
        view! { <Empty title=t::no_match() icon=lucide::LuSearch tight=true><LinkButton href=all>{t::show_all()}</LinkButton></Empty> }
            .into_any()
    } else {
        table(page, program, &q, &sort)
    };
    let search = search_box(program, q);
    view! { <Card title=t::products() id="products" flush=true end=search>{table}</Card> }.into_any()
}

fn search_box(program: ProgramId, q: String) -> AnyView {
    view! {
        <Form method="GET" action=paths::PROGRAM attr:role="search" attr:class="line">
            <input type="hidden" name="program" value=program.to_string() />
            <label class="visually-hidden" for="find-products">{t::find_products()}</label>
            <span class="affix product-find">
                <Icon of=lucide::LuSearch />
                <input class="input" id="find-products" type="search" name="q" value=q placeholder=t::find_products() maxlength="200" />
            </span>
            <Button submit=true>{t::find()}</Button>
        </Form>
    }
    .into_any()
}

fn table(page: Page<Product>, program: ProgramId, q: &str, sort: &str) -> AnyView {
    let now = if sort.is_empty() { "name" } else { sort };
    let by =
        |key: &str, label: &str| Column::new(label).sorts(key, now, |sort| address(program, q, sort, None));
    let columns = vec![
        by("name", t::product()),
        by("sku", t::sku()),
        by("family", t::family()),
        Column::num(t::list_price()),
        Column::tight(t::state()),
    ];
    let (shown, total) = (page.items.len(), page.total);
    let next = page.next_cursor.map(|cursor| address(program, q, sort, Some(&cursor)));
    let rows = page.items.into_iter().map(row).collect_view();
    view! {
        <Table columns=columns label=t::products()>{rows}</Table>
        <Pager shown=shown total=total next=next/>
    }
    .into_any()
}

fn row(product: Product) -> impl IntoView {
    let (tone, state) = if product.active { (Tone::Good, t::sold()) } else { (Tone::Neutral, t::not_sold()) };
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead>{product.name}</Cell>
            <Cell label=t::sku()><code>{product.sku}</code></Cell>
            <Cell label=t::family()>{product.family}</Cell>
            <Cell label=t::list_price() kind=CellKind::Num>{product.list_price.map(|price| view! { <MoneyText of=price /> })}</Cell>
            <Cell kind=CellKind::State><Tag tone=tone>{state}</Tag></Cell>
        </TableRow>
    }
}

fn address(program: ProgramId, q: &str, sort: &str, cursor: Option<&str>) -> String {
    let mut address = format!("{}?program={program}", paths::PROGRAM);
    for (name, value) in [("q", q), ("sort", sort), ("cursor", cursor.unwrap_or_default())] {
        if !value.is_empty() {
            address = format!("{address}&{name}={}", base::escape(value));
        }
    }
    address + "#products"
}
