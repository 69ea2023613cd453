//! Merges that were made, each with its undoing.
use kit::{
    Button, Cell, CellKind, Column, Kind, Size, Table, TableRow, Tag, Toasts, Tone, VerbForm, When, lucide,
    paths,
};
use leptos::prelude::*;

use crate::access::Do;
use crate::model::{Merge, MergeId};
use crate::t;
use crate::verbs::UndoMerge;

/// Merges, newest first.
pub(super) fn merges_table(merges: Vec<Merge>) -> AnyView {
    let columns = vec![
        Column::new(t::stays()),
        Column::new(t::merged_into_it()),
        Column::new(t::merged_by()),
        Column::new(t::merged_at()),
        Column::tight(""),
    ];
    let may = Do::EditCustomers.by(&access::me().actor()).is_ok();
    let rows = merges.into_iter().map(|merge| row(merge, may)).collect_view();
    view! { <Table label=t::merged() columns=columns>{rows}</Table> }.into_any()
}

fn row(merge: Merge, may: bool) -> AnyView {
    let Merge { id, kept, kept_name, gone_name, opportunities, merged_at, merged_by, undone_at, .. } = merge;
    let end = match (undone_at, may) {
        (Some(_), _) => view! { <Tag tone=Tone::Neutral>{t::undone()}</Tag> }.into_any(),
        (None, true) => undo_form(id, gone_name.clone()),
        (None, false) => ().into_any(),
    };
    let moved = (opportunities > 0)
        .then(|| view! { <small>{t::opportunities_moved(i64::try_from(opportunities).unwrap_or(i64::MAX))}</small> });
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead><a class="link" href=paths::customer(kept)>{kept_name}</a></Cell>
            <Cell label=t::merged_into_it()><span>{gone_name}</span>{moved}</Cell>
            <Cell label=t::merged_by()>{merged_by}</Cell>
            <Cell label=t::merged_at()><When at=merged_at/></Cell>
            <Cell kind=CellKind::State>{end}</Cell>
        </TableRow>
    }
    .into_any()
}

/// The button that undoes a merge; `gone` is the name that comes back.
fn undo_form(id: MergeId, gone: String) -> AnyView {
    let toasts = use_context::<Toasts>();
    let label = t::undo_merge_of(&gone);
    let done = Callback::new(move |_: Merge| {
        if let Some(toasts) = toasts {
            toasts.say(t::merge_undone(&gone));
        }
    });
    view! {
        <VerbForm verb=UndoMerge { id } next=paths::DUPLICATES done=done class="in-row">
            <Button submit=true size=Size::Small kind=Kind::Plain icon=lucide::LuUndo2 class="" label=label>{t::undo()}</Button>
        </VerbForm>
    }
    .into_any()
}
