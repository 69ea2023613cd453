//! People that a partner may write to, and how it came to be allowed.
use std::collections::BTreeMap;

use base::{AudienceId, Date, OrganizationId, RecipientId, Timestamp, words};
use serde::{Deserialize, Serialize};

words! {
    /// How somebody came to agree.
    ConsentSource {
        /// A form on a website.
        Form = "form",
        /// At a fair, a talk, a meeting.
        Event = "event",
        /// A customer, about the like of what it bought.
        Customer = "customer",
        /// In writing.
        Paper = "paper",
        /// Said to a person, who wrote it down.
        Spoken = "spoken",
        /// Otherwise; the statement says how.
        Other = "other",
    }
}

words! {
    /// Whether somebody confirmed an address by a link in a mail to it.
    OptIn {
        /// It was not asked for.
        Single = "single",
        /// It was asked and not answered: nobody writes to them.
        Pending = "pending",
        /// Yes.
        Confirmed = "confirmed",
    }
}

impl OptIn {
    /// Whether they are written to.
    #[must_use]
    pub const fn is_enough(self) -> bool {
        !matches!(self, Self::Pending)
    }
}

words! {
    /// Why a row of a file is not taken.
    RowFault {
        NoAddress = "no_address",
        Malformed = "malformed",
        NoConsent = "no_consent",
        ConsentAhead = "consent_ahead",
        Doubled = "doubled",
        Suppressed = "suppressed",
        TooLong = "too_long",
    }
}

words! {
    /// What a column of a file can hold.
    ContactField {
        Email = "email",
        FirstName = "first_name",
        LastName = "last_name",
        /// First and last name in one.
        FullName = "full_name",
        Company = "company",
        TimeZone = "time_zone",
        /// Yes or no, per person.
        Consent = "consent",
        ConsentSource = "consent_source",
        ConsentOn = "consent_on",
        ConsentWording = "consent_wording",
        DoubleOptIn = "double_opt_in",
    }
}

/// Which column holds what: headings by field.
pub type Mapping = BTreeMap<ContactField, String>;

/// How somebody agreed to be written to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "ContactConsent"))]
pub struct Consent {
    pub source: ConsentSource,
    pub on: Date,
    /// What they agreed to, in its words.
    pub wording: String,
    pub opt_in: OptIn,
}

/// A list of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Audience {
    pub id: AudienceId,
    pub partner: OrganizationId,
    pub name: String,
    pub people: u64,
    /// Those of them who did not confirm yet.
    pub pending: u64,
    /// Campaigns that go to it.
    pub campaigns: u64,
    pub created_by_name: String,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    /// Counts changes; the `ETag`.
    pub version: u32,
}

/// One person of an audience.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "AudienceContact"))]
pub struct Contact {
    pub id: RecipientId,
    pub audience: AudienceId,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub company: String,
    pub time_zone: Option<String>,
    pub consent: Consent,
    pub added_at: Timestamp,
    pub added_by_name: String,
}

/// Whom a campaign to an audience would reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "AudienceReach"))]
pub struct Reach {
    pub people: u64,
    /// Did not confirm.
    pub pending: u64,
    /// Asked not to be written to, or cannot be reached.
    pub suppressed: u64,
}

impl Reach {
    /// Those that a mail goes to.
    #[must_use]
    pub const fn sendable(self) -> u64 {
        self.people.saturating_sub(self.pending).saturating_sub(self.suppressed)
    }
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "AudienceBadRow"))]
pub struct BadRow {
    /// Line of the file it begins at.
    pub line: u64,
    pub email: String,
    pub fault: RowFault,
}

/// A file of people, as it was read, or what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct AudienceImport {
    /// Its number within the audience; 0 for one that was only looked at.
    pub number: u32,
    pub file_name: String,
    pub headings: Vec<String>,
    /// What the columns were taken for.
    pub mapping: Mapping,
    pub rows: u64,
    /// New people.
    pub added: u64,
    /// People who were in the audience and are again; what is known of them was brought up to date.
    pub known: u64,
    pub rejected: u64,
    /// The first rows that were not taken, at most 50; all of them are in the file of this import.
    pub bad: Vec<BadRow>,
    /// How often each reason was met.
    pub faults: BTreeMap<RowFault, u64>,
    pub at: Timestamp,
    pub by_name: String,
    /// What was said of the file as a whole.
    pub consent: Option<Consent>,
}

/// All that is kept of one person, in all audiences of the partner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct PersonRecord {
    pub email: String,
    pub contacts: Vec<Contact>,
    /// Mails of campaigns to them.
    pub mails: Vec<serde_json::Value>,
    /// Leads that they made of themselves by a form.
    pub leads: Vec<serde_json::Value>,
    pub at: Timestamp,
}

/// What was taken away of one person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "ErasedPerson"))]
pub struct Erased {
    /// Entries in audiences.
    pub contacts: u64,
    /// Mails that name nobody now.
    pub mails: u64,
    /// Leads that name nobody now.
    pub leads: u64,
}
