//! Publishing the draft, at once or from a day on, and taking back what waits for its day.
use kit::{Banner, Button, Card, DateField, Kind, TextArea, Tone, VerbForm};
use leptos::prelude::*;

use super::said;
use crate::screen::parts::{program_address, rules_address};
use crate::{PublishRulesDraft, RulesDraft, WithdrawRules, t};

/// The card that publishes.
pub(super) fn publish(draft: &RulesDraft, unchanged: bool) -> AnyView {
    let (id, version) = (draft.program.id, draft.version);
    let refused = match (draft.version, unchanged, &draft.scheduled) {
        (_, _, Some(_)) => Some(t::publish_refused_scheduled()),
        (0, ..) => Some(t::publish_refused_no_draft()),
        (_, true, _) => Some(t::publish_refused_same()),
        _ => None,
    };
    let body = match refused {
        Some(words) => view! { <p class="muted">{words}</p> }.into_any(),
        None => view! {
            <VerbForm verb=PublishRulesDraft { id, version: None, in_force_on: None, note: None } next=program_address(id) done=said(t::rules_published())>
                <input type="hidden" name="version" value=version />
                <DateField name="in_force_on" label=t::in_force_on() help=t::in_force_on_help() optional=true />
                <TextArea name="note" label=t::publish_note() help=t::publish_note_help() maxlength=1000 optional=true />
                <div class="actions"><Button submit=true kind=Kind::Primary>{t::publish_rules()}</Button></div>
            </VerbForm>
        }
        .into_any(),
    };
    view! { <Card title=t::publish_rules() id="publish">{body}</Card> }.into_any()
}

/// What waits for its day, and the way to take it back.
pub(super) fn scheduled(draft: &RulesDraft) -> Option<AnyView> {
    let (id, waiting) = (draft.program.id, draft.scheduled.as_ref()?);
    let (number, day) = (waiting.number, waiting.in_force_at);
    let verb = WithdrawRules { id, number };
    Some(
        view! {
            <Banner tone=Tone::Accent>
                <div class="stack">
                    <p>{t::waits_for_its_day(number)}" "<kit::When at=day tell=kit::Tell::Absolute /></p>
                    <VerbForm verb=verb next=rules_address(id) done=said(t::version_withdrawn())>
                        <input type="hidden" name="number" value=number />
                        <div class="actions"><Button submit=true>{t::withdraw_version()}</Button></div>
                    </VerbForm>
                </div>
            </Banner>
        }
        .into_any(),
    )
}
