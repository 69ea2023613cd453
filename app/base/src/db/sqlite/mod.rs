//! SQLite in the calling thread: a small driver for sqlx on top of rusqlite.
//!
//! sqlx's own driver gives each connection a thread and sends it every statement, which costs two switches between
//! threads for what SQLite answers in a few microseconds. Here a statement runs where it is asked (decision 0015). What
//! is written against sqlx (`query`, `bind`, `FromRow`) stays as it is, for it is generic over the database.
mod cells;
mod connection;
mod error;
mod executor;
mod options;
mod pool;
mod row;
mod statement;
mod types;
mod value;

use sqlx_core::database::{Database, HasStatementCache};

pub use cells::Cells;
pub use connection::SqliteConnection;
pub use error::SqliteError;
pub use options::SqliteOptions;
pub use pool::Lent;
pub(super) use pool::Readers;
pub use row::{SqliteColumn, SqliteRow};
pub use statement::{SqliteArguments, SqliteDone, SqliteStatement, Transactions};
pub use value::{Kind, SqliteValue, SqliteValueRef};

/// SQLite, run in the calling thread.
#[derive(Debug)]
pub struct Sqlite;

impl Database for Sqlite {
    type Connection = SqliteConnection;
    type TransactionManager = Transactions;
    type Row = SqliteRow;
    type QueryResult = SqliteDone;
    type Column = SqliteColumn;
    type TypeInfo = Kind;
    type Value = SqliteValue;
    type ValueRef<'r> = SqliteValueRef<'r>;
    type Arguments = SqliteArguments;
    type ArgumentBuffer = Cells;
    type Statement = SqliteStatement;
    const NAME: &'static str = "SQLite";
    const URL_SCHEMES: &'static [&'static str] = &["sqlite"];
}

impl HasStatementCache for Sqlite {}
