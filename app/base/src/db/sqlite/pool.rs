//! Connections for reading: lent, given back, the one used last first, so that few of them are warm.
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx_core::error::Error;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError};

use super::{SqliteConnection, SqliteOptions};

/// How long somebody waits for a connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// A pool of connections that read.
#[derive(Clone)]
pub(in super::super) struct Readers(Arc<Pool>);

struct Pool {
    options: SqliteOptions,
    idle: Mutex<Vec<SqliteConnection>>,
    places: Arc<Semaphore>,
    count: u32,
}

/// A connection in use; goes back to where it came from.
pub struct Lent {
    conn: Option<SqliteConnection>,
    from: Option<(Readers, OwnedSemaphorePermit)>,
}

impl Lent {
    /// One that belongs to whoever uses it.
    pub(in super::super) const fn own(conn: SqliteConnection) -> Self {
        Self { conn: Some(conn), from: None }
    }
}

impl Readers {
    /// At most `count` connections to what `options` name, opened when they are needed.
    pub(in super::super) fn new(options: SqliteOptions, count: u32) -> Self {
        let places = Arc::new(Semaphore::new(count as usize));
        Self(Arc::new(Pool { options, idle: Mutex::default(), places, count }))
    }

    pub(in super::super) fn options(&self) -> &SqliteOptions {
        &self.0.options
    }

    /// Lends a connection.
    ///
    /// # Errors
    /// `PoolTimedOut` when none is free in time, `PoolClosed`, or what SQLite says when one is opened.
    pub(in super::super) async fn lend(&self) -> Result<Lent, Error> {
        let places = self.0.places.clone();
        let place = match places.clone().try_acquire_owned() {
            Ok(place) => place,
            Err(TryAcquireError::Closed) => return Err(Error::PoolClosed),
            Err(TryAcquireError::NoPermits) => tokio::time::timeout(PATIENCE, places.acquire_owned())
                .await
                .map_err(|_| Error::PoolTimedOut)?
                .map_err(|_| Error::PoolClosed)?,
        };
        let idle = self.idle().pop();
        let conn = idle.map_or_else(|| self.0.options.open(), Ok)?;
        Ok(Lent { conn: Some(conn), from: Some((self.clone(), place)) })
    }

    /// Waits until all are back, and closes them.
    pub(in super::super) async fn close(&self) {
        let all = self.0.places.acquire_many(self.0.count).await;
        self.0.places.close();
        drop(all);
        self.idle().clear();
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<SqliteConnection>> {
        self.0.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let (Some(conn), Some((readers, place))) = (self.conn.take(), self.from.take()) {
            // What was left in the middle of something is closed rather than lent again.
            if !conn.is_busy_with_work() && !readers.0.places.is_closed() {
                readers.idle().push(conn);
            }
            drop(place);
        }
    }
}

const HERE: &str = "it is there until it is dropped";

impl Deref for Lent {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        self.conn.as_ref().expect(HERE)
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        self.conn.as_mut().expect(HERE)
    }
}
