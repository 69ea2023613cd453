//! One deal in the panel beside the list.
use base::DealId;
use kit::{LinkButton, Peek, Shape, Skeleton, lucide, paths};
use leptos::prelude::*;

use crate::model::{Deal, DealState, Status};
use crate::screen::parts::{DealBadge, facts, name_of, why};
use crate::t;
use crate::verbs::GetDeal;

/// The panel; `close` is the list without it.
pub(super) fn panel(id: DealId, close: String) -> AnyView {
    kit::return_focus();
    let deal = kit::resource(move || vec!["deals".to_owned(), id.to_string()], move || GetDeal { id });
    let waiting = close.clone();
    kit::shown(
        deal,
        move || {
            let close = waiting.clone();
            view! { <Peek title=t::deal() close_href=close><Skeleton shape=Shape::Record/></Peek> }.into_any()
        },
        move |deal| shown(&deal, close.clone()),
    )
}

fn shown(deal: &Deal, close: String) -> AnyView {
    let id = deal.id;
    let note = match &deal.state {
        DealState::Returned { note, .. }
        | DealState::Rejected { note, .. }
        | DealState::Cancelled { note, .. } => note.clone(),
        _ => String::new(),
    };
    let is_vendor = access::me().side() == Some(base::Side::Vendor);
    let next = match deal.status {
        Status::Draft if !is_vendor => Some((paths::edit_deal(id), t::go_on_with_draft())),
        Status::Returned if !is_vendor => Some((paths::edit_deal(id), t::answer_request())),
        status if is_vendor && status.awaits_vendor() => Some((paths::case(id), t::decide())),
        _ => None,
    };
    let footer = view! {
        {next.map(|(href, words)| view! { <LinkButton href=href kind=kit::Kind::Primary>{words}</LinkButton> })}
        <LinkButton href=paths::deal(id) icon=lucide::LuMaximize2>{t::see_deal()}</LinkButton>
        {deal.priority_at.map(|_| view! { <LinkButton href=paths::receipt(id) icon=lucide::LuReceipt>{t::receipt()}</LinkButton> })}
    }
    .into_any();
    let evidence = deal.evidence.first().map(|one| one.note.clone()).filter(|note| !note.is_empty());
    let (status, number, known, why) =
        (deal.status, deal.number.clone(), facts(deal), why(&deal.rules, deal.rules_version));
    view! {
        <Peek title=name_of(&deal.customer.name) close_href=close page_href=paths::deal(id) footer=footer>
            <p class="line"><DealBadge status=status/><span class="muted num">{number}</span></p>
            {(!note.is_empty()).then(|| view! { <p>{note}</p> })}
            {known}
            {evidence.map(|note| view! { <div class="stack gap-4"><h3>{t::fact_evidence()}</h3><p class="muted">{note}</p></div> })}
            {why}
        </Peek>
    }
    .into_any()
}
