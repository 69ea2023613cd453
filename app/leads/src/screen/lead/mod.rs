//! One lead: where it stands, what can be done now, why its partner has it, and everything that happened.
mod dialogs;
pub(super) mod moves;
mod timeline;

use base::{LeadId, Problem};
use kit::{
    Avatar, Banner, Button, Card, Fact, FactLayout, KeyValues, LinkButton, Screen, Shape, Size, Skeleton,
    TextArea, Tone, VerbForm, When, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use super::parts::{Worded, badge, contacts, facts, is_vendor};
use super::why;
use crate::access::Do;
use crate::model::{Lead, LeadState, RecycleCause};
use crate::t;
use crate::verbs::{GetLead, ListLeadDraws, ListLeadEvents, NoteLead};

/// `/leads/{id}`.
#[component]
pub fn LeadPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<LeadId>().ok())));
    let body = move || match id.get() {
        Some(id) => of_lead(id),
        None => kit::problem_view(Problem::NotFound),
    };
    let back =
        || view! { <LinkButton href=paths::LEADS class="hide-s">{t::all_leads()}</LinkButton> }.into_any();
    view! { <Screen title=t::lead() actions=back>{body}</Screen> }.into_any()
}

fn of_lead(id: LeadId) -> AnyView {
    let keys = move || vec![id.to_string()];
    let lead = kit::resource(keys, move || GetLead { id });
    let events = kit::resource(keys, move || ListLeadEvents { id });
    let draws = kit::resource(keys, move || ListLeadDraws { id });
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| query.get("do")));
    let navigate = use_navigate();
    let done = Callback::new(move |_: Lead| {
        lead.refetch();
        events.refetch();
        draws.refetch();
        if asked.get_untracked().is_some() {
            let still = leptos_router::NavigateOptions { scroll: false, replace: true, ..Default::default() };
            navigate(&paths::lead(id), still);
        }
    });
    view! {
        <div class="stack gap-20 deal">
            {kit::shown(
                lead,
                || view! { <Skeleton shape=Shape::Record/> }.into_any(),
                move |lead| record(&lead, asked, done),
            )}
            <div class="grid g21">
                <Card title=t::history() id="history">
                    <div class="stack gap-16">
                        {note_form(id, done)}
                        {kit::shown(events, || view! { <Skeleton shape=Shape::Text/> }.into_any(), |events| timeline::view(events.items))}
                    </div>
                </Card>
                {kit::shown(draws, || view! { <Skeleton shape=Shape::Text/> }.into_any(), |draws| why::cards(draws.items))}
            </div>
        </div>
    }
    .into_any()
}

fn record(lead: &Lead, asked: Memo<Option<String>>, done: Callback<Lead>) -> AnyView {
    let kept = StoredValue::new(lead.clone());
    let dialog = move || kept.with_value(|lead| dialogs::dialog(lead, asked.get().as_deref(), done));
    let note = lead.note.clone();
    let has_note = !note.is_empty();
    let (known, people, made) = (facts(lead), contacts(lead), created(lead));
    view! {
        {head(lead)}
        {notice(lead)}
        {moves::bar(lead, done)}
        <Card>{known}</Card>
        <div class="grid g21">
            <div class="stack gap-16">
                <Card title=t::contacts()>{people}</Card>
                {has_note.then(|| view! { <Card title=t::field_note()><p class="break pre">{note}</p></Card> })}
            </div>
            <Card>{made}</Card>
        </div>
        {dialog}
    }
    .into_any()
}

fn head(lead: &Lead) -> AnyView {
    let name = lead.customer.name.clone();
    view! {
        <div class="head">
            <Avatar name=name.clone() square=true size=Size::Big/>
            <div>
                <h2 class="title">{name}</h2>
                <p class="muted num">{lead.number.clone()}</p>
            </div>
            {badge(lead.status, true)}
        </div>
    }
    .into_any()
}

/// What the state itself has to say.
fn notice(lead: &Lead) -> AnyView {
    let (tone, words) = match &lead.state {
        LeadState::Declined { reason, note, by, .. } => {
            (Tone::Warn, [t::declined_by(&by.name, reason.words()), note.clone()])
        }
        LeadState::TimedOut { .. } => (Tone::Warn, [t::timed_out_notice().to_owned(), String::new()]),
        LeadState::Recycled { cause: RecycleCause::NobodyLeft, .. } => {
            (Tone::Warn, [t::nobody_left_notice().to_owned(), String::new()])
        }
        LeadState::Recycled { by, note, .. } => (Tone::Accent, [t::taken_back_by(&by.name), note.clone()]),
        LeadState::Dead { by, reason, note, .. } => {
            (Tone::Neutral, [t::given_up_by(&by.name, reason.words()), note.clone()])
        }
        LeadState::New
        | LeadState::Assigned { .. }
        | LeadState::Accepted { .. }
        | LeadState::Working { .. }
        | LeadState::Registered { .. } => return ().into_any(),
    };
    let [first, second] = words;
    view! {
        <Banner tone=tone>
            <span>{first}</span>
            {(!second.is_empty()).then(|| view! { <p class="break">{second}</p> })}
        </Banner>
    }
    .into_any()
}

fn created(lead: &Lead) -> AnyView {
    let (by, at, updated) = (lead.created_by.name.clone(), lead.created_at, lead.updated_at);
    let from = if is_vendor() || lead.origin.is_some() { by } else { lead.vendor_name.clone() };
    let consent = lead.origin.as_ref().map(|origin| origin.consent.clone()).filter(|words| !words.is_empty());
    let consent = consent.map(|words| view! { <Fact label=t::fact_consent()>{words}</Fact> });
    view! {
        <KeyValues layout=FactLayout::Stacked>
            <Fact label=t::fact_from()>{from}</Fact>
            {consent}
            <Fact label=t::col_created()><When at=at/></Fact>
            <Fact label=t::col_updated()><When at=updated/></Fact>
        </KeyValues>
    }
    .into_any()
}

/// A field and a button; nothing for those who only read.
fn note_form(id: LeadId, done: Callback<Lead>) -> AnyView {
    if Do::Note.by(&access::me().actor(), None).is_err() {
        return ().into_any();
    }
    let text = RwSignal::new(String::new());
    let sent = Callback::new(move |lead: Lead| {
        let _ = text.try_set(String::new());
        done.run(lead);
    });
    view! {
        <VerbForm verb=NoteLead { id, text: String::new() } next=format!("{}#history", paths::lead(id)) done=sent class="no-print">
            <Worded/>
            <TextArea name="text" id="note" label=t::write_note() help=t::write_note_help() bind=text rows=2 maxlength=5000/>
            <div class="actions"><Button submit=true icon=lucide::LuSend>{t::keep_note()}</Button></div>
        </VerbForm>
    }
    .into_any()
}
