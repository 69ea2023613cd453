//! All goals: whose, what, until when, and how they stand.
use base::Page;
use kit::{
    Card, Cell, CellKind, Chip, Column, Empty, Kind, LeadLink, LinkButton, Pager, Screen, Shape, Skeleton,
    Table, TableRow, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::parts::{bar, is_vendor, period, standing_tag, status_tag, whose};
use crate::access::Do;
use crate::model::{Goal, Status};
use crate::t;
use crate::verbs::ListGoals;

/// `/goals`.
#[component]
pub fn GoalsPage() -> impl IntoView {
    let me = access::me();
    let body = match Do::Read.by(&me.actor(), None) {
        Ok(()) => page(),
        Err(problem) => kit::problem_view(problem),
    };
    let may = Do::Set.by(&me.actor(), None).is_ok();
    let actions = move || {
        let file = format!("{}?kind=goals", paths::IMPORTS);
        may.then(|| view! {
            <LinkButton href=file icon=lucide::LuUpload class="hide-s">{t::from_a_file()}</LinkButton>
            <LinkButton href=paths::NEW_GOAL kind=Kind::Primary icon=lucide::LuPlus>{t::new_goal()}</LinkButton>
        })
        .into_any()
    };
    view! { <Screen title=t::goals() actions=actions>{body}</Screen> }.into_any()
}

fn page() -> AnyView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| ListGoals {
            program: query.get("program").and_then(|text| text.parse().ok()),
            partner: query.get("partner").and_then(|text| text.parse().ok()),
            status: query.get("status").and_then(|text| Status::parse(&text)),
            current: query.get("current").map(|text| text == "true").filter(|current| *current),
            cursor: query.get("cursor").filter(|cursor| !cursor.is_empty()),
            ..ListGoals::default()
        })
    });
    let goals = kit::resource(
        || vec!["goals".to_owned(), "overview".to_owned(), "home".to_owned()],
        move || asked.get(),
    );
    view! {
        <div class="stack gap-16">
            {move || chips(&asked.get())}
            {kit::shown(
                goals,
                || view! { <Skeleton shape=Shape::Table count=6/> }.into_any(),
                move |page| list(page, &asked.get_untracked()),
            )}
        </div>
    }
    .into_any()
}

/// The address of the list with other filters.
fn address(asked: &ListGoals, status: Option<Status>, current: bool, cursor: Option<&str>) -> String {
    let parts = [
        asked.program.map(|id| format!("program={id}")),
        asked.partner.map(|id| format!("partner={id}")),
        status.map(|status| format!("status={}", status.as_str())),
        current.then(|| "current=true".to_owned()),
        cursor.map(|cursor| format!("cursor={}", cursor.replace(' ', "%20"))),
    ];
    let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
    if query.is_empty() { paths::GOALS.to_owned() } else { format!("{}?{query}", paths::GOALS) }
}

fn chips(asked: &ListGoals) -> AnyView {
    let runs = asked.current == Some(true);
    let all = asked.status.is_none() && !runs;
    let statuses = [Status::Proposed, Status::Agreed, Status::Declined, Status::Dropped]
        .into_iter()
        .filter(|status| is_vendor() || *status != Status::Dropped)
        .map(|status| {
            let on = asked.status == Some(status);
            view! { <Chip label=status.words().to_owned() on=on href=address(asked, Some(status), false, None)/> }
        })
        .collect_view();
    view! {
        <nav class="chips" aria-label=t::which_goals()>
            <Chip label=t::all_goals().to_owned() on=all href=address(asked, None, false, None)/>
            <Chip label=t::running_goals().to_owned() on=runs href=address(asked, None, true, None)/>
            {statuses}
        </nav>
    }
    .into_any()
}

fn list(page: Page<Goal>, asked: &ListGoals) -> AnyView {
    if page.items.is_empty() {
        let note = if is_vendor() { t::no_goals_note_vendor() } else { t::no_goals_note() };
        return view! {
            <Card flush=true><Empty title=t::no_goals() note=note icon=lucide::LuTarget/></Card>
        }
        .into_any();
    }
    let columns = vec![
        Column::new(if is_vendor() { t::col_whose() } else { t::col_program() }),
        Column::new(t::col_reached()),
        Column::tight(t::col_standing()),
        Column::tight(t::col_status()),
        Column::tight(t::col_period()),
    ];
    let (shown, total) = (page.items.len(), page.total);
    let runs = asked.current == Some(true);
    let next = page.next_cursor.map(|cursor| address(asked, asked.status, runs, Some(&cursor)));
    let first = asked.cursor.is_some().then(|| address(asked, asked.status, runs, None));
    let rows = page.items.into_iter().map(row).collect_view();
    view! {
        <section class="card">
            <Table columns=columns label=t::goals()>{rows}</Table>
            <Pager shown=shown total=total first=first next=next/>
        </section>
    }
    .into_any()
}

fn row(goal: Goal) -> AnyView {
    let who = if is_vendor() { whose(&goal) } else { goal.program_name.clone() };
    let note =
        if is_vendor() && who != goal.program_name { goal.program_name.clone() } else { String::new() };
    let (href, reached) = (paths::goal(goal.id), bar(&goal, goal.metric.words().to_owned()));
    let (standing, status, days) = (standing_tag(&goal), status_tag(&goal), period(&goal));
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead><LeadLink href=href title=who note=note/></Cell>
            <Cell label=t::col_reached()>{reached}</Cell>
            <Cell label=t::col_standing()>{standing}</Cell>
            <Cell label=t::col_status()>{status}</Cell>
            <Cell label=t::col_period()><span class="small">{days}</span></Cell>
        </TableRow>
    }
    .into_any()
}
