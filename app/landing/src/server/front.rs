//! The doors of landing pages, for everybody: no session, no key.
use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderMap, Request, header};
use axum::routing::get;
use base::{BrandId, Parts};

use super::count::Count;
use super::memory::Memory;
use super::{answer, files, show, sitemap};

/// Bytes of a form, at most.
pub(super) const FORM_LIMIT: usize = 32 * 1024;

/// The brand whose own host name was asked. Set for requests under such a name, and for no others: there the pages of that
/// brand's campaigns are found, and no others.
#[derive(Clone, Copy, Debug)]
pub struct OwnName(pub BrandId);

/// What all doors share.
pub(super) struct Front {
    pub(super) parts: Parts,
    pub(super) memory: Memory,
    pub(super) count: Count,
    pub(super) shelf: files::Shelf,
    /// Path of the portal's style sheet, which pages of no campaign wear.
    pub(super) css: String,
}

impl Front {
    /// Whether a page of a brand is found under the name that was asked.
    pub(super) fn is_here(at: Option<BrandId>, brand: BrandId) -> bool {
        at.is_none_or(|at| at == brand)
    }
}

/// The brand whose own name a request asks.
pub(super) fn brand_of<B>(request: &Request<B>) -> Option<BrandId> {
    request.extensions().get::<OwnName>().map(|own| own.0)
}

/// A header as text; empty when it is not there.
pub(super) fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// `/l/{slug}` with its files, and `/sitemap.xml`. Within a runtime only: what is counted is written down now and then.
/// `css` is the path of the portal's style sheet.
pub fn public_routes(parts: &Parts, css: &str) -> Router {
    let front = Arc::new(Front {
        parts: parts.clone(),
        memory: Memory::new(parts),
        count: Count::begin(parts),
        shelf: files::Shelf::default(),
        css: css.to_owned(),
    });
    Router::new()
        .route("/l/{slug}", get(show::page).post(answer::answer))
        .route("/l/{slug}/event.ics", get(files::calendar))
        .route("/l/{slug}/post.png", get(files::post))
        .route("/l/{slug}/motif/{motif}", get(files::motif))
        .route("/sitemap.xml", get(sitemap::sitemap))
        .with_state(front)
}
