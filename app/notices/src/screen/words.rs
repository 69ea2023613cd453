//! Messages in words, and where their subjects are found.
use kit::{Drawing, Tone, lucide, paths};

use crate::model::Notice;
use crate::t;

/// What the message says, in one sentence.
pub(crate) fn sentence(notice: &Notice) -> String {
    let deal = match (notice.customer.is_empty(), notice.number.is_empty()) {
        (false, _) => notice.customer.clone(),
        (true, false) => notice.number.clone(),
        (true, true) => t::a_deal().to_owned(),
    };
    match notice.kind.as_str() {
        "deal.submitted" => t::deal_submitted(deal),
        "deal.resubmitted" => t::deal_resubmitted(deal),
        "deal.withdrawn" => t::deal_withdrawn(deal),
        "deal.disputed" => t::deal_disputed(deal),
        "deal.extension_requested" => t::deal_extension_requested(deal),
        "deal.amended" => t::deal_amended(deal),
        "checks.unusual" => t::checks_unusual().to_owned(),
        "deal.escalated" => t::deal_escalated(deal),
        "deal.approved" => t::deal_approved(deal),
        "deal.rejected" => t::deal_rejected(deal),
        "deal.returned" => t::deal_returned(deal),
        "deal.conflict_found" => t::deal_conflict_found(deal),
        "deal.conflict_gone" => t::deal_conflict_gone(deal),
        "deal.ruled" => t::deal_ruled(deal),
        "deal.shared" => t::deal_shared(deal),
        "deal.extended" => t::deal_extended(deal),
        "deal.extension_denied" => t::deal_extension_denied(deal),
        "deal.lapsed" => t::deal_lapsed(deal),
        "deal.expired" => t::deal_expired(deal),
        "deal.cancelled" => t::deal_cancelled(deal),
        "deal.converted" => t::deal_converted(deal),
        "deal.won" => t::deal_won(deal),
        "deal.lost" => t::deal_lost(deal),
        "deal.offered" => t::deal_offered(deal),
        "deal.activity_due" => t::deal_activity_due(deal),
        "deal.message_to_vendor" => t::deal_message_to_vendor(deal),
        "deal.message_to_partner" => t::deal_message_to_partner(deal),
        "lead.offered" => t::lead_offered(deal),
        "lead.offer_ending" => t::lead_offer_ending(deal),
        "lead.taken_back" => t::lead_taken_back(deal),
        "lead.timed_out" => t::lead_timed_out(deal),
        "lead.waiting" => t::lead_waiting(deal),
        "lead.registered" => t::lead_registered(deal),
        "lead.accepted" => t::lead_accepted(deal),
        "lead.declined" => t::lead_declined(deal),
        "lead.recycled" => t::lead_recycled(deal),
        "campaign.answered" => t::campaign_answered(deal),
        "campaign.approval_asked" => t::campaign_approval_asked(&notice.number),
        "campaign.approved" => t::campaign_approved(&notice.number),
        "campaign.sent_back" => t::campaign_sent_back(&notice.number),
        "campaign.sent" => t::campaign_sent(&notice.number),
        "campaign.recalled" => t::campaign_recalled(&notice.number),
        "goal.proposed" => t::goal_proposed().to_owned(),
        "goal.changed" => t::goal_changed().to_owned(),
        "goal.dropped" => t::goal_dropped().to_owned(),
        "goal.restored" => t::goal_restored().to_owned(),
        "goal.counter_taken" => t::goal_counter_taken().to_owned(),
        "goal.agreed" => t::goal_agreed().to_owned(),
        "goal.declined" => t::goal_declined().to_owned(),
        "goal.behind" => t::goal_behind().to_owned(),
        "goal.recovered" => t::goal_recovered().to_owned(),
        "goal.reached" => t::goal_reached().to_owned(),
        "goal.missed" => t::goal_missed().to_owned(),
        "host.missed" => t::host_missed(&notice.number),
        "host.lost" => t::host_lost(&notice.number),
        _ => t::something(deal),
    }
}

/// The number and who did it, below the sentence.
pub(crate) fn note(notice: &Notice) -> String {
    let by = if notice.actor.is_empty() { String::new() } else { t::by(&notice.actor) };
    [notice.number.clone(), by].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Where the message leads: those who decide go to the case, the others to the deal.
pub(super) fn page_of(notice: &Notice) -> Option<String> {
    place_of(&notice.kind, &notice.subject)
}

fn place_of(kind: &str, subject: &str) -> Option<String> {
    let decides = matches!(kind, "deal.submitted" | "deal.resubmitted" | "deal.escalated");
    match subject.split_once('_')?.0 {
        "deal" if decides => Some(paths::case(subject)),
        "deal" => Some(paths::deal(subject)),
        "lead" => Some(paths::lead(subject)),
        "goal" => Some(paths::goal(subject)),
        "cmp" => Some(paths::campaign(subject)),
        "org" => Some(paths::partner(subject)),
        "brand" if kind.starts_with("host.") => Some(paths::hosts(subject)),
        _ => None,
    }
}

/// What follows from the message, for its mail; empty when nothing does.
#[cfg(feature = "ssr")]
pub(crate) fn next_step(kind: &str) -> &'static str {
    match kind {
        "deal.returned" => t::next_returned(),
        "deal.rejected" => t::next_rejected(),
        "deal.approved" => t::next_approved(),
        _ if is_decided_by_reader(kind) => t::next_decide(),
        _ => "",
    }
}

/// What the one button of its mail says.
#[cfg(feature = "ssr")]
pub(crate) fn button(notice: &Notice) -> &'static str {
    match notice.kind.as_str() {
        "deal.returned" => t::button_complete(),
        "deal.message_to_vendor" | "deal.message_to_partner" => t::button_answer(),
        kind if is_decided_by_reader(kind) => t::button_decide(),
        _ if notice.subject.starts_with("deal_") => t::button_deal(),
        _ => t::button_open(),
    }
}

#[cfg(feature = "ssr")]
fn is_decided_by_reader(kind: &str) -> bool {
    matches!(
        kind,
        "deal.submitted"
            | "deal.resubmitted"
            | "deal.escalated"
            | "deal.disputed"
            | "deal.extension_requested"
            | "campaign.approval_asked"
    )
}

/// Where its mail leads: to what there is to do.
#[cfg(feature = "ssr")]
pub(crate) fn mail_page_of(kind: &str, subject: &str) -> Option<String> {
    match subject.split_once('_')?.0 {
        "deal" if is_decided_by_reader(kind) => Some(paths::case_to_decide(subject)),
        "deal" if kind == "deal.returned" => Some(paths::edit_deal(subject)),
        _ => place_of(kind, subject),
    }
}

/// The sign before the sentence.
pub(super) fn sign(kind: &str) -> (Drawing, Tone) {
    match kind {
        "deal.approved" | "deal.won" | "deal.extended" | "deal.converted" | "deal.conflict_gone"
        | "deal.offered" | "lead.accepted" | "lead.registered" | "goal.agreed" | "goal.counter_taken"
        | "goal.recovered" | "goal.reached" | "campaign.approved" | "campaign.sent" => {
            (lucide::LuCircleCheck, Tone::Good)
        }
        "deal.rejected" | "deal.lost" | "deal.cancelled" | "deal.extension_denied" => {
            (lucide::LuCircleX, Tone::Bad)
        }
        "deal.returned"
        | "deal.conflict_found"
        | "deal.lapsed"
        | "deal.expired"
        | "deal.disputed"
        | "deal.escalated"
        | "checks.unusual"
        | "lead.offer_ending"
        | "lead.timed_out"
        | "lead.waiting"
        | "lead.declined"
        | "lead.recycled"
        | "goal.declined"
        | "campaign.sent_back"
        | "campaign.recalled"
        | "goal.behind"
        | "goal.missed"
        | "host.missed"
        | "host.lost" => (lucide::LuTriangleAlert, Tone::Warn),
        _ => (lucide::LuInbox, Tone::Accent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{NoticeId, OrganizationId, Timestamp};

    fn notice(kind: &str) -> Notice {
        Notice {
            id: NoticeId(Default::default()),
            organization: OrganizationId(Default::default()),
            program: None,
            brand: None,
            kind: kind.to_owned(),
            subject: "deal_x".to_owned(),
            number: "DR-1".to_owned(),
            customer: "Acme".to_owned(),
            actor: "Sam".to_owned(),
            created_at: Timestamp(0),
            read_at: None,
        }
    }

    #[test]
    fn every_kind_that_is_told_has_words_of_its_own() {
        let other = sentence(&notice("moon.landed"));
        for (kind, _) in crate::rules::TOLD {
            assert_ne!(sentence(&notice(kind)), other, "{kind}");
        }
    }

    #[test]
    fn a_decider_is_led_to_the_case_and_a_partner_to_the_deal() {
        assert_eq!(page_of(&notice("deal.submitted")).as_deref(), Some("/queue?case=deal_x"));
        assert_eq!(page_of(&notice("deal.approved")).as_deref(), Some("/deals/deal_x"));
        let of_mail = |kind| mail_page_of(kind, "deal_x").unwrap();
        assert_eq!(of_mail("deal.submitted"), "/queue?case=deal_x#decision");
        assert_eq!(of_mail("deal.returned"), "/deals/deal_x/edit");
        assert_eq!(of_mail("deal.won"), "/deals/deal_x");
    }
}
