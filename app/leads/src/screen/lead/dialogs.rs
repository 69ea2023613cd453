//! Moves that need a word: each a dialog with its own address, so that it also works without script.
use kit::{Button, Choice, Dialog, Kind, LinkButton, SelectField, TextArea, VerbForm, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use partners::ListPartners;

use super::moves::{answered, words};
use crate::access::Do;
use crate::model::{DeadReason, DeclineReason, Lead};
use crate::screen::form;
use crate::screen::parts::Worded;
use crate::t;
use crate::verbs::{AssignLead, DeclineLead, EditLead, MarkLeadDead, RecycleLead};

/// Partners that a dialog offers; more are found by the rules.
const OFFERED: u32 = 200;

/// The dialog for what the address asks to be done (`?do=decline`); nothing when it cannot be done now.
pub(super) fn dialog(lead: &Lead, action: Option<&str>, done: Callback<Lead>) -> AnyView {
    let step = lead.moves.iter().find(|step| Some(step.action.as_str()) == action && step.refused.is_none());
    let Some(step) = step else { return ().into_any() };
    let (id, version, action) = (lead.id, None, step.action);
    let next = paths::lead(id);
    let label = words(action, lead.status);
    let kind = if matches!(action, Do::Decline | Do::Die) { Kind::Fatal } else { Kind::Primary };
    let foot = foot(lead, if action == Do::Edit { t::save() } else { label }, kind);
    let form = match action {
        Do::Decline => {
            let verb = DeclineLead { id, reason: DeclineReason::Other, note: String::new(), version };
            let reasons = DeclineReason::ALL
                .iter()
                .map(|one| Choice::new(one.as_str(), one.words()))
                .collect::<Vec<_>>();
            let done = answered(id, t::declined_said(), done);
            let what_follows = if lead.origin.is_some() { t::decline_own() } else { t::decline_lead() };
            view! {
                <VerbForm verb=verb next=next.clone() done=done>
                    <Worded/>
                    <p class="muted">{what_follows}</p>
                    <SelectField name="reason" label=t::reason() choices=reasons required=true/>
                    <TextArea name="note" label=t::note_to_vendor() help=t::note_needed_for_other() maxlength=2000/>
                    {foot}
                </VerbForm>
            }
            .into_any()
        }
        Do::Recycle => {
            let verb = RecycleLead { id, note: String::new(), version };
            view! {
                <VerbForm verb=verb next=next.clone() done=done>
                    <Worded/>
                    <p class="muted">{t::recycle_lead()}</p>
                    <TextArea name="note" label=t::note_to_partner() optional=true maxlength=2000/>
                    {foot}
                </VerbForm>
            }
            .into_any()
        }
        Do::Die => {
            let verb = MarkLeadDead { id, reason: DeadReason::Other, note: String::new(), version };
            let reasons =
                DeadReason::ALL.iter().map(|one| Choice::new(one.as_str(), one.words())).collect::<Vec<_>>();
            view! {
                <VerbForm verb=verb next=next.clone() done=done>
                    <Worded/>
                    <p class="muted">{t::die_lead()}</p>
                    <SelectField name="reason" label=t::reason() choices=reasons required=true/>
                    <TextArea name="note" label=t::field_note() help=t::note_needed_for_other() maxlength=2000/>
                    {foot}
                </VerbForm>
            }
            .into_any()
        }
        Do::Assign => assign(lead, next.clone(), done),
        Do::Edit => {
            let fields = form::fields(Some(lead));
            view! {
            <VerbForm verb=EditLead::new(id) next=next.clone() done=done>
                <Worded/>
                {fields}
                // What is emptied here is meant to be empty.
                <input type="hidden" name="_empty" value="product note source_note value[amount] contacts[0][name]"/>
                <input type="hidden" name="_method" value="PATCH"/>
                {foot}
            </VerbForm>
            }
            .into_any()
        }
        _ => return ().into_any(),
    };
    let navigate = use_navigate();
    let close = Callback::new(move |()| {
        let still = leptos_router::NavigateOptions { scroll: false, replace: true, ..Default::default() };
        navigate(&next, still);
    });
    let title = format!("{label}: {}", lead.customer.name);
    view! {
        <Dialog id="lead-move" title=title open=Signal::stored(true) on_close=close wide=action == Do::Edit>{form}</Dialog>
    }
    .into_any()
}

/// What every form of a move ends with.
fn foot(lead: &Lead, label: &'static str, kind: Kind) -> AnyView {
    let (back, version) = (paths::lead(lead.id), lead.version);
    view! {
        <input type="hidden" name="version" value=version/>
        <div class="actions">
            <Button submit=true kind=kind>{label}</Button>
            <LinkButton href=back kind=Kind::Quiet>{t::cancel()}</LinkButton>
        </div>
    }
    .into_any()
}

/// Partners of the program to choose from, fetched when the dialog opens in the browser.
fn assign(lead: &Lead, next: String, done: Callback<Lead>) -> AnyView {
    let (id, program) = (lead.id, lead.program);
    let choices = RwSignal::new(Vec::<Choice>::new());
    Effect::new(move |_| {
        leptos::task::spawn_local(async move {
            let ask =
                ListPartners { program: Some(program), limit: Some(OFFERED), ..ListPartners::default() };
            if let Ok(page) = kit::ask(ask).await {
                let all = page.items.into_iter().map(|one| Choice::new(one.id.to_string(), one.name));
                let _ = choices.try_set(all.collect());
            }
        });
    });
    let verb = AssignLead { id, partner: None, version: None };
    let foot = foot(lead, t::do_offer(), Kind::Primary);
    view! {
        <VerbForm verb=verb next=next done=done>
            <Worded/>
            <p class="muted">{t::assign_lead()}</p>
            <SelectField name="partner" label=t::fact_partner() choices=choices empty=t::choose_partner() required=true/>
            {foot}
        </VerbForm>
    }
    .into_any()
}
