//! Performs the verbs, offers other slices what they need of mails, sends, and answers links of mails.
mod dkim;
mod halt;
mod leave;
mod message;
mod page;
mod person;
mod queue;
mod quiet;
mod rates;
mod returns;
mod routes;
mod seen;
mod sender;
mod senders;
mod smtp;
mod store;
mod store_claim;
mod store_keys;
mod store_person;
mod store_seen;
mod store_senders;
mod store_story;
mod store_suppression;
mod suppressed;
#[cfg(test)]
mod tests;
pub mod token;

use base::db::Migrations;
use base::http::{Mounted, mounted};
use base::jobs::{JobKind, job};

use crate::verbs::*;
pub use leave::{resubscribe, unsubscribe};
pub use person::{Circle, MessageRecord, forget, messages_to, suppressed_among};
pub use queue::{Step, To, cancel, pause, queue, resume, step_tallies, tallies, tally};
pub use quiet::next_allowed;
pub use rates::{Limits, Rate};
pub use returns::take_in;
pub use routes::{openapi, routes};
pub use seen::{clicked, opened};
pub use sender::{WINDOW, work};
pub use senders::rotate;
pub use smtp::Posting;
pub use store_story::tell_as_sent;

/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || base::migrations!();
/// The jobs of this slice.
pub const JOBS: &[JobKind] = &[job::<senders::RecheckSender>()];
/// What can be asked over the wire.
pub const VERBS: &[Mounted] = &[
    mounted::<ListSuppressed>(),
    mounted::<SuppressAddress>(),
    mounted::<ReleaseAddress>(),
    mounted::<ListSenders>(),
    mounted::<AddSender>(),
    mounted::<CheckSender>(),
    mounted::<RemoveSender>(),
];
