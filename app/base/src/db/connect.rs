//! Opens the store named by a URL.
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use tokio::sync::mpsc;

use super::{Db, ReadPool, writer};
use crate::events::Hub;

/// How many units of work may wait before askers wait too.
const INBOX: usize = 1024;

impl Db {
    /// Opens `sqlite://path` (made when missing) or `postgres://…`.
    ///
    /// # Errors
    /// What the engine says, or that the URL names neither.
    pub async fn open(url: &str) -> sqlx::Result<Self> {
        Self::open_as(url, SqliteSynchronous::Full).await
    }

    /// Like [`Db::open`], but on SQLite a crash may lose everything written: only for filling a database that
    /// can be made again.
    ///
    /// # Errors
    /// Like [`Db::open`].
    pub async fn open_careless(url: &str) -> sqlx::Result<Self> {
        Self::open_as(url, SqliteSynchronous::Off).await
    }

    async fn open_as(url: &str, synchronous: SqliteSynchronous) -> sqlx::Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Self::open_postgres(url).await
        } else {
            Self::open_sqlite(url, synchronous).await
        }
    }

    /// Synchronous `Full` makes an answer leave only after its commit is on the disk.
    async fn open_sqlite(url: &str, synchronous: SqliteSynchronous) -> sqlx::Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(synchronous)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(256)
            .pragma("temp_store", "memory")
            .pragma("cache_size", "-16384");
        let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        let read = SqlitePoolOptions::new()
            .max_connections(4)
            .test_before_acquire(false)
            .connect_with(options.pragma("query_only", "on").optimize_on_close(false, None))
            .await?;
        Ok(Self::start(ReadPool::Sqlite(read), |inbox, hub| Box::pin(writer::sqlite(write, inbox, hub))))
    }

    async fn open_postgres(url: &str) -> sqlx::Result<Self> {
        let options = PgConnectOptions::from_str(url)?
            .statement_cache_capacity(256)
            .options([("statement_timeout", "30s"), ("idle_in_transaction_session_timeout", "30s")]);
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(10))
            .max_lifetime(Duration::from_mins(30))
            .test_before_acquire(false)
            .connect_with(options)
            .await?;
        let write = pool.clone();
        Ok(Self::start(ReadPool::Postgres(pool), |inbox, hub| Box::pin(writer::postgres(write, inbox, hub))))
    }

    /// Gives the writers a thread of their own, on the runtime's reactor: units of work then need not be
    /// `Send`, which lets a rule be written as a plain `async` closure over the transaction.
    fn start(
        read: ReadPool,
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
        Self { read, work, hub }
    }

    /// Waits for the readers to finish and closes them; the writers end with the last handle.
    pub async fn close(&self) {
        match &self.read {
            ReadPool::Sqlite(pool) => pool.close().await,
            ReadPool::Postgres(pool) => pool.close().await,
        }
    }

    /// Copies the embedded database to a new file while it is in use; does nothing on PostgreSQL.
    ///
    /// # Errors
    /// What SQLite says, such as that the file exists.
    pub async fn copy_to(&self, file: &std::path::Path) -> sqlx::Result<()> {
        use sqlx::ConnectOptions;
        let ReadPool::Sqlite(pool) = &self.read else { return Ok(()) };
        let mut conn = (*pool.connect_options()).clone().pragma("query_only", "off").connect().await?;
        sqlx::query("vacuum into $1").bind(file.display().to_string()).execute(&mut conn).await?;
        Ok(())
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
