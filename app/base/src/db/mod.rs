//! One store, two engines: SQLite (embedded, the default) and PostgreSQL, behind one small interface.
mod bind;
mod connect;
mod kept;
mod migrate;
pub mod sqlite;
mod tx;
mod writer;

use std::fmt;
use std::sync::Arc;

use futures::future::LocalBoxFuture;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::PgPool;
use tokio::sync::{mpsc, oneshot};

use crate::Problem;
use crate::events::Hub;
pub use bind::Bind;
pub use connect::READERS;
pub use kept::Kept;
pub use migrate::{Migrations, migrate};
pub use tx::{Conn, Tx};

/// Which database is behind the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A handle to the store; cheap to clone.
#[derive(Clone)]
pub struct Db {
    read: ReadPool,
    work: mpsc::Sender<writer::Work>,
    hub: Hub,
    kept: Arc<Kept>,
}

#[derive(Clone)]
enum ReadPool {
    Sqlite(sqlite::Readers),
    Postgres(PgPool),
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Db({:?})", self.engine())
    }
}

impl Db {
    /// The engine behind it.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self.read {
            ReadPool::Sqlite(_) => Engine::Sqlite,
            ReadPool::Postgres(_) => Engine::Postgres,
        }
    }

    /// Where committed events are announced.
    #[must_use]
    pub const fn hub(&self) -> &Hub {
        &self.hub
    }

    /// A connection for reading. On SQLite it refuses to write.
    ///
    /// # Errors
    /// `Unavailable` when no connection is free in time.
    pub async fn read(&self) -> Result<Tx, Problem> {
        Ok(match &self.read {
            ReadPool::Sqlite(readers) => Tx::new(Conn::Sqlite(readers.lend().await?), self.kept.clone()),
            ReadPool::Postgres(pool) => Tx::new(Conn::Postgres(pool.acquire().await?), self.kept.clone()),
        })
    }

    /// Runs one unit of work: everything in the closure is committed together, or nothing is. The answer
    /// comes back after the commit is durable, and the events it appended are announced then.
    ///
    /// Within a request that carries an idempotency key the answer is stored in the same transaction; asked
    /// again with the key, the closure does not run and the first answer comes back.
    ///
    /// # Errors
    /// Whatever the closure returns; a panic in it is `Internal`.
    pub async fn write<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: AsyncFnOnce(&mut Tx) -> Result<T, Problem> + Send + 'static,
    {
        let (answer, wait) = oneshot::channel();
        let key = crate::http::take_idempotency();
        let work: writer::Work = Box::new(move |tx: &mut Tx| -> LocalBoxFuture<'_, writer::Outcome> {
            Box::pin(async move {
                let result = match key {
                    Some(key) => key.once(tx, work).await,
                    None => work(tx).await,
                };
                writer::Outcome::new(result, answer)
            })
        });
        self.work.send(work).await.map_err(|_| Problem::Unavailable)?;
        wait.await.unwrap_or_else(|_| Err(Problem::internal("a unit of work was lost")))
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => Self::Unavailable,
            // Serialisation failure and deadlock: nothing was done, asking again is right.
            sqlx::Error::Database(cause) if matches!(cause.code().as_deref(), Some("40001" | "40P01")) => {
                Self::Unavailable
            }
            _ => Self::internal(error),
        }
    }
}

/// Whether an error is the violation of a unique rule, named as each engine names it: SQLite by
/// `table.column, table.column`, PostgreSQL by the index.
#[must_use]
pub fn violates(error: &sqlx::Error, sqlite_columns: &str, postgres_index: &str) -> bool {
    let sqlx::Error::Database(cause) = error else { return false };
    cause.is_unique_violation()
        && (cause.constraint() == Some(postgres_index) || cause.message().ends_with(sqlite_columns))
}

/// Runs the same statement on either engine: `on!(tx, |conn| sqlx::query(SQL).bind(id).execute(conn).await)`.
#[macro_export]
macro_rules! on {
    ($tx:expr, |$conn:ident| $body:expr) => {
        match $tx.conn() {
            $crate::db::Conn::Sqlite(conn) => {
                let $conn = &mut **conn;
                $body
            }
            $crate::db::Conn::Postgres(conn) => {
                let $conn = &mut **conn;
                $body
            }
        }
    };
}

/// Executes a statement on either engine and gives the number of rows it touched:
/// `execute!(tx, sqlx::query(SQL).bind(id))?`.
#[macro_export]
macro_rules! execute {
    ($tx:expr, $query:expr) => {
        match $tx.conn() {
            $crate::db::Conn::Sqlite(conn) => {
                ($query).execute(&mut **conn).await.map(|done| done.rows_affected())
            }
            $crate::db::Conn::Postgres(conn) => {
                ($query).execute(&mut **conn).await.map(|done| done.rows_affected())
            }
        }
    };
}

/// Picks the text for the few statements that differ: `dialect!(tx, sqlite: "…", postgres: "…")`.
#[macro_export]
macro_rules! dialect {
    ($tx:expr, sqlite: $sqlite:expr, postgres: $postgres:expr) => {
        match $tx.engine() {
            $crate::db::Engine::Sqlite => $sqlite,
            $crate::db::Engine::Postgres => $postgres,
        }
    };
}
