//! Appends to the log, proves what it holds, and performs the verbs.
mod append;
mod events;
mod proofs;
mod store;
#[cfg(test)]
mod tests;
mod verify;

use base::db::Migrations;
use base::http::{Mounted, mounted};
use base::jobs::JobKind;
use base::migrations;

use crate::verbs::{GetCheckpoint, GetConsistency, GetInclusion, ListEvents, ListLogKeys};
pub use append::{append, key_of};
pub use store::{erase, receipt_at, receipt_of};
pub use verify::{Chain, verify_chain};

/// What can be asked.
pub const VERBS: &[Mounted] = &[
    mounted::<GetCheckpoint>(),
    mounted::<GetInclusion>(),
    mounted::<GetConsistency>(),
    mounted::<ListLogKeys>(),
    mounted::<ListEvents>(),
];

/// Nothing happens later.
pub const JOBS: &[JobKind] = &[];

/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || migrations!();
