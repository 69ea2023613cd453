//! Reads what somebody typed as a host name. Pure.
use std::net::IpAddr;

use base::Problem;

use crate::rules::LABEL;

/// The longest name, in bytes: the record's own must fit into the 253 of the DNS.
const LONGEST: usize = 253 - LABEL.len() - 1;

/// The host name in lower case and punycode. An address of the web is taken for its host.
///
/// # Errors
/// Of the field `host`: `not_a_host`, `an_address`, `public_suffix`, `own_host`.
pub(super) fn read(text: &str, own: &str) -> Result<String, Problem> {
    let wrong = |code, words| Problem::field("host", code, words);
    let text = text.trim();
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let text = text.split(['/', '?', '#']).next().unwrap_or_default();
    if text.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() {
        return Err(wrong("an_address", "Write a name, not a number: only names are in the DNS."));
    }
    let not_a_host = || wrong("not_a_host", "Write a host name like portal.example.com.");
    let name = idna::domain_to_ascii_strict(text.trim_end_matches('.')).map_err(|_| not_a_host())?;
    if name.is_empty() || name.len() > LONGEST {
        return Err(not_a_host());
    }
    if is_local(&name)
        || name.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return Err(not_a_host());
    }
    if name == own {
        return Err(wrong("own_host", "The portal of all brands answers under this name already."));
    }
    if psl::domain(name.as_bytes()).is_none() {
        return Err(wrong(
            "public_suffix",
            "Everybody's names end so. Write one of your own, like portal.example.com.",
        ));
    }
    Ok(name)
}

/// Whether a name is of this machine, or of a network without the DNS.
fn is_local(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    !name.contains('.') || matches!(last, "localhost" | "local" | "internal" | "onion" | "arpa" | "alt")
}

/// As people read it. A name that could pass for another, because scripts are mixed in it, stays in punycode.
pub(super) fn shown(name: &str) -> String {
    let (text, read) = idna::domain_to_unicode(name);
    let mixes =
        |label: &str| !label.is_ascii() && label.chars().any(|c| c.is_ascii_alphabetic()) && !is_latin(label);
    if read.is_err() || text.split('.').any(mixes) { name.to_owned() } else { text }
}

/// Letters of Latin scripts, up to the end of Latin Extended-B.
fn is_latin(label: &str) -> bool {
    label.chars().all(|c| !c.is_alphabetic() || u32::from(c) < 0x250)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_the_dns_has_them() {
        for (text, name) in [
            ("portal.example.com", "portal.example.com"),
            (" Portal.EXAMPLE.com. ", "portal.example.com"),
            ("https://portal.example.com/sign-in?x#y", "portal.example.com"),
            ("partner.bücher.de", "partner.xn--bcher-kva.de"),
            ("xn--bcher-kva.de", "xn--bcher-kva.de"),
            ("acme.github.io", "acme.github.io"),
            ("portal.acme.test", "portal.acme.test"),
            ("sub.partners.example.com", "sub.partners.example.com"),
        ] {
            assert_eq!(read(text, "partners.example.com").as_deref(), Ok(name), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_a_brand_s_own_name_is_refused() {
        for (text, code) in [
            ("", "not_a_host"),
            ("portal", "not_a_host"),
            ("portal.localhost", "not_a_host"),
            ("printer.local", "not_a_host"),
            ("*.example.com", "not_a_host"),
            ("_x.example.com", "not_a_host"),
            ("a b.example.com", "not_a_host"),
            ("user@example.com", "not_a_host"),
            ("portal.example.com:8443", "not_a_host"),
            ("-x.example.com", "not_a_host"),
            ("a..example.com", "not_a_host"),
            ("1.2.3.4.5", "not_a_host"),
            ("127.0.0.1", "an_address"),
            ("http://[::1]/", "an_address"),
            ("com", "not_a_host"),
            ("co.uk", "public_suffix"),
            ("github.io", "public_suffix"),
            ("partners.example.com", "own_host"),
        ] {
            let problem = read(text, "partners.example.com").unwrap_err();
            assert_eq!(problem.of_field("host").unwrap().code, code, "{text}");
        }
        let long = format!(
            "{}.example.com",
            ["a".repeat(60), "b".repeat(60), "c".repeat(60), "d".repeat(60)].join(".")
        );
        assert!(read(&long, "").is_err());
    }

    #[test]
    fn a_name_is_shown_as_people_read_it() {
        assert_eq!(shown("partner.xn--bcher-kva.de"), "partner.bücher.de");
        assert_eq!(shown("portal.example.com"), "portal.example.com");
        // Cyrillic letters among Latin ones, which look the same.
        let trick = idna::domain_to_ascii_strict("p\u{430}yp\u{430}l.com").unwrap();
        assert_eq!(shown(&trick), trick);
    }
}
