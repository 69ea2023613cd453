//! What one pasted line says about a company: a website, an e-mail address or a name, read by rules of our own.
use crate::screen::COUNTRIES;

/// What could be read; everything may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Guess {
    pub(super) name: Option<String>,
    /// Host without `www.`.
    pub(super) website: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub(super) country: Option<String>,
}

impl Guess {
    /// How many fields it fills.
    pub(super) fn count(&self) -> i64 {
        [&self.name, &self.website, &self.country].into_iter().map(|field| i64::from(field.is_some())).sum()
    }
}

/// Hosts where anybody has an address: they say nothing about a company.
const MAILERS: [&str; 22] = [
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "msn.com",
    "yahoo.com",
    "yahoo.de",
    "icloud.com",
    "me.com",
    "gmx.de",
    "gmx.net",
    "gmx.at",
    "gmx.ch",
    "web.de",
    "t-online.de",
    "freenet.de",
    "aol.com",
    "proton.me",
    "protonmail.com",
    "posteo.de",
    "bluewin.ch",
];

/// Endings of two letters that are used everywhere, whatever country owns them.
const GENERIC: [&str; 16] =
    ["ai", "app", "cc", "co", "eu", "fm", "gg", "io", "ly", "me", "sh", "so", "to", "tv", "ws", "vc"];

/// Labels below a country's ending that are not names: `example.co.uk`.
const SECOND: [&str; 11] = ["ac", "co", "com", "edu", "gov", "gv", "ne", "net", "or", "org", "ltd"];

/// Reads a line.
pub(super) fn read(text: &str) -> Guess {
    let text = text.trim();
    let host = match text.rsplit_once('@') {
        Some((before, domain)) if is_address(before) => {
            host_of(domain).filter(|host| !MAILERS.contains(&host.as_str()))
        }
        _ => host_of(text),
    };
    match host {
        Some(host) => Guess { name: name_of(&host), country: country_of(&host), website: Some(host) },
        None if text.contains('@') || text.contains("://") => Guess::default(),
        None => {
            let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let long_enough = name.chars().filter(|c| c.is_alphanumeric()).count() > 1;
            Guess { name: long_enough.then_some(name), ..Guess::default() }
        }
    }
}

fn is_address(before: &str) -> bool {
    !before.is_empty() && !before.contains('/') && !before.contains(char::is_whitespace)
}

/// The host of a URL or of what looks like one, in lower case and without `www.`.
fn host_of(text: &str) -> Option<String> {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.trim_end_matches('.').to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let ending = host.rsplit_once('.')?.1;
    let good = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let is_ending =
        ending.chars().count() > 1 && ending.chars().all(char::is_alphabetic) || ending.starts_with("xn--");
    (is_ending && host.split('.').all(good)).then(|| host.to_owned())
}

fn country_of(host: &str) -> Option<String> {
    let ending = host.rsplit('.').next()?;
    if GENERIC.contains(&ending) {
        return None;
    }
    let code = if ending == "uk" { "GB".to_owned() } else { ending.to_ascii_uppercase() };
    COUNTRIES.contains(&code.as_str()).then_some(code)
}

/// The label that a company chose, as words: `helvetia-praezision.ch` is "Helvetia Praezision".
fn name_of(host: &str) -> Option<String> {
    let mut labels: Vec<&str> = host.split('.').collect();
    let ending = labels.pop()?;
    if ending.len() == 2 && labels.len() > 1 && labels.last().is_some_and(|label| SECOND.contains(label)) {
        labels.pop();
    }
    let label = labels.pop().filter(|label| !label.starts_with("xn--"))?;
    let words: Vec<String> = label.split('-').filter(|word| !word.is_empty()).map(capital).collect();
    Some(words.join(" "))
}

/// Short words are taken for abbreviations.
fn capital(word: &str) -> String {
    if word.chars().count() <= 3 {
        return word.to_uppercase();
    }
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(name: &str, website: &str, country: &str) -> Guess {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Guess { name: some(name), website: some(website), country: some(country) }
    }

    #[test]
    fn a_website_gives_host_name_and_country() {
        let expected = guess("Helvetia Praezision", "helvetia-praezision.ch", "CH");
        for text in [
            "https://www.helvetia-praezision.ch",
            "helvetia-praezision.ch",
            " HTTPS://Helvetia-Praezision.CH/de/kontakt?x=1#y ",
            "http://user:pass@www.helvetia-praezision.ch:8080/",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn an_address_gives_its_domain_unless_anybody_has_one_there() {
        assert_eq!(read("anna.meier@nordlicht.de"), guess("Nordlicht", "nordlicht.de", "DE"));
        assert_eq!(read("anna.meier@gmail.com"), Guess::default());
    }

    #[test]
    fn a_name_is_tidied_and_kept() {
        assert_eq!(read("  Helvetia   Präzisionswerke AG "), guess("Helvetia Präzisionswerke AG", "", ""));
        assert_eq!(read("Dr. Oetker"), guess("Dr. Oetker", "", ""));
        assert_eq!(read("x"), Guess::default());
        assert_eq!(read(""), Guess::default());
    }

    #[test]
    fn endings_used_everywhere_name_no_country() {
        assert_eq!(read("acme.io"), guess("Acme", "acme.io", ""));
        assert_eq!(read("acme.com"), guess("Acme", "acme.com", ""));
        assert_eq!(read("www.acme.co.uk"), guess("Acme", "acme.co.uk", "GB"));
        assert_eq!(read("shop.acme.at"), guess("Acme", "shop.acme.at", "AT"));
        assert_eq!(read("sap.com").name.as_deref(), Some("SAP"));
    }

    #[test]
    fn nothing_that_is_typed_makes_it_stumble() {
        for text in [
            "@",
            "://",
            "a@",
            "@b.de",
            ".de",
            "a..de",
            "-.de",
            "ü.de",
            "日本.jp",
            "1.2.3.4",
            "https://",
            "%%%",
        ] {
            let _ = read(text);
        }
        assert_eq!(read("1.2.3.4").website, None);
    }
}
