//! Appends to the log, proves what it holds, and performs the verbs.
mod append;
mod events;
mod file;
mod handed_in;
mod keys;
mod paper;
mod proofs;
mod signer;
mod store;
#[cfg(test)]
mod tests;
mod verify;

use base::db::Migrations;
use base::http::{Mounted, mounted};
use base::jobs::JobKind;
use base::migrations;

use crate::verbs::{
    GetCheckpoint, GetConsistency, GetEvidence, GetInclusion, ListEvents, ListLogEntries, ListLogKeys,
};
pub use append::append;
pub use file::{LetterheadOf, receipt_openapi, receipt_route};
pub use handed_in::open;
pub use keys::rotate;
pub use paper::{Letterhead, verifier};
pub use signer::Signer;
pub use store::{erase, receipt_at, receipt_of};
pub use verify::{Chain, verify_chain};

/// What can be asked.
pub const VERBS: &[Mounted] = &[
    mounted::<GetCheckpoint>(),
    mounted::<GetInclusion>(),
    mounted::<GetConsistency>(),
    mounted::<GetEvidence>(),
    mounted::<ListLogEntries>(),
    mounted::<ListLogKeys>(),
    mounted::<ListEvents>(),
];

/// Nothing happens later.
pub const JOBS: &[JobKind] = &[];

/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || migrations!();
