//! The words that a decision about several deals needs: a reason, the fields to put right, a note.
use base::Verb as _;
use kit::{Button, CheckField, Choice, Dialog, Fold, FormState, Kind, SelectField, TextArea};
use leptos::prelude::*;

use super::{Hands, count, deals};
use crate::model::{BulkAction, DealRow, FIELDS, REJECTION_REASONS};
use crate::screen::parts::{field_words, name_of};
use crate::t;
use crate::verbs::DecideDeals;

/// Fields that are asked for most often; the rest of them stands behind.
const USUAL: usize = 7;

/// The dialog; it is open while something waits for words.
pub(in crate::screen) fn dialog(hands: Hands) -> AnyView {
    let open = move || {
        hands.asked.get().map(|(action, rows)| {
            let title = match rows.as_slice() {
                [only] => format!("{}: {}", action.words(), name_of(&only.customer_name)),
                rows => t::bulk_title(count(rows.len()), action.words()),
            };
            let form = form(action, rows, hands);
            view! {
                <Dialog id="bulk" title=title open=Signal::stored(true) on_close=move |()| hands.asked.set(None)>{form}</Dialog>
            }
        })
    };
    view! { {open} }.into_any()
}

fn form(action: BulkAction, rows: Vec<DealRow>, hands: Hands) -> AnyView {
    let state = FormState::new();
    provide_context(state);
    let (reason, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let fields = RwSignal::new(Vec::<String>::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let ask = DecideDeals {
            reason: REJECTION_REASONS.into_iter().find(|one| one.as_str() == reason.get_untracked()),
            fields: fields.get_untracked(),
            note: note.get_untracked(),
            ..DecideDeals::new(action, deals(&rows))
        };
        match ask.check() {
            Ok(()) => hands.send(
                ask,
                Callback::new(move |problem| {
                    let _ = state.problem.try_set(Some(problem));
                }),
            ),
            Err(problem) => state.problem.set(Some(problem)),
        }
    };
    let own = match action {
        BulkAction::Reject => {
            let reasons = REJECTION_REASONS.map(|reason| Choice::new(reason.as_str(), reason.words())).to_vec();
            view! {
                <p class="muted">{t::reject_lead()}</p>
                <SelectField name="reason" id="bulk-reason" label=t::reason() choices=reasons empty=t::choose_reason() bind=reason required=true/>
                <TextArea name="note" id="bulk-note" label=t::note_to_partner() help=t::note_needed_for_other() bind=note maxlength=2000/>
            }
            .into_any()
        }
        BulkAction::Return => {
            let fields = asked_fields(fields);
            view! {
                {fields}
                <TextArea name="note" id="bulk-note" label=t::return_note() bind=note maxlength=2000/>
            }
            .into_any()
        }
        _ => view! {
            <TextArea name="note" id="bulk-note" label=t::progress_made() help=t::progress_help() bind=note required=true maxlength=2000/>
        }
        .into_any(),
    };
    let busy = Signal::derive(move || hands.busy.get());
    let kind = if action == BulkAction::Reject { Kind::Fatal } else { Kind::Primary };
    view! {
        <form class="form" on:submit=submit novalidate>
            {kit::form_problem(state.problem)}
            {own}
            <div class="actions">
                <Button submit=true kind=kind busy=busy>{action.words()}</Button>
                <Button kind=Kind::Quiet on_click=move |_| hands.asked.set(None)>{t::cancel()}</Button>
            </div>
        </form>
    }
    .into_any()
}

fn asked_fields(chosen: RwSignal<Vec<String>>) -> AnyView {
    let one = move |field: &&'static str| {
        let field = *field;
        let change = Callback::new(move |on: bool| {
            chosen.update(|chosen| {
                chosen.retain(|one| one != field);
                if on {
                    chosen.push(field.to_owned());
                }
            });
        });
        view! { <CheckField name="fields[]" id=format!("bulk-{field}") label=field_words(field) value=field on_change=change/> }
            .into_any()
    };
    let (usual, others) = FIELDS.split_at(USUAL);
    let (usual, others) = (usual.iter().map(one).collect_view(), others.iter().map(one).collect_view());
    view! {
        <fieldset class="field">
            <legend class="label">{t::return_fields()}</legend>
            <div class="grid g2 gap-8">{usual}</div>
        </fieldset>
        <Fold label=t::more_fields()><div class="grid g2 gap-8">{others}</div></Fold>
    }
    .into_any()
}
