//! Routes that are no verbs: links of mails, the list of suppressed addresses as a file, and mails that came back.
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use axum::{Extension, Router};
use base::db::Tx;
use base::http::problem_response;
use base::{MessageId, Parts, Problem};
use kit::catalogue::Locale;

use super::leave::{self, Leaver};
use super::page;
use super::seen::{Seen, Tracks};
use super::token::Purpose;
use crate::model::SuppressionScope;
use crate::rules::loader;

pub use super::returns::openapi;

/// A transparent picture of one point.
const GIF: [u8; 43] = [
    0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0x21, 0xF9, 4, 1, 0, 0, 0,
    0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B,
];

/// `/m/c`, `/m/o`, `/m/u`, with the routes of the API.
pub fn routes() -> Router<Parts> {
    let tracks = Arc::new(Tracks::default());
    Router::new()
        .route("/m/c/{token}", get(click))
        .route("/m/o/{token}", get(open))
        .route("/m/u/{token}", get(look).post(end).layer(DefaultBodyLimit::max(4 * 1024)))
        .layer(Extension(tracks))
        .merge(super::returns::routes())
        .merge(super::suppressed::routes())
}

async fn click(
    State(parts): State<Parts>,
    Extension(tracks): Extension<Arc<Tracks>>,
    Path(token): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response<Body> {
    let (message, step, link) = match tracks.read(&parts, &token).await {
        Ok(Some(Purpose::Click { message, step, link })) => (message, step, link),
        Ok(_) => return missing(&parts, &headers),
        Err(problem) => return problem_response(&problem),
    };
    let way = match tracks.way(&parts, step, link).await {
        Ok(Some(way)) => way,
        Ok(None) => return missing(&parts, &headers),
        Err(problem) => return problem_response(&problem),
    };
    let Ok(location) = HeaderValue::from_str(&way) else { return missing(&parts, &headers) };
    // Machines that look for harm ask for the head alone.
    if method == Method::GET {
        tracks.note(&parts, Seen::Click(message));
    }
    let headers =
        [(header::LOCATION, location), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (StatusCode::FOUND, headers).into_response()
}

async fn open(
    State(parts): State<Parts>,
    Extension(tracks): Extension<Arc<Tracks>>,
    Path(token): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response<Body> {
    let token = token.strip_suffix(".gif").unwrap_or(&token);
    if let Ok(Some(Purpose::Open { message, .. })) = tracks.read(&parts, token).await
        && method == Method::GET
    {
        let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        tracks.note(&parts, Seen::Opening(message, loader(agent)));
    }
    // The picture comes in any case: a broken one in a mail helps nobody.
    let headers = [
        ("content-type", "image/gif"),
        ("cache-control", "no-store, private"),
        // Mail is read under other names than ours.
        ("cross-origin-resource-policy", "cross-origin"),
    ];
    (headers, GIF.to_vec()).into_response()
}

async fn look(
    State(parts): State<Parts>,
    Extension(tracks): Extension<Arc<Tracks>>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response<Body> {
    let message = match tracks.read(&parts, &token).await {
        Ok(Some(Purpose::Unsubscribe { message })) => message,
        Ok(_) => return missing(&parts, &headers),
        Err(problem) => return problem_response(&problem),
    };
    show(&parts, message, &headers).await
}

/// A form of the page, or a mail program by itself (RFC 8058): that one says `List-Unsubscribe=One-Click` and no more, and
/// ends what comes from the partner.
async fn end(
    State(parts): State<Parts>,
    Extension(tracks): Extension<Arc<Tracks>>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let message = match tracks.read(&parts, &token).await {
        Ok(Some(Purpose::Unsubscribe { message })) => message,
        Ok(_) => return missing(&parts, &headers),
        Err(problem) => return problem_response(&problem),
    };
    let fields = base::named(std::str::from_utf8(&body).unwrap_or_default());
    let scope = fields("scope").and_then(|scope| SuppressionScope::parse(&scope));
    let (scope, undo) = (scope.unwrap_or(SuppressionScope::Partner), fields("undo").is_some());
    let parts_ = parts.clone();
    let work = async move |tx: &mut Tx| {
        if undo {
            leave::resubscribe(tx, &parts_, message).await
        } else {
            leave::unsubscribe(tx, &parts_, message, scope).await
        }
    };
    match parts.db().write(work).await {
        Ok(true) => show(&parts, message, &headers).await,
        Ok(false) => missing(&parts, &headers),
        Err(problem) => problem_response(&problem),
    }
}

async fn show(parts: &Parts, message: MessageId, headers: &HeaderMap) -> Response<Body> {
    match found(parts, message).await {
        Ok(Some(leaver)) => {
            let locale = leaver.locale.unwrap_or_else(|| asked(headers));
            plain(parts, StatusCode::OK, |nonce| page::leaving(&leaver, locale, nonce))
        }
        Ok(None) => missing(parts, headers),
        Err(problem) => problem_response(&problem),
    }
}

async fn found(parts: &Parts, message: MessageId) -> Result<Option<Leaver>, Problem> {
    leave::look(&mut parts.db().read().await?, message).await
}

fn missing(parts: &Parts, headers: &HeaderMap) -> Response<Body> {
    let locale = asked(headers);
    plain(parts, StatusCode::NOT_FOUND, |nonce| page::nothing(locale, nonce))
}

fn asked(headers: &HeaderMap) -> Locale {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Locale::named(asked.unwrap_or_default()).unwrap_or_default()
}

/// A page with one sheet of its own, which nothing else is let into.
fn plain(parts: &Parts, status: StatusCode, html: impl FnOnce(&str) -> String) -> Response<Body> {
    let mut random = [0; 12];
    parts.chance().fill(&mut random);
    let nonce = hex::encode(random);
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    let mut response = (status, Html(html(&nonce))).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
