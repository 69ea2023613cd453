//! One import: how far it has come while it runs, and what became of its rows.
use base::ImportId;
use kit::{
    Actions, Banner, Button, Card, Cell, CellKind, Column, Fact, FactLayout, KeyValues, Kind as Weight,
    LinkButton, Screen, Shape, Skeleton, Table, TableRow, Tone, VerbForm, When, Work, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::parts::{kind_name, number, state_tag};
use crate::access::Do;
use crate::model::{Import, Kind, Remark, State};
use crate::t;
use crate::verbs::{CancelImport, GetImport};

/// Progress and report of an import.
#[component]
pub fn ImportPage() -> impl IntoView {
    let params = use_params_map();
    // An address without an id asks for one that nobody has, and gets the answer for that.
    let id = Memo::new(move |_| {
        params
            .with(|params| params.get("id"))
            .and_then(|id| id.parse().ok())
            .unwrap_or(ImportId(Default::default()))
    });
    let moved = kit::live::moved(move || vec![id.get().to_string()]);
    // While rows come in, the page also looks by itself: an event before the stream is connected would be missed.
    let open = RwSignal::new(false);
    let turn = Memo::new(move |_| {
        let clock = open.get().then(|| kit::browser_now(2)).flatten();
        clock.map_or(0, |clock| clock.get())
    });
    let import =
        kit::gathered(move || (moved.get(), turn.get(), id.get()), |(.., id)| kit::ask(GetImport { id }));
    Effect::new(move |_| {
        if let Some(Ok(import)) = import.get() {
            open.set(import.state.is_open());
        }
    });
    view! {
        <Screen title=Signal::derive(|| t::one_title().to_owned())>
            {kit::shown(import, || view! { <Skeleton shape=Shape::Record /> }.into_any(), record)}
        </Screen>
    }
    .into_any()
}

fn record(import: Import) -> AnyView {
    let state = state_tag(import.state, import.rejected);
    let body = if import.state.is_open() { progress(import.clone()) } else { outcome(import.clone()) };
    let error = import.error.clone().map(|error| view! { <Banner tone=Tone::Bad>{error}</Banner> });
    let rejected = (import.rejected > 0).then(|| rejected(import.clone()));
    let remarks = (!import.remarks.is_empty()).then(|| remarks(import.remarks.clone()));
    view! {
        <div class="stack gap-20">
            {error}
            <Card title=import.file_name aside=state>
                <div class="stack gap-16">
                    {body}
                    <KeyValues layout=FactLayout::Columns>
                        <Fact label=t::kind()>{kind_name(import.kind)}</Fact>
                        <Fact label=t::program()>{import.program_name}</Fact>
                        <Fact label=t::started_by()>{import.created_by}</Fact>
                        <Fact label=t::started()><When at=import.created_at /></Fact>
                    </KeyValues>
                </div>
            </Card>
            {rejected}
            {remarks}
        </div>
    }
    .into_any()
}

fn progress(import: Import) -> AnyView {
    let id = import.id;
    let allowed = Do::Cancel.by(&::access::me().actor()).is_ok();
    let counts = view! {
        <span>{t::count_created(number(import.created))}</span>
        <span>{t::count_updated(number(import.updated))}</span>
        <span>{t::count_unchanged(number(import.unchanged))}</span>
        <span>{t::count_rejected(number(import.rejected))}</span>
    }
    .into_any();
    let cancel = if allowed {
        view! {
            <VerbForm verb=CancelImport { id } next=paths::import(id) done=Callback::new(|_| ())>
                <Button submit=true kind=Weight::Quiet icon=lucide::LuX>{t::cancel()}</Button>
            </VerbForm>
        }
        .into_any()
    } else {
        ().into_any()
    };
    view! {
        <Work
            label=t::progress()
            done=Signal::stored(import.processed)
            total=Signal::stored(Some(import.total))
            rate=Signal::stored(import.rate)
            counts=counts
            cancel=cancel
        />
        <p class="muted small">{t::goes_on()}</p>
    }
    .into_any()
}

fn outcome(import: Import) -> AnyView {
    let took = import.started_at.zip(import.finished_at).map(|(from, to)| {
        view! { <Fact label=t::took()>{kit::format::span(to - from, kit::catalogue::locale())}</Fact> }
    });
    let stopped = import.total.saturating_sub(import.processed);
    let records = match import.kind {
        Kind::Opportunities => Some((paths::OPPORTUNITIES, t::show_opportunities())),
        Kind::Partners => Some((paths::PARTNERS, t::show_partners())),
        Kind::Deals => Some((paths::DEALS, t::show_deals())),
        Kind::Goals => Some((paths::GOALS, t::show_goals())),
        Kind::Rates => Some((paths::RATES, t::show_rates())),
        Kind::Customers | Kind::Products => None,
    };
    let records = records.filter(|_| import.imported > 0);
    view! {
        <KeyValues layout=FactLayout::Columns>
            <Fact label=t::created()><span class="num strong">{number(import.created)}</span></Fact>
            <Fact label=t::updated()><span class="num strong">{number(import.updated)}</span></Fact>
            <Fact label=t::unchanged()><span class="num strong">{number(import.unchanged)}</span></Fact>
            <Fact label=t::rejected()><span class="num strong">{number(import.rejected)}</span></Fact>
            {(import.kind == Kind::Deals).then(|| view! { <Fact label=t::submitted()><span class="num strong">{number(import.submitted)}</span></Fact> })}
            {took}
        </KeyValues>
        {(stopped > 0).then(|| view! { <p class="muted">{t::not_reached(number(stopped))}</p> })}
        {(import.state == State::Done && import.created + import.updated == 0 && import.rejected == 0)
            .then(|| view! { <p class="muted">{t::nothing_new()}</p> })}
        {records.map(|(href, words)| view! { <Actions><LinkButton href=href icon=lucide::LuArrowRight>{words}</LinkButton></Actions> })}
    }
    .into_any()
}

fn rejected(import: Import) -> AnyView {
    let count = i64::try_from(import.rejected).unwrap_or(i64::MAX);
    view! {
        <Card title=t::rejected_title(count)>
            <div class="stack">
                <p>{t::rejected_note()}</p>
                <Actions>
                    <LinkButton href=import.report_url.clone() download=true icon=lucide::LuDownload>{t::download()}</LinkButton>
                </Actions>
            </div>
        </Card>
    }
    .into_any()
}

fn remarks(remarks: Vec<Remark>) -> AnyView {
    let columns = vec![
        Column::new(t::what_was_done()),
        Column::new(t::field()),
        Column::num(t::rows()),
        Column::num(t::first_line()),
    ];
    let rows = remarks
        .into_iter()
        .map(|remark| {
            let done = words(&remark);
            view! {
                <TableRow>
                    <Cell kind=CellKind::Lead>{done}</Cell>
                    <Cell label=t::field()><code>{remark.field}</code></Cell>
                    <Cell label=t::rows() kind=CellKind::Num>{number(remark.rows)}</Cell>
                    <Cell label=t::first_line() kind=CellKind::Num>{number(remark.first_line)}</Cell>
                </TableRow>
            }
        })
        .collect_view();
    view! {
        <Card title=t::remarks_title() flush=true>
            <Table label=t::remarks_title() columns=columns compact=true>{rows}</Table>
        </Card>
    }
    .into_any()
}

/// A remark in one sentence.
fn words(remark: &Remark) -> String {
    match remark.code.as_str() {
        "no_customer" => t::remark_no_customer().to_owned(),
        "kept_as_draft" if remark.used.is_empty() => t::remark_kept_as_draft(&remark.found),
        "kept_as_draft" => t::remark_kept_as_draft(&remark.used),
        "unknown_country" => t::remark_unknown_country(&remark.found),
        _ => t::remark_respelt(&remark.found, &remark.used),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_finished_import_shows_its_counts_its_corrections_and_the_way_to_its_report() {
        let import = serde_json::json!({
            "id": "imp_01h455vb4pex5vsknk084sn02q", "kind": "opportunities", "program": "prog_01h455vb4pex5vsknk084sn02q",
            "program_name": "Core", "file_name": "sales_pipeline.csv", "state": "done", "total": 8800, "processed": 8800,
            "imported": 8799, "created": 8799, "updated": 0, "unchanged": 0, "rejected": 1, "rate": 7000.0,
            "report_url": "/api/v1/imports/imp_01h455vb4pex5vsknk084sn02q/report",
            "remarks": [{ "code": "respelt", "field": "product", "found": "GTXPro", "used": "GTX Pro", "rows": 1480,
                          "first_line": 3 }],
            "error": null, "created_by": "Carlos", "created_at": "2026-11-02T09:00:00Z",
            "started_at": "2026-11-02T09:00:00Z", "finished_at": "2026-11-02T09:00:02Z"
        });
        let import: Import = serde_json::from_value(import).unwrap();
        let page = Owner::new().with(|| record(import).to_html());
        for told in [
            "sales_pipeline.csv",
            "8,799",
            "1 rejected row",
            "/report",
            "“GTXPro” was read as “GTX Pro”.",
            "1,480",
        ] {
            assert!(page.contains(told), "{told} in {page}");
        }
    }
}
