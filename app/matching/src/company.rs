//! A company as somebody described it, and the profile it is compared by.

use crate::domain::{self, Aliases};
use crate::name::CompanyName;
use crate::{normalise, similarity};
use serde::{Deserialize, Serialize};

/// Trade names that are looked at.
const MOST_TRADE_NAMES: usize = 5;

/// What a form, a file or a record says about a company. Everything may be missing or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Company {
    pub name: String,
    pub trade_names: Vec<String>,
    /// Website, URL, e-mail address or host.
    pub website: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    pub registration_number: Option<String>,
    pub phone: Option<String>,
    pub city: Option<String>,
    pub postal_code: Option<String>,
    pub street: Option<String>,
}

/// A [`Company`] normalised once. It can be stored; building it anew takes a few microseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Legal name first, then trade names; without any, the domain speaks for the name.
    pub(crate) names: Vec<NameForm>,
    /// Whether the names are the company's own, not borrowed from its domain.
    pub(crate) is_named: bool,
    pub(crate) domain: Option<String>,
    /// Domains that lead to [`Self::domain`]: records may be stored under them.
    #[serde(default)]
    pub(crate) other_domains: Vec<String>,
    pub(crate) registration_number: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) postal: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) street: Option<String>,
}

/// A name with what its comparison needs again and again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NameForm {
    pub(crate) name: CompanyName,
    pub(crate) squashed: String,
    pub(crate) spelled: String,
    pub(crate) sorted: String,
    pub(crate) trigrams: Vec<u32>,
}

impl Profile {
    /// Normalises every field; `aliases` says under which other names and domains the company is known.
    pub fn new(company: &Company, aliases: &Aliases) -> Self {
        let country = company.country.as_deref().and_then(normalise::country);
        let place = country.as_deref();
        let domain = company.website.as_deref().and_then(normalise::registrable_domain);
        let domain = domain.map(|domain| aliases.resolve(&domain));
        let other_domains = domain.as_deref().map(|domain| aliases.leading_to(domain)).unwrap_or_default();
        let mut names = names(company, place, aliases);
        let is_named = !names.is_empty();
        if let (false, Some(domain)) = (is_named, &domain) {
            names.extend(NameForm::new(&domain::label(domain).replace('-', " "), None));
        }
        Self {
            names,
            is_named,
            domain,
            other_domains,
            registration_number: company
                .registration_number
                .as_deref()
                .and_then(|number| normalise::registration_number(number, place)),
            phone: company.phone.as_deref().and_then(|number| normalise::phone(number, place)),
            postal: company.postal_code.as_deref().and_then(normalise::postal),
            city: company.city.as_deref().and_then(normalise::city),
            street: company.street.as_deref().and_then(normalise::street),
            country,
        }
    }

    pub fn domain(&self) -> Option<&str> {
        self.domain.as_deref()
    }

    pub fn country(&self) -> Option<&str> {
        self.country.as_deref()
    }

    /// The legal name, or the first trade name where there is none; `None` when no name was legible.
    pub fn name(&self) -> Option<&CompanyName> {
        self.names.first().filter(|_| self.is_named).map(|form| &form.name)
    }

    /// The legal name with spaces, as it is indexed for search-as-you-type.
    pub fn searchable(&self) -> String {
        self.names.first().map(|form| form.name.written().join(" ")).unwrap_or_default()
    }
}

fn names(company: &Company, country: Option<&str>, aliases: &Aliases) -> Vec<NameForm> {
    let trade_names = company.trade_names.iter().take(MOST_TRADE_NAMES);
    let mut forms: Vec<NameForm> = Vec::new();
    let mut add = |raw: &str| {
        let form = NameForm::new(raw, country)?;
        let others = aliases.other_names(&form.squashed);
        if forms.len() <= MOST_TRADE_NAMES && forms.iter().all(|known| known.squashed != form.squashed) {
            forms.push(form);
        }
        Some(others)
    };
    let mut others: Vec<&String> = Vec::new();
    for raw in std::iter::once(&company.name).chain(trade_names) {
        others.extend(add(raw).unwrap_or_default());
    }
    for raw in others {
        add(raw);
    }
    forms
}

impl NameForm {
    fn new(raw: &str, country: Option<&str>) -> Option<Self> {
        let name = normalise::name(raw, country);
        let squashed = name.squashed();
        (!squashed.is_empty()).then(|| Self {
            sorted: name.sorted(),
            spelled: name.spelled(),
            trigrams: similarity::trigrams(&squashed),
            squashed,
            name,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_known_by_its_site_alone_borrows_its_name() {
        let company = Company { website: Some("https://www.blue-sky.co.uk".into()), ..Company::default() };
        let profile = Profile::new(&company, &Aliases::default());
        assert_eq!(profile.searchable(), "blu sky");
        assert_eq!(profile.name(), None);
    }

    #[test]
    fn a_stored_profile_reads_back_as_it_was() {
        let company =
            Company { name: "Müller GmbH".into(), country: Some("de".into()), ..Company::default() };
        let profile = Profile::new(&company, &Aliases::default());
        let stored = serde_json::to_string(&profile).unwrap();
        assert_eq!(serde_json::from_str::<Profile>(&stored).unwrap(), profile);
    }
}
