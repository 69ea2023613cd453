//! One page of a list, and where the next one starts.
use serde::{Deserialize, Serialize};

/// How many rows a page holds when nobody says.
pub const PAGE_ROWS: u32 = 50;
/// How many rows a page holds at most.
pub const PAGE_ROWS_MAX: u32 = 200;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Page<T> {
    /// The rows, in the order that was asked for.
    pub items: Vec<T>,
    /// Give this as `cursor` to get the next page; null on the last one.
    pub next_cursor: Option<String>,
    /// How many rows there are on all pages together.
    pub total: u64,
}

impl<T> Page<T> {
    /// A list that fits on one page.
    #[must_use]
    pub fn whole(items: Vec<T>) -> Self {
        let total = items.len() as u64;
        Self { items, next_cursor: None, total }
    }

    /// Cuts a page from `limit + 1` fetched rows: the extra row only tells that there is more, and the
    /// cursor is made from the last row that is shown.
    #[must_use]
    pub fn cut(mut items: Vec<T>, limit: u32, total: u64, cursor: impl FnOnce(&T) -> String) -> Self {
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        let next_cursor = if more { items.last().map(cursor) } else { None };
        Self { items, next_cursor, total }
    }

    /// The same page with other rows.
    #[must_use]
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(f).collect(),
            next_cursor: self.next_cursor,
            total: self.total,
        }
    }
}

/// The page size to use for what was asked: 1 to [`PAGE_ROWS_MAX`], [`PAGE_ROWS`] when nothing was.
#[must_use]
pub fn page_rows(limit: Option<u32>) -> u32 {
    limit.unwrap_or(PAGE_ROWS).clamp(1, PAGE_ROWS_MAX)
}
