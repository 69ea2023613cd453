//! The board: deals in columns by where they stand, and which move leads to which column.
use base::Page;
use serde::{Deserialize, Serialize};

use super::{DealRow, Status, Statuses};
use crate::access::Do;
use crate::verbs::{Sort, SortBy};

macro_rules! groups {
    ($($(#[$doc:meta])* $name:ident = $text:literal: [$($status:ident),*],)*) => {
        /// A column of the board.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum BoardGroup { $($(#[$doc])* $name),* }

        impl BoardGroup {
            /// All of them, in the order of a deal's life.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The wire form.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }

            /// The statuses that stand in it.
            #[must_use]
            pub const fn statuses(self) -> &'static [Status] {
                match self { $(Self::$name => &[$(Status::$status),*]),* }
            }
        }
    };
}

groups! {
    Drafts = "drafts": [Draft],
    /// A decision of the vendor is awaited.
    Review = "review": [Submitted, InReview, Conflict, Disputed],
    /// Back with the partner.
    Returned = "returned": [Returned],
    Approved = "approved": [Approved],
    /// An opportunity of the CRM stands for it.
    Converted = "converted": [Converted],
    Won = "won": [Won],
    /// Nothing comes of it, or not any more.
    Ended = "ended": [Rejected, Lapsed, Withdrawn, Expired, Cancelled, Lost],
}

impl BoardGroup {
    /// Reads the wire form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|group| group.as_str() == text)
    }

    /// The column in which a status stands.
    #[must_use]
    pub fn of(status: Status) -> Self {
        Self::ALL.iter().copied().find(|group| group.statuses().contains(&status)).unwrap_or(Self::Ended)
    }

    /// The columns to which an action can lead; none for what leaves a deal where it is.
    #[must_use]
    pub const fn reached_by(action: Do) -> &'static [Self] {
        match action {
            Do::Submit | Do::Appeal => &[Self::Review],
            Do::Return => &[Self::Returned],
            Do::Approve => &[Self::Approved],
            Do::Convert => &[Self::Converted],
            Do::Close => &[Self::Won, Self::Ended],
            Do::Rule => &[Self::Approved, Self::Ended],
            Do::Withdraw | Do::Reject | Do::Revoke => &[Self::Ended],
            Do::List
            | Do::Read
            | Do::Register
            | Do::Check
            | Do::Edit
            | Do::Amend
            | Do::RequestExtension
            | Do::GrantExtension
            | Do::ShowActivity
            | Do::Write
            | Do::ShareViews => &[],
        }
    }

    /// The order of a column where nobody says: what is due first stands first, else what moved last.
    #[must_use]
    pub const fn usual_sort(self) -> Sort {
        match self {
            Self::Review => Sort::up(SortBy::AnswerDue),
            Self::Returned | Self::Approved | Self::Converted => Sort::up(SortBy::ExpiresAt),
            Self::Drafts | Self::Won | Self::Ended => Sort::down(SortBy::UpdatedAt),
        }
    }

    /// The statuses of it that a filter lets through.
    #[must_use]
    pub fn within(self, filter: Option<&Statuses>) -> Statuses {
        let lets =
            |status: &&Status| filter.is_none_or(|filter| filter.0.is_empty() || filter.0.contains(status));
        Statuses(self.statuses().iter().filter(lets).copied().collect())
    }
}

/// One column with its first cards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct BoardColumn {
    pub group: BoardGroup,
    /// The statuses that were looked for; ask `GET /deals` for them to go on after the cursor.
    pub status: Statuses,
    /// Their order.
    pub sort: Sort,
    pub page: Page<DealRow>,
}

/// Deals in columns by where they stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Board {
    pub columns: Vec<BoardColumn>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_stands_in_exactly_one_column() {
        for status in Status::ALL {
            let columns = BoardGroup::ALL.iter().filter(|group| group.statuses().contains(status)).count();
            assert_eq!(columns, 1, "{status}");
        }
    }

    #[test]
    fn every_column_but_the_first_is_reached_by_somebody() {
        use crate::access::{PARTNER_MOVES, VENDOR_MOVES};
        for group in BoardGroup::ALL.iter().filter(|group| **group != BoardGroup::Drafts) {
            let mut all = PARTNER_MOVES.iter().chain(&VENDOR_MOVES);
            assert!(all.any(|action| BoardGroup::reached_by(*action).contains(group)), "{group:?}");
        }
    }
}
