//! A connection in use, and what will be announced when its work is committed.
use std::sync::Arc;

use sqlx::Postgres;
use sqlx::pool::PoolConnection;

use super::{Engine, Kept, sqlite};
use crate::events::Event;

/// A connection of either engine. Use it through [`on!`](crate::on).
pub enum Conn {
    Sqlite(sqlite::Lent),
    Postgres(PoolConnection<Postgres>),
}

/// A unit of work, or a reader. Stores take `&mut Tx`.
pub struct Tx {
    conn: Conn,
    announced: Vec<Arc<Event>>,
    kept: Arc<Kept>,
}

impl Tx {
    pub(super) const fn new(conn: Conn, kept: Arc<Kept>) -> Self {
        Self { conn, announced: Vec::new(), kept }
    }

    /// Values that never change.
    #[must_use]
    pub fn kept(&self) -> &Kept {
        &self.kept
    }

    /// The connection.
    pub const fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }

    /// The engine behind it.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self.conn {
            Conn::Sqlite(_) => Engine::Sqlite,
            Conn::Postgres(_) => Engine::Postgres,
        }
    }

    /// Remembers an event, to be announced after the commit.
    pub(crate) fn announce(&mut self, event: Arc<Event>) {
        self.announced.push(event);
    }

    pub(super) const fn announced(&mut self) -> &mut Vec<Arc<Event>> {
        &mut self.announced
    }

    /// Steps of a transaction on SQLite, prepared once each.
    pub(super) fn steps(&mut self, steps: &[&'static str]) -> sqlx::Result<()> {
        let Conn::Sqlite(conn) = &mut self.conn else { return Ok(()) };
        steps.iter().try_for_each(|step| conn.step(step))
    }

    /// Runs statements that take no arguments.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn run(&mut self, sql: &'static str) -> sqlx::Result<()> {
        crate::execute!(self, sqlx::raw_sql(sql)).map(drop)
    }
}
