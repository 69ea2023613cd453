//! The vocabulary of the state machine: what can happen to a lead, under which terms, and what follows from it.
use base::{DealId, OrganizationId, Span, Timestamp};

use crate::model::{DeadReason, DeclineReason, LeadState, Person};

/// How long an answer can be undone: the ten seconds that the screen offers it, and the way there. So long the next
/// partner waits.
pub const UNDO: Span = Span::seconds(15);

/// Something that happens to a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// What is known of it changes.
    Edit,
    /// A partner is asked.
    Offer {
        partner: OrganizationId,
    },
    /// The time to answer runs out.
    Warn,
    Accept,
    /// The partner does not want it, or gives it back.
    Decline {
        reason: DeclineReason,
        note: String,
    },
    /// The answer that was just given does not count.
    Undo,
    /// The time to answer is over.
    TimeOut,
    /// The partner begins to work on it.
    Start,
    /// Somebody writes down what happened.
    Note,
    /// A registration was begun with it.
    BeginDeal {
        deal: DealId,
    },
    /// The registration that was begun with it is gone before it was submitted.
    DropDeal {
        deal: DealId,
    },
    /// The registration that was begun with it was submitted.
    DealSubmitted {
        deal: DealId,
    },
    /// No partner is left who could be asked.
    Exhaust,
    /// The vendor takes it back.
    Recycle {
        note: String,
    },
    /// The vendor gives it up.
    Die {
        reason: DeadReason,
        note: String,
    },
    /// The vendor begins again with it.
    Reopen,
}

impl Step {
    /// Whether only the partner that has the lead makes it.
    #[must_use]
    pub const fn is_partners(&self) -> bool {
        matches!(
            self,
            Self::Accept | Self::Decline { .. } | Self::Undo | Self::Start | Self::BeginDeal { .. }
        )
    }
}

/// Clock and rules, as far as a step needs them: computed before it, so that the table stays plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub now: Timestamp,
    /// Who does it.
    pub by: Person,
    /// For which partner they act; none for the vendor and the system.
    pub partner: Option<OrganizationId>,
    /// Until when an offer made now runs; that instant is outside of it.
    pub answer_by: Timestamp,
    /// Whether the next partner is asked when one declines or does not answer.
    pub reassign: bool,
}

/// What a lead went through before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Partners that are never offered it again.
    pub barred: Vec<OrganizationId>,
}

/// How an offer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It runs.
    Open,
    Accepted,
    Declined,
    TimedOut,
    /// The vendor took the lead back, or gave it up.
    TakenBack,
}

impl Outcome {
    /// The storage form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::TimedOut => "timed_out",
            Self::TakenBack => "taken_back",
        }
    }

    /// Reads the storage form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let all = [Self::Open, Self::Accepted, Self::Declined, Self::TimedOut, Self::TakenBack];
        all.into_iter().find(|outcome| outcome.as_str() == text)
    }
}

/// What follows from a step besides the next state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// An offer begins; its partner is told.
    OpenOffer { partner: OrganizationId },
    /// The latest offer stands so from now on.
    CloseOffer(Outcome),
    /// Those who were asked since the lead was opened can be asked again.
    NewRound,
    /// Somebody looks at the offer when its time runs out, and when it is over.
    WatchOffer { answer_by: Timestamp },
    /// The next partner is asked then, unless the answer is undone before.
    AskNext { at: Timestamp },
    /// Told to the vendor, and to the partner that has the lead after the step.
    Announce(&'static str),
    /// Told to the vendor, and to a partner that has the lead no more.
    AnnounceTo(&'static str, OrganizationId),
}

/// A lead's next state, and what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    pub state: LeadState,
    pub effects: Vec<Effect>,
}
