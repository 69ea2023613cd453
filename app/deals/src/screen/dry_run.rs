//! What other rules would have done: how many registrations go differently, which ones, and why.
use base::ProgramId;
use kit::{
    Banner, Card, Cell, CellKind, Column, Empty, LeadLink, LinkButton, Pager, Screen, Shape, Skeleton, Table,
    TableRow, Tag, Tell, Tone, When, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use programs::{Edition, rule_sentence};

use super::parts::DealBadge;
use crate::t;
use crate::verbs::{DryRun, DryRunRow, DryRunRules, Ending, EndingTally};

/// `/program/rules/dry-run?program=…&edition=…`: the draft when nothing is said.
#[component]
pub fn DryRunPage() -> impl IntoView {
    let query = use_query_map();
    let chosen = access::me().program.map(|program| program.id);
    let program = Memo::new(move |_| {
        let asked = query.with(|query| query.get("program").and_then(|text| text.parse::<ProgramId>().ok()));
        asked.or(chosen)
    });
    let may = programs::Do::DraftRules.by(&access::me().actor());
    let body = move || match (may.clone(), program.get()) {
        (Err(problem), _) => kit::problem_view(problem),
        (Ok(()), Some(id)) => of_program(id),
        (Ok(()), None) => kit::problem_view(base::Problem::NotFound),
    };
    view! { <Screen title=t::dry_run()>{body}</Screen> }.into_any()
}

fn of_program(program: ProgramId) -> AnyView {
    let query = use_query_map();
    let given = move |name| query.with(|query| query.get(name)).filter(|text| !text.is_empty());
    let run = kit::resource(
        move || vec![program.to_string()],
        move || DryRunRules {
            program,
            edition: given("edition").and_then(|text| text.parse().ok()),
            months: None,
            cursor: given("cursor"),
            limit: None,
        },
    );
    kit::shown(run, || view! { <Skeleton shape=Shape::Table/> }.into_any(), shown)
}

fn shown(run: DryRun) -> AnyView {
    let back = format!("{}?program={}", paths::RULES, run.program);
    let replayed = i64::try_from(run.replayed).unwrap_or(i64::MAX);
    let total = i64::try_from(run.changed.total).unwrap_or(i64::MAX);
    let lead = (total > 0).then(|| t::dry_run_lead(total, replayed));
    let cut = run.is_cut.then(|| view! { <Banner tone=Tone::Warn>{t::dry_run_cut()}</Banner> });
    let (since, late) = (run.since, t::dry_run_late(run.late_before, run.late_after));
    let says = says(&run);
    view! {
        <div class="stack gap-16">
            {cut}
            <Card title=run.program_name.clone() id="dry-run">
                <div class="stack">
                    {lead.map(|lead| view! { <p class="title">{lead}</p> })}
                    <p class="muted">{t::dry_run_since()}" "<When at=since tell=Tell::Absolute/>". "{t::dry_run_people()}</p>
                    <p>{late}</p>
                    <div class="actions"><LinkButton href=back>{t::dry_run_back()}</LinkButton></div>
                </div>
            </Card>
            {says}
            {tally(run.tally)}
            {changed(run.program, run.edition, run.changed, replayed)}
        </div>
    }
    .into_any()
}

/// What the tried rules say differently, before what follows from it.
fn says(run: &DryRun) -> AnyView {
    let currency = run.currency;
    let told = programs::changes(&run.in_force_engagement, &run.engagement, currency, &|_| String::new());
    let lines = told.into_iter().map(|change| {
        let sentence = rule_sentence(change.rule, &run.engagement, currency);
        view! { <kit::Rule id=change.rule.code() words=format!("{}: {sentence}", change.rule.name())/> }
    });
    let lines = lines.collect::<Vec<_>>();
    let body = if lines.is_empty() {
        view! { <p class="muted">{t::dry_run_no_changes()}</p> }.into_any()
    } else {
        view! { <div class="stack gap-4">{lines}</div> }.into_any()
    };
    view! { <Card title=t::dry_run_changes() id="says">{body}</Card> }.into_any()
}

fn tally(tally: Vec<EndingTally>) -> AnyView {
    let rows = tally.into_iter().map(|tally| {
        view! {
            <TableRow>
                <Cell kind=CellKind::Lead>{ending_words(tally.ending)}</Cell>
                <Cell kind=CellKind::Num label=t::dry_run_before()>{tally.before}</Cell>
                <Cell kind=CellKind::Num label=t::dry_run_after()>{tally.after}</Cell>
            </TableRow>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![
        Column::new(t::dry_run_outcomes()),
        Column::num(t::dry_run_before()),
        Column::num(t::dry_run_after()),
    ];
    view! {
        <Card title=t::dry_run_outcomes() id="outcomes" flush=true>
            <Table columns=columns label=t::dry_run_outcomes()>{rows}</Table>
        </Card>
    }
    .into_any()
}

fn changed(program: ProgramId, edition: Edition, page: base::Page<DryRunRow>, replayed: i64) -> AnyView {
    if page.items.is_empty() {
        return view! {
            <Card flush=true>
                <Empty title=t::dry_run_none() note=t::dry_run_none_note(replayed) icon=lucide::LuCheck/>
            </Card>
        }
        .into_any();
    }
    let (count, total) = (page.items.len(), page.total);
    let next = page.next_cursor.map(|cursor| {
        format!("{}?program={program}&edition={edition}&cursor={}", paths::DRY_RUN, base::escape(&cursor))
    });
    let rows = page.items.into_iter().map(row).collect_view();
    let columns = vec![
        Column::new(t::col_customer()),
        Column::new(t::dry_run_was()),
        Column::new(t::dry_run_would()),
        Column::new(t::dry_run_why()),
        Column::new(t::col_status()),
    ];
    view! {
        <Card flush=true id="changed">
            <Table columns=columns label=t::dry_run()>{rows}</Table>
            <Pager shown=count total=total next=next/>
        </Card>
    }
    .into_any()
}

fn row(row: DryRunRow) -> AnyView {
    let rules = row.rules.iter().map(|rule| format!("{rule} {}", rule.name())).collect::<Vec<_>>().join(", ");
    let facts = row.facts.iter().filter(|(_, value)| !value.is_empty());
    let facts = facts.map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(", ");
    let note = format!("{} · {}", row.number, row.partner_name);
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead><LeadLink href=paths::deal(row.id) title=row.customer_name note=note/></Cell>
            <Cell label=t::dry_run_was()>{ending_words(row.before)}</Cell>
            <Cell label=t::dry_run_would()><Tag tone=Tone::Accent>{ending_words(row.after)}</Tag></Cell>
            <Cell label=t::dry_run_why()>{rules}<small>{facts}</small></Cell>
            <Cell kind=CellKind::State><DealBadge status=row.status/></Cell>
        </TableRow>
    }
    .into_any()
}

fn ending_words(ending: Ending) -> &'static str {
    match ending {
        Ending::NotTaken => t::ending_not_taken(),
        Ending::ApprovedAtOnce => t::ending_approved_at_once(),
        Ending::Reviewed => t::ending_reviewed(),
        Ending::ReviewedAgainst => t::ending_reviewed_against(),
        Ending::Conflict => t::ending_conflict(),
        Ending::Lapsed => t::ending_lapsed(),
        Ending::AppealRefused => t::ending_appeal_refused(),
        Ending::ReviewedAgain => t::ending_reviewed_again(),
        Ending::Expired => t::ending_expired(),
        Ending::StillProtected => t::ending_still_protected(),
    }
}
