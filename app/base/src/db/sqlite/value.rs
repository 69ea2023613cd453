//! What SQLite stores in a column.
use std::borrow::Cow;
use std::fmt;

use rusqlite::types::{Value as Owned, ValueRef as Borrowed};
use sqlx_core::type_info::TypeInfo;
use sqlx_core::value::{Value, ValueRef};

use super::Sqlite;

/// SQLite's storage classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Null,
    Integer,
    Real,
    Text,
    Blob,
}

impl TypeInfo for Kind {
    fn is_null(&self) -> bool {
        *self == Self::Null
    }

    fn name(&self) -> &str {
        match self {
            Self::Null => "NULL",
            Self::Integer => "INTEGER",
            Self::Real => "REAL",
            Self::Text => "TEXT",
            Self::Blob => "BLOB",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A value of its own.
#[derive(Clone, Debug)]
pub struct SqliteValue(Owned);

/// A value in a row.
#[derive(Clone, Copy, Debug)]
pub struct SqliteValueRef<'r>(pub(super) Borrowed<'r>);

impl SqliteValueRef<'_> {
    fn kind(&self) -> Kind {
        match self.0 {
            Borrowed::Null => Kind::Null,
            Borrowed::Integer(_) => Kind::Integer,
            Borrowed::Real(_) => Kind::Real,
            Borrowed::Text(_) => Kind::Text,
            Borrowed::Blob(_) => Kind::Blob,
        }
    }
}

impl Value for SqliteValue {
    type Database = Sqlite;

    fn as_ref(&self) -> SqliteValueRef<'_> {
        SqliteValueRef(Borrowed::from(&self.0))
    }

    fn type_info(&self) -> Cow<'_, Kind> {
        Cow::Owned(self.as_ref().kind())
    }

    fn is_null(&self) -> bool {
        self.as_ref().is_null()
    }
}

impl<'r> ValueRef<'r> for SqliteValueRef<'r> {
    type Database = Sqlite;

    fn to_owned(&self) -> SqliteValue {
        SqliteValue(match self.0 {
            Borrowed::Null => Owned::Null,
            Borrowed::Integer(number) => Owned::Integer(number),
            Borrowed::Real(number) => Owned::Real(number),
            Borrowed::Text(text) => Owned::Text(String::from_utf8_lossy(text).into_owned()),
            Borrowed::Blob(bytes) => Owned::Blob(bytes.to_vec()),
        })
    }

    fn type_info(&self) -> Cow<'_, Kind> {
        Cow::Owned(self.kind())
    }

    fn is_null(&self) -> bool {
        self.kind() == Kind::Null
    }
}
