//! Nouns: a host name, where it stands, and what a look at the DNS found.
use base::{BrandId, Timestamp, id, words};
use serde::{Deserialize, Serialize};

id!(/// A host name of a brand.
    HostId, "host");

words! {
    /// Where a host name stands.
    HostState {
        /// Nobody has shown yet that it is theirs.
        Pending = "pending",
        /// The brand's portal answers under it.
        Verified = "verified",
        /// The record was gone for days: the portal does not answer under it any more.
        Lost = "lost",
    }
}

words! {
    /// What a look at the DNS found.
    CheckAnswer {
        /// The record, as it must be.
        Found = "found",
        /// No such record.
        Missing = "missing",
        /// Records that say something else.
        Other = "other",
        /// The DNS does not answer.
        Unanswered = "unanswered",
        /// The record is right, and somebody else has shown the name to be theirs before.
        Taken = "taken",
    }
}

/// A record of the DNS that is to be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct HostRecord {
    /// Its name: `_rialto.portal.example.com`. The type is `TXT`.
    pub name: String,
    /// What it must say.
    pub value: String,
}

/// A host name of a brand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Host {
    pub id: HostId,
    pub brand: BrandId,
    /// As the DNS has it: lower case, letters of other scripts as `xn--…`.
    pub name: String,
    /// As people read it.
    pub shown: String,
    pub state: HostState,
    /// Whether links in the brand's mails lead to it; at most one of a brand's.
    pub is_primary: bool,
    /// What shows that the name is the vendor's.
    pub record: HostRecord,
    /// Where the name must lead: the installation's own host.
    pub target: String,
    pub added_at: Timestamp,
    pub added_by_name: String,
    pub verified_at: Option<Timestamp>,
    /// Since when a verified name's record has not been found any more.
    pub failing_since: Option<Timestamp>,
    /// Counts changes; the `ETag`.
    pub version: u32,
}

/// A host name after a look at the DNS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct HostCheck {
    pub host: Host,
    pub answer: CheckAnswer,
}
