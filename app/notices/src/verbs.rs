//! What can be asked of the inbox. Everybody asks for their own, in the organisation acted for.
use base::{NoticeId, Page, verb};
use serde::{Deserialize, Serialize};

use crate::model::{Notice, NoticeCount};

/// Lists one's messages, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListNotices {
    /// Only unread ones.
    #[garde(skip)]
    pub unread: Option<bool>,
    /// Continues after the last message of the page before.
    #[garde(skip)]
    pub cursor: Option<String>,
    /// Rows of a page, at most 200.
    #[garde(skip)]
    pub limit: Option<u32>,
}
verb!(ListNotices: GET "/notices" -> Page<Notice>);

/// Counts one's unread messages.
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

/// Marks all of one's messages as read; tells how many are left, which is none unless one just came.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ReadAllNotices {}
verb!(ReadAllNotices: POST "/notices/read-all" -> NoticeCount);
