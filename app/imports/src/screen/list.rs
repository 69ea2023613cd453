//! All imports, newest first, below the form that starts one.
use base::Page;
use kit::{
    Card, Cell, CellKind, Column, Empty, LeadLink, Pager, Screen, Shape, Skeleton, Table, TableRow, When,
    lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::parts::{kind_name, number, state_tag};
use super::start::StartForm;
use crate::model::Import;
use crate::t;
use crate::verbs::ListImports;

/// Bring in a file, and see what became of earlier ones.
#[component]
pub fn ImportsPage() -> impl IntoView {
    let query = use_query_map();
    let cursor = Memo::new(move |_| query.with(|query| query.get("cursor")));
    let list = kit::resource(
        || vec!["imports".to_owned()],
        move || ListImports { cursor: cursor.get(), limit: Some(20) },
    );
    view! {
        <Screen title=Signal::derive(|| t::title().to_owned())>
            <div class="stack gap-20">
                <StartForm />
                {kit::shown(
                    list,
                    || view! { <Skeleton shape=Shape::Table count=4 /> }.into_any(),
                    move |page| earlier(page, cursor.get().is_some()),
                )}
            </div>
        </Screen>
    }
    .into_any()
}

fn earlier(page: Page<Import>, later_page: bool) -> AnyView {
    if page.items.is_empty() {
        return view! {
            <Card title=t::earlier()>
                <Empty title=t::empty_title() note=t::empty_note() icon=lucide::LuUpload tight=true />
            </Card>
        }
        .into_any();
    }
    let columns = vec![
        Column::new(t::file()),
        Column::tight(t::state()),
        Column::new(t::kind()),
        Column::num(t::imported()),
        Column::num(t::rejected()),
        Column::num(t::started()),
    ];
    let (shown, total) = (page.items.len(), page.total);
    let next = page.next_cursor.map(|cursor| format!("{}?cursor={}", paths::IMPORTS, base::escape(&cursor)));
    let first = later_page.then(|| paths::IMPORTS.to_owned());
    view! {
        <Card title=t::earlier() flush=true>
            <Table label=t::earlier() columns=columns opens=true>{page.items.into_iter().map(row).collect_view()}</Table>
            <Pager shown=shown total=total first=first next=next/>
        </Card>
    }
    .into_any()
}

fn row(import: Import) -> AnyView {
    let done = if import.state.is_open() {
        t::so_far(number(import.processed), number(import.total))
    } else {
        number(import.imported)
    };
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead>
                <LeadLink href=paths::import(import.id) title=import.file_name note=import.program_name />
            </Cell>
            <Cell kind=CellKind::State>{state_tag(import.state, import.rejected)}</Cell>
            <Cell label=t::kind()>{kind_name(import.kind)}</Cell>
            <Cell label=t::imported() kind=CellKind::Num>{done}</Cell>
            <Cell label=t::rejected() kind=CellKind::Num>{number(import.rejected)}</Cell>
            <Cell label=t::started() kind=CellKind::Num><When at=import.created_at /></Cell>
        </TableRow>
    }
    .into_any()
}
