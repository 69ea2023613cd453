//! Values of statements that are put together from what was asked.
use uuid::Uuid;

/// A value for a place of a statement, whichever its type; bound by [`bound!`](crate::bound).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bind {
    Id(Uuid),
    Text(String),
    Number(i64),
}

/// Binds values to a query in the order of their places: `bound!(sqlx::query_as(SQL), &binds).fetch_all(conn).await`.
#[macro_export]
macro_rules! bound {
    ($query:expr, $binds:expr) => {{
        let mut query = $query;
        for bind in $binds {
            query = match bind {
                $crate::db::Bind::Id(id) => query.bind(*id),
                $crate::db::Bind::Text(text) => query.bind(text.as_str()),
                $crate::db::Bind::Number(number) => query.bind(*number),
            };
        }
        query
    }};
}
