//! A list of deals as an address, and back.
use kit::paths;
use leptos_router::params::ParamsMap;

use crate::verbs::ListDeals;

/// The list that an address asks for; what cannot be read is not asked.
pub(super) fn read(query: &ParamsMap) -> ListDeals {
    let text =
        |name: &str| query.get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
    let is = |name: &str| text(name).and_then(|value| value.parse().ok()).filter(|on: &bool| *on);
    ListDeals {
        status: text("status").and_then(|value| value.parse().ok()),
        program: text("program").and_then(|value| value.parse().ok()),
        partner: text("partner").and_then(|value| value.parse().ok()),
        q: text("q"),
        needs_action: is("needs_action"),
        queue: is("queue"),
        expiring: is("expiring"),
        mine: is("mine"),
        since: text("since").and_then(|value| value.parse().ok()),
        until: text("until").and_then(|value| value.parse().ok()),
        sort: text("sort").and_then(|value| value.parse().ok()),
        cursor: text("cursor"),
        limit: None,
    }
}

/// The address of a list.
pub(super) fn href(ask: &ListDeals) -> String {
    let query = base::address(ask).map(|(_, fields)| base::query(&fields)).unwrap_or_default();
    if query.is_empty() { paths::DEALS.to_owned() } else { format!("{}?{query}", paths::DEALS) }
}

/// The same list with a deal open beside it.
pub(super) fn peek_href(ask: &ListDeals, id: base::DealId) -> String {
    let list = href(ask);
    let joint = if list.contains('?') { '&' } else { '?' };
    format!("{list}{joint}peek={id}")
}

/// Whether the list leaves anything out.
pub(super) fn is_narrowed(ask: &ListDeals) -> bool {
    ListDeals { sort: None, ..ask.clone() } != ListDeals::default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Status;

    #[test]
    fn a_list_survives_its_address() {
        let ask = ListDeals {
            status: Some(Status::Won.into()),
            q: Some("a & b".into()),
            mine: Some(true),
            sort: "-value".parse().ok(),
            ..ListDeals::default()
        };
        let href = href(&ask);
        let mut query = ParamsMap::new();
        for pair in href.split_once('?').unwrap().1.split('&') {
            let (name, value) = pair.split_once('=').unwrap();
            query.insert(name.to_owned(), value.replace("%20", " ").replace("%26", "&"));
        }
        assert_eq!(read(&query), ask);
    }

    #[test]
    fn a_sorted_list_is_not_a_narrowed_one() {
        assert!(!is_narrowed(&ListDeals { sort: "value".parse().ok(), ..ListDeals::default() }));
        assert!(is_narrowed(&ListDeals { mine: Some(true), ..ListDeals::default() }));
    }
}
