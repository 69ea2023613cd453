//! A connection: runs statements where it is asked.
use std::fmt;
use std::sync::Arc;

use rusqlite::Connection as Raw;
use rusqlite::types::ToSqlOutput;
use sqlx_core::HashMap;
use sqlx_core::connection::Connection;
use sqlx_core::error::Error;
use sqlx_core::sql_str::SqlStr;
use sqlx_core::transaction::Transaction;

use super::error::told;
use super::row::{Answer, Shape};
use super::{Cells, Sqlite, SqliteArguments, SqliteOptions};

/// Shapes of statements that a connection remembers; when there are more, it begins anew.
const SHAPES: usize = 512;

/// An open database.
pub struct SqliteConnection {
    raw: Raw,
    shapes: HashMap<Box<str>, Arc<Shape>>,
}

impl fmt::Debug for SqliteConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteConnection").finish_non_exhaustive()
    }
}

impl SqliteConnection {
    pub(super) fn new(raw: Raw) -> Self {
        Self { raw, shapes: HashMap::default() }
    }

    /// Whether a transaction is open.
    pub(super) fn is_busy_with_work(&self) -> bool {
        !self.raw.is_autocommit()
    }

    /// Runs statements without arguments one after another; what they answer is dropped. Gives how many rows the
    /// last one touched.
    pub(super) fn batch(&mut self, sql: &str) -> Result<u64, Error> {
        self.raw.execute_batch(sql).map_err(told)?;
        Ok(self.raw.changes())
    }

    /// Runs one statement, at most until it has given `limit` rows. Gives the rows, and how many it touched.
    pub(super) fn run(
        &mut self,
        sql: &str,
        arguments: &SqliteArguments,
        limit: usize,
    ) -> Result<(Answer, u64), Error> {
        let mut statement = self.raw.prepare_cached(sql).map_err(told)?;
        let shape = match self.shapes.get(sql) {
            Some(shape) if shape.columns.len() == statement.column_count() => shape.clone(),
            _ => remember(&mut self.shapes, sql, Shape::of(&statement)?),
        };
        for (at, argument) in shape.parameters.iter().enumerate() {
            if *argument >= arguments.0.len() {
                return Err(Error::Protocol(format!("nothing is bound to ${}", argument + 1)));
            }
            let value = ToSqlOutput::Borrowed(arguments.0.get(*argument));
            statement.raw_bind_parameter(at + 1, value).map_err(told)?;
        }
        let width = shape.columns.len();
        let mut cells = Cells::default();
        let mut count = 0;
        let mut found = statement.raw_query();
        while count < limit {
            let Some(row) = found.next().map_err(told)? else { break };
            for at in 0..width {
                cells.push(row.get_ref(at).map_err(told)?);
            }
            count += 1;
        }
        drop(found);
        let changes = if statement.readonly() { 0 } else { self.raw.changes() };
        Ok((Answer { shape, cells }, changes))
    }

    /// Runs a statement that neither takes nor answers anything, prepared once.
    pub(in super::super) fn step(&mut self, sql: &'static str) -> Result<(), Error> {
        self.raw.prepare_cached(sql).and_then(|mut statement| statement.raw_execute()).map(drop).map_err(told)
    }

    /// Copies the database to a new file.
    pub(in super::super) fn copy_to(&mut self, file: &str) -> Result<(), Error> {
        self.raw.execute("vacuum into ?1", [file]).map(drop).map_err(told)
    }

    /// What is known of a statement before it runs.
    pub(super) fn shape(&mut self, sql: &SqlStr) -> Result<Arc<Shape>, Error> {
        let shape = Shape::of(&*self.raw.prepare_cached(sql.as_str()).map_err(told)?)?;
        Ok(remember(&mut self.shapes, sql.as_str(), shape))
    }
}

fn remember(shapes: &mut HashMap<Box<str>, Arc<Shape>>, sql: &str, shape: Shape) -> Arc<Shape> {
    if shapes.len() >= SHAPES {
        shapes.clear();
    }
    let shape = Arc::new(shape);
    shapes.insert(sql.into(), shape.clone());
    shape
}

impl Connection for SqliteConnection {
    type Database = Sqlite;
    type Options = SqliteOptions;

    async fn close(self) -> Result<(), Error> {
        self.raw.close().map_err(|(_, error)| told(error))
    }

    async fn close_hard(self) -> Result<(), Error> {
        drop(self);
        Ok(())
    }

    async fn ping(&mut self) -> Result<(), Error> {
        Ok(())
    }

    fn begin(&mut self) -> impl Future<Output = Result<Transaction<'_, Sqlite>, Error>> + Send + '_ {
        Transaction::begin(self, None)
    }

    fn shrink_buffers(&mut self) {}

    async fn flush(&mut self) -> Result<(), Error> {
        Ok(())
    }

    fn should_flush(&self) -> bool {
        false
    }
}
