//! Values of a statement, in a row, with their texts and bytes in one piece of memory.
use std::ops::Range;

use rusqlite::types::ValueRef;

#[derive(Clone, Debug)]
enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(Range<usize>),
    Blob(Range<usize>),
}

/// Arguments of a statement, or the values of its rows one row after another.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    cells: Vec<Cell>,
    bytes: Vec<u8>,
}

impl Cells {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub(super) fn reserve(&mut self, more: usize, bytes: usize) {
        self.cells.reserve(more);
        self.bytes.reserve(bytes);
    }

    pub(super) fn push(&mut self, value: ValueRef<'_>) {
        let cell = match value {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(number) => Cell::Integer(number),
            ValueRef::Real(number) => Cell::Real(number),
            ValueRef::Text(text) => Cell::Text(self.keep(text)),
            ValueRef::Blob(bytes) => Cell::Blob(self.keep(bytes)),
        };
        self.cells.push(cell);
    }

    /// Takes back what was pushed after the first `len`.
    pub(super) fn truncate(&mut self, len: usize) {
        self.cells.truncate(len);
    }

    /// The value at a place; null beyond the last.
    pub(super) fn get(&self, at: usize) -> ValueRef<'_> {
        match self.cells.get(at) {
            None | Some(Cell::Null) => ValueRef::Null,
            Some(Cell::Integer(number)) => ValueRef::Integer(*number),
            Some(Cell::Real(number)) => ValueRef::Real(*number),
            Some(Cell::Text(range)) => ValueRef::Text(&self.bytes[range.clone()]),
            Some(Cell::Blob(range)) => ValueRef::Blob(&self.bytes[range.clone()]),
        }
    }

    fn keep(&mut self, bytes: &[u8]) -> Range<usize> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        start..self.bytes.len()
    }
}
