//! Types, tiers and statuses in the reader's language.
use kit::{Tag, Tone};
use leptos::prelude::*;

use crate::{EnrollmentStatus, PartnerType, Tier, t};

/// A type's name.
#[must_use]
pub fn type_name(one: PartnerType) -> &'static str {
    match one {
        PartnerType::Reseller => t::reseller(),
        PartnerType::Distributor => t::distributor(),
        PartnerType::Isv => t::isv(),
        PartnerType::Si => t::si(),
        PartnerType::Msp => t::msp(),
        PartnerType::Consultancy => t::consultancy(),
        PartnerType::Influencer => t::influencer(),
        PartnerType::Referral => t::referral(),
        PartnerType::Agency => t::agency(),
        PartnerType::Technology => t::technology(),
    }
}

pub(super) fn type_names(types: &[PartnerType]) -> String {
    types.iter().map(|one| type_name(*one)).collect::<Vec<_>>().join(", ")
}

/// A tier's name.
#[must_use]
pub fn tier_name(tier: Tier) -> &'static str {
    match tier {
        Tier::Registered => t::registered(),
        Tier::Silver => t::silver(),
        Tier::Gold => t::gold(),
        Tier::Platinum => t::platinum(),
    }
}

/// The status as a tag.
pub(super) fn status_tag(status: EnrollmentStatus) -> AnyView {
    let (tone, name) = match status {
        EnrollmentStatus::Active => (Tone::Good, t::active()),
        EnrollmentStatus::Invited => (Tone::Accent, t::invited()),
        EnrollmentStatus::Suspended => (Tone::Warn, t::suspended()),
        EnrollmentStatus::Ended => (Tone::Neutral, t::ended()),
    };
    view! { <Tag tone=tone>{name}</Tag> }.into_any()
}
