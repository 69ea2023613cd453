//! Customers that may be one company: those to decide, those kept apart, and what was merged.
use base::{Page, Problem};
use kit::{
    Button, Card, Cell, CellKind, Column, Empty, LeadLink, LinkButton, Pager, Place, Screen, Shape, Skeleton,
    Table, TableRow, Tabs, Tag, Tell, Toasts, VerbForm, When, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

use super::merges::merges_table;
use super::words::{bits_words, feature_words, verdict_tone, verdict_words};
use crate::access::Do;
use crate::model::{Duplicate, Merge, PairState};
use crate::t;
use crate::verbs::{FindDuplicates, ListDuplicates, ListMerges};

/// What the page lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Listed {
    Pairs(Page<Duplicate>),
    Merges(Page<Merge>),
}

/// Which tab, and where in its list.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    state: PairState,
    cursor: Option<String>,
    /// Counts what moved the list.
    moved: u32,
}

fn read(query: &ParamsMap) -> (PairState, Option<String>) {
    let state = match query.get("state").as_deref() {
        Some("merged") => PairState::Merged,
        Some("apart") => PairState::Apart,
        _ => PairState::Open,
    };
    (state, query.get("cursor").filter(|cursor| !cursor.is_empty()))
}

fn href(state: PairState, cursor: Option<&str>) -> String {
    let state = (state != PairState::Open).then(|| format!("state={}", state.as_str()));
    let cursor = cursor.map(|cursor| format!("cursor={}", base::escape(cursor)));
    let query: Vec<String> = state.into_iter().chain(cursor).collect();
    if query.is_empty() {
        paths::DUPLICATES.to_owned()
    } else {
        format!("{}?{}", paths::DUPLICATES, query.join("&"))
    }
}

async fn gather(asked: Asked) -> Result<Listed, Problem> {
    let Asked { state, cursor, .. } = asked;
    if state == PairState::Merged {
        let ask = ListMerges { cursor, ..ListMerges::default() };
        return kit::ask(ask).await.map(Listed::Merges);
    }
    let ask = ListDuplicates { state: Some(state), cursor, ..ListDuplicates::default() };
    kit::ask(ask).await.map(Listed::Pairs)
}

/// `/customers/duplicates`.
#[component]
pub fn DuplicatesPage() -> impl IntoView {
    let query = use_query_map();
    let place = Memo::new(move |_| query.with(read));
    let moved = kit::live::moved(|| vec!["duplicates".to_owned()]);
    let list = kit::gathered(
        move || {
            let (state, cursor) = place.get();
            Asked { state, cursor, moved: moved.get() }
        },
        gather,
    );
    view! {
        <Screen title=t::duplicates() actions=find_button>
            <div class="stack gap-16">
                {move || tabs(place.get().0)}
                {kit::shown(
                    list,
                    || view! { <Skeleton shape=Shape::Table count=8/> }.into_any(),
                    move |listed| {
                        let (state, cursor) = place.get_untracked();
                        listed_view(listed, state, cursor.is_some())
                    },
                )}
            </div>
        </Screen>
    }
    .into_any()
}

fn tabs(state: PairState) -> AnyView {
    let place = |label: &str, of: PairState| Place::new(label, href(of, None), of == state);
    let places = vec![
        place(t::to_decide(), PairState::Open),
        place(t::kept_apart(), PairState::Apart),
        place(t::merged(), PairState::Merged),
    ];
    view! { <Tabs label=t::duplicates() places=places/> }.into_any()
}

fn find_button() -> AnyView {
    if Do::EditCustomers.by(&access::me().actor()).is_err() {
        return ().into_any();
    }
    let toasts = use_context::<Toasts>();
    let done = Callback::new(move |()| {
        if let Some(toasts) = toasts {
            toasts.say(t::search_began());
        }
    });
    view! {
        <VerbForm verb=FindDuplicates {} next=paths::DUPLICATES done=done>
            <Button submit=true icon=lucide::LuSearch>{t::find_duplicates()}</Button>
        </VerbForm>
    }
    .into_any()
}

fn listed_view(listed: Listed, state: PairState, is_later: bool) -> AnyView {
    let first = is_later.then(|| href(state, None));
    match listed {
        Listed::Pairs(page) if page.items.is_empty() => nothing(state),
        Listed::Merges(page) if page.items.is_empty() => nothing(state),
        Listed::Pairs(page) => {
            let next = page.next_cursor.as_deref().map(|cursor| href(state, Some(cursor)));
            let pager =
                view! { <Pager shown=page.items.len() total=page.total first=first next=next/> }.into_any();
            let table = pairs_table(page.items);
            view! { <Card flush=true>{table}{pager}</Card> }.into_any()
        }
        Listed::Merges(page) => {
            let next = page.next_cursor.as_deref().map(|cursor| href(state, Some(cursor)));
            let pager =
                view! { <Pager shown=page.items.len() total=page.total first=first next=next/> }.into_any();
            let table = merges_table(page.items);
            view! { <Card flush=true>{table}{pager}</Card> }.into_any()
        }
    }
}

fn nothing(state: PairState) -> AnyView {
    let (title, note) = match state {
        PairState::Open => (t::no_duplicates(), t::no_duplicates_note()),
        PairState::Apart => (t::none_kept_apart(), t::none_kept_apart_note()),
        PairState::Merged => (t::no_merges(), t::no_merges_note()),
    };
    view! {
        <Card flush=true>
            <Empty title=title note=note icon=lucide::LuCombine>
                <LinkButton href=paths::CUSTOMERS>{t::see_customers()}</LinkButton>
            </Empty>
        </Card>
    }
    .into_any()
}

/// Pairs, each leading to its comparison.
pub(super) fn pairs_table(pairs: Vec<Duplicate>) -> AnyView {
    let columns = vec![
        Column::new(t::customer()),
        Column::new(t::other_customer()),
        Column::new(t::agrees_in()),
        Column::num(t::likeness()),
        Column::new(t::found()),
        Column::tight(t::verdict()),
    ];
    let rows = pairs.into_iter().map(pair_row).collect_view();
    view! { <Table label=t::duplicates() columns=columns opens=true>{rows}</Table> }.into_any()
}

fn pair_row(pair: Duplicate) -> AnyView {
    // The older record, which others refer to, is offered as the one that stays.
    let (one, other) = if pair.other.created_at < pair.one.created_at {
        (&pair.other, &pair.one)
    } else {
        (&pair.one, &pair.other)
    };
    let place = |customer: &crate::Customer| {
        let place = [&customer.domain, &customer.city, &customer.country];
        kit::beside(place.into_iter().flatten())
    };
    let mut agrees: Vec<&str> = pair
        .evidence
        .iter()
        .filter(|evidence| evidence.agrees)
        .map(|evidence| if evidence.feature.is_name() { t::name() } else { feature_words(evidence.feature) })
        .collect();
    agrees.dedup();
    let agrees = agrees.join(", ");
    let (verdict, bits, at) = (pair.verdict, bits_words(pair.bits), pair.found_at);
    let href = paths::compare_customers(one.id, other.id);
    let (lead, note) = (one.name.clone(), place(one));
    let (second, its_note) = (other.name.clone(), place(other));
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead><LeadLink href=href title=lead note=note/></Cell>
            <Cell label=t::other_customer()>
                <span>{second}</span>
                <small>{its_note}</small>
            </Cell>
            <Cell label=t::agrees_in()>{agrees}</Cell>
            <Cell label=t::likeness() kind=CellKind::Num>{bits}</Cell>
            <Cell label=t::found()><When at=at tell=Tell::Day/></Cell>
            <Cell kind=CellKind::State><Tag tone=verdict_tone(verdict)>{verdict_words(verdict)}</Tag></Cell>
        </TableRow>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_tab_opens_it() {
        let mut query = ParamsMap::new();
        query.insert("state", "apart".to_owned());
        assert_eq!(read(&query), (PairState::Apart, None));
        assert_eq!(href(PairState::Apart, None), "/customers/duplicates?state=apart");
        assert_eq!(href(PairState::Open, Some("a b")), "/customers/duplicates?cursor=a%20b");
        assert_eq!(href(PairState::Open, None), "/customers/duplicates");
    }

    #[test]
    fn an_empty_tab_says_so_and_leads_on() {
        for state in [PairState::Open, PairState::Apart, PairState::Merged] {
            let html = Owner::new().with(|| nothing(state).to_html());
            assert!(html.contains("href=\"/customers\""), "{html}");
        }
    }
}
