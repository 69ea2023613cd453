//! Who is told of what.

/// Whom an event concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Those who decide at the vendor.
    Deciders,
    /// Those who keep the vendor's brands and programs: its program admins and owners.
    Keepers,
    /// The role that the program's rules name for late answers.
    Escalation,
    /// The partner's owners, and whoever registered the deal.
    Partner,
    /// The partner it concerns; those who decide at the vendor where it concerns none.
    Concerned,
}

/// What is told, and to whom.
pub const TOLD: &[(&str, Audience)] = &[
    ("deal.submitted", Audience::Deciders),
    ("deal.resubmitted", Audience::Deciders),
    ("deal.withdrawn", Audience::Deciders),
    ("deal.disputed", Audience::Deciders),
    ("deal.extension_requested", Audience::Deciders),
    ("deal.amended", Audience::Deciders),
    ("checks.unusual", Audience::Deciders),
    ("deal.escalated", Audience::Escalation),
    ("deal.approved", Audience::Partner),
    ("deal.rejected", Audience::Partner),
    ("deal.returned", Audience::Partner),
    ("deal.conflict_found", Audience::Partner),
    ("deal.conflict_gone", Audience::Partner),
    ("deal.ruled", Audience::Partner),
    ("deal.shared", Audience::Partner),
    ("deal.extended", Audience::Partner),
    ("deal.extension_denied", Audience::Partner),
    ("deal.lapsed", Audience::Partner),
    ("deal.expired", Audience::Partner),
    ("deal.cancelled", Audience::Partner),
    ("deal.converted", Audience::Partner),
    ("deal.won", Audience::Partner),
    ("deal.lost", Audience::Partner),
    ("deal.message_to_vendor", Audience::Deciders),
    ("deal.message_to_partner", Audience::Partner),
    ("deal.offered", Audience::Partner),
    ("deal.activity_due", Audience::Partner),
    ("lead.offered", Audience::Partner),
    ("lead.offer_ending", Audience::Partner),
    ("lead.taken_back", Audience::Partner),
    ("lead.timed_out", Audience::Partner),
    ("lead.waiting", Audience::Deciders),
    ("lead.registered", Audience::Deciders),
    ("lead.accepted", Audience::Deciders),
    ("lead.declined", Audience::Deciders),
    ("lead.recycled", Audience::Deciders),
    ("campaign.answered", Audience::Partner),
    ("campaign.approval_asked", Audience::Deciders),
    ("campaign.approved", Audience::Partner),
    ("campaign.sent_back", Audience::Partner),
    ("campaign.sent", Audience::Partner),
    ("campaign.recalled", Audience::Partner),
    ("goal.proposed", Audience::Partner),
    ("goal.changed", Audience::Concerned),
    ("goal.dropped", Audience::Concerned),
    ("goal.restored", Audience::Concerned),
    ("goal.counter_taken", Audience::Partner),
    ("goal.agreed", Audience::Deciders),
    ("goal.declined", Audience::Deciders),
    ("goal.behind", Audience::Concerned),
    ("goal.recovered", Audience::Concerned),
    ("goal.reached", Audience::Concerned),
    ("goal.missed", Audience::Concerned),
    ("host.missed", Audience::Keepers),
    ("host.lost", Audience::Keepers),
];

/// Whom an event of this type is told to; nobody for most.
#[must_use]
pub fn audience(kind: &str) -> Option<Audience> {
    TOLD.iter().find(|(told, _)| *told == kind).map(|(_, audience)| *audience)
}

/// The key that moves in lists and counts of messages.
pub const NOTICES: &str = "notices";
