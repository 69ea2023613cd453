//! Tells search engines which pages there are under the name that they ask (sitemaps.org, protocol 0.9).
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Response, header};
use axum::response::IntoResponse;
use base::limit::Class;
use base::{BrandId, Problem};

use super::front::{Front, brand_of};
use super::{plain, store};

const FOR_AN_HOUR: &str = "public, max-age=3600";

/// `GET /sitemap.xml`.
pub(super) async fn sitemap(State(front): State<Arc<Front>>, request: Request) -> Response<Body> {
    let sender = access::server::address_of(&front.parts, &request);
    match made(&front, &sender, brand_of(&request)).await {
        Ok(text) => {
            let mut response = text.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/xml; charset=utf-8"));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(FOR_AN_HOUR));
            response
        }
        Err(problem) => plain::broken(&problem, request.headers(), &front.css),
    }
}

/// The pages that are at home under a name: of a brand with a name of its own under that, of all others under the
/// installation's.
async fn made(front: &Front, sender: &str, at: Option<BrandId>) -> Result<String, Problem> {
    let parts = &front.parts;
    parts.limiter().take(Class::Address, sender, parts.clock().now())?;
    let own = parts.settings().base_url.trim_end_matches('/');
    let mut tx = parts.db().read().await?;
    let mut homes: BTreeMap<BrandId, String> = BTreeMap::new();
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in store::open_pages(&mut tx, at).await? {
        let home = match homes.get(&page.brand) {
            Some(home) => home.clone(),
            None => {
                let home = hosts::server::address_of(&mut tx, parts, Some(page.brand)).await?;
                homes.insert(page.brand, home.clone());
                home
            }
        };
        if at.is_some() || home == own {
            let (home, day) = (home.replace('&', "&amp;").replace('<', "&lt;"), page.changed_at.date());
            let _ = writeln!(text, "<url><loc>{home}/l/{}</loc><lastmod>{day}</lastmod></url>", page.slug);
        }
    }
    text.push_str("</urlset>\n");
    Ok(text)
}
