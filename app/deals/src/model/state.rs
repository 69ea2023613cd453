//! Where a registration stands: states that carry what is true only in them, and their flat names.
use std::fmt;

use base::{DealId, OpportunityId, Span, Timestamp, UserId};
use programs::RuleId;
use serde::{Deserialize, Serialize};

use super::{LapseCause, RejectionReason, RevocationReason};

/// A person, or the system, as the record of a decision keeps them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Person {
    /// Name at the time.
    pub name: String,
    /// None for the system.
    pub user: Option<UserId>,
}

impl From<&base::Actor> for Person {
    fn from(actor: &base::Actor) -> Self {
        Self { name: actor.name.clone(), user: actor.user }
    }
}

/// The window in which a deal is the partner's: half-open, `start` is in it and `expiry` is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Protection {
    pub start: Timestamp,
    pub expiry: Timestamp,
}

impl Protection {
    /// A window of a length from an instant on.
    #[must_use]
    pub fn new(start: Timestamp, length: Span) -> Self {
        Self { start, expiry: start + length }
    }

    /// Whether an instant lies in the window.
    #[must_use]
    pub fn holds(&self, at: Timestamp) -> bool {
        self.start <= at && at < self.expiry
    }

    /// Whether two windows share an instant.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.expiry && other.start < self.expiry
    }
}

/// Who was first: the server's receipt time, and a number that tells apart what came in the same millisecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Priority {
    pub at: Timestamp,
    /// Counts up within the vendor.
    pub seq: i64,
}

/// A partner's request for more time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ExtensionAsk {
    pub at: Timestamp,
    /// What progress was made.
    pub note: String,
}

/// Where a registration stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum DealState {
    /// Holds nothing.
    Draft,
    /// Received, not yet screened.
    Submitted {
        at: Timestamp,
    },
    InReview {
        since: Timestamp,
        answer_due: Timestamp,
    },
    /// Somebody else claims the same customer and product family. `rivals` is empty for partners.
    Conflict {
        since: Timestamp,
        answer_due: Timestamp,
        rivals: Vec<DealId>,
        /// Until when the approval of a rival can be appealed; none while no rival is protected.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        appeal_until: Option<Timestamp>,
    },
    /// Back with the partner; the clock of the answer stands still and the priority is kept until `grace_until`.
    Returned {
        by: Person,
        at: Timestamp,
        fields: Vec<String>,
        note: String,
        grace_until: Timestamp,
    },
    /// The partner's. Without protection when the program gives none.
    Approved {
        by: Person,
        at: Timestamp,
        protection: Option<Protection>,
        /// Share of the benefit in percent; below 100 after a split.
        share_percent: u32,
        extension: Option<ExtensionAsk>,
        /// When the partner last showed that it works on the deal; none counts from the approval.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        active_at: Option<Timestamp>,
        /// When the partner was told that activity is due; none while it is not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        warned_at: Option<Timestamp>,
    },
    Rejected {
        by: Person,
        at: Timestamp,
        reason: RejectionReason,
        note: String,
        /// The rule of engagement it rests on.
        rule: Option<RuleId>,
        appeal_until: Timestamp,
        /// What the second to register receives of the benefit if the first one wins, in percent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        secondary_percent: Option<u32>,
    },
    Disputed {
        by: Person,
        since: Timestamp,
        note: String,
        rule_by: Timestamp,
        /// Whose decision is disputed; none for the system's, or for the approval of a rival.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decided_by: Option<Person>,
    },
    /// Nothing was heard of the partner in time; the priority is lost.
    Lapsed {
        at: Timestamp,
        #[serde(default)]
        cause: LapseCause,
    },
    Withdrawn {
        by: Person,
        at: Timestamp,
    },
    /// An opportunity of the CRM stands for it.
    Converted {
        at: Timestamp,
        opportunity: Option<OpportunityId>,
        protection: Option<Protection>,
        share_percent: u32,
    },
    Expired {
        at: Timestamp,
    },
    /// The vendor took the approval back.
    Cancelled {
        by: Person,
        at: Timestamp,
        reason: RevocationReason,
        note: String,
        appeal_until: Timestamp,
    },
    Won {
        at: Timestamp,
    },
    Lost {
        at: Timestamp,
    },
}

impl DealState {
    /// The flat name.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self {
            Self::Draft => Status::Draft,
            Self::Submitted { .. } => Status::Submitted,
            Self::InReview { .. } => Status::InReview,
            Self::Conflict { .. } => Status::Conflict,
            Self::Returned { .. } => Status::Returned,
            Self::Approved { .. } => Status::Approved,
            Self::Rejected { .. } => Status::Rejected,
            Self::Disputed { .. } => Status::Disputed,
            Self::Lapsed { .. } => Status::Lapsed,
            Self::Withdrawn { .. } => Status::Withdrawn,
            Self::Converted { .. } => Status::Converted,
            Self::Expired { .. } => Status::Expired,
            Self::Cancelled { .. } => Status::Cancelled,
            Self::Won { .. } => Status::Won,
            Self::Lost { .. } => Status::Lost,
        }
    }

    /// The protection window, while there is one.
    #[must_use]
    pub const fn protection(&self) -> Option<Protection> {
        match self {
            Self::Approved { protection, .. } | Self::Converted { protection, .. } => *protection,
            _ => None,
        }
    }

    /// When the partner last showed that it works on an approved deal.
    #[must_use]
    pub const fn last_active(&self) -> Option<Timestamp> {
        match self {
            Self::Approved { active_at: Some(at), .. } | Self::Approved { active_at: None, at, .. } => {
                Some(*at)
            }
            _ => None,
        }
    }

    /// Share of the benefit in percent, of a deal that has one.
    #[must_use]
    pub const fn share_percent(&self) -> Option<u32> {
        match self {
            Self::Approved { share_percent, .. } | Self::Converted { share_percent, .. } => {
                Some(*share_percent)
            }
            _ => None,
        }
    }

    /// Until when the vendor should have answered.
    #[must_use]
    pub const fn answer_due(&self) -> Option<Timestamp> {
        match self {
            Self::InReview { answer_due, .. } | Self::Conflict { answer_due, .. } => Some(*answer_due),
            Self::Disputed { rule_by, .. } => Some(*rule_by),
            // More time has to be granted or refused while there is some left.
            Self::Approved { extension: Some(_), protection: Some(protection), .. } => {
                Some(protection.expiry)
            }
            _ => None,
        }
    }
}

macro_rules! statuses {
    ($($(#[$doc:meta])* $name:ident = $text:literal),* $(,)?) => {
        /// The flat name of a state, for filters and lists.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Status { $($(#[$doc])* $name),* }

        impl Status {
            /// All of them, in the order of a deal's life.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The wire and storage form.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }
    };
}

statuses! {
    Draft = "draft",
    Submitted = "submitted",
    InReview = "in_review",
    Conflict = "conflict",
    Returned = "returned",
    Approved = "approved",
    Converted = "converted",
    Won = "won",
    Lost = "lost",
    Rejected = "rejected",
    Disputed = "disputed",
    Lapsed = "lapsed",
    Withdrawn = "withdrawn",
    Expired = "expired",
    Cancelled = "cancelled",
}

impl Status {
    /// Reads the storage form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| status.as_str() == text)
    }

    /// Whether nothing can follow.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Lapsed | Self::Withdrawn | Self::Expired | Self::Won | Self::Lost)
    }

    /// Whether a decision of the vendor is awaited.
    #[must_use]
    pub const fn awaits_vendor(self) -> bool {
        matches!(self, Self::InReview | Self::Conflict | Self::Disputed)
    }

    /// Whether the deal claims its customer: it holds it, or stands in line for it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Submitted
                | Self::InReview
                | Self::Conflict
                | Self::Returned
                | Self::Approved
                | Self::Disputed
                | Self::Converted
        )
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
