//! What was refused, deal by deal, with the reason; the deals stay picked.
use kit::{Banner, Button, Kind, Size, Tone, lucide, paths};
use leptos::prelude::*;

use super::{Hands, count};
use crate::model::BulkItem;
use crate::screen::parts::name_of;
use crate::t;

/// The list of refusals; nothing while there are none.
pub(in crate::screen) fn outcome(hands: Hands) -> AnyView {
    let shown = move || {
        let refused = hands.refused.get();
        if refused.is_empty() {
            return ().into_any();
        }
        let title = t::bulk_refused(count(refused.len()));
        let lines = refused.iter().map(line).collect_view();
        let close = view! {
            <Button size=Size::Small kind=Kind::Quiet icon=lucide::LuX label=t::close() on_click=move |_| hands.refused.set(Vec::new())/>
        };
        view! {
            <Banner tone=Tone::Warn announce=true end=close.into_any()>
                <p class="strong">{title}</p>
                <ul class="stack gap-2">{lines}</ul>
            </Banner>
        }
        .into_any()
    };
    view! { {shown} }.into_any()
}

fn line(item: &BulkItem) -> AnyView {
    let why = item.why();
    let number = item.number.clone().unwrap_or_default();
    let name = name_of(item.customer_name.as_deref().unwrap_or_default());
    let href = paths::deal(item.deal);
    view! { <li><a class="link" href=href>{name}</a>" "<span class="num muted">{number}</span>": "{why}</li> }
        .into_any()
}
