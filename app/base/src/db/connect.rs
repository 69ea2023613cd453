//! Opens the store named by a URL.
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tokio::sync::mpsc;

use super::sqlite::{Lent, Readers, SqliteOptions};
use super::{Conn, Db, Kept, ReadPool, Tx, writer};
use crate::events::Hub;

/// How many units of work may wait before askers wait too.
const INBOX: usize = 1024;

/// Connections that read SQLite. A statement keeps the thread that runs it, so a runtime needs this many threads more
/// than it has cores: then the longest statements leave a thread for everything else.
pub const READERS: u32 = 4;

impl Db {
    /// Opens `sqlite://path` (made when missing) or `postgres://…`.
    ///
    /// # Errors
    /// What the engine says, or that the URL names neither.
    pub async fn open(url: &str) -> sqlx::Result<Self> {
        Self::open_as(url, true).await
    }

    /// Like [`Db::open`], but on SQLite a crash may lose everything written: only for filling a database that
    /// can be made again.
    ///
    /// # Errors
    /// Like [`Db::open`].
    pub async fn open_careless(url: &str) -> sqlx::Result<Self> {
        Self::open_as(url, false).await
    }

    async fn open_as(url: &str, durable: bool) -> sqlx::Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Self::open_postgres(url).await
        } else {
            Self::open_sqlite(url, durable)
        }
    }

    /// Durable is an answer that leaves only after its commit is on the disk.
    fn open_sqlite(url: &str, durable: bool) -> sqlx::Result<Self> {
        let options = SqliteOptions::new(url)?;
        let options = if durable { options } else { options.careless() };
        let kept = Arc::new(Kept::default());
        let write = Tx::new(Conn::Sqlite(Lent::own(options.open()?)), kept.clone());
        let read = Readers::new(options.reading(), READERS);
        Ok(Self::start(ReadPool::Sqlite(read), kept, |inbox, hub| {
            Box::pin(writer::sqlite(write, inbox, hub))
        }))
    }

    async fn open_postgres(url: &str) -> sqlx::Result<Self> {
        let options = PgConnectOptions::from_str(url)?
            .statement_cache_capacity(256)
            .options([("statement_timeout", "30s"), ("idle_in_transaction_session_timeout", "30s")])
            // Compiling a plan takes longer than any of our statements runs.
            .options([("jit", "off")]);
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(10))
            .max_lifetime(Duration::from_mins(30))
            .test_before_acquire(false)
            .connect_with(options)
            .await?;
        let kept = Arc::new(Kept::default());
        let write = (pool.clone(), kept.clone());
        Ok(Self::start(ReadPool::Postgres(pool), kept, |inbox, hub| {
            Box::pin(writer::postgres(write, inbox, hub))
        }))
    }

    /// Gives the writers a thread of their own, on the runtime's reactor: units of work then need not be
    /// `Send`, which lets a rule be written as a plain `async` closure over the transaction.
    fn start(
        read: ReadPool,
        kept: Arc<Kept>,
        writer: impl FnOnce(mpsc::Receiver<writer::Work>, Hub) -> futures::future::LocalBoxFuture<'static, ()>
        + Send
        + 'static,
    ) -> Self {
        let (work, inbox) = mpsc::channel(INBOX);
        let hub = Hub::default();
        let runtime = tokio::runtime::Handle::current();
        let writers_hub = hub.clone();
        std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || {
                let local = tokio::task::LocalSet::new();
                runtime.block_on(local.run_until(writer(inbox, writers_hub)));
            })
            .expect("a machine that cannot start one thread cannot run the server");
        Self { read, work, hub, kept }
    }

    /// Waits for the readers to finish and closes them; the writers end with the last handle.
    pub async fn close(&self) {
        match &self.read {
            ReadPool::Sqlite(readers) => readers.close().await,
            ReadPool::Postgres(pool) => pool.close().await,
        }
    }

    /// Copies the embedded database to a new file while it is in use; does nothing on PostgreSQL.
    ///
    /// # Errors
    /// What SQLite says, such as that the file exists.
    pub async fn copy_to(&self, file: &std::path::Path) -> sqlx::Result<()> {
        let ReadPool::Sqlite(readers) = &self.read else { return Ok(()) };
        let (options, file) = (readers.options().clone(), file.display().to_string());
        let copied = tokio::task::spawn_blocking(move || options.writing().open()?.copy_to(&file));
        copied.await.map_err(|error| sqlx::Error::Io(std::io::Error::other(error)))?
    }

    /// The PostgreSQL pool, for what only it has (`LISTEN`).
    #[must_use]
    pub const fn postgres_pool(&self) -> Option<&sqlx::PgPool> {
        match &self.read {
            ReadPool::Postgres(pool) => Some(pool),
            ReadPool::Sqlite(_) => None,
        }
    }
}
