//! Rows of an answer.
use std::sync::Arc;

use sqlx_core::HashMap;
use sqlx_core::column::{Column, ColumnIndex};
use sqlx_core::error::Error;
use sqlx_core::row::Row;

use super::{Cells, Kind, Sqlite, SqliteValueRef};

/// A column of an answer. SQLite's types belong to values, so this one's says nothing.
#[derive(Clone, Debug)]
pub struct SqliteColumn {
    name: Box<str>,
    ordinal: usize,
}

impl Column for SqliteColumn {
    type Database = Sqlite;

    fn ordinal(&self) -> usize {
        self.ordinal
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn type_info(&self) -> &Kind {
        &Kind::Null
    }
}

/// What is known of a statement before it runs; asked once and kept with the connection.
#[derive(Debug)]
pub(super) struct Shape {
    /// For each of SQLite's parameters, which argument it takes, from 0.
    pub(super) parameters: Vec<usize>,
    pub(super) columns: Vec<SqliteColumn>,
    places: HashMap<Box<str>, usize>,
}

impl Shape {
    pub(super) fn of(statement: &rusqlite::Statement<'_>) -> Result<Self, Error> {
        let parameters = (1..=statement.parameter_count())
            .map(|at| argument_of(at, statement.parameter_name(at)))
            .collect::<Result<_, _>>()?;
        let columns: Vec<SqliteColumn> = statement
            .column_names()
            .into_iter()
            .enumerate()
            .map(|(ordinal, name)| SqliteColumn { name: name.into(), ordinal })
            .collect();
        let places = columns.iter().map(|column| (column.name.clone(), column.ordinal)).collect();
        Ok(Self { parameters, columns, places })
    }
}

/// SQLite numbers `$2` by where it first stands, not by its name.
fn argument_of(at: usize, name: Option<&str>) -> Result<usize, Error> {
    let Some(name) = name else { return Ok(at - 1) };
    let number: Option<usize> = name.get(1..).and_then(|digits| digits.parse().ok());
    number
        .and_then(|number| number.checked_sub(1))
        .ok_or_else(|| Error::Protocol(format!("parameters have numbers, not names like {name}")))
}

/// All rows of one answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) shape: Arc<Shape>,
    pub(super) cells: Cells,
}

/// A row: the answer that it is part of, and where it begins.
#[derive(Debug)]
pub struct SqliteRow {
    answer: Arc<Answer>,
    start: usize,
}

/// The rows of an answer.
pub(super) fn rows(answer: Answer) -> impl Iterator<Item = SqliteRow> {
    let width = answer.shape.columns.len().max(1);
    let answer = Arc::new(answer);
    (0..answer.cells.len() / width).map(move |row| SqliteRow { answer: answer.clone(), start: row * width })
}

impl Row for SqliteRow {
    type Database = Sqlite;

    fn columns(&self) -> &[SqliteColumn] {
        &self.answer.shape.columns
    }

    fn try_get_raw<I>(&self, index: I) -> Result<SqliteValueRef<'_>, Error>
    where
        I: ColumnIndex<Self>,
    {
        let place = index.index(self)?;
        Ok(SqliteValueRef(self.answer.cells.get(self.start + place)))
    }
}

sqlx_core::impl_column_index_for_row!(SqliteRow);

impl ColumnIndex<SqliteRow> for &'_ str {
    fn index(&self, row: &SqliteRow) -> Result<usize, Error> {
        let place = row.answer.shape.places.get(*self).copied();
        place.ok_or_else(|| Error::ColumnNotFound((*self).into()))
    }
}
