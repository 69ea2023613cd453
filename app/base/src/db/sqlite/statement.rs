//! Statements, their arguments and what they did, as sqlx wants to see them.
use std::sync::Arc;

use sqlx_core::Either;
use sqlx_core::arguments::Arguments;
use sqlx_core::column::{Column as _, ColumnIndex};
use sqlx_core::encode::{Encode, IsNull};
use sqlx_core::error::{BoxDynError, Error};
use sqlx_core::sql_str::SqlStr;
use sqlx_core::statement::Statement;
use sqlx_core::transaction::TransactionManager;
use sqlx_core::types::Type;

use super::row::Shape;
use super::{Cells, Kind, Sqlite, SqliteColumn, SqliteConnection};

/// Values for the places of a statement.
#[derive(Clone, Debug, Default)]
pub struct SqliteArguments(pub(super) Cells);

impl Arguments for SqliteArguments {
    type Database = Sqlite;

    fn reserve(&mut self, additional: usize, size: usize) {
        self.0.reserve(additional, size);
    }

    fn add<'t, T>(&mut self, value: T) -> Result<(), BoxDynError>
    where
        T: Encode<'t, Sqlite> + Type<Sqlite>,
    {
        let before = self.0.len();
        match value.encode(&mut self.0) {
            Ok(IsNull::No) => {}
            Ok(IsNull::Yes) => self.0.push(rusqlite::types::ValueRef::Null),
            Err(error) => {
                self.0.truncate(before);
                return Err(error);
            }
        }
        Ok(())
    }

    fn len(&self) -> usize {
        self.0.len()
    }
}

sqlx_core::impl_into_arguments_for_arguments!(SqliteArguments);

/// What a statement did.
#[derive(Debug, Default)]
pub struct SqliteDone {
    pub(super) changes: u64,
}

impl SqliteDone {
    /// How many rows it touched.
    #[must_use]
    pub const fn rows_affected(&self) -> u64 {
        self.changes
    }
}

impl Extend<Self> for SqliteDone {
    fn extend<T: IntoIterator<Item = Self>>(&mut self, iter: T) {
        self.changes += iter.into_iter().map(|done| done.changes).sum::<u64>();
    }
}

/// A statement that was prepared by itself.
#[derive(Clone, Debug)]
pub struct SqliteStatement {
    pub(super) sql: SqlStr,
    pub(super) shape: Arc<Shape>,
}

impl Statement for SqliteStatement {
    type Database = Sqlite;

    fn into_sql(self) -> SqlStr {
        self.sql
    }

    fn sql(&self) -> &SqlStr {
        &self.sql
    }

    fn parameters(&self) -> Option<Either<&[Kind], usize>> {
        Some(Either::Right(self.shape.parameters.len()))
    }

    fn columns(&self) -> &[SqliteColumn] {
        &self.shape.columns
    }

    sqlx_core::impl_statement_query!(SqliteArguments);
}

sqlx_core::impl_column_index_for_statement!(SqliteStatement);

impl ColumnIndex<SqliteStatement> for &'_ str {
    fn index(&self, statement: &SqliteStatement) -> Result<usize, Error> {
        let place = statement.shape.columns.iter().position(|column| *column.name() == **self);
        place.ok_or_else(|| Error::ColumnNotFound((*self).into()))
    }
}

/// sqlx's own transactions are not used: units of work are the writers' (decision 0002).
#[derive(Debug)]
pub struct Transactions;

const NOT_HERE: &str = "units of work begin and end in the writer";

impl TransactionManager for Transactions {
    type Database = Sqlite;

    async fn begin(_: &mut SqliteConnection, _: Option<SqlStr>) -> Result<(), Error> {
        Err(Error::Protocol(NOT_HERE.to_owned()))
    }

    async fn commit(_: &mut SqliteConnection) -> Result<(), Error> {
        Err(Error::Protocol(NOT_HERE.to_owned()))
    }

    async fn rollback(_: &mut SqliteConnection) -> Result<(), Error> {
        Err(Error::Protocol(NOT_HERE.to_owned()))
    }

    fn start_rollback(_: &mut SqliteConnection) {}

    fn get_transaction_depth(conn: &SqliteConnection) -> usize {
        usize::from(conn.is_busy_with_work())
    }
}
