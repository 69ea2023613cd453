//! Whose name was asked: finds the brand of each request by its host name, turns away names that are nobody's, and tells
//! proxies which names are ours.
mod asked;
mod visit;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use base::{BrandId, Parts};
use hosts::server::Book;
use kit::catalogue::Locale;
use serde::Deserialize;

pub(crate) use visit::visit;

/// Where a proxy asks whether it may get a certificate for a name.
const OURS: &str = "/.well-known/rialto/host";

/// What machines ask by whatever name they know: for load balancers, for what measures, for proxies.
const FOR_MACHINES: [&str; 4] = ["/healthz", "/readyz", "/metrics", OURS];

/// The names under which this server answers.
pub(crate) struct Hosts {
    book: Book,
    /// The installation's own.
    own: String,
    /// How many proxies stand in front.
    proxies: usize,
    css: String,
}

/// The brand whose name was asked. Set for requests under a name of a brand's own, and for no others.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At(pub(crate) BrandId);

impl At {
    /// Whose name a request asks.
    pub(crate) fn of<B>(request: &axum::http::Request<B>) -> Option<Self> {
        request.extensions().get().copied()
    }
}

impl Hosts {
    pub(crate) fn new(parts: &Parts, css: &str) -> Self {
        Self {
            book: Book::new(parts),
            own: hosts::server::host_of(&parts.settings().base_url).to_ascii_lowercase(),
            proxies: parts.limiter().limits().map_or(0, |limits| limits.proxies),
            css: css.to_owned(),
        }
    }

    /// The answer for proxies.
    pub(crate) fn routes(self: &Arc<Self>) -> Router {
        Router::new().route(OURS, get(is_ours)).with_state(self.clone())
    }

    async fn is_ours(&self, name: &str) -> bool {
        name == self.own || matches!(self.book.brand_at(name).await, Ok(Some(_)))
    }
}

/// Finds the brand behind the name that a request asks.
pub(crate) async fn place(State(hosts): State<Arc<Hosts>>, mut request: Request, next: Next) -> Response {
    if hosts.proxies > 0 {
        asked::as_forwarded(&mut request);
    }
    let Some(name) = asked::foreign(asked::authority(&request), &hosts.own) else {
        return next.run(request).await;
    };
    match hosts.book.brand_at(&name).await {
        Ok(Some(brand)) => {
            request.extensions_mut().insert(At(brand));
            next.run(request).await
        }
        // The page that says so has its style sheet.
        Ok(None) if FOR_MACHINES.contains(&request.uri().path()) || *request.uri().path() == *hosts.css => {
            next.run(request).await
        }
        Ok(None) => turned_away(&hosts.css, request.headers()),
        Err(problem) => base::http::problem_response(&problem),
    }
}

/// Tells landing pages under which brand's own name they are asked.
pub(crate) async fn own_name(mut request: Request, next: Next) -> Response {
    if let Some(At(brand)) = At::of(&request) {
        request.extensions_mut().insert(landing::OwnName(brand));
    }
    next.run(request).await
}

/// 421 (RFC 9110, section 15.5.20): this server does not answer for that name. Without a brand's face or any other sign
/// of who is here.
fn turned_away(css: &str, headers: &HeaderMap) -> Response {
    let accept =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let page = hosts::server::unknown(Locale::choose(accept), css);
    (StatusCode::MISDIRECTED_REQUEST, [(header::CACHE_CONTROL, "no-store")], Html(page)).into_response()
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    domain: String,
}

async fn is_ours(State(hosts): State<Arc<Hosts>>, Query(asked): Query<Asked>) -> StatusCode {
    let name = asked.domain.trim_end_matches('.').to_ascii_lowercase();
    if hosts.is_ours(&name).await { StatusCode::OK } else { StatusCode::NOT_FOUND }
}
