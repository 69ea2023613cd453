//! Moves that need a word: each a dialog with its own address, so that it also works without script.
use kit::{
    Button, CheckField, Choice, Dialog, Kind, LinkButton, RadioField, SelectField, TextArea, TextField,
    VerbForm,
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::access::Do;
use crate::model::{
    Deal, FIELDS, REJECTION_REASONS, REVOCATION_REASONS, RejectionReason, RevocationReason, Ruling,
};
use crate::screen::parts::{Worded, field_words, name_of};
use crate::t;
use crate::verbs::{
    AppealDeal, GrantExtension, RejectDeal, RequestExtension, ReturnDeal, RevokeDeal, RuleOnDispute,
    WithdrawDeal,
};

/// Fields that are asked for most often; the rest of them stands behind.
const USUAL: usize = 7;

/// The dialog for what the address asks to be done (`?do=reject`); nothing when it cannot be done now.
pub(in crate::screen) fn dialog(
    deal: &Deal,
    action: Option<&str>,
    back: &str,
    done: Callback<Deal>,
) -> AnyView {
    let step = deal.moves.iter().find(|step| Some(step.action.as_str()) == action && step.refused.is_none());
    let Some(step) = step else { return ().into_any() };
    let (id, version, action) = (deal.id, None, step.action);
    let foot = Foot {
        version: deal.version,
        back: back.to_owned(),
        words: super::moves::words(action, deal.status),
    };
    let next = back.to_owned();
    let form = match action {
        Do::Reject => {
            let verb = RejectDeal { id, reason: RejectionReason::Other, note: String::new(), version };
            let reasons = REJECTION_REASONS.map(|reason| Choice::new(reason.as_str(), reason.words())).to_vec();
            view! {
                <VerbForm verb=verb next=next done=done>
                    <Worded/>
                    <p class="muted">{t::reject_lead()}</p>
                    <SelectField name="reason" label=t::reason() choices=reasons required=true/>
                    <TextArea name="note" label=t::note_to_partner() help=t::note_needed_for_other() maxlength=2000/>
                    {foot.view(Kind::Fatal)}
                </VerbForm>
            }
            .into_any()
        }
        Do::Return => return_form(deal, next, foot, done),
        Do::Revoke => {
            let verb = RevokeDeal { id, reason: RevocationReason::Other, note: String::new(), version };
            let reasons = REVOCATION_REASONS.map(|reason| Choice::new(reason.as_str(), reason.words())).to_vec();
            view! {
                <VerbForm verb=verb next=next done=done>
                    <Worded/>
                    <p class="muted">{t::revoke_lead()}</p>
                    <SelectField name="reason" label=t::reason() choices=reasons required=true/>
                    <TextArea name="note" label=t::note_to_partner() help=t::note_needed_for_other() maxlength=2000/>
                    {foot.view(Kind::Fatal)}
                </VerbForm>
            }
            .into_any()
        }
        Do::Withdraw => view! {
            <VerbForm verb=WithdrawDeal { id, version } next=next done=done>
                <Worded/>
                <p class="muted">{t::withdraw_lead()}</p>
                {foot.view(Kind::Fatal)}
            </VerbForm>
        }
        .into_any(),
        Do::RequestExtension => view! {
            <VerbForm verb=RequestExtension { id, note: String::new(), evidence: Vec::new(), version } next=next done=done>
                <Worded/>
                <TextArea name="note" label=t::progress_made() help=t::progress_help() required=true maxlength=2000/>
                {super::life::evidence()}
                {foot.view(Kind::Primary)}
            </VerbForm>
        }
        .into_any(),
        Do::Appeal => view! {
            <VerbForm verb=AppealDeal { id, note: String::new(), evidence: Vec::new(), version } next=next done=done>
                <Worded/>
                <TextArea name="note" label=t::appeal_why() required=true maxlength=5000/>
                {super::life::evidence()}
                {foot.view(Kind::Primary)}
            </VerbForm>
        }
        .into_any(),
        Do::GrantExtension => view! {
            <VerbForm verb=GrantExtension { id, granted: true, note: String::new(), version } next=next done=done>
                <Worded/>
                <RadioField
                    name="granted"
                    label=t::extension_answer()
                    value="true"
                    choices=vec![Choice::new("true", t::extension_grant()), Choice::new("false", t::extension_deny())]
                />
                <TextArea name="note" label=t::extension_note() optional=true maxlength=2000/>
                {foot.view(Kind::Primary)}
            </VerbForm>
        }
        .into_any(),
        Do::Rule => rule_form(deal, next, foot, done),
        other => match super::life::form(deal, other, next, foot, done) {
            Some(form) => form,
            None => return ().into_any(),
        },
    };
    framed(deal, action, back, form)
}

fn framed(deal: &Deal, action: Do, back: &str, form: AnyView) -> AnyView {
    let navigate = use_navigate();
    let back = back.to_owned();
    let close = Callback::new(move |()| {
        navigate(
            &back,
            leptos_router::NavigateOptions { scroll: false, replace: true, ..Default::default() },
        );
    });
    let title = format!("{}: {}", super::moves::words(action, deal.status), name_of(&deal.customer.name));
    view! { <Dialog id="deal-move" title=title open=Signal::stored(true) on_close=close>{form}</Dialog> }
        .into_any()
}

/// What every form of a move ends with.
pub(super) struct Foot {
    version: u32,
    back: String,
    words: &'static str,
}

impl Foot {
    pub(super) fn view(self, kind: Kind) -> AnyView {
        view! {
            <input type="hidden" name="version" value=self.version/>
            <div class="actions">
                <Button submit=true kind=kind>{self.words}</Button>
                <LinkButton href=self.back kind=Kind::Quiet>{t::cancel()}</LinkButton>
            </div>
        }
        .into_any()
    }
}

fn return_form(deal: &Deal, next: String, foot: Foot, done: Callback<Deal>) -> AnyView {
    let verb = ReturnDeal { id: deal.id, fields: Vec::new(), note: String::new(), version: None };
    let one = |field: &&'static str| {
        view! { <CheckField name="fields[]" id=format!("return-{field}") label=field_words(field) value=*field/> }.into_any()
    };
    let (usual, others) = FIELDS.split_at(USUAL);
    let (usual, others) = (usual.iter().map(one).collect_view(), others.iter().map(one).collect_view());
    view! {
        <VerbForm verb=verb next=next done=done>
            <Worded/>
            <fieldset class="field">
                <legend class="label">{t::return_fields()}</legend>
                <div class="grid g2 gap-8">{usual}</div>
            </fieldset>
            <kit::Fold label=t::more_fields()><div class="grid g2 gap-8">{others}</div></kit::Fold>
            <TextArea name="note" label=t::return_note() maxlength=2000/>
            {foot.view(Kind::Primary)}
        </VerbForm>
    }
    .into_any()
}

fn rule_form(deal: &Deal, next: String, foot: Foot, done: Callback<Deal>) -> AnyView {
    let verb = RuleOnDispute {
        id: deal.id,
        ruling: Ruling::Rejected,
        share_percent: None,
        note: String::new(),
        version: None,
    };
    let rulings = [("approved", Ruling::Approved), ("rejected", Ruling::Rejected), ("split", Ruling::Split)];
    let rulings = rulings.map(|(value, ruling)| Choice::new(value, ruling.words())).to_vec();
    view! {
        <VerbForm verb=verb next=next done=done>
            <Worded/>
            <SelectField name="ruling" label=t::ruling() choices=rulings required=true/>
            <TextField name="share_percent" label=t::share_percent() kind="number" inputmode="numeric" help=t::share_help() optional=true/>
            <TextArea name="note" label=t::ruling_note() required=true maxlength=5000/>
            {foot.view(Kind::Primary)}
        </VerbForm>
    }
    .into_any()
}
