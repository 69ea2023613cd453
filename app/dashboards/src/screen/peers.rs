//! How a partner compares with its peers: a sentence each, and nobody is named.
use figures::kpi::Band;
use kit::{Card, Row, Tag, Tone};
use leptos::prelude::*;

use crate::model::{Peer, Peers};
use crate::t;

/// Nothing where there are too few peers to say something without telling on somebody.
pub(super) fn peers_card(of: Peers) -> AnyView {
    let (Some(program), Some(tier)) = (of.program_name, of.tier) else { return ().into_any() };
    if of.bands.is_empty() {
        return ().into_any();
    }
    let rows = of.bands.into_iter().map(row).collect_view();
    view! {
        <Card title=t::peers() flush=true>
            <p class="muted small pad">{t::peers_of(program, partners::tier_name(tier))}</p>
            <ul class="rows">{rows}</ul>
        </Card>
    }
    .into_any()
}

fn row(peer: Peer) -> AnyView {
    let (tone, words) = match peer.band {
        Band::Top => (Tone::Good, t::band_top()),
        Band::UpperMiddle => (Tone::Accent, t::band_upper_middle()),
        Band::LowerMiddle => (Tone::Neutral, t::band_lower_middle()),
        Band::Bottom => (Tone::Warn, t::band_bottom()),
    };
    let label = match peer.key.as_str() {
        "won_value" => t::won_value(),
        "registrations" => t::registrations(),
        _ => t::win_rate(),
    };
    let end = view! { <Tag tone=tone>{words}</Tag> }.into_any();
    view! { <Row title=label.to_owned() end=end/> }.into_any()
}
