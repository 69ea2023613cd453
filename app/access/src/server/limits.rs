//! Whom a request is counted for, and what happens to those who ask too often.
use std::fmt::Write as _;

use axum::http::HeaderMap;
use base::http::set_header;
use base::limit::Class;
use base::{Means, Parts, Problem};

use super::client::Client;
use super::secret::TokenHash;
use super::store::Known;

/// Counts a request: for its key, its session, or, when nobody has signed in for it, its address. Wrong keys count for
/// the address, too, after they were looked up: else one who tries keys would lock out the others behind his proxy.
pub(super) fn count(parts: &Parts, known: Option<&Known>, client: &Client) -> Result<HeaderMap, Problem> {
    if parts.limiter().limits().is_none() {
        return Ok(HeaderMap::new());
    }
    let (class, sender) = match (known.map(|known| known.actor.means), client.session) {
        (Some(Means::Key(id)), _) => (Class::Key, id.to_string()),
        (Some(_), Some(session)) => (Class::Session, session_text(&session)),
        _ => (Class::Address, client.address_text()),
    };
    parts.limiter().take(class, &sender, parts.clock().now())
}

fn session_text(hash: &TokenHash) -> String {
    // 64 bits tell sessions apart well enough to count them.
    hash.iter().take(8).fold(String::with_capacity(16), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Counts an attempt to come in, right or wrong; on top of the throttle, which counts failures per e-mail address.
///
/// # Errors
/// `TooMany` with the seconds to wait.
pub(super) fn may_try_to_come_in(parts: &Parts) -> Result<(), Problem> {
    let address = Client::current().address_text();
    let left = parts.limiter().take(Class::SignIn, &address, parts.clock().now())?;
    for (name, value) in &left {
        set_header(name.clone(), value.clone());
    }
    Ok(())
}
