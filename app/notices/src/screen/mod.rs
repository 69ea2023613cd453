//! The inbox with its bell in the top bar, and what is sent by e-mail.
mod bell;
mod inbox;
mod mail;
mod unsubscribe;
pub(crate) mod words;

pub use bell::{InboxBell, Unread};
pub use inbox::InboxPage;
pub use mail::MailChoicesPage;
pub use unsubscribe::UnsubscribePage;
