//! Which name a request asks.
use std::net::IpAddr;

use axum::extract::Request;
use axum::http::uri::{Authority, Uri};
use axum::http::{HeaderName, HeaderValue, header};

const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// Host and port, as HTTP/2 or the header says it.
pub(super) fn authority(request: &Request) -> Option<&str> {
    let of_header = || request.headers().get(header::HOST).and_then(|value| value.to_str().ok());
    request.uri().authority().map(Authority::as_str).or_else(of_header)
}

/// Puts the name that a proxy of the operator's own was asked under in the place of the one that it asks us under, for
/// everything that looks at it after this.
pub(super) fn as_forwarded(request: &mut Request) {
    let last = request.headers().get_all(FORWARDED_HOST).iter().next_back();
    let name = last.and_then(|value| value.to_str().ok()).and_then(|line| line.rsplit(',').next());
    let Some(authority) = name.and_then(|name| name.trim().parse::<Authority>().ok()) else { return };
    let Ok(value) = HeaderValue::from_str(authority.as_str()) else { return };
    request.headers_mut().insert(header::HOST, value);
    if request.uri().authority().is_some() {
        let mut parts = request.uri().clone().into_parts();
        parts.authority = Some(authority);
        if let Ok(uri) = Uri::from_parts(parts) {
            *request.uri_mut() = uri;
        }
    }
}

/// The name in lower case, if it can only be a brand's: not for addresses, this machine, names of one word, which are
/// those of a network of the operator's own, nor the installation's own name.
pub(super) fn foreign(authority: Option<&str>, own: &str) -> Option<String> {
    let authority = authority?;
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let host =
        authority.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(authority, |(host, _)| host);
    let name = host.trim_end_matches('.').to_ascii_lowercase();
    let is_address = name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    let is_house = name == own || !name.contains('.') || name.ends_with(".localhost");
    (!is_address && !is_house).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn only_names_that_can_be_a_brand_s_are_looked_up() {
        let own = "partners.example";
        for house in [
            "partners.example",
            "Partners.Example.",
            "partners.example:8443",
            "127.0.0.1:3000",
            "192.168.1.5",
            "[::1]:3000",
            "::1",
            "[fd00::1]",
            "localhost",
            "localhost:3000",
            "acme.localhost:3000",
            "rialto",
            "rialto:3000",
            "",
            "[::1]",
        ] {
            assert_eq!(foreign(Some(house), own), None, "{house}");
        }
        assert_eq!(foreign(None, own), None);
        for (asked, name) in [
            ("portal.acme.test", "portal.acme.test"),
            ("Portal.ACME.test.:3000", "portal.acme.test"),
            ("www.partners.example", "www.partners.example"),
            ("partners.example.evil.test", "partners.example.evil.test"),
        ] {
            assert_eq!(foreign(Some(asked), own).as_deref(), Some(name), "{asked}");
        }
    }

    #[test]
    fn a_proxy_s_word_is_put_in_the_place_of_the_name() {
        let request = |uri: &str, forwarded: &[&str]| {
            let mut request = Request::builder().uri(uri).header(header::HOST, "inner:3000");
            for value in forwarded {
                request = request.header("x-forwarded-host", *value);
            }
            request.body(Body::empty()).unwrap()
        };
        for (forwarded, name) in [
            (&["portal.acme.test"][..], "portal.acme.test"),
            (&["evil.test, portal.acme.test:8443"], "portal.acme.test:8443"),
            (&["evil.test", "portal.acme.test"], "portal.acme.test"),
            (&["no name"], "inner:3000"),
            (&[], "inner:3000"),
        ] {
            let mut request = request("/", forwarded);
            as_forwarded(&mut request);
            assert_eq!(authority(&request), Some(name), "{forwarded:?}");
        }
        let mut request = request("http://inner:3000/x?y", &["portal.acme.test"]);
        as_forwarded(&mut request);
        assert_eq!(request.uri(), "http://portal.acme.test/x?y");
    }
}
