//! Reads an address as what may be asked.
use std::net::IpAddr;

use url::{Host, Url};

use crate::{Policy, Refusal};

/// The longest address that is read, in bytes.
const LONGEST: usize = 2_048;

/// Reads an address of the web: `http` or `https`, without user name and password, on a port of the policy.
pub(crate) fn read(text: &str, policy: &Policy) -> Result<Url, Refusal> {
    let text = text.trim();
    if text.len() > LONGEST {
        return Err(Refusal::NotAnAddress);
    }
    check(Url::parse(text).map_err(|_| Refusal::NotAnAddress)?, policy)
}

/// Where an answer leads on to.
pub(crate) fn onward(from: &Url, location: &str, policy: &Policy) -> Result<Url, Refusal> {
    if location.len() > LONGEST {
        return Err(Refusal::NotAnAddress);
    }
    check(from.join(location).map_err(|_| Refusal::NotAnAddress)?, policy)
}

fn check(mut url: Url, policy: &Policy) -> Result<Url, Refusal> {
    if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
        return Err(Refusal::NotAnAddress);
    }
    if url.host().is_none() {
        return Err(Refusal::NotAnAddress);
    }
    let port = url.port_or_known_default().ok_or(Refusal::Port)?;
    if !policy.ports.is_empty() && !policy.ports.contains(&port) {
        return Err(Refusal::Port);
    }
    url.set_fragment(None);
    Ok(url)
}

/// The address that a host is by itself; none for a name.
pub(crate) fn literal(url: &Url) -> Option<IpAddr> {
    match url.host()? {
        Host::Ipv4(address) => Some(address.into()),
        Host::Ipv6(address) => Some(address.into()),
        Host::Domain(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_read() {
        let policy = Policy::default();
        for right in ["https://www.example.com", " http://example.com:80/x?y#z ", "https://bücher.example/"]
        {
            assert!(read(right, &policy).is_ok(), "{right}");
        }
        for wrong in [
            "",
            "example.com",
            "ftp://example.com",
            "file:///etc/passwd",
            "gopher://x:70/_",
            "javascript:alert(1)",
            "https://",
            "https://user@example.com",
            "https://user:secret@example.com",
            "http://:secret@example.com",
            "data:text/html,x",
            "https://exa mple.com",
        ] {
            assert_eq!(read(wrong, &policy), Err(Refusal::NotAnAddress), "{wrong}");
        }
        for wrong in ["http://example.com:22", "https://example.com:8443", "http://example.com:0"] {
            assert_eq!(read(wrong, &policy), Err(Refusal::Port), "{wrong}");
        }
        assert_eq!(
            read(&format!("https://example.com/{}", "x".repeat(LONGEST)), &policy),
            Err(Refusal::NotAnAddress)
        );
    }

    #[test]
    fn numbers_are_addresses_however_they_are_written() {
        let policy = Policy::default();
        for text in
            ["http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/", "http://[::1]/"]
        {
            let url = read(text, &policy).unwrap();
            assert!(literal(&url).is_some_and(|address| address.is_loopback()), "{text}");
        }
    }
}
