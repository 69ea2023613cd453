//! One lead in the panel beside the list.
use base::LeadId;
use kit::{LinkButton, Peek, Shape, Skeleton, lucide, paths};
use leptos::prelude::*;

use crate::model::Lead;
use crate::screen::lead::moves;
use crate::screen::parts::{badge, contacts, facts};
use crate::t;
use crate::verbs::GetLead;

/// The panel; `close` is the list without it.
pub(super) fn panel(id: LeadId, close: String) -> AnyView {
    kit::return_focus();
    let lead = kit::resource(move || vec!["leads".to_owned(), id.to_string()], move || GetLead { id });
    let waiting = close.clone();
    kit::shown(
        lead,
        move || {
            let close = waiting.clone();
            view! { <Peek title=t::lead() close_href=close><Skeleton shape=Shape::Record/></Peek> }.into_any()
        },
        move |answer| shown(&answer, close.clone(), Callback::new(move |_: Lead| lead.refetch())),
    )
}

fn shown(lead: &Lead, close: String, done: Callback<Lead>) -> AnyView {
    let id = lead.id;
    let first = moves::first(lead, done);
    let footer = view! {
        {first}
        <LinkButton href=paths::lead(id) icon=lucide::LuMaximize2>{t::see_lead()}</LinkButton>
    }
    .into_any();
    let (status, number, known, people, note) =
        (lead.status, lead.number.clone(), facts(lead), contacts(lead), lead.note.clone());
    view! {
        <Peek title=lead.customer.name.clone() close_href=close page_href=paths::lead(id) footer=footer>
            <p class="line">{badge(status, false)}<span class="muted num">{number}</span></p>
            {(!note.is_empty()).then(|| view! { <p class="break">{note}</p> })}
            {known}
            <div class="stack gap-8"><h3>{t::contacts()}</h3>{people}</div>
        </Peek>
    }
    .into_any()
}
