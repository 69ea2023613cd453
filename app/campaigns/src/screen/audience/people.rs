//! The people of an audience: found, exported, taken out, forgotten.
use base::{Page, RecipientId};
use kit::{
    Button, Card, Cell, CellKind, Column, Day, Dialog, Empty, Kind, Menu, MenuButton, Pager, Table, TableRow,
    Tag, TextField, Toasts, Tone, lucide, paths,
};
use leptos::prelude::*;

use crate::model::{Contact, OptIn};
use crate::t;
use crate::verbs::{EraseContact, ExportContact, ListContacts, RemoveContact};
use crate::words::sentence;

fn address(asked: &ListContacts, cursor: Option<&str>) -> String {
    let parts = [
        asked.q.as_deref().map(|q| format!("q={}", base::escape(q))),
        cursor.map(|cursor| format!("cursor={}", base::escape(cursor))),
    ];
    let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
    let here = paths::audience(asked.id);
    if query.is_empty() { here } else { format!("{here}?{query}") }
}

pub(super) fn list(page: Page<Contact>, asked: &ListContacts) -> AnyView {
    let (action, q) = (paths::audience(asked.id), asked.q.clone().unwrap_or_default());
    let find = view! {
        <form method="get" action=action role="search" class="line">
            <TextField name="q" label=t::find_person() value=q kind="search" maxlength=120/>
            <Button submit=true icon=lucide::LuSearch label=t::find()/>
        </form>
    }
    .into_any();
    let erased = RwSignal::new(None::<RecipientId>);
    let body = if page.items.is_empty() {
        let note = if asked.q.is_some() { t::nobody_found() } else { t::nobody_yet() };
        view! { <Empty title=note tight=true icon=lucide::LuContact/> }.into_any()
    } else {
        table(page, asked, erased)
    };
    view! {
        <Card title=t::people() flush=true id="people">
            <div class="pad">{find}</div>
            {body}
            {erase_dialog(erased)}
        </Card>
    }
    .into_any()
}

fn table(page: Page<Contact>, asked: &ListContacts, erased: RwSignal<Option<RecipientId>>) -> AnyView {
    let columns = vec![
        Column::new(t::col_person()),
        Column::new(t::field_company()),
        Column::tight(t::col_consent()),
        Column::tight(t::col_opt_in()),
        Column::tight(t::col_do()),
    ];
    let (shown, total) = (page.items.len(), page.total);
    let next = page.next_cursor.map(|cursor| address(asked, Some(&cursor)));
    let first = asked.cursor.is_some().then(|| address(asked, None));
    let rows = page.items.into_iter().map(|contact| row(contact, erased)).collect_view();
    view! {
        <Table columns=columns label=t::people()>{rows}</Table>
        <Pager shown=shown total=total first=first next=next/>
    }
    .into_any()
}

fn row(contact: Contact, erased: RwSignal<Option<RecipientId>>) -> AnyView {
    let name = format!("{} {}", contact.first_name, contact.last_name);
    let name = name.trim().to_owned();
    let tone = if contact.consent.opt_in == OptIn::Pending { Tone::Warn } else { Tone::Neutral };
    let (source, opt_in, on) =
        (contact.consent.source.words(), contact.consent.opt_in.words(), contact.consent.on);
    let wording = contact.consent.wording;
    let label = t::more_with(&contact.email);
    let id = contact.id;
    let toasts = use_context::<Toasts>();
    let out = Callback::new(move |()| export(id, toasts));
    let away = Callback::new(move |()| remove(id, toasts));
    let forget = Callback::new(move |()| erased.set(Some(id)));
    let dots = view! { <kit::Icon of=lucide::LuEllipsis/> }.into_any();
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead><span class="what"><span class="strong">{contact.email}</span><span class="muted small">{name}</span></span></Cell>
            <Cell label=t::field_company()>{contact.company}</Cell>
            <Cell label=t::col_consent()><span class="small" title=wording>{source}", "<Day on=on/></span></Cell>
            <Cell label=t::col_opt_in()><Tag tone=tone>{opt_in}</Tag></Cell>
            <Cell label=t::col_do()>
                <Menu summary=dots label=label class="button quiet icon" ends=true>
                    <MenuButton label=t::export_person() icon=lucide::LuDownload on_click=out/>
                    <MenuButton label=t::remove_person() icon=lucide::LuUserMinus on_click=away/>
                    <MenuButton label=t::erase_person() icon=lucide::LuTrash2 danger=true on_click=forget/>
                </Menu>
            </Cell>
        </TableRow>
    }
    .into_any()
}

/// Says in a toast what did not work. The list itself is drawn anew by the event.
fn told(answer: Result<String, base::Problem>, toasts: Option<Toasts>) {
    match (answer, toasts) {
        (Ok(words), Some(toasts)) => toasts.say(words),
        (Err(problem), Some(toasts)) => toasts.fail(sentence(problem)),
        (_, None) => {}
    }
}

fn export(id: RecipientId, toasts: Option<Toasts>) {
    leptos::task::spawn_local(async move {
        match kit::ask(ExportContact { id }).await {
            Ok(record) => {
                let text = serde_json::to_string_pretty(&record).unwrap_or_default();
                kit::save_file("person.json", "application/json", &text);
            }
            Err(problem) => told(Err(problem), toasts),
        }
    });
}

fn remove(id: RecipientId, toasts: Option<Toasts>) {
    leptos::task::spawn_local(async move {
        let answer = kit::ask(RemoveContact { id }).await;
        told(answer.map(|contact| t::removed_person(contact.email)), toasts);
    });
}

/// Forgetting a person cannot be undone, so it is asked once more.
fn erase_dialog(erased: RwSignal<Option<RecipientId>>) -> AnyView {
    let toasts = use_context::<Toasts>();
    let busy = RwSignal::new(false);
    let close = Callback::new(move |()| erased.set(None));
    let erase = move |_| {
        let Some(id) = erased.get_untracked() else { return };
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = kit::ask(EraseContact { id }).await;
            let _ = busy.try_set(false);
            let _ = erased.try_set(None);
            told(answer.map(|of| t::erased_person(of.contacts, of.leads, of.mails)), toasts);
        });
    };
    let footer = view! {
        <Button on_click=move |_| erased.set(None)>{t::cancel()}</Button>
        <Button kind=Kind::Fatal busy=busy on_click=erase>{t::erase_person()}</Button>
    }
    .into_any();
    let open = Signal::derive(move || erased.get().is_some());
    view! { <Dialog id="erase-person" title=t::erase_person() open=open on_close=close footer=footer><p>{t::erase_note()}</p></Dialog> }
        .into_any()
}
