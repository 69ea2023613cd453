//! What the log shows: a receipt that checks itself, and the activity of an organisation.
mod activity;
mod receipt;
mod words;

pub use activity::ActivityPage;
pub use receipt::ReceiptCard;
