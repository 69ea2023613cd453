//! Asks the DNS: addresses of hosts, and texts.
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::{RData, RecordType};

use crate::Refusal;

/// How long one server may take; it is asked twice.
const WITHIN: Duration = Duration::from_secs(3);

/// No server of the DNS answered, or none that could be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unanswered;

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The DNS does not answer.")
    }
}

impl std::error::Error for Unanswered {}

/// Whom names are asked of. What it hears it forgets at once: whoever has just set a record wants it seen, and how long
/// an answer may be kept is the business of the server that is asked.
#[derive(Clone)]
pub struct Names(TokioResolver);

impl Names {
    /// As the system is set up.
    ///
    /// # Errors
    /// When that cannot be read.
    pub fn of_system() -> Result<Self, Unanswered> {
        let mut builder = TokioResolver::builder_tokio().map_err(|_| Unanswered)?;
        forget(builder.options_mut());
        builder.build().map(Self).map_err(|_| Unanswered)
    }

    /// Of one server.
    ///
    /// # Errors
    /// When no resolver can be made.
    pub fn of(server: SocketAddr) -> Result<Self, Unanswered> {
        let mut ways = vec![ConnectionConfig::udp(), ConnectionConfig::tcp()];
        for way in &mut ways {
            way.port = server.port();
        }
        let config = ResolverConfig::from_name_servers(vec![NameServerConfig::new(server.ip(), true, ways)]);
        let mut builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
        forget(builder.options_mut());
        builder.build().map(Self).map_err(|_| Unanswered)
    }

    /// All addresses of a host; at least one.
    pub(crate) async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, Refusal> {
        let found = match self.0.lookup_ip(absolute(host)).await {
            Ok(found) => found.iter().collect(),
            Err(error) if is_none(&error) => Vec::new(),
            Err(_) => return Err(Refusal::Unreachable),
        };
        if found.is_empty() { Err(Refusal::NoSuchHost) } else { Ok(found) }
    }

    /// The texts under a name, each put together from its parts.
    pub(crate) async fn texts(&self, name: &str) -> Result<Vec<String>, Unanswered> {
        let found = match self.0.lookup(absolute(name), RecordType::TXT).await {
            Ok(found) => found,
            Err(error) if is_none(&error) => return Ok(Vec::new()),
            Err(_) => return Err(Unanswered),
        };
        let text = |data: &RData| match data {
            RData::TXT(text) => Some(String::from_utf8_lossy(&text.txt_data.concat()).into_owned()),
            _ => None,
        };
        Ok(found.answers().iter().filter_map(|record| text(&record.data)).collect())
    }
}

fn forget(options: &mut ResolverOpts) {
    options.timeout = WITHIN;
    options.attempts = 1;
    options.cache_size = 0;
    options.positive_max_ttl = Some(Duration::ZERO);
    options.negative_max_ttl = Some(Duration::ZERO);
}

/// With a dot at its end, so that no domain of the machine's own is put after it.
fn absolute(name: &str) -> String {
    format!("{}.", name.trim_end_matches('.'))
}

fn is_none(error: &NetError) -> bool {
    error.is_nx_domain() || error.is_no_records_found()
}
