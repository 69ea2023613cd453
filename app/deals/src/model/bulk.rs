//! One decision about many deals: what is asked, what became of each, and what is held for a moment.
use base::{DealId, Timestamp, id};
use serde::{Deserialize, Serialize};

use super::Person;
use crate::access::Do;

id!(/// One decision about many deals.
    BulkId, "bulk");

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What can be done with many deals at once.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum BulkAction { $($(#[$doc])* $name),* }

        impl BulkAction {
            /// The wire form.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }

            /// What it is for the rules of who may.
            #[must_use]
            pub const fn action(self) -> Do {
                match self { $(Self::$name => Do::$name),* }
            }

            /// The one that stands for an action, if there is one.
            #[must_use]
            pub fn of(action: Do) -> Option<Self> {
                [$(Self::$name),*].into_iter().find(|own| own.action() == action)
            }
        }
    };
}

actions! {
    Approve = "approve",
    /// Needs `reason`.
    Reject = "reject",
    /// Needs `fields`.
    Return = "return",
    Withdraw = "withdraw",
    /// Never held: the place in line is the time of receipt.
    Submit = "submit",
    /// Grants the extensions that were asked for, or refuses them where `granted` is false.
    GrantExtension = "grant_extension",
    /// Needs `note`.
    RequestExtension = "request_extension",
}

impl BulkAction {
    /// Whether it may be held for a moment before it takes effect.
    #[must_use]
    pub const fn is_held(self) -> bool {
        !matches!(self, Self::Submit)
    }
}

/// What became of one deal of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// Takes effect when the time to undo is over.
    Held,
    Done,
    /// Taken back in time: nothing has happened.
    Undone,
    /// Nothing has happened, for the reason that is told.
    Refused,
}

impl ItemState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Held, Self::Done, Self::Undone, Self::Refused];

    /// The wire and storage form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Done => "done",
            Self::Undone => "undone",
            Self::Refused => "refused",
        }
    }

    /// Reads the storage form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// One deal of many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct BulkItem {
    pub deal: DealId,
    /// For people: `DR-2041`. None for a deal that is not there for the asker.
    pub number: Option<String>,
    pub customer_name: Option<String>,
    pub state: ItemState,
    /// Why it was refused: the code that the single verb would have answered with.
    pub code: Option<String>,
    /// In English.
    pub message: Option<String>,
}

/// One decision about many deals, and what became of each, in the order in which they were named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Bulk {
    pub id: BulkId,
    pub action: BulkAction,
    pub by: Person,
    pub made_at: Timestamp,
    /// When what is held takes effect.
    pub until: Timestamp,
    pub items: Vec<BulkItem>,
}

impl Bulk {
    /// How many stand in a state.
    #[must_use]
    pub fn count(&self, state: ItemState) -> usize {
        self.items.iter().filter(|item| item.state == state).count()
    }
}

/// A decision that is held: it takes effect in a moment, unless it is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Held {
    pub deal: DealId,
    pub bulk: BulkId,
    pub action: BulkAction,
    pub by: Person,
    pub until: Timestamp,
}
