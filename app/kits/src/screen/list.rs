//! `/kits`: the vendor's kits, with what each is about, how far it is, and what is in it.
use base::Page;
use kit::{
    Card, Cell, CellKind, Chip, Column, Empty, Kind, LeadLink, LinkButton, Pager, Screen, Shape, Skeleton,
    Table, TableRow, Tag, When, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::parts::{counted, languages, state_tag};
use crate::access::Do;
use crate::model::{Kit, KitState};
use crate::t;
use crate::verbs::ListKits;
use crate::words::topic_words;

/// `/kits`.
#[component]
pub fn KitsPage() -> impl IntoView {
    let actor = access::me().actor();
    let body = match Do::ReadDrafts.by(&actor) {
        Ok(()) => page(),
        Err(problem) => kit::problem_view(problem),
    };
    let may = Do::Edit.by(&actor).is_ok();
    let actions = move || {
        may.then(|| view! { <LinkButton href=paths::NEW_KIT kind=Kind::Primary icon=lucide::LuPlus>{t::new_kit()}</LinkButton> })
            .into_any()
    };
    view! { <Screen title=t::kits() actions=actions>{body}</Screen> }.into_any()
}

fn page() -> AnyView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| ListKits {
            program: query.get("program").and_then(|text| text.parse().ok()),
            state: query.get("state").and_then(|text| KitState::parse(&text)),
            q: query.get("q").filter(|part| !part.is_empty()),
            cursor: query.get("cursor").filter(|cursor| !cursor.is_empty()),
            ..ListKits::default()
        })
    });
    let kits = kit::resource(|| vec!["kits".to_owned()], move || asked.get());
    view! {
        <div class="stack gap-16">
            {move || chips(&asked.get())}
            {kit::shown(
                kits,
                || view! { <Skeleton shape=Shape::Table count=6/> }.into_any(),
                move |page| list(page, &asked.get_untracked()),
            )}
        </div>
    }
    .into_any()
}

/// The address of the list with other filters.
fn address(asked: &ListKits, state: Option<KitState>, cursor: Option<&str>) -> String {
    let parts = [
        asked.program.map(|id| format!("program={id}")),
        state.map(|state| format!("state={}", state.as_str())),
        asked.q.as_deref().map(|part| format!("q={}", base::escape(part))),
        cursor.map(|cursor| format!("cursor={cursor}")),
    ];
    let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
    if query.is_empty() { paths::KITS.to_owned() } else { format!("{}?{query}", paths::KITS) }
}

fn chips(asked: &ListKits) -> AnyView {
    let states = KitState::ALL
        .iter()
        .map(|state| {
            let on = asked.state == Some(*state);
            view! { <Chip label=state.words().to_owned() on=on href=address(asked, Some(*state), None)/> }
        })
        .collect_view();
    view! {
        <nav class="chips" aria-label=t::which_kits()>
            <Chip label=t::all_kits().to_owned() on=asked.state.is_none() href=address(asked, None, None)/>
            {states}
        </nav>
    }
    .into_any()
}

fn list(page: Page<Kit>, asked: &ListKits) -> AnyView {
    if page.items.is_empty() {
        let may = Do::Edit.by(&access::me().actor()).is_ok();
        let is_all = asked.state.is_none() && asked.q.is_none();
        let (title, note) = if is_all {
            (t::no_kits(), t::no_kits_note())
        } else {
            (t::no_such_kits(), t::no_such_kits_note())
        };
        let next = (may && is_all).then(|| {
            view! { <LinkButton href=paths::NEW_KIT kind=Kind::Primary>{t::choose_a_kit()}</LinkButton> }
        });
        return view! {
            <Card flush=true><Empty title=title note=note icon=lucide::LuMegaphone>{next}</Empty></Card>
        }
        .into_any();
    }
    let columns = vec![
        Column::new(t::col_kit()),
        Column::tight(t::col_topic()),
        Column::tight(t::col_state()),
        Column::num(t::col_version()),
        Column::new(t::col_languages()),
        Column::num(t::col_pieces()),
        Column::tight(t::col_changed()),
    ];
    let (shown, total) = (page.items.len(), page.total);
    let next = page.next_cursor.map(|cursor| address(asked, asked.state, Some(&cursor)));
    let first = asked.cursor.is_some().then(|| address(asked, asked.state, None));
    let rows = page.items.into_iter().map(row).collect_view();
    view! {
        <section class="card">
            <Table columns=columns label=t::kits()>{rows}</Table>
            <Pager shown=shown total=total first=first next=next/>
        </section>
    }
    .into_any()
}

fn row(kit: Kit) -> AnyView {
    let (href, state, pieces) = (paths::kit(kit.id), state_tag(&kit), counted(&kit.kinds));
    let drafted = (kit.is_drafted && kit.state != KitState::Draft)
        .then(|| view! { " "<Tag plain=true>{t::is_being_changed()}</Tag> });
    let number = if kit.number == 0 { t::none_yet().to_owned() } else { kit.number.to_string() };
    let (tags, at) = (languages(&kit.languages), kit.changed_at);
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead><LeadLink href=href title=kit.name note=kit.program_name/></Cell>
            <Cell label=t::col_topic()>{topic_words(kit.topic)}</Cell>
            <Cell label=t::col_state()>{state}{drafted}</Cell>
            <Cell kind=CellKind::Num label=t::col_version()>{number}</Cell>
            <Cell label=t::col_languages()><span class="small">{tags}</span></Cell>
            <Cell kind=CellKind::Num label=t::col_pieces()>{pieces}</Cell>
            <Cell label=t::col_changed()><span class="small"><When at=at/></span></Cell>
        </TableRow>
    }
    .into_any()
}
