//! What people are told: the in-app inbox, mails, and the live stream that keeps every screen fresh.
mod daily;
mod model;
pub mod rules;
mod screen;
#[cfg(feature = "ssr")]
mod server;
mod topic;
mod verbs;

kit::texts!();

pub use daily::Daily;
pub use model::{BrandCount, MailChoices, MailLink, Notice, NoticeBrand, NoticeCount, TopicChoice};
pub use screen::{InboxBell, InboxPage, MailChoicesPage, Unread, UnsubscribePage};
#[cfg(feature = "ssr")]
pub use server::{
    Endless, JOBS, MIGRATIONS, OBSERVER, VERBS, bookmark, follow, live_routes, openapi, stop_streams,
};
pub use topic::{Topic, Way};
pub use verbs::*;
