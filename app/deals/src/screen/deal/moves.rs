//! What can be done with a deal now, as buttons; what cannot, with the reason.
use kit::{Button, Fold, Kind, LinkButton, VerbForm, lucide, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::access::Do;
use crate::model::{Deal, DealState, Move, Status};
use crate::screen::parts::Worded;
use crate::t;
use crate::verbs::{ApproveDeal, SubmitDeal};

/// A move in words, as on its button.
pub(in crate::screen) fn words(action: Do, status: Status) -> &'static str {
    match action {
        Do::Submit if status == Status::Returned => t::do_resubmit(),
        Do::Submit => t::do_submit(),
        Do::Edit if status == Status::Returned => t::answer_request(),
        Do::Edit => t::do_edit(),
        Do::Amend => t::do_amend(),
        Do::RequestExtension => t::do_request_extension(),
        Do::Appeal => t::do_appeal(),
        Do::Withdraw => t::do_withdraw(),
        Do::Approve => t::do_approve(),
        Do::Return => t::do_return(),
        Do::Reject => t::do_reject(),
        Do::Rule => t::do_rule(),
        Do::GrantExtension => t::do_grant_extension(),
        Do::Revoke => t::do_revoke(),
        Do::ShowActivity => t::do_show_activity(),
        Do::Convert => t::do_convert(),
        Do::Close => t::do_close(),
        Do::List | Do::Read | Do::Register | Do::Check | Do::Write | Do::ShareViews => t::see_deal(),
    }
}

/// The buttons of a deal's page.
pub(super) fn bar(deal: &Deal, done: Callback<Deal>) -> AnyView {
    let (can, cannot): (Vec<&Move>, Vec<&Move>) = deal.moves.iter().partition(|step| step.refused.is_none());
    let buttons = can.into_iter().map(|step| button(deal, step.action, done)).collect_view();
    let reasons = cannot
        .iter()
        .filter_map(|step| Some((words(step.action, deal.status), step.refused.as_ref()?.words())))
        .map(|(action, reason)| view! { <li><strong>{action}</strong>": "<span class="muted">{reason}</span></li> })
        .collect_view();
    let not_now = (!cannot.is_empty())
        .then(|| view! { <Fold label=t::not_now()><ul class="stack gap-4 small">{reasons}</ul></Fold> });
    view! { <div class="stack gap-8 no-print"><div class="deal-moves">{buttons}</div>{not_now}</div> }
        .into_any()
}

fn button(deal: &Deal, action: Do, done: Callback<Deal>) -> AnyView {
    let (id, version, label) = (deal.id, deal.version, words(action, deal.status));
    let next = paths::deal(id);
    match action {
        Do::Submit => {
            let navigate = use_navigate();
            let to_receipt = Callback::new(move |deal: Deal| navigate(&paths::receipt(deal.id), Default::default()));
            view! {
                <VerbForm verb=SubmitDeal { id, version: None } next=paths::receipt(id) done=to_receipt>
                    <Worded/>
                    <input type="hidden" name="version" value=version/>
                    <Button submit=true kind=Kind::Primary icon=lucide::LuSend>{label}</Button>
                </VerbForm>
            }
            .into_any()
        }
        Do::Approve => view! {
            <VerbForm verb=ApproveDeal { id, version: None } next=next done=done>
                <Worded/>
                <input type="hidden" name="version" value=version/>
                <Button submit=true kind=Kind::Primary icon=lucide::LuCheck>{label}</Button>
            </VerbForm>
        }
        .into_any(),
        Do::Edit | Do::Amend => view! { <LinkButton href=paths::edit_deal(id) icon=lucide::LuPencil>{label}</LinkButton> }.into_any(),
        // The partner was told that activity is due: now it is the first thing to do.
        Do::ShowActivity if matches!(deal.state, DealState::Approved { warned_at: Some(_), .. }) => {
            view! { <LinkButton href=format!("{next}?do={}", action.as_str()) kind=Kind::Primary>{label}</LinkButton> }.into_any()
        }
        Do::Reject | Do::Revoke | Do::Withdraw | Do::Close => {
            view! { <LinkButton href=format!("{next}?do={}", action.as_str()) kind=Kind::Danger>{label}</LinkButton> }.into_any()
        }
        other => view! { <LinkButton href=format!("{next}?do={}", other.as_str())>{label}</LinkButton> }.into_any(),
    }
}
