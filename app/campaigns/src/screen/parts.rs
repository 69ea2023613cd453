//! Pieces that several pages of campaigns show.
use base::Side;
use creative::AssetKind;
use kit::catalogue::locale;
use kit::{Drawing, Tag, Tone, format, lucide};
use leptos::prelude::*;

use crate::model::CampaignState;
use crate::t;

pub(super) fn is_vendor() -> bool {
    access::me().side() == Some(Side::Vendor)
}

pub(super) fn number(n: u64) -> String {
    format::number(n as i64, locale())
}

/// A share of a whole, or a dash where there is no whole.
pub(super) fn share(part: u64, whole: u64) -> String {
    if whole == 0 { "–".to_owned() } else { format::percent(part as f64 / whole as f64, locale()) }
}

pub(super) const fn state_tone(state: CampaignState) -> Tone {
    match state {
        CampaignState::Sent | CampaignState::Approved => Tone::Good,
        CampaignState::Scheduled | CampaignState::Sending | CampaignState::Checked => Tone::Accent,
        CampaignState::AwaitingApproval | CampaignState::Paused => Tone::Warn,
        CampaignState::Recalled => Tone::Bad,
        CampaignState::Draft | CampaignState::Archived | CampaignState::Cancelled => Tone::Neutral,
    }
}

pub(super) fn state_tag(state: CampaignState) -> AnyView {
    view! { <Tag tone=state_tone(state)>{state.words()}</Tag> }.into_any()
}

/// What an asset is, in the reader's language.
pub(super) fn kind_words(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::Email => t::kind_email(),
        AssetKind::LandingPage => t::kind_landing_page(),
        AssetKind::Social => t::kind_social(),
        AssetKind::Banner => t::kind_banner(),
        AssetKind::OnePager => t::kind_one_pager(),
        AssetKind::Invitation => t::kind_invitation(),
    }
}

pub(super) const fn kind_icon(kind: AssetKind) -> Drawing {
    match kind {
        AssetKind::Email => lucide::LuMail,
        AssetKind::LandingPage => lucide::LuGlobe,
        AssetKind::Social => lucide::LuShare2,
        AssetKind::Banner => lucide::LuImage,
        AssetKind::OnePager => lucide::LuFileText,
        AssetKind::Invitation => lucide::LuCalendar,
    }
}

/// The name of a language in itself; its tag for one that we do not speak.
pub(super) fn language_name(tag: &str) -> String {
    match tag.split('-').next().unwrap_or(tag) {
        "en" => "English",
        "de" => "Deutsch",
        "fr" => "Français",
        "es" => "Español",
        "ar" => "العربية",
        "it" => "Italiano",
        "nl" => "Nederlands",
        "pt" => "Português",
        "pl" => "Polski",
        "ja" => "日本語",
        _ => return tag.to_owned(),
    }
    .to_owned()
}
