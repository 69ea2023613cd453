//! Forms that keep a deal alive and join it with the CRM, and the evidence that other forms ask for.
use kit::{Choice, DateField, Kind, SelectField, TextArea, TextField, VerbForm};
use leptos::prelude::*;

use super::dialogs::Foot;
use crate::access::Do;
use crate::model::{Deal, EVIDENCE_KINDS, EvidenceKind};
use crate::screen::parts::Worded;
use crate::t;
use crate::verbs::{CloseDeal, ConvertDeal, DealOutcome, ShowActivity};

/// The form of an action of this kind; nothing for others.
pub(super) fn form(
    deal: &Deal,
    action: Do,
    next: String,
    foot: Foot,
    done: Callback<Deal>,
) -> Option<AnyView> {
    let id = deal.id;
    Some(match action {
        Do::ShowActivity => {
            let verb = ShowActivity { id, kind: EvidenceKind::Meeting, on: None, note: String::new() };
            view! {
                <VerbForm verb=verb next=next done=done>
                    <Worded/>
                    <p class="muted">{t::activity_lead()}</p>
                    <div class="form-row r12">
                        <SelectField name="kind" label=t::evidence_kind() choices=kinds() value=EvidenceKind::Meeting.as_str()/>
                        <DateField name="on" label=t::activity_on() optional=true/>
                    </div>
                    <TextArea name="note" label=t::activity_what() required=true maxlength=2000/>
                    {foot.view(Kind::Primary)}
                </VerbForm>
            }
            .into_any()
        }
        Do::Convert => view! {
            <VerbForm verb=ConvertDeal { id, opportunity: None, version: None } next=next done=done>
                <Worded/>
                <p class="muted">{t::convert_lead()}</p>
                <TextField name="opportunity" label=t::convert_which() help=t::convert_which_help() optional=true maxlength=40/>
                {foot.view(Kind::Primary)}
            </VerbForm>
        }
        .into_any(),
        Do::Close => {
            let outcomes =
                vec![Choice::new("won", t::event_won()), Choice::new("lost", t::event_lost())];
            let verb = CloseDeal { id, outcome: DealOutcome::Won, note: String::new(), version: None };
            view! {
                <VerbForm verb=verb next=next done=done>
                    <Worded/>
                    <p class="muted">{t::close_lead()}</p>
                    <SelectField name="outcome" label=t::outcome() choices=outcomes required=true/>
                    <TextArea name="note" label=t::note_to_partner() optional=true maxlength=2000/>
                    {foot.view(Kind::Fatal)}
                </VerbForm>
            }
            .into_any()
        }
        _ => return None,
    })
}

fn kinds() -> Vec<Choice> {
    EVIDENCE_KINDS.map(|kind| Choice::new(kind.as_str(), kind.words())).to_vec()
}

/// Fields for one piece of evidence, which may be left empty.
pub(super) fn evidence() -> AnyView {
    view! {
        <fieldset class="field">
            <legend class="label">{t::evidence_shows()}</legend>
            <div class="form-row r12">
                <SelectField name="evidence[0][kind]" label=t::evidence_kind() choices=kinds()/>
                <DateField name="evidence[0][on]" label=t::evidence_on() optional=true/>
            </div>
            <TextArea name="evidence[0][note]" label=t::evidence_label() optional=true rows=2 maxlength=2000/>
        </fieldset>
    }
    .into_any()
}
