//! A connection in use, and what will be announced when its work is committed.
use std::sync::Arc;

use sqlx::pool::PoolConnection;
use sqlx::{Postgres, Sqlite};

use super::Engine;
use crate::events::Event;

/// A connection of either engine. Use it through [`on!`](crate::on).
pub enum Conn {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

/// A unit of work, or a reader. Stores take `&mut Tx`.
pub struct Tx {
    conn: Conn,
    announced: Vec<Arc<Event>>,
}

impl Tx {
    pub(super) const fn new(conn: Conn) -> Self {
        Self { conn, announced: Vec::new() }
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

    /// Runs statements that take no arguments.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn run(&mut self, sql: &'static str) -> sqlx::Result<()> {
        crate::execute!(self, sqlx::raw_sql(sql)).map(drop)
    }
}
