//! Shows a page: the same bytes to everybody, from memory.
use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use axum::response::IntoResponse;
use base::Problem;
use base::limit::Class;

use super::front::{Front, brand_of, text};
use super::memory::{Drawn, Key};
use super::plain;
use crate::rules::is_slug;
use crate::rules::visits::is_person;

/// How long caches on the way keep a page; a recall is seen by everybody after that at the latest.
const FOR_A_MINUTE: &str = "public, max-age=60";

/// A request without its body.
type Asked = axum::http::Request<()>;

/// `GET` and `HEAD /l/{slug}`.
pub(super) async fn page(
    State(front): State<Arc<Front>>,
    slug: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response<Body> {
    // Without its body, which is not to be looked at from several threads.
    let request = request.map(drop);
    let headers = request.headers();
    let Some(slug) = slug.ok().map(|Path(slug)| slug).filter(|slug| is_slug(slug)) else {
        return plain::nothing(headers, &front.css);
    };
    let sent = request.uri().query().is_some_and(|query| query.split('&').any(|pair| pair == "sent=1"));
    let page = match found(&front, (slug, sent), &request).await {
        Ok(page) => page.filter(|page| Front::is_here(brand_of(&request), page.brand)),
        Err(problem) => return plain::broken(&problem, headers, &front.css),
    };
    let Some(page) = page else { return plain::nothing(headers, &front.css) };
    if *request.method() == Method::GET && page.status == StatusCode::OK && !sent {
        count(&front, &page, &request);
    }
    handed_out(&page, sent, headers)
}

/// The page, from memory or drawn. Whoever asks for what is not in memory is counted: drawing costs.
async fn found(front: &Front, key: Key, request: &Asked) -> Result<Option<Arc<Drawn>>, Problem> {
    if let Some(page) = front.memory.known(&key) {
        return Ok(Some(page));
    }
    let now = front.parts.clock().now();
    let sender = access::server::address_of(&front.parts, request);
    front.parts.limiter().take(Class::Address, &sender, now)?;
    front.memory.draw(key, &front.css).await
}

fn count(front: &Front, page: &Drawn, request: &Asked) {
    let headers = request.headers();
    let agent = text(headers, header::USER_AGENT);
    let purpose = text(headers, HeaderName::from_static("sec-purpose"));
    if is_person(agent, purpose) {
        let address = access::server::address_of(&front.parts, request);
        front.count.visit(page.campaign, (&address, agent));
    }
}

/// Whether the other side knows a tag (RFC 9110, section 13.1.2).
pub(super) fn knows(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let known = text(headers, header::IF_NONE_MATCH);
    let tag = tag.to_str().unwrap_or_default();
    known.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag || one == "*")
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = text(headers, header::ACCEPT_ENCODING);
    accepted.split(',').map(str::trim).any(|one| {
        let (name, quality) = one.split_once(';').unwrap_or((one, ""));
        name.trim() == "br" && !matches!(quality.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

fn handed_out(page: &Drawn, sent: bool, asked: &HeaderMap) -> Response<Body> {
    let is_known = page.status == StatusCode::OK && knows(asked, &page.tag);
    let brotli = takes_brotli(asked);
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let bytes = if brotli { page.brotli.clone() } else { page.html.clone() };
        (page.status, bytes).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, page.tag.clone());
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let cache = if sent { "private, no-cache" } else { FOR_A_MINUTE };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::CONTENT_SECURITY_POLICY, page.policy.clone());
    if sent || page.status != StatusCode::OK {
        headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    }
    if !is_known {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        if brotli {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_compressed_for_those_who_take_it() {
        let headers = |accepted: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted));
            headers
        };
        assert!(takes_brotli(&headers("gzip, deflate, br")));
        assert!(takes_brotli(&headers("br;q=0.5")));
        for not in ["gzip", "", "br;q=0", "brx", "*"] {
            assert!(!takes_brotli(&headers(not)), "{not}");
        }
    }

    #[test]
    fn a_known_tag_is_found_in_a_list() {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static("\"x\", W/\"abc\""));
        assert!(knows(&headers, &HeaderValue::from_static("\"abc\"")));
        assert!(!knows(&headers, &HeaderValue::from_static("\"ab\"")));
    }
}
