//! The inbox, and its bell in the top bar.
mod bell;
mod inbox;
mod words;

pub use bell::InboxBell;
pub use inbox::InboxPage;
