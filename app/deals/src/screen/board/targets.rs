//! "Move to…": every column a card can go to, by which move, and why not to the others.
use kit::{Dialog, MenuButton, MenuHeading};
use leptos::prelude::*;

use super::Desk;
use super::desk::{Grabbed, actions_to, why_not};
use crate::model::BoardGroup;
use crate::screen::deal::moves_words;
use crate::screen::parts::name_of;
use crate::t;

/// The dialog; it is open while a card's targets are listed.
pub(in crate::screen) fn dialog(desk: Desk) -> AnyView {
    let open = move || {
        desk.listed.get().map(|listed| {
            let title = t::board_move(name_of(&listed.row.customer_name));
            let targets = targets(listed, desk);
            view! {
                <Dialog id="board-move" title=title open=Signal::stored(true) on_close=move |()| desk.listed.set(None)>
                    {targets}
                </Dialog>
            }
        })
    };
    view! { {open} }.into_any()
}

fn targets(listed: Grabbed, desk: Desk) -> AnyView {
    let Some(moves) = listed.moves.clone() else {
        return view! { <p class="muted" role="status">{t::board_looking()}</p> }.into_any();
    };
    let here = BoardGroup::of(listed.row.status);
    let one = |group: &BoardGroup| {
        let group = *group;
        let actions = actions_to(&moves, group);
        let row = listed.row.clone();
        if actions.is_empty() {
            let why = why_not(&moves, group).unwrap_or_default();
            return view! { <MenuButton label=group.words() refused=why/> }.into_any();
        }
        let status = row.status;
        actions
            .into_iter()
            .map(|action| {
                let row = row.clone();
                view! { <MenuButton label=group.words() note=moves_words(action, status) on_click=move |()| desk.make(&row, action, group)/> }
            })
            .collect_view()
            .into_any()
    };
    let items = BoardGroup::ALL.iter().filter(|group| **group != here).map(one).collect_view();
    view! { <div class="pop-list"><MenuHeading label=t::board_stands(here.words())/>{items}</div> }.into_any()
}
