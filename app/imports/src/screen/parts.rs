//! Words and tags that both screens use.
use kit::{Tag, Tone};
use leptos::prelude::*;

use crate::model::{Kind, State};
use crate::t;

/// A kind of file in the reader's language.
pub(super) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Customers => t::kind_customers(),
        Kind::Products => t::kind_products(),
        Kind::Partners => t::kind_partners(),
        Kind::Opportunities => t::kind_opportunities(),
        Kind::Deals => t::kind_deals(),
        Kind::Goals => t::kind_goals(),
        Kind::Rates => t::kind_rates(),
    }
}

/// How far an import has come. One with rejected rows asks for a look.
pub(super) fn state_tag(state: State, rejected: u64) -> AnyView {
    let (tone, words) = match state {
        State::Queued => (Tone::Neutral, t::state_queued()),
        State::Running => (Tone::Accent, t::state_running()),
        State::Done if rejected > 0 => (Tone::Warn, t::state_done_with_rejections()),
        State::Done => (Tone::Good, t::state_done()),
        State::Failed => (Tone::Bad, t::state_failed()),
        State::Cancelled => (Tone::Neutral, t::state_cancelled()),
    };
    view! { <Tag tone=tone>{words}</Tag> }.into_any()
}

/// A count in the reader's way of writing.
pub(super) fn number(n: u64) -> String {
    kit::format::number(i64::try_from(n).unwrap_or(i64::MAX), kit::catalogue::locale())
}
