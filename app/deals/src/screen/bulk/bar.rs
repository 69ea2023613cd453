//! The bar with what can be done with the deals that are picked.
use base::Side;
use kit::{BulkBar, Button, Kind, LinkButton, lucide};
use leptos::prelude::*;

use super::Hands;
use crate::model::{BulkAction, DealIds};
use crate::t;

const VENDOR: [BulkAction; 4] =
    [BulkAction::Approve, BulkAction::Return, BulkAction::Reject, BulkAction::GrantExtension];
const PARTNER: [BulkAction; 3] = [BulkAction::Submit, BulkAction::RequestExtension, BulkAction::Withdraw];

/// The bar; it is there while something is picked.
pub(in crate::screen) fn bar(hands: Hands) -> AnyView {
    let me = access::me();
    let all: &[BulkAction] = if me.side() == Some(Side::Vendor) { &VENDOR } else { &PARTNER };
    let actor = me.actor();
    let buttons = all
        .iter()
        .filter(|action| action.action().by(&actor, None).is_ok())
        .map(|action| button(*action, hands))
        .collect_view();
    let export = move || {
        let ids = DealIds(hands.picked.get()).to_string();
        let href = format!("/api/v1/deals/export?format=xlsx&ids={}", base::escape(&ids));
        view! { <LinkButton href=href download=true icon=lucide::LuDownload>{t::export()}</LinkButton> }
    };
    view! {
        <BulkBar count=Signal::derive(move || hands.picked.with(Vec::len)) on_clear=move |()| hands.picked.set(Vec::new())>
            {buttons}
            {export}
        </BulkBar>
    }
    .into_any()
}

fn button(action: BulkAction, hands: Hands) -> AnyView {
    let kind = match action {
        BulkAction::Approve | BulkAction::Submit => Kind::Primary,
        BulkAction::Reject | BulkAction::Withdraw => Kind::Danger,
        BulkAction::Return | BulkAction::GrantExtension | BulkAction::RequestExtension => Kind::Plain,
    };
    let busy = Signal::derive(move || hands.busy.get());
    view! {
        <Button kind=kind busy=busy on_click=move |_| hands.decide(action, hands.picked_rows())>{action.words()}</Button>
    }
    .into_any()
}
