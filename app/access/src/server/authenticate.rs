//! The layer that knows who sends each request: one look-up by an index, then the actor is at hand.
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use base::db::Tx;
use base::http::problem_response;
use base::{Actor, Means, Parts, Problem, Timestamp};
use chrono::{DateTime, Offset, TimeZone, Utc};
use kit::catalogue::Locale;

use super::client::Client;
use super::secret::{TokenHash, token_hash};
use super::store::{self, IDLE, Known};
use super::{context, limits, write_each_time};
use crate::{Me, ProgramRef, Theme};

/// The cookie of a session.
pub const COOKIE: &str = "rialto_session";

/// Who looks at a page, and how they like it. Set for every request, beside the `Actor`.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Whoever is signed in; for requests of pages only, as it takes more queries than an API call can spare.
    pub me: Option<Me>,
    pub locale: Locale,
    pub theme: Theme,
    /// IANA name.
    pub time_zone: String,
    /// Minutes east of UTC at the time of the request.
    pub offset_minutes: i32,
}

impl Visitor {
    /// The program whose brand the page wears.
    #[must_use]
    pub fn program(&self) -> Option<&ProgramRef> {
        self.me.as_ref()?.program.as_ref()
    }
}

/// What a request shows to be let in, small enough to be kept by a stream for as long as it is open.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pass {
    /// The hash of a session's token.
    Session(TokenHash),
    /// The hash of an API key.
    Key(TokenHash),
    None,
}

/// Finds out who sends a request, by `Authorization: Bearer rk_…` or the session cookie, and hands on `Actor`
/// and [`Visitor`]. A bad key is answered with 401; a session that is over counts as nobody. A session that is
/// used lives on: its end moves, and its cookie's, at most once an hour. Whoever asks too often gets 429.
pub async fn authenticate(State(parts): State<Parts>, mut request: Request, next: Next) -> Response {
    let pass = pass_of(request.headers());
    let page = asks_for_a_page(&request);
    let client = Client::of(&request, parts.limiter().limits().map_or(0, |limits| limits.proxies));
    let known = match known(&parts, pass).await {
        Ok(known) => known,
        Err(problem) => {
            let counted = limits::count(&parts, None, &client);
            return problem_response(&counted.err().unwrap_or(problem));
        }
    };
    let (token, hash) = match pass {
        Pass::Session(hash) if known.is_some() => (session_token(request.headers()), Some(hash)),
        _ => (None, None),
    };
    let client = client.with_session(hash);
    let left = match limits::count(&parts, known.as_ref(), &client) {
        Ok(left) => left,
        Err(problem) => return problem_response(&problem),
    };
    let noted = known.as_ref().is_some_and(|known| known.note);
    if let (true, Some(known)) = (noted, &known) {
        note(&parts, pass, known).await;
    }
    let accept = text(request.headers(), header::ACCEPT_LANGUAGE);
    let visitor = match visitor(&parts, known.as_ref(), page, accept).await {
        Ok(visitor) => visitor,
        Err(problem) => return problem_response(&problem),
    };
    request.extensions_mut().insert(known.map_or_else(Actor::nobody, |known| known.actor));
    request.extensions_mut().insert(visitor);
    let mut response = client.serve(next.run(request)).await;
    if let (true, Some(token)) = (noted, token) {
        renew_cookie(&parts, &token, response.headers_mut());
    }
    for (name, value) in &left {
        response.headers_mut().append(name, value.clone());
    }
    response
}

/// Who a pass stands for by now: for streams, which look again while they are open. Writes no use down.
///
/// # Errors
/// `Unauthenticated` for a key that is over, `Unavailable` when the store does not answer.
pub async fn actor_by(parts: &Parts, pass: Pass) -> Result<Actor, Problem> {
    Ok(known(parts, pass).await?.map_or_else(Actor::nobody, |known| known.actor))
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// What a request shows. A key goes before a cookie: a script that sends both means the key.
#[must_use]
pub fn pass_of(headers: &HeaderMap) -> Pass {
    if headers.contains_key(header::AUTHORIZATION) {
        let key = text(headers, header::AUTHORIZATION);
        let (scheme, key) = key.split_once(' ').unwrap_or_default();
        let key = if scheme.eq_ignore_ascii_case("bearer") { key.trim() } else { "" };
        return Pass::Key(token_hash(key));
    }
    session_token(headers).map_or(Pass::None, |token| Pass::Session(token_hash(&token)))
}

fn session_token(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let token = cookies.flat_map(|line| line.split(';')).find_map(|pair| {
        pair.trim().strip_prefix(COOKIE)?.strip_prefix('=').filter(|token| !token.is_empty())
    });
    token.map(str::to_owned)
}

fn asks_for_a_page(request: &Request) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD)
        && !request.uri().path().starts_with("/api/")
        && text(request.headers(), header::ACCEPT).contains("text/html")
}

async fn known(parts: &Parts, pass: Pass) -> Result<Option<Known>, Problem> {
    let now = parts.clock().now();
    match pass {
        Pass::None => Ok(None),
        Pass::Session(hash) => store::by_session(&mut parts.db().read().await?, &hash, now).await,
        Pass::Key(hash) => {
            let known = store::by_key(&mut parts.db().read().await?, &hash, now).await?;
            known.map(Some).ok_or(Problem::Unauthenticated)
        }
    }
}

/// Writes a use down. The request goes on when that fails: being busy is no reason to turn somebody away.
async fn note(parts: &Parts, pass: Pass, known: &Known) {
    let now = parts.clock().now();
    let done = match (pass, known.actor.means) {
        (Pass::Session(hash), _) => {
            write_each_time(parts, async move |tx: &mut Tx| store::note_session(tx, &hash, now).await).await
        }
        (_, Means::Key(id)) => {
            write_each_time(parts, async move |tx: &mut Tx| store::note_key(tx, id, now).await).await
        }
        _ => Ok(()),
    };
    if let Err(problem) = done {
        tracing::warn!(%problem, "a use of a session or key was not written down");
    }
}

async fn visitor(parts: &Parts, known: Option<&Known>, page: bool, accept: &str) -> Result<Visitor, Problem> {
    let now = parts.clock().now();
    let Some(known) = known else {
        let locale = Locale::choose(accept);
        return Ok(Visitor {
            me: None,
            locale,
            theme: Theme::System,
            time_zone: "UTC".to_owned(),
            offset_minutes: 0,
        });
    };
    let me =
        if page { Some(context::me_of(&mut parts.db().read().await?, &known.actor).await?) } else { None };
    let time_zone = known.time_zone.clone();
    let offset_minutes = offset_minutes(&time_zone, now);
    Ok(Visitor { me, locale: known.locale, theme: known.theme, time_zone, offset_minutes })
}

fn offset_minutes(zone: &str, at: Timestamp) -> i32 {
    let Ok(zone) = zone.parse::<chrono_tz::Tz>() else { return 0 };
    let at = DateTime::<Utc>::from_timestamp_millis(at.0).unwrap_or_default();
    zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc() / 60
}

/// Keeps the cookie as long as the session; unless the request changed or ended it.
fn renew_cookie(parts: &Parts, token: &str, headers: &mut HeaderMap) {
    let own = |value: &HeaderValue| value.as_bytes().starts_with(COOKIE.as_bytes());
    if headers.get_all(header::SET_COOKIE).iter().any(own) {
        return;
    }
    let secure = if is_secure(parts) { "; Secure" } else { "" };
    let age = IDLE.0 / 1000;
    let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        headers.append(header::SET_COOKIE, cookie);
    }
}

pub(super) fn is_secure(parts: &Parts) -> bool {
    parts.settings().base_url.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_follows_summer_time() {
        let winter = Timestamp::parse("2026-01-10T12:00:00Z").unwrap();
        let summer = Timestamp::parse("2026-07-10T12:00:00Z").unwrap();
        assert_eq!(offset_minutes("Europe/Berlin", winter), 60);
        assert_eq!(offset_minutes("Europe/Berlin", summer), 120);
        assert_eq!(offset_minutes("Nowhere", summer), 0);
    }
}
