//! The noun: a message to one person about one event.
use base::{BrandId, NoticeId, OrganizationId, ProgramId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::daily::Daily;
use crate::topic::{Topic, Way};

/// A message of somebody's inbox. Its words come from the catalogue, by kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Notice {
    pub id: NoticeId,
    /// The person's organisation that it is told in.
    pub organization: OrganizationId,
    /// The program it is about; null when it is about none.
    pub program: Option<ProgramId>,
    /// The brand of that program.
    pub brand: Option<NoticeBrand>,
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

/// A brand, as its mark is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct NoticeBrand {
    pub id: BrandId,
    pub name: String,
    /// Hue in degrees of OKLCH, 0 to 359.
    pub hue: u16,
    /// Chroma in thousandths of OKLCH.
    pub chroma: u16,
}

/// How many messages are unread.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct NoticeCount {
    pub unread: u64,
    /// The brands that there are messages of, by name.
    pub brands: Vec<BrandCount>,
}

impl NoticeCount {
    /// How many are unread of a brand.
    #[must_use]
    pub fn of(&self, brand: BrandId) -> u64 {
        self.brands.iter().find(|one| one.brand.id == brand).map_or(0, |one| one.unread)
    }
}

/// How many messages of a brand are unread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct BrandCount {
    pub brand: NoticeBrand,
    pub unread: u64,
}

/// How somebody is sent the messages of a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct TopicChoice {
    pub topic: Topic,
    pub way: Way,
}

/// What somebody is sent by e-mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct MailChoices {
    /// The topics of the side acted for.
    pub topics: Vec<TopicChoice>,
    /// When the daily summary comes, in the person's time zone: `08:00`, or `off`.
    pub daily: Daily,
    /// Where mails go.
    pub email: String,
    /// Whether this installation sends any.
    pub sent: bool,
}

/// What a link of a daily summary leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct MailLink {
    /// Whether the summary still comes.
    pub daily: bool,
}
