//! What can be done with a lead now, as buttons; what cannot, with the reason.
use base::LeadId;
use kit::{Button, Drawing, Fold, Kind, LinkButton, Toasts, VerbForm, lucide, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::access::Do;
use crate::model::{Lead, Move, Status};
use crate::screen::parts::{Worded, in_words};
use crate::t;
use crate::verbs::{AcceptLead, AssignLead, RegisterLead, ReopenLead, StartLead, UndoLeadAnswer};

/// A move in words, as on its button.
pub(super) fn words(action: Do, status: Status) -> &'static str {
    match action {
        Do::Accept => t::do_accept(),
        Do::Decline if matches!(status, Status::Accepted | Status::Working) => t::do_give_back(),
        Do::Decline => t::do_decline(),
        Do::Undo => t::do_undo(),
        Do::Start => t::do_start(),
        Do::Register => t::register_deal(),
        Do::Assign => t::do_assign(),
        Do::Edit => t::do_edit(),
        Do::Recycle => t::do_recycle(),
        Do::Die => t::do_die(),
        Do::Reopen => t::do_reopen(),
        Do::Note => t::keep_note(),
        Do::List | Do::Read | Do::Create | Do::ReadRules | Do::EditRules | Do::EditPins => t::see_lead(),
    }
}

/// The buttons of a lead's page.
pub(super) fn bar(lead: &Lead, done: Callback<Lead>) -> AnyView {
    let shown = |step: &&Move| !matches!(step.action, Do::Note | Do::Undo);
    let (can, cannot): (Vec<&Move>, Vec<&Move>) =
        lead.moves.iter().filter(shown).partition(|step| step.refused.is_none());
    let undo = lead.can(Do::Undo).then(|| button(lead, Do::Undo, done));
    let buttons = can.into_iter().map(|step| button(lead, step.action, done)).collect_view();
    let reasons = cannot
        .iter()
        .filter_map(|step| Some((words(step.action, lead.status), step.refused.as_ref()?.words())))
        .map(|(action, reason)| view! { <li><strong>{action}</strong>": "<span class="muted">{reason}</span></li> })
        .collect_view();
    let not_now = (!cannot.is_empty())
        .then(|| view! { <Fold label=t::not_now()><ul class="stack gap-4 small">{reasons}</ul></Fold> });
    view! { <div class="stack gap-8 no-print"><div class="deal-moves">{undo}{buttons}</div>{not_now}</div> }
        .into_any()
}

/// The one thing to do first, for the panel beside the list.
pub(in crate::screen) fn first(lead: &Lead, done: Callback<Lead>) -> AnyView {
    let all = [Do::Accept, Do::Register, Do::Assign];
    let wanted = all.into_iter().find(|action| lead.can(*action));
    let second = lead.can(Do::Accept).then(|| button(lead, Do::Decline, done));
    view! { {wanted.map(|action| button(lead, action, done))}{second} }.into_any()
}

/// Says what was answered, and offers ten seconds to think better of it.
pub(super) fn answered(id: LeadId, words: &'static str, done: Callback<Lead>) -> Callback<Lead> {
    let toasts = use_context::<Toasts>();
    Callback::new(move |lead: Lead| {
        done.run(lead);
        let Some(toasts) = toasts else { return };
        let undo = Callback::new(move |()| {
            leptos::task::spawn_local(async move {
                match kit::ask(UndoLeadAnswer { id, version: None }).await {
                    Ok(lead) => {
                        let _ = done.try_run(lead);
                    }
                    Err(problem) => toasts.fail(kit::sentence(&in_words(problem))),
                }
            });
        });
        toasts.say_with_undo(words, undo);
    })
}

/// A form that is one button.
fn one<V: kit::Ask>(
    verb: V,
    next: String,
    done: Callback<V::Answer>,
    version: u32,
    (kind, icon, label): (Kind, Drawing, &'static str),
) -> AnyView {
    view! {
        <VerbForm verb=verb next=next done=done>
            <Worded/>
            <input type="hidden" name="version" value=version/>
            <Button submit=true kind=kind icon=icon>{label}</Button>
        </VerbForm>
    }
    .into_any()
}

fn button(lead: &Lead, action: Do, done: Callback<Lead>) -> AnyView {
    let (id, seen, label) = (lead.id, lead.version, words(action, lead.status));
    let (next, version) = (paths::lead(id), None);
    match action {
        Do::Accept => {
            let done = answered(id, t::accepted_said(), done);
            one(AcceptLead { id, version }, next, done, seen, (Kind::Primary, lucide::LuCheck, label))
        }
        Do::Undo => one(UndoLeadAnswer { id, version }, next, done, seen, (Kind::Plain, lucide::LuUndo2, label)),
        Do::Start => one(StartLead { id, version }, next, done, seen, (Kind::Plain, lucide::LuTarget, label)),
        Do::Reopen => one(ReopenLead { id, version }, next, done, seen, (Kind::Plain, lucide::LuUndo2, label)),
        Do::Register => {
            if let Some(deal) = lead.deal {
                return view! { <LinkButton href=paths::edit_deal(deal) kind=Kind::Primary icon=lucide::LuPencil>{t::go_on_with_deal()}</LinkButton> }.into_any();
            }
            let navigate = use_navigate();
            let to_draft = Callback::new(move |lead: Lead| {
                if let Some(deal) = lead.deal {
                    navigate(&paths::edit_deal(deal), Default::default());
                }
            });
            let next = paths::edit_deal("{deal}");
            one(RegisterLead { id, version }, next, to_draft, seen, (Kind::Primary, lucide::LuHandshake, label))
        }
        Do::Assign => {
            let verb = AssignLead { id, partner: None, version };
            let by_rules = one(verb, next.clone(), done, seen, (Kind::Primary, lucide::LuListChecks, label));
            view! {
                {by_rules}
                <LinkButton href=format!("{next}?do=assign")>{t::choose_partner()}</LinkButton>
            }
            .into_any()
        }
        Do::Recycle | Do::Die | Do::Decline => {
            view! { <LinkButton href=format!("{next}?do={}", action.as_str()) kind=Kind::Danger>{label}</LinkButton> }
                .into_any()
        }
        other => view! { <LinkButton href=format!("{next}?do={}", other.as_str())>{label}</LinkButton> }.into_any(),
    }
}
