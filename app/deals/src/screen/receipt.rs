//! A deal's receipt: the proof of the claim, and when the answer is promised.
use base::DealId;
use kit::{Card, Countdown, LinkButton, Screen, Shape, Skeleton, Tell, When, lucide, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use log::{Receipt, ReceiptCard};

use super::parts::{DealBadge, name_of};
use crate::model::{Deal, Status};
use crate::t;
use crate::verbs::{GetDeal, GetReceipt};

/// `/deals/{id}/receipt`.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<DealId>().ok())));
    let body = move || match id.get() {
        Some(id) => of_deal(id),
        None => kit::problem_view(base::Problem::NotFound),
    };
    view! {
        <Screen title=t::receipt_title()>{body}</Screen>
    }
    .into_any()
}

fn of_deal(id: DealId) -> AnyView {
    let deal = kit::resource(move || vec![id.to_string()], move || GetDeal { id });
    let receipt = kit::resource(move || vec![id.to_string()], move || GetReceipt { id });
    view! {
        <div class="split deal-receipt">
            {kit::shown(
                receipt,
                || view! { <Skeleton shape=Shape::Record/> }.into_any(),
                move |receipt| proof(id, receipt),
            )}
            <aside class="stack gap-16 stay">
                {kit::shown(deal, || view! { <Skeleton shape=Shape::Text/> }.into_any(), |deal| next(&deal))}
            </aside>
        </div>
    }
    .into_any()
}

fn proof(id: DealId, receipt: Receipt) -> AnyView {
    view! { <ReceiptCard receipt=receipt download=format!("/api/v1/deals/{id}/receipt")/> }.into_any()
}

fn next(deal: &Deal) -> AnyView {
    let answer = match (deal.answer_due, deal.protection) {
        (Some(due), _) => view! {
            <p class="muted small">{t::answer_promised()}</p>
            <p class="title"><Countdown until=due big=true/></p>
            <p class="muted"><When at=due tell=Tell::Soon/></p>
        }
        .into_any(),
        (None, Some(window)) => view! {
            <p class="muted small">{t::fact_protected()}</p>
            <p class="title"><Countdown until=window.expiry big=true/></p>
            <p class="muted"><When at=window.expiry tell=Tell::Absolute/></p>
        }
        .into_any(),
        (None, None) => ().into_any(),
    };
    let answered = matches!(deal.status, Status::Approved | Status::Converted)
        .then(|| view! { <p>{t::receipt_approved()}</p> });
    let (id, status) = (deal.id, deal.status);
    view! {
        <Card title=name_of(&deal.customer.name) end=view! { <DealBadge status=status/> }.into_any()>
            <div class="stack gap-4">{answer}{answered}</div>
        </Card>
        <Card title=t::next_steps() class="no-print">
            <div class="stack gap-8">
                <LinkButton href=paths::deal(id) icon=lucide::LuFileText>{t::see_deal()}</LinkButton>
                <LinkButton href=paths::REGISTER icon=lucide::LuPlus>{t::register_another()}</LinkButton>
                <LinkButton href=paths::DEALS icon=lucide::LuList>{t::see_all_deals()}</LinkButton>
            </div>
        </Card>
    }
    .into_any()
}
