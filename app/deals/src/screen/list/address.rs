//! A list of deals as an address, and back: filters, order, columns, layout, and which saved view it began with.
use base::DealId;
use kit::paths;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

use crate::model::{BoardGroup, Columns, Layout, ListColumn, View, ViewId};
use crate::verbs::ListDeals;

/// What an address asks for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::screen) struct Address {
    pub(in crate::screen) ask: ListDeals,
    /// The usual ones where empty.
    pub(in crate::screen) columns: Columns,
    pub(in crate::screen) layout: Layout,
    /// The saved view that it began with.
    pub(in crate::screen) view: Option<ViewId>,
    /// The column of the board that a phone shows.
    pub(in crate::screen) group: Option<BoardGroup>,
    /// How many cards a column of the board shows, where not the usual number.
    pub(in crate::screen) cards: Option<u32>,
    /// Whether nothing at all was asked: then the person's default view opens.
    pub(in crate::screen) is_bare: bool,
}

/// What an address says where nothing else is to be said.
const ALL: &str = "all";

/// Reads an address; what cannot be read is not asked.
pub(in crate::screen) fn read(query: &ParamsMap) -> Address {
    let text = |name: &str| query.get(name).filter(|value| !value.trim().is_empty());
    let ask = ListDeals::from_fields(|name| query.get(name));
    let mut address = Address {
        columns: text("columns").and_then(|value| value.parse().ok()).unwrap_or_default(),
        layout: text("layout").map(|value| Layout::parse(&value)).unwrap_or_default(),
        view: text("view").and_then(|value| value.parse().ok()),
        group: text("column").and_then(|value| BoardGroup::parse(&value)),
        cards: text("cards").and_then(|value| value.parse().ok()).map(|cards: u32| cards.clamp(1, 100)),
        ask,
        is_bare: false,
    };
    let says_all = text("view").is_some_and(|value| value == ALL);
    address.is_bare = address == Address::default() && !says_all;
    address
}

impl Address {
    /// The same list with other filters, on its first page.
    pub(in crate::screen) fn asking(&self, ask: ListDeals) -> Self {
        Self { ask: ListDeals { cursor: None, ..ask }, is_bare: false, ..self.clone() }
    }

    /// What a saved view shows.
    pub(in crate::screen) fn of(view: &View) -> Self {
        Self {
            ask: ListDeals::from_query(&view.query).unwrap_or_default(),
            columns: view.columns.clone(),
            layout: view.layout,
            view: Some(view.id),
            ..Self::default()
        }
    }

    /// As a link.
    pub(in crate::screen) fn href(&self) -> String {
        let list = ListDeals { limit: None, ids: None, ..self.ask.clone() };
        let mut parts =
            vec![base::address(&list).map(|(_, fields)| base::query(&fields)).unwrap_or_default()];
        if !self.columns.0.is_empty() {
            parts.push(format!("columns={}", base::escape(&self.columns.to_string())));
        }
        if self.layout == Layout::Board {
            parts.push(format!("layout={}", self.layout.as_str()));
        }
        parts.extend(self.view.map(|view| format!("view={view}")));
        parts.extend(self.group.map(|group| format!("column={}", group.as_str())));
        parts.extend(self.cards.map(|cards| format!("cards={cards}")));
        parts.retain(|part| !part.is_empty());
        if parts.is_empty() {
            paths::DEALS.to_owned()
        } else {
            format!("{}?{}", paths::DEALS, parts.join("&"))
        }
    }

    /// The whole list, even where a default view would open.
    pub(in crate::screen) fn all() -> String {
        format!("{}?view={ALL}", paths::DEALS)
    }

    /// The same list with a deal open beside it.
    pub(in crate::screen) fn peek_href(&self, id: DealId) -> String {
        let list = self.href();
        let joint = if list.contains('?') { '&' } else { '?' };
        format!("{list}{joint}peek={id}")
    }

    /// Whether the list leaves anything out.
    pub(in crate::screen) fn is_narrowed(&self) -> bool {
        ListDeals { sort: None, ..self.ask.clone() } != ListDeals::default()
    }

    /// The columns that are shown.
    pub(in crate::screen) fn shown(&self, is_vendor: bool) -> Columns {
        if self.columns.0.is_empty() { ListColumn::usual(is_vendor) } else { self.columns.clone() }
    }

    /// Whether it shows what a saved view shows.
    pub(in crate::screen) fn is_as_saved(&self, view: &View) -> bool {
        let saved = Self::of(view);
        (self.ask.to_query(), &self.columns, self.layout)
            == (saved.ask.to_query(), &saved.columns, saved.layout)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Status;

    fn read_back(href: &str) -> Address {
        let mut query = ParamsMap::new();
        for (name, value) in base::pairs(href.split_once('?').map_or("", |(_, query)| query)) {
            query.insert(name, value);
        }
        read(&query)
    }

    #[test]
    fn a_list_survives_its_address() {
        let address = Address {
            ask: ListDeals {
                status: Some(Status::Won.into()),
                q: Some("a & b".into()),
                mine: Some(true),
                sort: "-value".parse().ok(),
                ..ListDeals::default()
            },
            columns: "value,partner".parse().unwrap(),
            layout: Layout::Board,
            group: Some(BoardGroup::Review),
            cards: Some(40),
            ..Address::default()
        };
        assert_eq!(read_back(&address.href()), address);
    }

    #[test]
    fn only_an_address_that_says_nothing_opens_the_default_view() {
        assert!(read_back("/deals").is_bare);
        assert!(!read_back(&Address::all()).is_bare);
        assert_eq!(read_back(&Address::all()).href(), "/deals");
        assert!(!read_back("/deals?sort=value").is_bare);
    }

    #[test]
    fn a_sorted_list_is_not_a_narrowed_one() {
        let sorted =
            Address::default().asking(ListDeals { sort: "value".parse().ok(), ..ListDeals::default() });
        assert!(!sorted.is_narrowed());
        let mine = Address::default().asking(ListDeals { mine: Some(true), ..ListDeals::default() });
        assert!(mine.is_narrowed());
    }
}
