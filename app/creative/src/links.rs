//! Addresses to which words and buttons may lead: `https:`, `mailto:` and `tel:`, written plainly.

/// Longest address that is taken, in bytes.
const LONGEST: usize = 2_000;

/// What an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link<'a> {
    /// A page, with its host as it was written, without a port.
    Page {
        host: &'a str,
    },
    Mail,
    Phone,
}

/// Reads an address; none when it is not of a form that may be led to. Refuses what readers and machines read differently:
/// names before `@`, backslashes, spaces, quotes, letters beyond ASCII in hosts.
#[must_use]
pub fn read(url: &str) -> Option<Link<'_>> {
    let odd = |c: char| c.is_whitespace() || c.is_control() || is_unseen(c) || "\"'<>`\\{}|^".contains(c);
    if url.len() > LONGEST || url.contains(odd) {
        return None;
    }
    let (scheme, rest) = url.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        "https" => {
            let rest = rest.strip_prefix("//")?;
            let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
            let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
            let fine = is_host(host) && !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
            fine.then_some(Link::Page { host })
        }
        "mailto" => {
            let (name, host) = rest.split_once('@')?;
            let name_fine = !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._+-".contains(&byte));
            (name_fine && is_host(host)).then_some(Link::Mail)
        }
        "tel" => {
            let digits = rest.bytes().filter(u8::is_ascii_digit).count();
            let plain = rest.bytes().all(|byte| byte.is_ascii_digit() || b"+-().".contains(&byte));
            (plain && (3..=20).contains(&digits)).then_some(Link::Phone)
        }
        _ => None,
    }
}

/// The host of a page's address in lower case.
#[must_use]
pub fn host(url: &str) -> Option<String> {
    match read(url)? {
        Link::Page { host } => Some(host.trim_end_matches('.').to_ascii_lowercase()),
        Link::Mail | Link::Phone => None,
    }
}

/// Whether a host is one of these or below one of them.
#[must_use]
pub fn is_within(host: &str, allowed: &str) -> bool {
    let allowed = allowed.trim().trim_start_matches("*.").trim_end_matches('.').to_ascii_lowercase();
    !allowed.is_empty()
        && (host == allowed || host.strip_suffix(allowed.as_str()).is_some_and(|rest| rest.ends_with('.')))
}

fn is_host(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let part = |part: &str| {
        !part.is_empty()
            && part.len() <= 63
            && !part.starts_with('-')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    host.len() <= 253 && host.contains('.') && host.split('.').all(part)
}

/// Letters that turn or hide others: controls of direction, marks of width zero, ends of lines.
#[must_use]
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}'
        | '\u{61c}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_addresses_are_read() {
        for (url, of) in [
            ("https://northwind.example/a?b=c#d", Some("northwind.example")),
            ("HTTPS://Shop.Northwind.example:8443", Some("shop.northwind.example")),
            ("https://xn--bcher-kva.example/ü", Some("xn--bcher-kva.example")),
            ("mailto:anna.b+c@northwind.example", None),
            ("tel:+49-30-123456", None),
        ] {
            assert!(read(url).is_some(), "{url}");
            assert_eq!(host(url).as_deref(), of, "{url}");
        }
    }

    #[test]
    fn hosts_are_within_themselves_and_what_is_above_them() {
        assert!(is_within("a.b.example", "b.example") && is_within("b.example", "*.B.example."));
        assert!(!is_within("ab.example", "b.example") && !is_within("b.example.evil.example", "b.example"));
        assert!(!is_within("b.example", ""));
    }
}
