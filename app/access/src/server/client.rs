//! The browser or script behind the request in hand: its session, address and name.
use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, header};
use base::Parts;

use super::secret::TokenHash;

/// What the request tells about its sender.
#[derive(Clone, Debug, Default)]
pub(super) struct Client {
    pub(super) session: Option<TokenHash>,
    pub(super) address: Option<IpAddr>,
    pub(super) agent: String,
}

tokio::task_local! {
    static CLIENT: Client;
}

impl Client {
    /// Reads a request. The address is the connection's, or, behind so many proxies of the operator's own, the one that
    /// the outermost of them saw: whatever stands before it in the header could be anybody's invention.
    pub(super) fn of<B>(request: &Request<B>, proxies: usize) -> Self {
        let connection = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let address = forwarded(request.headers(), proxies).or(connection);
        let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Self { session: None, address, agent: agent.map(agent_words).unwrap_or_default() }
    }

    /// With the session that it belongs to.
    pub(super) fn with_session(self, session: Option<TokenHash>) -> Self {
        Self { session, ..self }
    }

    /// The sender of the request in hand; nothing known outside of one.
    pub(super) fn current() -> Self {
        CLIENT.try_with(Clone::clone).unwrap_or_default()
    }

    /// The address for counting; one for all whose address is unknown. Of IPv6 the network: whoever has one has all of
    /// its addresses.
    pub(super) fn address_text(&self) -> String {
        self.address.map_or_else(String::new, |address| match address.to_canonical() {
            IpAddr::V6(address) => {
                let [one, two, three, four, ..] = address.segments();
                format!("{one:x}:{two:x}:{three:x}:{four:x}::/64")
            }
            IpAddr::V4(address) => address.to_string(),
        })
    }

    /// Serves a request with its sender known.
    pub(super) async fn serve<F: Future>(self, serve: F) -> F::Output {
        CLIENT.scope(self, serve).await
    }
}

/// The network address that a request comes from, as it is counted; empty where it is unknown. For doors that ask for
/// neither session nor key.
#[must_use]
pub fn address_of<B>(parts: &Parts, request: &Request<B>) -> String {
    let proxies = parts.limiter().limits().map_or(0, |limits| limits.proxies);
    Client::of(request, proxies).address_text()
}

/// The address that the outermost of so many proxies wrote down.
fn forwarded(headers: &HeaderMap, proxies: usize) -> Option<IpAddr> {
    if proxies == 0 {
        return None;
    }
    let all = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let all: Vec<&str> = all.flat_map(|line| line.split(',')).map(str::trim).collect();
    all.get(all.len().checked_sub(proxies)?)?.parse().ok()
}

/// Browser and system in two words; the order matters, as browsers name each other.
fn agent_words(text: &str) -> String {
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
        ("curl", "curl"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let first = |list: &[(&str, &'static str)]| {
        list.iter().find(|(mark, _)| text.contains(mark)).map(|(_, word)| *word)
    };
    [first(&BROWSERS), first(&SYSTEMS)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_believed_only_where_an_own_proxy_wrote_it() {
        let request = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", axum::http::HeaderValue::from_static(value));
            headers
        };
        let headers = request("6.6.6.6, 192.0.2.7, 10.0.0.1");
        assert_eq!(forwarded(&headers, 0), None);
        assert_eq!(forwarded(&headers, 1), "10.0.0.1".parse().ok());
        assert_eq!(forwarded(&headers, 2), "192.0.2.7".parse().ok());
        assert_eq!(forwarded(&headers, 9), None);
        assert_eq!(forwarded(&request("nonsense"), 1), None);
    }

    #[test]
    fn browsers_are_told_apart() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0";
        assert_eq!(agent_words(edge), "Edge, Windows");
        let safari =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 Version/17.5 Safari/604";
        assert_eq!(agent_words(safari), "Safari, iPhone");
        assert_eq!(agent_words("something"), "");
    }
}
