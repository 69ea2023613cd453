//! Internet domains: whose site or mailbox this is.

#[cfg(feature = "ssr")]
use std::collections::{BTreeMap, HashSet};
#[cfg(feature = "ssr")]
use std::sync::LazyLock;

/// Longest host name (RFC 1035).
const LONGEST_HOST: usize = 253;

/// Mail anybody can have, and places where the path and not the host says who it is.
#[cfg(feature = "ssr")]
const SHARED: &str = "
    163.com 126.com aim.com aol.com bigpond.com bluewin.ch btinternet.com comcast.net cox.net duck.com
    earthlink.net email.com fastmail.com fastmail.fm foxmail.com free.fr freenet.de gmail.com gmx.at
    gmx.ch gmx.com gmx.de gmx.net googlemail.com hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.es
    hotmail.fr hotmail.it hushmail.com icloud.com inbox.lv inbox.ru interia.pl laposte.net libero.it
    list.ru live.ca live.co.uk live.com live.de live.fr live.nl mac.com mail.com mail.de mail.ru
    mailbox.org me.com msn.com naver.com o2.pl onet.pl online.de optonline.net orange.fr outlook.com
    outlook.de outlook.es outlook.fr pm.me posteo.de proton.me protonmail.com qq.com rambler.ru
    rediffmail.com rocketmail.com sbcglobal.net seznam.cz sfr.fr shaw.ca sina.com sky.com sohu.com
    t-online.de terra.com.br tutanota.com uol.com.br verizon.net virgilio.it wanadoo.fr web.de wp.pl
    ya.ru yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.br yahoo.de yahoo.es yahoo.fr
    yahoo.it yandex.com yandex.ru yeah.net ymail.com ziggo.nl zoho.com about.me bit.ly carrd.co
    crunchbase.com example.com example.net example.org facebook.com fb.com github.com gitlab.com goo.gl
    instagram.com jimdo.com kununu.com linkedin.com linktr.ee medium.com meetup.com notion.site
    pinterest.com sites.google.com squarespace.com t.co t.me tiktok.com tumblr.com twitter.com vk.com
    wikipedia.org wordpress.com x.com xing.com yelp.com youtu.be youtube.com";

#[cfg(feature = "ssr")]
fn is_shared(domain: &str) -> bool {
    static ALL: LazyLock<HashSet<&str>> = LazyLock::new(|| SHARED.split_whitespace().collect());
    ALL.contains(domain)
}

/// The host of a website, URL, e-mail address or bare host: lower case, without `www.`; `None` when there is none.
pub fn host(raw: &str) -> Option<String> {
    let raw = raw.trim();
    let rest = raw.split_once("://").map_or(raw, |(_, rest)| rest);
    let rest = rest.strip_prefix("mailto:").unwrap_or(rest).trim_start_matches('/');
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host =
        host.split(':').next().unwrap_or_default().trim_matches(['.', '<', '>', ' ', ',', ';', '"', '\'']);
    if host.len() > LONGEST_HOST || !host.contains('.') || host.contains(char::is_whitespace) {
        return None;
    }
    let host = host.to_lowercase();
    let bare = host.strip_prefix("www.").filter(|bare| bare.contains('.')).unwrap_or(&host);
    let is_address = bare.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let is_host = bare.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-' || !c.is_ascii());
    (is_host && !is_address && !bare.contains("..")).then(|| bare.to_owned())
}

/// The domain somebody registered, by the Public Suffix List, in ASCII (IDNA 2008).
///
/// `None` for free mail, shared hosting, addresses, unknown top-level domains and bare suffixes. A tenant's own name
/// under a suffix of the list's private part (`acme.myshopify.com`) says who it is and is kept.
#[cfg(feature = "ssr")]
pub fn registrable_domain(raw: &str) -> Option<String> {
    let ascii = idna::domain_to_ascii_strict(&host(raw)?).ok()?;
    if is_shared(&ascii) {
        return None;
    }
    // `.example` is reserved for documentation (RFC 2606): demonstrations live there, so it counts as known.
    let is_known = |suffix: psl::Suffix<'_>| suffix.is_known() || suffix.as_bytes() == b"example";
    let domain = psl::domain(ascii.as_bytes()).filter(|domain| is_known(domain.suffix()))?;
    let domain = std::str::from_utf8(domain.as_bytes()).ok()?;
    (!is_shared(domain)).then(|| domain.to_owned())
}

/// The part of a registrable domain its owner chose: `acme` of `acme.co.uk`.
#[cfg(feature = "ssr")]
pub(crate) fn label(domain: &str) -> &str {
    domain.split('.').next().unwrap_or(domain)
}

/// Other names and domains that companies are known by: trade names, brands renamed, domains that moved with a company
/// that was bought.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aliases {
    /// Where a domain leads to.
    domains: BTreeMap<String, String>,
    /// Which domains lead to one, in a single step.
    sources: BTreeMap<String, Vec<String>>,
    /// All names of a company, by the letters of each.
    names: BTreeMap<String, Vec<String>>,
}

#[cfg(feature = "ssr")]
impl Aliases {
    /// Pairs of the old domain and the one that stands for it now; pairs without a registrable domain are left out.
    pub fn new<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let read = |(old, new)| Some((registrable_domain(old)?, registrable_domain(new)?));
        let mut aliases = Self::default();
        for (old, new) in pairs.into_iter().filter_map(read) {
            aliases.lead(old, new);
        }
        aliases
    }

    fn lead(&mut self, old: String, new: String) {
        if let Some(before) = self.domains.insert(old.clone(), new.clone()) {
            self.sources.entry(before).or_default().retain(|source| *source != old);
        }
        self.sources.entry(new).or_default().push(old);
    }

    /// Adds what one company is known by; its first website stands for the others.
    pub fn add(&mut self, names: &[&str], websites: &[&str]) {
        let mut domains = websites.iter().filter_map(|website| registrable_domain(website));
        if let Some(first) = domains.next() {
            for other in domains.filter(|other| *other != first).collect::<Vec<_>>() {
                self.lead(other, first.clone());
            }
        }
        for name in names.iter().filter(|_| names.len() > 1) {
            let known = self.names.entry(crate::normalise::name(name, None).squashed()).or_default();
            let new = names.iter().filter(|other| *other != name).map(|other| (*other).to_owned());
            known.extend(new);
        }
    }

    /// Follows aliases to the end. A circle ends at its alphabetically first domain, so all of it still meets.
    pub fn resolve(&self, domain: &str) -> String {
        let mut seen = vec![domain];
        while let Some(next) = seen.last().and_then(|last| self.domains.get(*last)) {
            if let Some(start) = seen.iter().position(|known| known == next) {
                return seen[start..].iter().min().map_or_else(String::new, ToString::to_string);
            }
            seen.push(next);
        }
        seen.last().map_or_else(String::new, ToString::to_string)
    }

    /// The domains that lead to the same end as a resolved one, without itself: records that were stored before a
    /// domain moved are found under these.
    pub(crate) fn leading_to(&self, resolved: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut next = vec![resolved];
        while let Some(domain) = next.pop() {
            for source in self.sources.get(domain).into_iter().flatten() {
                if source != resolved && !found.contains(source) {
                    found.push(source.clone());
                    next.push(source);
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// Other names of the company that is known by this one, run together ([`crate::CompanyName::squashed`]).
    pub(crate) fn other_names(&self, squashed: &str) -> &[String] {
        self.names.get(squashed).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("https://www.Acme.com:8080/about?x=1#y", Some("acme.com"))]
    #[case("jane.doe@mail.acme.co.uk", Some("mail.acme.co.uk"))]
    #[case("mailto:Jane <jane@acme.com>", Some("acme.com"))]
    #[case("//acme.com", Some("acme.com"))]
    #[case("acme.com.", Some("acme.com"))]
    #[case("acme", None)]
    #[case("acme corp. ltd", None)]
    #[case("10.0.0.1", None)]
    #[case("a..com", None)]
    #[case("", None)]
    fn a_host_is_found_in_what_people_paste(#[case] raw: &str, #[case] found: Option<&str>) {
        assert_eq!(host(raw).as_deref(), found);
    }

    #[cfg(feature = "ssr")]
    #[rstest]
    #[case("https://shop.acme.co.uk/x", Some("acme.co.uk"))]
    #[case("MÜLLER.de", Some("xn--mller-kva.de"))]
    #[case("xn--mller-kva.de", Some("xn--mller-kva.de"))]
    #[case("jane@gmail.com", None)]
    #[case("https://www.linkedin.com/company/acme", None)]
    #[case("sites.google.com/acme", None)]
    #[case("google.com", Some("google.com"))]
    #[case("acme.myshopify.com", Some("acme.myshopify.com"))]
    #[case("co.uk", None)]
    #[case("acme.example", Some("acme.example"))]
    #[case("printer.local", None)]
    #[case("acme.c", None)]
    #[case("acme", None)]
    fn a_registrable_domain_says_whose_it_is(#[case] raw: &str, #[case] found: Option<&str>) {
        assert_eq!(registrable_domain(raw).as_deref(), found);
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn aliases_lead_to_one_domain_even_in_circles() {
        let aliases = Aliases::new([
            ("sun.com", "oracle.com"),
            ("mysql.com", "sun.com"),
            ("a.com", "b.com"),
            ("b.com", "a.com"),
        ]);
        assert_eq!(aliases.resolve("mysql.com"), "oracle.com");
        assert_eq!(aliases.resolve("b.com"), aliases.resolve("a.com"));
        assert_eq!(aliases.resolve("acme.com"), "acme.com");
    }
}
