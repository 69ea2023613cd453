//! One card: the customer, what it is worth, how long it has, and the ways to move it.
use kit::{Button, Kind, MoneyText, Size, lucide};
use leptos::prelude::*;

use super::Desk;
use crate::access::Do;
use crate::model::DealRow;
use crate::screen::list::address::Address;
use crate::screen::list::{clock, held_words};
use crate::screen::parts::{DealBadge, name_of};
use crate::t;

/// The card of a deal.
pub(super) fn card(
    deal: DealRow,
    address: &Address,
    (is_vendor, shows_status): (bool, bool),
    desk: Desk,
) -> AnyView {
    let id = deal.id;
    let name = name_of(&deal.customer_name);
    let href = address.peek_href(id);
    let value = deal.value.map(|value| view! { <MoneyText of=value/> });
    let (clock, waits) = (clock(&deal), held_words(id, desk.held));
    let badge = shows_status.then(|| {
        let status = deal.status;
        view! { <DealBadge status=status/> }
    });
    let partner = is_vendor.then(|| view! { <span class="muted small">{deal.partner_name.clone()}</span> });
    let may = may_move();
    let grip = may.then(|| grip(&deal, &name, desk));
    let dragged = deal.clone();
    view! {
        <li
            class="board-card"
            draggable=if may { "true" } else { "false" }
            data-grabbed=move || desk.holds(id).then_some("true")
            on:dragstart=move |_| desk.grab(dragged.clone(), false)
            on:dragend=move |_| desk.let_go()
        >
            <div class="line between">
                <a class="strong cover" href=href draggable="false">{name}</a>
                {grip}
            </div>
            {waits}
            <div class="line between wrap gap-4"><span class="num">{value}</span><span class="muted small">{clock}</span></div>
            <div class="line between wrap gap-4">{partner}{badge}</div>
        </li>
    }
    .into_any()
}

/// Whether anything can be moved by the reader at all.
fn may_move() -> bool {
    let actor = access::me().actor();
    Do::of_side(&actor).iter().any(|action| action.by(&actor, None).is_ok())
}

/// Taken with the keyboard, and the list of targets.
fn grip(deal: &DealRow, name: &str, desk: Desk) -> AnyView {
    let id = deal.id;
    let (by_key, by_list) = (deal.clone(), deal.clone());
    let label = t::board_grip(name);
    let press = move |event: leptos::ev::KeyboardEvent| {
        let holds = untrack(|| desk.holds(id));
        match event.key().as_str() {
            " " | "Enter" if holds => desk.drop_here(),
            " " | "Enter" => desk.grab(by_key.clone(), true),
            "ArrowRight" | "ArrowLeft" if holds => {
                let is_rtl = document()
                    .document_element()
                    .is_some_and(|root| root.get_attribute("dir").as_deref() == Some("rtl"));
                desk.aim((event.key() == "ArrowRight") != is_rtl);
            }
            "Escape" if holds => desk.let_go(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    view! {
        <span class="over line gap-2 needs-script">
            <button
                type="button"
                class="button quiet small icon"
                aria-label=label
                aria-pressed=move || if desk.holds(id) { "true" } else { "false" }
                on:keydown=press
                on:blur=move |_| if untrack(|| desk.holds(id)) { desk.let_go() }
            >
                <kit::Icon of=lucide::LuGripVertical/>
            </button>
            <Button
                size=Size::Small
                kind=Kind::Quiet
                icon=lucide::LuArrowRightLeft
                label=t::board_move(name)
                on_click=move |_| desk.list(by_list.clone())
            />
        </span>
    }
    .into_any()
}
