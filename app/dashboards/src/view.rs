//! Saved views: a dashboard's page with its filters under a name; shared, pinned, and sent.
use base::{id, words};
use serde::{Deserialize, Serialize};

id!(/// A saved view of a dashboard.
    BoardViewId, "board");

words! {
    /// A page that can be saved.
    Board {
        /// A partner's own figures.
        Home = "home",
        /// A vendor's figures.
        Overview = "overview",
        /// One figure, told apart by one thing.
        Explore = "explore",
    }
}

words! {
    /// How often a view is sent.
    Rhythm {
        Never = "never",
        Daily = "daily",
        /// On Mondays.
        Weekly = "weekly",
        /// On the first.
        Monthly = "monthly",
    }
}

words! {
    /// As what a view is sent.
    Sending {
        /// In the mail itself.
        Digest = "digest",
        /// With a file of comma-separated values.
        Csv = "csv",
        /// With an Excel workbook.
        Xlsx = "xlsx",
    }
}

/// The hour at which views are sent to whoever has not chosen.
pub const USUAL_HOUR: u8 = 8;

/// What one person does with a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Choice {
    /// Whether it is on the person's first page.
    pub pinned: bool,
    pub rhythm: Rhythm,
    pub format: Sending,
    /// Full hour of the person's clock, 0 to 23.
    pub hour: u8,
}

impl Default for Choice {
    fn default() -> Self {
        Self { pinned: false, rhythm: Rhythm::Never, format: Sending::Digest, hour: USUAL_HOUR }
    }
}

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct BoardView {
    pub id: BoardViewId,
    pub name: String,
    pub board: Board,
    /// Filters as in the page's address: `period=90d&tier=gold`.
    pub query: String,
    /// Whether everybody of the organisation has it.
    pub shared: bool,
    /// Who made it.
    pub owner_name: String,
    /// Whether the asker may rename, change and delete it.
    pub may_change: bool,
    /// What the asker does with it.
    pub choice: Choice,
    /// Counts up with every change; send it back as `If-Match`.
    pub version: u32,
}

impl BoardView {
    /// Its address.
    #[must_use]
    pub fn href(&self) -> String {
        let path = match self.board {
            Board::Home => kit::paths::HOME,
            Board::Overview => kit::paths::OVERVIEW,
            Board::Explore => kit::paths::EXPLORE,
        };
        if self.query.is_empty() { path.to_owned() } else { format!("{path}?{}", self.query) }
    }
}
