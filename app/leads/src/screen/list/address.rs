//! A list of leads as an address, and back.
use kit::paths;
use leptos_router::params::ParamsMap;

use crate::model::Source;
use crate::verbs::ListLeads;

/// The list that an address asks for; what cannot be read is not asked.
pub(super) fn read(query: &ParamsMap) -> ListLeads {
    let text =
        |name: &str| query.get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
    ListLeads {
        status: text("status").and_then(|value| value.parse().ok()),
        program: text("program").and_then(|value| value.parse().ok()),
        partner: text("partner").and_then(|value| value.parse().ok()),
        source: text("source").and_then(|value| Source::parse(&value)),
        country: text("country").filter(|value| value.len() == 2),
        q: text("q"),
        needs_action: text("needs_action").filter(|value| value == "true").map(|_| true),
        sort: text("sort").and_then(|value| value.parse().ok()),
        cursor: text("cursor"),
        limit: None,
    }
}

/// The address of a list.
pub(super) fn href(ask: &ListLeads) -> String {
    let query = base::address(ask).map(|(_, fields)| base::query(&fields)).unwrap_or_default();
    if query.is_empty() { paths::LEADS.to_owned() } else { format!("{}?{query}", paths::LEADS) }
}

/// The same list with a lead open beside it.
pub(super) fn peek_href(ask: &ListLeads, id: base::LeadId) -> String {
    let list = href(ask);
    let joint = if list.contains('?') { '&' } else { '?' };
    format!("{list}{joint}peek={id}")
}

/// Whether the list leaves anything out.
pub(super) fn is_narrowed(ask: &ListLeads) -> bool {
    ListLeads { sort: None, ..ask.clone() } != ListLeads::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_survives_its_address() {
        let ask = ListLeads {
            status: "accepted,working".parse().ok(),
            source: Some(Source::WebForm),
            needs_action: Some(true),
            sort: "-value".parse().ok(),
            ..ListLeads::default()
        };
        let href = href(&ask);
        let mut query = ParamsMap::new();
        for pair in href.split_once('?').unwrap().1.split('&') {
            let (name, value) = pair.split_once('=').unwrap();
            query.insert(name.to_owned(), value.replace("%2C", ","));
        }
        assert_eq!(read(&query), ask);
        assert!(is_narrowed(&ask));
    }
}
