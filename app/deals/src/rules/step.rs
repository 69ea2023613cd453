//! The vocabulary of the state machine: what can happen to a deal, under which terms, and what follows from it.
use base::{DealId, OpportunityId, Span, Timestamp};
use programs::RuleId;

use crate::model::{DealState, Person, RejectionReason, RevocationReason, Ruling};

/// Something that happens to a deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The partner submits a complete draft.
    Submit,
    /// The submitted claim was compared and held against the rules.
    Screened(Screened),
    /// A claim under review turned out to meet a rival, or others than before.
    ConflictFound {
        rivals: Vec<DealId>,
        /// Whether one of them is protected: then its approval can be appealed.
        is_protected: bool,
    },
    /// The rivals are gone.
    ConflictGone,
    /// The vendor asks for information.
    Return {
        fields: Vec<String>,
        note: String,
    },
    /// The partner answers.
    Resubmit,
    GraceOver,
    /// The one before it in line is gone: its turn has come, automatically approved where the rules say so.
    Offer {
        automatic: bool,
    },
    Approve,
    Reject {
        reason: RejectionReason,
        note: String,
        rule: Option<RuleId>,
    },
    Appeal {
        note: String,
    },
    /// `share_percent` counts for a split only.
    Rule {
        ruling: Ruling,
        share_percent: u32,
        note: String,
    },
    Withdraw,
    /// The partner changes a draft, or what was asked for.
    Edit,
    /// The partner changes an approved deal.
    Amend {
        material: bool,
    },
    AskExtension {
        note: String,
    },
    AnswerExtension {
        granted: bool,
        note: String,
    },
    /// The partner shows that it works on the deal.
    ShowActivity,
    /// Nothing was heard for so long that activity is due.
    Warn,
    /// Nothing was heard for too long.
    GoneQuiet,
    /// The CRM has an opportunity for it.
    Convert {
        opportunity: Option<OpportunityId>,
    },
    Expire,
    Revoke {
        reason: RevocationReason,
        note: String,
    },
    /// The CRM closed the opportunity.
    Win,
    Lose,
}

impl Step {
    /// Whether the rules or the clock make it, whoever's request set them off: the log names the system for it.
    #[must_use]
    pub const fn is_systems(&self) -> bool {
        matches!(
            self,
            Self::Screened(_)
                | Self::ConflictFound { .. }
                | Self::ConflictGone
                | Self::GraceOver
                | Self::Offer { .. }
                | Self::Warn
                | Self::GoneQuiet
                | Self::Expire
        )
    }
}

/// What screening came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screened {
    /// Nobody is in the way. `automatic`: it is approved without a person.
    Clear { automatic: bool },
    /// Somebody claims, serves or sold to the same customer. `rivals` are the registrations among them.
    Hit { rivals: Vec<DealId>, is_protected: bool },
}

/// Clock and rules of engagement, as far as a step needs them: computed before it, so that the table stays plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub now: Timestamp,
    /// Who does it.
    pub by: Person,
    /// Length of protection; none protects nothing.
    pub protection: Option<Span>,
    /// When the vendor's answer is due if its clock starts now.
    pub answer_due: Timestamp,
    /// When the grace of a return made now ends.
    pub grace_until: Timestamp,
    /// When a decision made now can no longer be appealed.
    pub appeal_until: Timestamp,
    /// Length of one extension.
    pub extension: Span,
    pub max_extensions: u32,
    pub max_rounds: u32,
    /// Silence after which activity is due.
    pub warn_after: Span,
    /// Silence after which an approved deal lapses; longer than `warn_after`.
    pub lapse_after: Span,
}

/// What a deal went through before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// How often it was returned.
    pub rounds: u32,
    /// How often it was extended.
    pub extensions: u32,
}

/// What follows from a step besides the next state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The claim is appended to the log; its receipt gives the priority.
    IssueReceipt,
    LosePriority,
    /// The customer is the partner's alone: the database lets one approval have it.
    TakeHolds,
    /// The customer is free again; whoever waits in line is looked at anew.
    ReleaseHolds,
    /// The holder of the customer keeps this share of the benefit, in percent.
    ShareWithHolder {
        percent: u32,
    },
    /// It has no part in a shared benefit any more.
    LeaveShare,
    ScheduleLapse {
        at: Timestamp,
    },
    ScheduleExpiry {
        at: Timestamp,
    },
    /// Activity is looked at again then.
    ScheduleHeartbeat {
        at: Timestamp,
    },
    /// The first who waits for the customer is offered it.
    OfferNext,
    CountRound,
    CountExtension,
    /// Everybody who claims the customer is looked at anew: a claim on it came, went or changed.
    ScreenAgain,
    /// The claim as it was is kept.
    KeepVersion,
    /// An event of this kind is appended to the log.
    Announce(&'static str),
}

/// Where a step leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    pub state: DealState,
    pub effects: Vec<Effect>,
}
