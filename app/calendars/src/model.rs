//! The nouns: a feed, and the address that is shown once.
use base::Timestamp;
use serde::{Deserialize, Serialize};

/// A person's feed in the organisation acted for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Feed {
    /// When its present address was made; none while there is no feed.
    pub created_at: Option<Timestamp>,
    /// When a calendar program asked for it last, to the minute.
    pub used_at: Option<Timestamp>,
}

/// A feed with its address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct NewFeed {
    pub feed: Feed,
    /// The secret address, told once: whoever has it reads the calendar.
    pub url: String,
}
