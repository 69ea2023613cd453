//! All opportunities in one dense list, narrowed by filters that live in the address.
use base::Page;
use kit::catalogue::locale;
use kit::{
    Cell, CellKind, Chip, Column, Day, Empty, LinkButton, MoneyText, Pager, Place, Screen, Shape, Skeleton,
    Table, TableRow, Tabs, Tag, Tone, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

use super::filters::FilterBar;
use crate::model::{Opportunity, Stage};
use crate::t;
use crate::verbs::{ListOpportunities, ListOpportunityFilters};

/// The list of opportunities: a vendor's all, a partner's own.
#[component]
pub fn OpportunitiesPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(read));
    let list = kit::resource(|| vec!["opportunities".to_owned()], move || asked.get());
    let filters = kit::resource(|| vec!["opportunities".to_owned()], ListOpportunityFilters::default);
    view! {
        <Screen title=Signal::derive(|| t::title().to_owned()) wide=true>
            <div class="stack gap-16 opportunities">
                {move || views(&asked.get())}
                {kit::shown(
                    filters,
                    || view! { <Skeleton shape=Shape::Text count=1 /> }.into_any(),
                    move |filters| view! { <FilterBar asked=asked.get() filters=filters /> }.into_any(),
                )}
                {move || closed_between(&asked.get())}
                {kit::shown(
                    list,
                    || view! { <Skeleton shape=Shape::Table count=12 /> }.into_any(),
                    move |page| rows(page, &asked.get()),
                )}
            </div>
        </Screen>
    }
    .into_any()
}

/// The list that an address asks for; what cannot be read is not asked.
fn read(query: &ParamsMap) -> ListOpportunities {
    let text = |name: &str| query.get(name).filter(|value| !value.is_empty());
    ListOpportunities {
        stage: text("stage").and_then(|value| Stage::parse(&value)),
        open: text("open").and_then(|value| value.parse().ok()),
        partner: text("partner").and_then(|value| value.parse().ok()),
        product: text("product").and_then(|value| value.parse().ok()),
        program: text("program").and_then(|value| value.parse().ok()),
        segment: partners::Segment::from_fields(text),
        customer: text("customer").and_then(|value| value.parse().ok()),
        closed_since: text("closed_since").and_then(|value| value.parse().ok()),
        closed_until: text("closed_until").and_then(|value| value.parse().ok()),
        q: text("q"),
        sort: text("sort"),
        cursor: text("cursor"),
        limit: None,
    }
}

/// The address of a list.
pub(super) fn href(ask: &ListOpportunities) -> String {
    let query = base::address(ask).map(|(_, fields)| base::query(&fields)).unwrap_or_default();
    if query.is_empty() {
        paths::OPPORTUNITIES.to_owned()
    } else {
        format!("{}?{query}", paths::OPPORTUNITIES)
    }
}

/// Says that only sales closed within some days are listed, and how to see the others; nothing when all are.
fn closed_between(asked: &ListOpportunities) -> AnyView {
    let (Some(since), Some(until)) = (asked.closed_since, asked.closed_until) else { return ().into_any() };
    let last = until.pred_opt().unwrap_or(until);
    let words = t::closed_between(kit::format::date(since, locale()), kit::format::date(last, locale()));
    let all = ListOpportunities { closed_since: None, closed_until: None, cursor: None, ..asked.clone() };
    view! { <p><Chip label=words on=true remove=href(&all)/></p> }.into_any()
}

fn views(asked: &ListOpportunities) -> AnyView {
    let place = |label: &str, open: Option<bool>, stage: Option<Stage>| {
        let current = asked.open == open && asked.stage == stage;
        Place::new(label, href(&ListOpportunities { open, stage, cursor: None, ..asked.clone() }), current)
    };
    let mut places = vec![place(t::all(), None, None), place(t::open(), Some(true), None)];
    places.extend(Stage::ALL.map(|stage| place(stage_name(stage), None, Some(stage))));
    view! { <Tabs label=t::views() places=places /> }.into_any()
}

/// A stage in the reader's language.
pub(crate) fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Prospecting => t::stage_prospecting(),
        Stage::Engaging => t::stage_engaging(),
        Stage::Won => t::stage_won(),
        Stage::Lost => t::stage_lost(),
    }
}

const fn tone(stage: Stage) -> Tone {
    match stage {
        Stage::Prospecting => Tone::Neutral,
        Stage::Engaging => Tone::Accent,
        Stage::Won => Tone::Good,
        Stage::Lost => Tone::Bad,
    }
}

fn rows(page: Page<Opportunity>, asked: &ListOpportunities) -> AnyView {
    if page.items.is_empty() {
        return nothing(asked);
    }
    let sort = asked.sort.clone().unwrap_or_else(|| "-opened_on".to_owned());
    let sorts = |column: Column, key: &str| {
        let address = |sort: &str| {
            href(&ListOpportunities { sort: Some(sort.to_owned()), cursor: None, ..asked.clone() })
        };
        column.sorts(key, &sort, address)
    };
    let columns = vec![
        Column::new(t::customer()),
        Column::tight(t::stage()),
        Column::new(t::product()),
        Column::new(t::partner()),
        sorts(Column::num(t::opened()), "opened_on"),
        sorts(Column::num(t::closed()), "closed_on"),
        sorts(Column::num(t::value()), "value"),
    ];
    let first = asked.cursor.as_ref().map(|_| href(&ListOpportunities { cursor: None, ..asked.clone() }));
    let next = page
        .next_cursor
        .clone()
        .map(|cursor| href(&ListOpportunities { cursor: Some(cursor), ..asked.clone() }));
    let (shown, total) = (page.items.len(), page.total);
    let pager = view! { <Pager shown=shown total=total first=first next=next/> };
    view! {
        <section class="card">
            <Table label=t::title() columns=columns compact=true>
                {page.items.into_iter().map(row).collect_view()}
            </Table>
            {pager}
        </section>
    }
    .into_any()
}

fn row(opportunity: Opportunity) -> AnyView {
    let Opportunity { external_id, customer, partner, product, stage, value, opened_on, closed_on, .. } =
        opportunity;
    let customer = match customer {
        Some(customer) => customer.name.into_any(),
        None => view! { <span class="muted">{t::customer_unknown()}</span> }.into_any(),
    };
    let known = !(stage.is_open() && value.amount_minor == 0);
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead>
                {customer}
                {external_id.map(|id| view! { <small class="code">{id}</small> })}
            </Cell>
            <Cell kind=CellKind::State><Tag tone=tone(stage)>{stage_name(stage)}</Tag></Cell>
            <Cell label=t::product()>{product.map(|product| product.name)}</Cell>
            <Cell label=t::partner()>{partner.map(|partner| partner.name)}</Cell>
            <Cell label=t::opened() kind=CellKind::Num>{opened_on.map(|on| view! { <Day on=on /> })}</Cell>
            <Cell label=t::closed() kind=CellKind::Num>{closed_on.map(|on| view! { <Day on=on /> })}</Cell>
            <Cell label=t::value() kind=CellKind::Num>{known.then(|| view! { <MoneyText of=value /> })}</Cell>
        </TableRow>
    }
    .into_any()
}

fn nothing(asked: &ListOpportunities) -> AnyView {
    if *asked == ListOpportunities::default() {
        return view! { <Empty title=t::empty_title() note=t::empty_note() /> }.into_any();
    }
    view! {
        <Empty title=t::no_match_title()>
            <LinkButton href=paths::OPPORTUNITIES>{t::show_all()}</LinkButton>
        </Empty>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Verb;

    #[test]
    fn the_address_of_a_list_asks_for_the_same_list() {
        let mut query = ParamsMap::new();
        query.insert("stage", "won".to_owned());
        query.insert("q", "Müller & Co".to_owned());
        query.insert("partner", String::new());
        let asked = read(&query);
        assert_eq!(asked.stage, Some(Stage::Won));
        assert_eq!(asked.partner, None);
        assert_eq!(href(&asked), "/opportunities?q=M%C3%BCller%20%26%20Co&stage=won");
        assert_eq!(href(&ListOpportunities::default()), "/opportunities");
        assert_eq!(ListOpportunities::PATH, "/opportunities");
    }
}
