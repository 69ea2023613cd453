//! The transparency log: a signed receipt for every claim, in a hash-chained Merkle tree that anybody can check;
//! and the audit log of events, as far as the actor may read it.
pub mod access;
pub mod checkpoint;
pub mod examine;
pub mod merkle;
pub mod receipt;
mod screen;
#[cfg(feature = "ssr")]
pub mod server;
pub mod signing;
pub mod slip;
mod verbs;

kit::texts!();

pub use checkpoint::Checkpoint;
pub use receipt::{Receipt, verify};
pub use screen::{ActivityPage, ReceiptCard, VerifyPage};
#[cfg(feature = "ssr")]
pub use server::{JOBS, MIGRATIONS, VERBS};
pub use signing::LogKey;
pub use verbs::*;
