//! Conditions of a list, put together from what was asked; values stay bound.
use base::Scope;
pub(super) use base::bound;
pub(super) use base::db::Bind;

/// Conditions joined by `and`, with their values in the order of their places.
#[derive(Clone)]
pub(super) struct Filter {
    pub(super) sql: String,
    pub(super) binds: Vec<Bind>,
}

impl Filter {
    /// The rows of `deal d` that a scope sees.
    pub(super) fn of(scope: Scope) -> Self {
        let mut filter = Self { sql: "1 = 1".to_owned(), binds: Vec::new() };
        if let Some((column, id)) = scope.column() {
            let place = filter.place(Bind::Id(id.0));
            filter.sql = format!("d.{column} = {place}");
        }
        filter
    }

    /// The place of one more value.
    pub(super) fn place(&mut self, bind: Bind) -> String {
        self.binds.push(bind);
        format!("${}", self.binds.len())
    }

    /// Adds a condition without values.
    pub(super) fn and(&mut self, condition: &str) {
        self.sql.push_str(" and ");
        self.sql.push_str(condition);
    }

    /// Adds a condition; `?` in it is the place of the value.
    pub(super) fn and_with(&mut self, condition: &str, bind: Bind) {
        let place = self.place(bind);
        self.and(&condition.replace('?', &place));
    }
}

/// A `like` pattern for a part of a text, in lower case; its own signs count as letters (escape sign `!`).
pub(super) fn part_of(text: &str) -> String {
    let text = text.trim().to_lowercase();
    format!("%{}%", text.replace('!', "!!").replace('%', "!%").replace('_', "!_"))
}

/// Places for so many values, from one place on: `$2, $3, $4`.
pub(super) fn places(first: usize, count: usize) -> String {
    (first..first + count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}
