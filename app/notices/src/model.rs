//! The noun: a message to one person about one event.
use base::{NoticeId, Timestamp};
use serde::{Deserialize, Serialize};

/// A message of somebody's inbox. Its words come from the catalogue, by kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Notice {
    pub id: NoticeId,
    /// What happened: the event's type, `deal.approved`.
    pub kind: String,
    /// Id of what it happened to.
    pub subject: String,
    /// The deal's number; empty when the subject has none.
    pub number: String,
    /// The customer's name; empty when there is none.
    pub customer: String,
    /// Who did it.
    pub actor: String,
    pub created_at: Timestamp,
    /// Null while it is unread.
    pub read_at: Option<Timestamp>,
}

/// How many messages are unread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct NoticeCount {
    pub unread: u64,
}
