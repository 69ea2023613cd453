//! What every answer carries: a request id, security headers; and what every request may cost.
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use base::clock::{Chance, SystemChance};
use tracing::Instrument;

/// Scripts only from here and with the page's nonce; WASM may compile; nothing may frame us.
/// Pages replace it with one that names their nonce.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Gives each request an id, for the log and for support.
pub(crate) async fn identify(request: Request, next: Next) -> Response {
    let mut random = [0; 8];
    SystemChance.fill(&mut random);
    let id = format!("req_{:016x}", u64::from_be_bytes(random));
    let span = tracing::info_span!("request", %id, method = %request.method(), path = loggable(request.uri().path()));
    let (mut response, _) =
        base::http::in_request(id.clone(), None, next.run(request)).instrument(span).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

/// A path as the log may keep it: the addresses of calendar feeds and of links to previews are secrets.
fn loggable(path: &str) -> &str {
    const SECRETS: [&str; 4] = ["/calendar/", "/preview/", "/m/", "/api/v1/theme-previews/"];
    SECRETS.into_iter().find(|start| path.starts_with(start)).unwrap_or(path)
}

/// Headers that keep browsers from being used against us.
pub(crate) async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 5] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=()",
        ),
    ];
    for (name, value) in fixed {
        // What is made to be shown elsewhere, such as a picture in a mail, says so itself.
        if name != "cross-origin-resource-policy" || !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    response
}
