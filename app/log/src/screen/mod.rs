//! What the log shows: a receipt that checks itself, the public verifier, and the activity of an organisation.
mod activity;
mod findings;
mod receipt;
mod verify;
mod words;

pub use activity::ActivityPage;
pub use receipt::ReceiptCard;
pub use verify::VerifyPage;
