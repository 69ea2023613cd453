//! A world for a test: its own database, a clock that stands still, ids that count.
use std::sync::Arc;

use tempfile::TempDir;

use crate::clock::{FixedClock, SequentialChance};
use crate::db::{Db, Engine, Migrations, migrate};
use crate::http::Perform;
use crate::jobs::{JobKind, Lane, run_due};
use crate::mail::Mailbox;
use crate::{Actor, Parts, Problem, Settings, Span, Timestamp};

/// When every world begins: 2026-11-02T09:00:00Z, a Monday.
pub const BEGINNING: Timestamp = Timestamp(1_793_610_000_000);

/// One test's own installation.
pub struct World {
    pub parts: Parts,
    pub clock: Arc<FixedClock>,
    /// Where its mails go.
    pub mailbox: Arc<Mailbox>,
    jobs: Vec<JobKind>,
    _folder: TempDir,
}

impl World {
    /// An empty installation with the tables of these slices. `None` when the engine is PostgreSQL and none
    /// is configured (`RIALTO_TEST_POSTGRES`), which only a developer's machine may be; under CI it panics.
    ///
    /// # Panics
    /// When the installation cannot be made.
    pub async fn try_new(engine: Engine, slices: &[Migrations]) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a test needs a folder");
        let url = match engine {
            Engine::Sqlite => format!("sqlite://{}", folder.path().join("rialto.db").display()),
            Engine::Postgres => postgres_database().await?,
        };
        let db = Db::open(&url).await.expect("a test needs its database");
        migrate(&db, slices).await.expect("migrations apply to an empty database");
        let clock = Arc::new(FixedClock::new(BEGINNING));
        let settings = Settings {
            base_url: "http://localhost:3000".to_owned(),
            data: folder.path().to_owned(),
            development: true,
        };
        let chance = Box::new(SequentialChance::new(7));
        let parts = Parts::new(db, Box::new(clock.clone()), chance, [7; 32], settings);
        let mailbox = Arc::new(Mailbox::default());
        parts.deliver_by(Box::new(mailbox.clone()));
        Some(Self { parts, clock, mailbox, jobs: Vec::new(), _folder: folder })
    }

    /// With these kinds of jobs, for [`World::run_jobs`].
    #[must_use]
    pub fn with_jobs(mut self, jobs: &[JobKind]) -> Self {
        self.jobs.extend_from_slice(jobs);
        self
    }

    /// Asks as an actor, checked like over the wire.
    ///
    /// # Errors
    /// What the verb says.
    pub async fn ask<V: Perform>(&self, actor: &Actor, verb: V) -> Result<V::Answer, Problem> {
        if !V::PUBLIC && !actor.is_known() {
            return Err(Problem::Unauthenticated);
        }
        verb.check()?;
        verb.perform(&self.parts, actor).await
    }

    /// Runs jobs until none is due.
    ///
    /// # Panics
    /// When jobs cannot be fetched.
    pub async fn run_jobs(&self) {
        while run_due(&self.parts, &self.jobs, Lane::All).await.expect("jobs can be fetched") > 0 {}
    }

    /// Lets time pass.
    pub fn advance(&self, span: Span) {
        self.clock.advance(span);
    }
}

/// A new database on the test cluster, as an address. Its name is random: ids of worlds count, databases must not
/// collide. `None` when no cluster is configured, which only a developer's machine may be.
///
/// # Panics
/// Under CI without a cluster, or when the cluster does not answer.
pub async fn postgres_database() -> Option<String> {
    use sqlx::{Connection, PgConnection};
    let Ok(server) = std::env::var("RIALTO_TEST_POSTGRES") else {
        assert!(std::env::var("CI").is_err(), "CI must set RIALTO_TEST_POSTGRES");
        return None;
    };
    let mut random = [0; 8];
    crate::clock::Chance::fill(&crate::clock::SystemChance, &mut random);
    let name = format!("rialto_{}", hex::encode(random));
    let mut conn = PgConnection::connect(&server).await.expect("the test cluster answers");
    let sql = format!("create database {name}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut conn).await.expect("a database can be made");
    let (base, _) = server.rsplit_once('/').expect("the address names a database");
    Some(format!("{base}/{name}"))
}

/// Makes a world or ends the test: `let world = world!(engine, [MIGRATIONS]);` A developer's machine without
/// PostgreSQL skips the PostgreSQL half.
#[macro_export]
macro_rules! world {
    ($engine:expr, [$($slice:expr),* $(,)?]) => {
        match $crate::testing::World::try_new($engine, &[$($slice),*]).await {
            Some(world) => world,
            None => return,
        }
    };
}
