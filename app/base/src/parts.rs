//! Everything a verb may use that is not in its arguments: store, clock, chance, configuration.
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, OnceLock};

use futures::future::LocalBoxFuture;
use outbound::Outbound;
use uuid::Uuid;

use crate::clock::{Chance, Clock};
use crate::db::{Db, Tx};
use crate::events::Event;
use crate::files::Files;
use crate::limit::{Limiter, Limits};
use crate::mail::{Mailer, Nobody};
use crate::{Problem, Timestamp};

/// What a slice does in the transaction of somebody else's event: rollups, notices. Its failure undoes the
/// event's work, so it must refuse nothing.
pub type Observer = for<'a> fn(&'a mut Tx, &'a Parts, &'a Event) -> LocalBoxFuture<'a, Result<(), Problem>>;

/// Where nobody said whom to reach.
static NOWHERE: LazyLock<Outbound> = LazyLock::new(Outbound::nowhere);

/// What the operator decided at start.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where people reach this server: `https://partners.example`.
    pub base_url: String,
    /// Folder for files and keys.
    pub data: PathBuf,
    /// Shows pages that only developers need.
    pub development: bool,
}

/// Store, clock, chance and settings; cheap to clone.
#[derive(Clone)]
pub struct Parts(Arc<Inner>);

struct Inner {
    db: Db,
    clock: Box<dyn Clock>,
    chance: Box<dyn Chance>,
    signing_seed: [u8; 32],
    settings: Settings,
    observers: OnceLock<Vec<Observer>>,
    limiter: Limiter,
    mailer: OnceLock<Box<dyn Mailer>>,
    outbound: OnceLock<Outbound>,
    files: OnceLock<Files>,
}

impl Parts {
    /// Puts the parts together. `signing_seed` is the Ed25519 secret key (RFC 8032) that signs receipts.
    #[must_use]
    pub fn new(
        db: Db,
        clock: Box<dyn Clock>,
        chance: Box<dyn Chance>,
        signing_seed: [u8; 32],
        settings: Settings,
    ) -> Self {
        let (observers, limiter, mailer) = (OnceLock::new(), Limiter::default(), OnceLock::new());
        let (outbound, files) = (OnceLock::new(), OnceLock::new());
        Self(Arc::new(Inner {
            db,
            clock,
            chance,
            signing_seed,
            settings,
            observers,
            limiter,
            mailer,
            outbound,
            files,
        }))
    }

    /// Says who observes events. Only the first call counts; made once, when the program is assembled.
    pub fn observe(&self, observers: Vec<Observer>) {
        let _ = self.0.observers.set(observers);
    }

    /// Says how much is let through; nothing is limited before. Only the first call counts.
    pub fn limit(&self, limits: Limits) {
        self.0.limiter.set(limits);
    }

    /// Lets through or turns back.
    #[must_use]
    pub fn limiter(&self) -> &Limiter {
        &self.0.limiter
    }

    /// Says who takes mails; without, they are kept. Only the first call counts.
    pub fn deliver_by(&self, mailer: Box<dyn Mailer>) {
        let _ = self.0.mailer.set(mailer);
    }

    /// Takes mails. To be used by jobs only: a unit of work enqueues one.
    #[must_use]
    pub fn mailer(&self) -> &dyn Mailer {
        self.0.mailer.get().map_or(&Nobody, |mailer| &**mailer)
    }

    /// Says how other machines are reached; without, none is. Only the first call counts.
    pub fn reach_by(&self, outbound: Outbound) {
        let _ = self.0.outbound.set(outbound);
    }

    /// The way to other machines, whose addresses people gave.
    #[must_use]
    pub fn outbound(&self) -> &Outbound {
        self.0.outbound.get().unwrap_or(&NOWHERE)
    }

    /// Says where files are kept; without, it is the folder `files` beside the database. Only the first call counts.
    pub fn keep_files_in(&self, files: Files) {
        let _ = self.0.files.set(files);
    }

    /// Where files are kept.
    ///
    /// # Errors
    /// `Internal` when the folder cannot be made.
    pub fn files(&self) -> Result<Files, Problem> {
        if let Some(files) = self.0.files.get() {
            return Ok(files.clone());
        }
        let made = Files::folder(&self.0.settings.data.join("files")).map_err(Problem::internal)?;
        Ok(self.0.files.get_or_init(|| made).clone())
    }

    pub(crate) fn observers(&self) -> &[Observer] {
        self.0.observers.get().map_or(&[], Vec::as_slice)
    }

    #[must_use]
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }

    #[must_use]
    pub fn chance(&self) -> &dyn Chance {
        &*self.0.chance
    }

    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The Ed25519 secret key that signs receipts. Never log it.
    #[must_use]
    pub fn signing_seed(&self) -> &[u8; 32] {
        &self.0.signing_seed
    }

    /// A new id for an instant.
    #[must_use]
    pub fn id(&self, now: Timestamp) -> Uuid {
        self.0.chance.id(now)
    }
}
