//! What can be asked of the inbox. Everybody asks for their own: a person for those of all their organisations, a key
//! for those of its organisation.
use base::{BrandId, NoticeId, Page, verb};
use serde::{Deserialize, Serialize};

use crate::daily::Daily;
use crate::model::{MailChoices, MailLink, Notice, NoticeCount};
use crate::topic::Way;

/// Lists one's messages of all organisations, programs and brands, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListNotices {
    /// Only unread ones.
    #[garde(skip)]
    pub unread: Option<bool>,
    /// Only those of a brand.
    #[garde(skip)]
    pub brand: Option<BrandId>,
    /// Continues after the last message of the page before.
    #[garde(skip)]
    pub cursor: Option<String>,
    /// Rows of a page, at most 200.
    #[garde(skip)]
    pub limit: Option<u32>,
}
verb!(ListNotices: GET "/notices" -> Page<Notice>);

/// Counts one's unread messages, in all and by brand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct CountNotices {}
verb!(CountNotices: GET "/notices/count" -> NoticeCount);

/// Marks a message as read. Doing it again changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ReadNotice {
    #[garde(skip)]
    pub id: NoticeId,
}
verb!(ReadNotice: POST "/notices/{id}/read" -> Notice);

/// Marks all of one's messages as read, or those of one brand; tells how many are left. A brand that one has no message
/// of is not found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ReadAllNotices {
    /// Only those of a brand.
    #[garde(skip)]
    pub brand: Option<BrandId>,
}
verb!(ReadAllNotices: POST "/notices/read-all" -> NoticeCount);

/// What one is sent by e-mail: at once, in the daily summary, or not at all, by topic.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GetMailChoices {}
verb!(GetMailChoices: GET "/notices/mail" -> MailChoices);

/// Chooses what one is sent by e-mail. What is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct ChooseMails {
    /// Decisions of the vendor.
    pub decisions: Option<Way>,
    /// What is wanted from the partner.
    pub questions: Option<Way>,
    /// Leads.
    pub leads: Option<Way>,
    /// Goals: what is proposed and answered, and how they stand.
    pub goals: Option<Way>,
    /// What else happens to the partner's deals.
    pub course: Option<Way>,
    /// Cases that wait for the vendor.
    pub cases: Option<Way>,
    /// Late answers of the vendor.
    pub overdue: Option<Way>,
    /// What else happens, at the vendor.
    pub news: Option<Way>,
    /// When the daily summary comes, in the person's time zone: `08:00`, or `off`.
    pub daily: Option<Daily>,
}
verb!(ChooseMails: POST "/notices/mail" -> MailChoices);

/// What the link in a daily summary leads to; whoever has the link may ask.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GetMailLink {
    /// As it stands in the link.
    #[garde(length(max = 100))]
    pub token: String,
}
verb!(GetMailLink: GET "/mail-links/{token}" -> MailLink, public);

/// Ends somebody's daily summary by the link in it, without signing in. Doing it again changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct EndDailyMail {
    /// As it stands in the link.
    #[garde(length(max = 100))]
    pub token: String,
}
verb!(EndDailyMail: POST "/mail-links/{token}" -> MailLink, public);
