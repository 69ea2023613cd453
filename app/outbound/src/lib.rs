//! What this server asks of other machines because somebody gave an address: pages over HTTP, texts of the DNS.
//!
//! An address that a person typed must not become a way into the operator's own network. So every address that a host
//! name stands for is looked at, the connection goes to exactly the address that was looked at, a redirection is a new
//! address with the same questions, and size and time have an end. What may be reached is an argument ([`Policy`]), so
//! that a test can ask a server beside it while nothing else can.
mod address;
mod body;
mod fetch;
mod names;
mod refusal;
mod target;
pub mod testing;
#[cfg(test)]
mod tests;
mod tls;

use std::net::IpAddr;
use std::time::Duration;

pub use address::is_public;
pub use fetch::{Fetched, Wanted};
pub use names::{Names, Unanswered};
pub use refusal::Refusal;
pub use url::Url;

/// What may be reached, and how much of it is taken.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Whether an address may be connected to; [`is_public`] for whatever people type.
    pub may_reach: fn(IpAddr) -> bool,
    /// Ports that may be connected to; empty for any.
    pub ports: Vec<u16>,
    /// How many redirections are followed.
    pub redirects: u8,
    /// How long all of it may take, redirections too.
    pub within: Duration,
    /// How long one address may take to accept a connection.
    pub connect_within: Duration,
}

impl Default for Policy {
    /// Public addresses, ports 80 and 443, three redirections, ten seconds.
    fn default() -> Self {
        Self {
            may_reach: is_public,
            ports: vec![80, 443],
            redirects: 3,
            within: Duration::from_secs(10),
            connect_within: Duration::from_secs(4),
        }
    }
}

/// The way out: a policy, and whom to ask for names.
pub struct Outbound {
    policy: Policy,
    names: Option<Names>,
    tls: tls::Lazy,
}

impl Outbound {
    /// A way out under a policy.
    #[must_use]
    pub fn new(policy: Policy, names: Names) -> Self {
        Self { policy, names: Some(names), tls: tls::Lazy::default() }
    }

    /// No way out: nothing is reached and nobody answers. What holds where nobody decided otherwise.
    #[must_use]
    pub fn nowhere() -> Self {
        let policy = Policy { may_reach: |_| false, ..Policy::default() };
        Self { policy, names: None, tls: tls::Lazy::default() }
    }

    /// The texts (TXT) that the DNS has under a name; none when it has no such name.
    ///
    /// # Errors
    /// When no server answers.
    pub async fn texts(&self, name: &str) -> Result<Vec<String>, Unanswered> {
        self.names.as_ref().ok_or(Unanswered)?.texts(name).await
    }
}
