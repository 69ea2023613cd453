//! How a database file is opened.
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use rusqlite::{Connection as Raw, OpenFlags};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx_core::connection::ConnectOptions;
use sqlx_core::error::Error;

use super::SqliteConnection;
use super::error::told;

/// How long a connection waits for a lock that another process holds.
const PATIENCE: Duration = Duration::from_secs(10);
/// Prepared statements that a connection keeps; each takes some ten kilobytes.
const STATEMENTS: usize = 128;
/// Memory for pages, in KiB. The writer changes pages all over the indexes of names and keeps as many as it can; readers
/// mostly look at the newest rows.
const WRITERS_CACHE: u32 = 64 * 1024;
const READERS_CACHE: u32 = 2 * 1024;
/// Pages in the write-ahead log after which they are copied to the database, 40 MB of them. With SQLite's 1,000 nearly
/// every shared commit copies, and a page that many commits change is copied by each.
const CHECKPOINT_PAGES: u32 = 10_000;

/// A file and how it is used.
#[derive(Clone, Debug)]
pub struct SqliteOptions {
    file: PathBuf,
    /// Whether each commit waits for the disk.
    durable: bool,
    /// Whether it refuses to write.
    reads_only: bool,
    /// Memory for pages, in KiB.
    cache_kib: u32,
}

impl SqliteOptions {
    /// A durable connection that writes, to `sqlite://path`.
    ///
    /// # Errors
    /// When the URL is no such URL.
    pub fn new(url: &str) -> Result<Self, Error> {
        let file = SqliteConnectOptions::from_str(url)?.get_filename().to_owned();
        Ok(Self { file, durable: true, reads_only: false, cache_kib: WRITERS_CACHE })
    }

    /// A crash may lose everything: for databases that can be made again.
    #[must_use]
    pub fn careless(self) -> Self {
        Self { durable: false, ..self }
    }

    /// For reading alone.
    #[must_use]
    pub fn reading(self) -> Self {
        Self { reads_only: true, cache_kib: READERS_CACHE, ..self }
    }

    /// For writing, whatever it was for.
    #[must_use]
    pub fn writing(self) -> Self {
        Self { reads_only: false, ..self }
    }

    /// Opens the file; makes it when it is missing.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn open(&self) -> Result<SqliteConnection, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let raw = Raw::open_with_flags(&self.file, flags).map_err(told)?;
        raw.busy_timeout(PATIENCE).map_err(told)?;
        raw.set_prepared_statement_cache_capacity(STATEMENTS);
        let synchronous = if self.durable { "full" } else { "off" };
        let query_only = if self.reads_only { "on" } else { "off" };
        raw.execute_batch(&format!(
            "pragma journal_mode = wal; pragma synchronous = {synchronous}; pragma foreign_keys = on;
             pragma temp_store = memory; pragma cache_size = -{}; pragma wal_autocheckpoint = {CHECKPOINT_PAGES};
             pragma query_only = {query_only};",
            self.cache_kib
        ))
        .map_err(told)?;
        Ok(SqliteConnection::new(raw))
    }

    /// For what only sqlx's own driver does: migrations.
    pub(in super::super) fn for_migrations(&self) -> SqliteConnectOptions {
        SqliteConnectOptions::new().filename(&self.file).foreign_keys(true).busy_timeout(PATIENCE)
    }
}

impl FromStr for SqliteOptions {
    type Err = Error;
    fn from_str(url: &str) -> Result<Self, Error> {
        Self::new(url)
    }
}

impl ConnectOptions for SqliteOptions {
    type Connection = SqliteConnection;

    fn from_url(url: &sqlx_core::Url) -> Result<Self, Error> {
        Self::new(url.as_str())
    }

    async fn connect(&self) -> Result<SqliteConnection, Error> {
        self.open()
    }

    fn log_statements(self, _: logging::LevelFilter) -> Self {
        self
    }

    fn log_slow_statements(self, _: logging::LevelFilter, _: Duration) -> Self {
        self
    }
}
