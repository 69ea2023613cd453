//! The activity of an organisation: its audit log, filtered and paged by the address.
use base::Page;
use kit::{
    Button, Cell, CellKind, Choice, Column, Empty, Pager, Screen, SelectField, Shape, Skeleton, Table,
    TableRow, Tell, TextField, When, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

use super::words;
use crate::t;
use crate::verbs::{ListEvents, LoggedEvent};

/// Everything that happened, newest first.
#[component]
pub fn ActivityPage() -> impl IntoView {
    let query = use_query_map();
    let asked = move || query.with(asked_by);
    let events = kit::resource(|| vec!["activity".to_owned()], asked);
    let list = kit::shown(
        events,
        || view! { <Skeleton shape=Shape::Table count=8/> }.into_any(),
        move |page| listed(page, &query.with_untracked(asked_by)),
    );
    view! {
        <Screen title=Signal::derive(|| t::activity_title().to_owned())>
            <p class="muted">{t::activity_lead()}</p>
            {move || filter(&asked())}
            {list}
        </Screen>
    }
    .into_any()
}

fn asked_by(query: &ParamsMap) -> ListEvents {
    let given = |name| query.get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    ListEvents { kind: given("type"), subject: given("subject"), cursor: given("cursor"), limit: None }
}

/// A plain form, so that the filter also works before the page is alive.
fn filter(asked: &ListEvents) -> AnyView {
    let choices: Vec<Choice> =
        words::KINDS.iter().map(|kind| Choice::new(*kind, words::what(kind))).collect();
    let (kind, subject) = (asked.kind.clone().unwrap_or_default(), asked.subject.clone().unwrap_or_default());
    view! {
        <form method="get" action=paths::ACTIVITY class="log-filter" role="search" aria-label=t::filter_label()>
            <SelectField name="type" label=t::filter_kind() choices=choices value=kind empty=t::filter_all()/>
            <TextField name="subject" label=t::filter_subject() value=subject kind="search" code=true/>
            <Button submit=true icon=lucide::LuListFilter>{t::filter_apply()}</Button>
        </form>
    }
    .into_any()
}

fn listed(page: Page<LoggedEvent>, asked: &ListEvents) -> AnyView {
    if page.items.is_empty() {
        return view! { <Empty title=t::activity_empty() note=t::activity_empty_note() icon=lucide::LuHistory/> }
            .into_any();
    }
    let columns = vec![
        Column::new(t::col_what()),
        Column::new(t::col_who()),
        Column::new(t::col_subject()),
        Column::tight(t::col_when()),
        Column::new(t::col_hash()),
    ];
    let next = page.next_cursor.as_ref().map(|cursor| address(asked, Some(cursor)));
    let first = asked.cursor.is_some().then(|| address(asked, None));
    let shown = page.items.len();
    let rows = page.items.into_iter().map(row).collect_view();
    view! {
        <section class="card">
            <Table columns=columns label=t::activity_title() compact=true>{rows}</Table>
            <Pager shown=shown total=page.total first=first next=next/>
        </section>
    }
    .into_any()
}

fn row(event: LoggedEvent) -> impl IntoView {
    let what = words::what(&event.kind);
    let by_key = (event.actor.means == "key").then(|| view! { <small>{t::by_key()}</small> });
    let who = if event.actor.means == "system" { t::the_system().to_owned() } else { event.actor.name };
    let (record, end) = words::subject(&event.subject);
    let named = view! { {record}" "<span class="hash muted">"…"{end}</span> };
    let subject = match words::page_of(&event.subject) {
        Some(page) => view! { <a class="link" href=page title=event.subject>{named}</a> }.into_any(),
        None => view! { <span title=event.subject>{named}</span> }.into_any(),
    };
    let short = event.hash.get(..12).unwrap_or_default().to_owned();
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead><span title=event.kind>{what}</span></Cell>
            <Cell label=t::col_who()>{who}{by_key}</Cell>
            <Cell label=t::col_subject()>{subject}</Cell>
            <Cell label=t::col_when()><When at=event.at tell=Tell::Relative/></Cell>
            <Cell label=t::col_hash() kind=CellKind::Spare><code class="hash" title=event.hash>{short}</code></Cell>
        </TableRow>
    }
}

fn address(asked: &ListEvents, cursor: Option<&String>) -> String {
    let parts = [("type", asked.kind.as_ref()), ("subject", asked.subject.as_ref()), ("cursor", cursor)];
    let pairs: Vec<String> = parts
        .into_iter()
        .filter_map(|(name, value)| value.filter(|text| !text.is_empty()).map(|text| (name, text)))
        .map(|(name, value)| format!("{name}={}", base::escape(value)))
        .collect();
    if pairs.is_empty() {
        paths::ACTIVITY.to_owned()
    } else {
        format!("{}?{}", paths::ACTIVITY, pairs.join("&"))
    }
}
