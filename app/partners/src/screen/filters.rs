//! What the list is limited to and sorted by, as the address says it.
use base::ProgramId;
use kit::paths;
use leptos_router::params::ParamsMap;

use crate::{ListPartners, PartnerType};

/// The part of the address after `/partners`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Filters {
    pub q: String,
    pub program: Option<ProgramId>,
    pub partner_type: Option<PartnerType>,
    pub territory: String,
    pub sort: String,
    pub cursor: String,
}

impl Filters {
    /// Reads the address; what it does not understand counts as not given.
    pub(super) fn read(query: &ParamsMap) -> Self {
        let text = |name| query.get(name).unwrap_or_default().trim().to_owned();
        Self {
            q: text("q"),
            program: text("program").parse().ok(),
            partner_type: PartnerType::parse(&text("type")),
            territory: text("territory"),
            sort: text("sort"),
            cursor: text("cursor"),
        }
    }

    pub(super) fn verb(&self) -> ListPartners {
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        ListPartners {
            q: given(&self.q),
            program: self.program,
            partner_type: self.partner_type,
            territory: given(&self.territory),
            sort: given(&self.sort),
            cursor: given(&self.cursor),
            ..ListPartners::default()
        }
    }

    /// Whether the list is limited to some partners.
    pub(super) fn limits(&self) -> bool {
        !self.q.is_empty()
            || self.program.is_some()
            || self.partner_type.is_some()
            || !self.territory.is_empty()
    }

    /// The address of this list.
    pub(super) fn href(&self) -> String {
        let program = self.program.map(|id| id.to_string()).unwrap_or_default();
        let pairs = [
            ("q", self.q.as_str()),
            ("program", &program),
            ("type", self.partner_type.map_or("", PartnerType::as_str)),
            ("territory", &self.territory),
            ("sort", &self.sort),
            ("cursor", &self.cursor),
        ];
        let given = pairs.iter().filter(|(_, value)| !value.is_empty());
        let query: Vec<String> =
            given.map(|(name, value)| format!("{name}={}", base::escape(value))).collect();
        if query.is_empty() {
            paths::PARTNERS.to_owned()
        } else {
            format!("{}?{}", paths::PARTNERS, query.join("&"))
        }
    }

    /// The same list from its beginning, changed.
    pub(super) fn with(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut filters = Self { cursor: String::new(), ..self.clone() };
        change(&mut filters);
        filters.href()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_the_list_is_limited_to() {
        let mut query = ParamsMap::new();
        query.insert("q", "a & b".to_owned());
        query.insert("type", "msp".to_owned());
        query.insert("program", "nonsense".to_owned());
        query.insert("cursor", "org_x".to_owned());
        let filters = Filters::read(&query);
        assert_eq!(filters.href(), "/partners?q=a%20%26%20b&type=msp&cursor=org_x");
        assert_eq!(filters.with(|filters| filters.q.clear()), "/partners?type=msp");
        assert!(filters.limits());
    }
}
