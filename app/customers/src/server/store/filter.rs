//! Conditions of a list, put together from what was asked; values stay bound.
use base::Scope;
pub(super) use base::bound;
pub(super) use base::db::Bind;
use sqlx::types::Uuid;

/// Conditions joined by `and`, with their values in the order of their places.
pub(super) struct Filter {
    pub(super) sql: String,
    pub(super) binds: Vec<Bind>,
}

impl Filter {
    /// The rows that a scope sees, of a table known as `alias`.
    pub(super) fn of(scope: Scope, alias: &str) -> Self {
        let mut filter = Self { sql: "1 = 1".to_owned(), binds: Vec::new() };
        if let Some((column, id)) = scope.column() {
            filter.and(&format!("{alias}.{column} = ?"), Bind::Id(id.0));
        }
        filter
    }

    /// Adds a condition; every `?` in it is the place of the one value.
    pub(super) fn and(&mut self, condition: &str, bind: Bind) {
        self.binds.push(bind);
        let place = format!("${}", self.binds.len());
        self.sql.push_str(" and ");
        self.sql.push_str(&condition.replace('?', &place));
    }

    /// Keeps to the records of a segment.
    pub(super) fn lies_in(&mut self, segment: &partners::Segment, alias: &str) {
        if let Some(condition) = partners::server::holds(segment, alias, |bind| self.place(bind)) {
            self.sql.push_str(" and ");
            self.sql.push_str(&condition);
        }
    }

    /// The place of one more value.
    pub(super) fn place(&mut self, bind: Bind) -> String {
        self.binds.push(bind);
        format!("${}", self.binds.len())
    }
}

/// A `like` pattern for a part of a text, in lower case; its own signs count as letters (escape sign `!`).
pub(super) fn part_of(text: &str) -> String {
    let text = text.trim().to_lowercase();
    format!("%{}%", text.replace('!', "!!").replace('%', "!%").replace('_', "!_"))
}

/// `$first, $first+1, …`: `count` places.
pub(super) fn places(first: usize, count: usize) -> String {
    (first..first + count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}

/// Rows of places for an insert: `($1, $2), ($3, $4)`.
pub(super) fn rows(rows: usize, columns: usize) -> String {
    (0..rows).map(|row| format!("({})", places(1 + row * columns, columns))).collect::<Vec<_>>().join(", ")
}

/// How many places to use for so many values: few sizes, so that few statements are prepared.
pub(super) fn rounded(count: usize) -> usize {
    count.max(1).next_power_of_two()
}

/// A cursor: the value the list is sorted by, and the id of the last row.
pub(super) fn cursor(value: &str, id: Uuid) -> String {
    format!("{value}.{}", base::encode_suffix(id))
}

/// Reads a cursor back; one that was not made here starts the list again.
pub(super) fn read_cursor(cursor: Option<&str>) -> Option<(&str, Uuid)> {
    let (value, id) = cursor?.rsplit_once('.')?;
    Some((value, base::decode_suffix(id)?))
}
