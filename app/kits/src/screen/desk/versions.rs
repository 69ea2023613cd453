//! The versions there were: who published each, when, with which note, and what became of it.
use base::Page;
use kit::{
    Button, Card, Cell, CellKind, Column, Empty, Kind, Size, Table, TableRow, Tag, Tone, When, lucide,
};
use leptos::prelude::*;

use super::dialogs::Recalling;
use super::state::Desk;
use crate::model::{KitVersionRow, KitVersionState};
use crate::t;

pub(super) fn versions(page: Page<KitVersionRow>, desk: Desk, may: bool) -> AnyView {
    if page.items.is_empty() {
        return view! {
            <Card title=t::tab_versions() id="versions"><Empty tight=true title=t::no_versions() note=t::no_versions_note() icon=lucide::LuHistory/></Card>
        }
        .into_any();
    }
    let columns = vec![
        Column::num(t::col_version()),
        Column::tight(t::col_state()),
        Column::new(t::note()),
        Column::new(t::published_by()),
        Column::tight(""),
    ];
    let rows = page.items.into_iter().map(|version| row(version, desk, may)).collect_view();
    view! {
        <Card title=t::tab_versions() id="versions" flush=true>
            <Table columns=columns label=t::tab_versions()>{rows}</Table>
        </Card>
    }
    .into_any()
}

fn row(version: KitVersionRow, _: Desk, may: bool) -> AnyView {
    let (number, state, at) = (version.number, version.state, version.published_at);
    let tone = match state {
        KitVersionState::Published => Tone::Good,
        KitVersionState::Superseded => Tone::Neutral,
        KitVersionState::Recalled => Tone::Bad,
    };
    let recall = version.recall.map(|recall| {
        let words = t::recalled_by(&recall.by_name, &recall.reason);
        view! { <p class="small break">{words}" "<When at=recall.at/></p> }
    });
    let recalling = use_context::<Recalling>().filter(|_| may && state != KitVersionState::Recalled);
    let action = recalling.map(|Recalling(recalling)| {
        let label = t::recall_number(number);
        view! { <Button size=Size::Small kind=Kind::Danger label=label class="small" on_click=move |_| recalling.set(Some(number))>{t::recall()}</Button> }
    });
    view! {
        <TableRow>
            <Cell kind=CellKind::Num label=t::col_version()>{number}</Cell>
            <Cell label=t::col_state()><Tag tone=tone>{state.words()}</Tag></Cell>
            <Cell label=t::note()><span class="break">{version.note}</span>{recall}</Cell>
            <Cell label=t::published_by()><span class="small">{version.published_by_name}" · "<When at=at/></span></Cell>
            <Cell>{action}</Cell>
        </TableRow>
    }
    .into_any()
}
