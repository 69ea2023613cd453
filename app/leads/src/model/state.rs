//! Where a lead stands: states that carry what is true only in them, and their flat names.
use std::fmt;

use base::{DealId, OrganizationId, Timestamp};
use serde::{Deserialize, Serialize};

use super::{DeadReason, DeclineReason, Person};

/// Where a lead stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum LeadState {
    /// Nobody was asked yet.
    New,
    /// Offered to a partner, who can answer in `[since, answer_by)`.
    Assigned {
        partner: OrganizationId,
        since: Timestamp,
        answer_by: Timestamp,
        /// Whether the partner was told that the time runs out.
        #[serde(default)]
        warned: bool,
    },
    /// The partner wants it. `answer_by` is what counts again if that is undone.
    Accepted { partner: OrganizationId, by: Person, at: Timestamp, answer_by: Timestamp },
    /// The partner does not want it. The next is asked when the moment to undo it has passed.
    Declined {
        partner: OrganizationId,
        by: Person,
        at: Timestamp,
        reason: DeclineReason,
        note: String,
        /// Until when the offer ran; none for a lead that was given back after it was accepted.
        answer_by: Option<Timestamp>,
    },
    /// The partner did not answer in time.
    TimedOut { partner: OrganizationId, at: Timestamp },
    /// The partner works on it. `deal` is the registration that was begun with it.
    Working { partner: OrganizationId, since: Timestamp, deal: Option<DealId> },
    /// It became a deal registration.
    Registered { partner: OrganizationId, at: Timestamp, deal: DealId },
    /// Back with the vendor.
    Recycled { by: Person, at: Timestamp, cause: RecycleCause, note: String },
    /// Nothing will come of it.
    Dead { by: Person, at: Timestamp, reason: DeadReason, note: String },
}

/// Why a lead is back with the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecycleCause {
    /// The vendor took it back.
    TakenBack,
    /// No partner was left who could be asked.
    NobodyLeft,
}

macro_rules! statuses {
    ($($name:ident = $text:literal,)*) => {
        /// The flat name of a lead's state.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "ssr", schemars(rename = "LeadStatus"))]
        pub enum Status { $(#[serde(rename = $text)] $name,)* }

        impl Status {
            /// All, in the order of a lead's life.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The wire and storage form.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}
statuses! {
    New = "new",
    Assigned = "assigned",
    Accepted = "accepted",
    Declined = "declined",
    TimedOut = "timed_out",
    Working = "working",
    Registered = "registered",
    Recycled = "recycled",
    Dead = "dead",
}

impl Status {
    /// Reads the storage form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| status.as_str() == text)
    }

    /// Whether it takes up room at a partner: offered, or in its hands.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Assigned | Self::Accepted | Self::Working)
    }

    /// Whether a partner can be asked.
    #[must_use]
    pub const fn is_free(self) -> bool {
        matches!(self, Self::New | Self::Declined | Self::TimedOut | Self::Recycled)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl LeadState {
    /// Its flat name.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self {
            Self::New => Status::New,
            Self::Assigned { .. } => Status::Assigned,
            Self::Accepted { .. } => Status::Accepted,
            Self::Declined { .. } => Status::Declined,
            Self::TimedOut { .. } => Status::TimedOut,
            Self::Working { .. } => Status::Working,
            Self::Registered { .. } => Status::Registered,
            Self::Recycled { .. } => Status::Recycled,
            Self::Dead { .. } => Status::Dead,
        }
    }

    /// The partner that has it, or had it last until the next is asked.
    #[must_use]
    pub const fn partner(&self) -> Option<OrganizationId> {
        match self {
            Self::Assigned { partner, .. }
            | Self::Accepted { partner, .. }
            | Self::Declined { partner, .. }
            | Self::TimedOut { partner, .. }
            | Self::Working { partner, .. }
            | Self::Registered { partner, .. } => Some(*partner),
            Self::New | Self::Recycled { .. } | Self::Dead { .. } => None,
        }
    }

    /// Until when the partner can answer, while an answer is awaited.
    #[must_use]
    pub const fn answer_by(&self) -> Option<Timestamp> {
        match self {
            Self::Assigned { answer_by, .. } => Some(*answer_by),
            _ => None,
        }
    }

    /// The registration that was begun with it.
    #[must_use]
    pub const fn deal(&self) -> Option<DealId> {
        match self {
            Self::Working { deal, .. } => *deal,
            Self::Registered { deal, .. } => Some(*deal),
            _ => None,
        }
    }
}
