//! Publishing: what differs from what is worn, and the versions there were.
use base::Page;
use kit::{
    Button, Card, Cell, CellKind, Column, Dialog, Kind, Table, TableRow, Tag, TextArea, Toasts, Tone,
    VerbForm, When,
};
use leptos::prelude::*;

use super::paint::paint_page;
use super::readable::corrections;
use super::state::Studio;
use crate::model::{BrandTheme, Theme, ThemeVersion};
use crate::t;
use crate::verbs::{PublishTheme, RollBackTheme};

/// What differs, as lines.
fn differences(from: &Theme, to: &Theme) -> Vec<String> {
    let colour = |accent: Option<palette::Rgb>| {
        accent.map_or_else(|| t::found().to_owned(), |colour| colour.to_string())
    };
    let pairs = [
        (t::colour(), from.colour.to_string(), to.colour.to_string()),
        (t::second_colour(), colour(from.accent), colour(to.accent)),
        (t::tint(), from.tint.to_string(), to.tint.to_string()),
        (t::radius(), from.radius.to_string(), to.radius.to_string()),
        (t::density(), from.density.words().to_owned(), to.density.words().to_owned()),
        (t::font(), from.font.words().to_owned(), to.font.words().to_owned()),
    ];
    let different = pairs.into_iter().filter(|(_, from, to)| from != to);
    // In the order of the alphabet, as all words of the catalogue take what they name.
    let lines = different.map(|(what, from, to)| t::differs(from, to, what));
    lines.chain(super::pictures::differences(from, to)).collect()
}

/// Whether the page itself wears the brand.
fn is_of_page(studio: Studio) -> bool {
    access::me().program.is_some_and(|program| program.brand_id == studio.id)
}

/// The dialog before everybody sees it.
pub(super) fn dialog(studio: Studio, open: RwSignal<bool>, brand: String) -> AnyView {
    let toasts = use_context::<Toasts>();
    let (note, problem, busy) = (RwSignal::new(String::new()), RwSignal::new(None), RwSignal::new(false));
    let (of_page, emblem) = (is_of_page(studio), kit::Emblem::shown());
    let publish = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let ask = PublishTheme {
            id: studio.id,
            theme: studio.theme.get_untracked(),
            note: note.get_untracked(),
            version: None,
        };
        leptos::task::spawn_local(async move {
            let answer: Result<BrandTheme, _> = kit::ask(ask).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(of) => {
                    studio.settle(&of);
                    if of_page {
                        paint_page(&of.worn);
                        emblem.set(of.worn.emblem());
                    }
                    let _ = (open.try_set(false), note.try_set(String::new()), problem.try_set(None));
                    if let Some(toasts) = toasts {
                        toasts.say(t::published());
                    }
                }
                Err(refused) => drop(problem.try_set(Some(refused))),
            }
        });
    };
    let changes = move || {
        let lines = differences(&studio.worn.get(), &studio.theme.get());
        if lines.is_empty() {
            return view! { <p class="muted">{t::no_differences()}</p> }.into_any();
        }
        view! { <ul class="changes">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }.into_any()
    };
    let footer = view! {
        <Button on_click=move |_| open.set(false)>{t::cancel()}</Button>
        <Button kind=Kind::Primary busy=busy on_click=publish id="publish-now">{t::publish_now()}</Button>
    }
    .into_any();
    view! {
        <Dialog id="publish" title=t::publish_title(brand) open=open on_close=move |()| open.set(false) footer=footer>
            <div class="stack gap-16">
                {kit::form_problem(problem)}
                {changes}
                {corrections(studio)}
                <TextArea name="note" id="publish-note" label=t::note() bind=note optional=true maxlength=500 rows=2/>
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
    let (of_page, emblem) = (is_of_page(studio), kit::Emblem::shown());
    let done = Callback::new(move |of: BrandTheme| {
        studio.settle(&of);
        if of_page {
            paint_page(&of.worn);
            emblem.set(of.worn.emblem());
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
