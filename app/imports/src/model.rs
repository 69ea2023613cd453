//! The nouns: an import, how far it has come, and what was said about its rows.
use base::{ImportId, OrganizationId, ProgramId, Timestamp};
use serde::{Deserialize, Serialize};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Customers,
    Products,
    Partners,
    Opportunities,
    /// Registrations: a vendor's on behalf of partners, or a partner's own.
    Deals,
    /// Goals of programs, territories and partners.
    Goals,
    /// What currencies are worth.
    Rates,
}

impl Kind {
    /// All, in the order in which files build on each other.
    pub const ALL: [Self; 7] = [
        Self::Customers,
        Self::Products,
        Self::Partners,
        Self::Opportunities,
        Self::Deals,
        Self::Goals,
        Self::Rates,
    ];

    /// The wire and storage form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Products => "products",
            Self::Partners => "partners",
            Self::Opportunities => "opportunities",
            Self::Deals => "deals",
            Self::Goals => "goals",
            Self::Rates => "rates",
        }
    }

    /// Reads the wire form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text.trim())
    }
}

/// Not a kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownKind;

impl std::fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not one of customers, products, partners, opportunities, deals, goals, rates")
    }
}

impl std::error::Error for UnknownKind {}

impl std::str::FromStr for Kind {
    type Err = UnknownKind;
    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::parse(text).ok_or(UnknownKind)
    }
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    Queued,
    Running,
    Done,
    /// Stopped by an error; what was taken in before stays.
    Failed,
    /// Stopped by a person; what was taken in before stays.
    Cancelled,
}

impl State {
    const ALL: [Self; 5] = [Self::Queued, Self::Running, Self::Done, Self::Failed, Self::Cancelled];

    /// The wire and storage form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads the storage form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether rows are still to come.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }
}

/// One file being imported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Import {
    pub id: ImportId,
    pub kind: Kind,
    pub program: ProgramId,
    pub program_name: String,
    pub file_name: String,
    pub state: State,
    /// Rows of the file, without its headings and empty lines.
    pub total: u64,
    pub processed: u64,
    /// Rows that are in the system now: created, updated and unchanged ones.
    pub imported: u64,
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub rejected: u64,
    /// Registrations that were submitted after they came in.
    #[serde(default)]
    pub submitted: u64,
    /// The partner whose own file it is; none for the vendor's.
    #[serde(default)]
    pub partner: Option<OrganizationId>,
    /// Rows a second since it started; nothing before the first batch.
    pub rate: Option<f64>,
    /// Where the report is: rejected rows with their reasons, corrections and notices, in the kind of file that was sent.
    pub report_url: String,
    /// What was corrected or is worth knowing, each said once; only when one import is asked for.
    #[serde(default)]
    pub remarks: Vec<Remark>,
    /// Why it failed.
    pub error: Option<String>,
    /// Who started it.
    pub created_by: String,
    pub created_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
}

/// What was corrected, or is worth knowing, in one or many rows alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Remark {
    /// `respelt`, `no_customer`, `unknown_country`, …
    pub code: String,
    pub field: String,
    /// What the file says.
    pub found: String,
    /// What was taken instead; empty for a mere notice.
    pub used: String,
    /// In how many rows.
    pub rows: u64,
    /// The first line of the file where it stands.
    pub first_line: u64,
}

/// One kind of file and its fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct KindOfFile {
    pub kind: Kind,
    pub fields: Vec<Field>,
}

/// One field of a kind of file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Field {
    pub name: String,
    /// Whether a file needs a column for it.
    pub required: bool,
    /// Column names it is recognised by, beside its own; case and punctuation do not count.
    pub headers: Vec<String>,
}
