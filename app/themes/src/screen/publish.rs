//! Publishing: what differs from what is worn, and the versions there were.
use base::{Page, Problem, Timestamp};
use kit::{
    Button, Card, Cell, CellKind, Column, Dialog, Kind, Table, TableRow, Tag, TextArea, Toasts, Tone,
    VerbForm, When,
};
use leptos::prelude::*;

use super::paint::WornPage;
use super::readable::corrections;
use super::state::Studio;
use super::{compare, waiting};
use crate::model::{BrandTheme, ThemeVersion};
use crate::rules::differences;
use crate::t;
use crate::verbs::{PublishTheme, RollBackTheme, ScheduleTheme};

/// The dialog before everybody sees it: now, or from a time on.
pub(super) fn dialog(studio: Studio, open: RwSignal<bool>, brand: String) -> AnyView {
    let toasts = use_context::<Toasts>();
    let (note, problem, busy) = (RwSignal::new(String::new()), RwSignal::new(None), RwSignal::new(false));
    let (later, at) = (RwSignal::new(false), RwSignal::new(String::new()));
    let page = WornPage::of(studio);
    let done = move |of: BrandTheme, waits: bool| {
        if waits {
            studio.learn(&of);
        } else {
            studio.settle(&of);
            if let Some(page) = page {
                page.wear(&of);
            }
        }
        let _ =
            (open.try_set(false), note.try_set(String::new()), problem.try_set(None), later.try_set(false));
        if let Some(toasts) = toasts {
            toasts.say(if waits { t::scheduled() } else { t::published() });
        }
    };
    let publish = move |_| {
        if busy.get_untracked() {
            return;
        }
        let (id, theme, note) = (studio.id, studio.theme.get_untracked(), note.get_untracked());
        let waits = later.get_untracked();
        let Some(at) = waiting::instant(&at.get_untracked()).or((!waits).then_some(Timestamp(0))) else {
            problem.set(Some(Problem::field("at", "not_a_date", "")));
            return;
        };
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = if waits {
                kit::ask(ScheduleTheme { id, theme, note, at }).await
            } else {
                kit::ask(PublishTheme { id, theme, note, version: None }).await
            };
            let _ = busy.try_set(false);
            match answer {
                Ok(of) => done(of, waits),
                Err(refused) => drop(problem.try_set(Some(refused))),
            }
        });
    };
    let changes =
        move || compare::list(studio.worn.with(|worn| studio.theme.with(|theme| differences(worn, theme))));
    let footer = view! {
        <Button on_click=move |_| open.set(false)>{t::cancel()}</Button>
        <Button kind=Kind::Primary busy=busy on_click=publish id="publish-now">
            {move || if later.get() { t::schedule() } else { t::publish_now() }}
        </Button>
    }
    .into_any();
    view! {
        <Dialog id="publish" title=t::publish_title(brand) open=open on_close=move |()| open.set(false) footer=footer>
            <div class="stack gap-16">
                {move || problem.get().filter(|problem: &Problem| problem.of_field("at").is_none()).map(kit::problem_view)}
                {changes}
                {corrections(studio)}
                <TextArea name="note" id="publish-note" label=t::note() bind=note optional=true maxlength=500 rows=2/>
                {waiting::choice(studio, later, at, problem)}
            </div>
        </Dialog>
    }
    .into_any()
}

/// The published versions.
pub(super) fn versions(page: Page<ThemeVersion>, studio: Studio) -> AnyView {
    if page.items.is_empty() {
        return ().into_any();
    }
    let columns = vec![
        Column::num(t::version()),
        Column::new(t::colour()),
        Column::new(t::note()),
        Column::new(t::published_by()),
        Column::tight(""),
    ];
    let worn = page.items.iter().map(|version| version.number).max();
    let rows = page.items.into_iter().map(|version| row(version, worn, studio)).collect_view();
    view! { <Card title=t::versions() id="versions" flush=true><Table columns=columns label=t::versions()>{rows}</Table></Card> }
        .into_any()
}

fn row(version: ThemeVersion, worn: Option<u32>, studio: Studio) -> AnyView {
    let (number, colour) = (version.number, version.theme.colour.to_string());
    let toasts = use_context::<Toasts>();
    let page = WornPage::of(studio);
    let done = Callback::new(move |of: BrandTheme| {
        studio.settle(&of);
        if let Some(page) = page {
            page.wear(&of);
        }
        if let Some(toasts) = toasts {
            toasts.say(t::brought_back(number));
        }
    });
    let action = if worn == Some(number) {
        view! { <Tag tone=Tone::Good>{t::worn()}</Tag> }.into_any()
    } else {
        let verb = RollBackTheme { id: studio.id, number };
        let label = t::bring_back_number(number);
        view! {
            <VerbForm verb=verb next=kit::paths::brand(studio.id) done=done>
                <input type="hidden" name="number" value=number/>
                <Button submit=true size=kit::Size::Small label=label>{t::bring_back()}</Button>
            </VerbForm>
        }
        .into_any()
    };
    let same = version.same_as.map(|same| view! { <span class="muted small">{t::same_as(same)}</span> });
    view! {
        <TableRow>
            <Cell kind=CellKind::Num label=t::version()>{number}</Cell>
            <Cell label=t::colour()><span class="line">
                <svg class="dot" width="14" height="14" aria-hidden="true"><rect width="14" height="14" rx="3" fill=colour.clone()></rect></svg>
                <code>{colour}</code></span></Cell>
            <Cell label=t::note()>{version.note}" "{same}</Cell>
            <Cell label=t::published_by()><span class="small">{version.published_by_name}" · "<When at=version.published_at/></span></Cell>
            <Cell>{action}</Cell>
        </TableRow>
    }
    .into_any()
}
