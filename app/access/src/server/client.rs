//! The browser or script behind the request in hand: its session, address and name.
use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Request, header};

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
    /// Reads a request. The address is the connection's: a header could be anybody's invention.
    pub(super) fn of<B>(request: &Request<B>, session: Option<TokenHash>) -> Self {
        let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Self { session, address, agent: agent.map(agent_words).unwrap_or_default() }
    }

    /// The sender of the request in hand; nothing known outside of one.
    pub(super) fn current() -> Self {
        CLIENT.try_with(Clone::clone).unwrap_or_default()
    }

    /// The address for counting; one for all whose address is unknown.
    pub(super) fn address_text(&self) -> String {
        self.address.map_or_else(String::new, |address| address.to_string())
    }

    /// Serves a request with its sender known.
    pub(super) async fn serve<F: Future>(self, serve: F) -> F::Output {
        CLIENT.scope(self, serve).await
    }
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
    fn browsers_are_told_apart() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0";
        assert_eq!(agent_words(edge), "Edge, Windows");
        let safari =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 Version/17.5 Safari/604";
        assert_eq!(agent_words(safari), "Safari, iPhone");
        assert_eq!(agent_words("something"), "");
    }
}
