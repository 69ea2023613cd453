//! What belongs to a page and is not the page: the calendar file, the picture that networks show, drawn pictures.
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use base::limit::Class;
use base::{Parts, Problem};
use campaigns::server::{Drawn, Live};
use creative::{AssetKind, Motif, draw};
use sha2::{Digest, Sha256};

use super::front::{Front, brand_of};
use super::live::{self, Found};
use super::make::{self, File};
use super::{plain, show};

const FOR_AN_HOUR: &str = "public, max-age=3600";
/// Files kept at most: each is some ten or hundred kilobytes.
const KEPT: usize = 64;

/// Files that were made last, by what they show. What changes a page gives its files another name here: the version of the
/// campaign and the look it wears.
#[derive(Default)]
pub(super) struct Shelf(Mutex<HashMap<String, File>>);

impl Shelf {
    fn known(&self, name: &str) -> Option<File> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    fn keep(&self, name: String, file: File) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(name, file);
    }
}

/// `GET /l/{slug}/event.ics`.
pub(super) async fn calendar(
    State(front): State<Arc<Front>>,
    slug: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response<Body> {
    let slug = slug.map(|Path(slug)| slug).unwrap_or_default();
    hand_out(&front, &slug, &request.map(drop), Wanted::Calendar).await
}

/// `GET /l/{slug}/post.png`.
pub(super) async fn post(
    State(front): State<Arc<Front>>,
    slug: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response<Body> {
    let slug = slug.map(|Path(slug)| slug).unwrap_or_default();
    hand_out(&front, &slug, &request.map(drop), Wanted::Post).await
}

/// `GET /l/{slug}/motif/{motif}.png`.
pub(super) async fn motif(
    State(front): State<Arc<Front>>,
    names: Result<Path<(String, String)>, PathRejection>,
    request: Request,
) -> Response<Body> {
    let (slug, name) = names.map(|Path(names)| names).unwrap_or_default();
    let Some(motif) = name.strip_suffix(".png").and_then(Motif::parse) else {
        return plain::nothing(request.headers(), &front.css);
    };
    hand_out(&front, &slug, &request.map(drop), Wanted::Motif(motif)).await
}

#[derive(Clone, Copy)]
enum Wanted {
    Calendar,
    Post,
    Motif(Motif),
}

async fn hand_out(
    front: &Front,
    slug: &str,
    request: &axum::http::Request<()>,
    wanted: Wanted,
) -> Response<Body> {
    let headers = request.headers();
    let sender = access::server::address_of(&front.parts, request);
    match file(front, slug, &sender, brand_of(request), wanted).await {
        Ok(Some(file)) => sent(&file, headers),
        Ok(None) | Err(Problem::NotFound) => plain::nothing(headers, &front.css),
        Err(problem) => plain::broken(&problem, headers, &front.css),
    }
}

async fn file(
    front: &Front,
    slug: &str,
    sender: &str,
    at: Option<base::BrandId>,
    wanted: Wanted,
) -> Result<Option<File>, Problem> {
    let parts = &front.parts;
    parts.limiter().take(Class::Address, sender, parts.clock().now())?;
    let Some(Found::Open(live)) = live::find(parts, slug).await? else { return Ok(None) };
    if !Front::is_here(at, live.campaign.brand) {
        return Ok(None);
    }
    let name = match wanted {
        Wanted::Calendar => "event.ics",
        Wanted::Post => "post.png",
        Wanted::Motif(motif) => motif.as_str(),
    };
    let brand = &live.setting.brand;
    let name =
        format!("{} {} {name} {:?} {}", live.campaign.id, live.campaign.version, brand.light, brand.logo_url);
    if let Some(file) = front.shelf.known(&name) {
        return Ok(Some(file));
    }
    let made = match wanted {
        Wanted::Calendar => event(parts, *live).await?,
        Wanted::Post => Some(picture(parts, *live).await?),
        Wanted::Motif(motif) => {
            let ink = live.setting.brand.light.clone();
            let bytes = make::at_an_easel(move || draw::motif(motif, &ink)).await?;
            Some(File { media: "image/png", bytes: bytes.into() })
        }
    };
    if let Some(file) = &made {
        front.shelf.keep(name, file.clone());
    }
    Ok(made)
}

/// The piece of a kind in a campaign's kit.
async fn piece(parts: &Parts, live: &Live, kind: AssetKind) -> Result<Option<Drawn>, Problem> {
    let campaign = &live.campaign;
    let mut tx = parts.db().read().await?;
    let version = kits::server::version(&mut tx, campaign.kit, campaign.kit_version).await?;
    let asset = version.and_then(|version| version.assets.into_iter().find(|asset| asset.kind == kind));
    let Some(asset) = asset else { return Ok(None) };
    let Some(mut drawn) = campaigns::server::asset(&mut tx, parts, campaign, &asset.key).await? else {
        return Ok(None);
    };
    live::at_home(&mut tx, parts, campaign, &mut drawn.setting).await?;
    Ok(Some(drawn))
}

/// The event of the page, or else of the kit's invitation.
async fn event(parts: &Parts, live: Live) -> Result<Option<File>, Problem> {
    let (uid, stamp) = make::mark(parts, &live.campaign);
    let mut text = draw::invitation(&live.content, &live.setting, &uid, &stamp);
    if text.is_none()
        && let Some(drawn) = piece(parts, &live, AssetKind::Invitation).await?
    {
        text = draw::invitation(&drawn.content, &drawn.setting, &uid, &stamp);
    }
    Ok(text.map(|text| File { media: "text/calendar; charset=utf-8", bytes: text.into() }))
}

/// The picture of the kit's post, or else one of the page's own words.
async fn picture(parts: &Parts, live: Live) -> Result<File, Problem> {
    let (content, setting) = match piece(parts, &live, AssetKind::Social).await? {
        Some(drawn) => (drawn.content, drawn.setting),
        None => (live.content, live.setting),
    };
    let bytes = make::at_an_easel(move || draw::post(&content, &setting).picture).await?;
    Ok(File { media: "image/png", bytes: bytes.into() })
}

fn sent(file: &File, asked: &HeaderMap) -> Response<Body> {
    let tag = format!("\"{}\"", hex::encode(&Sha256::digest(&file.bytes)[..16]));
    let tag = HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\""));
    let mut response = if show::knows(asked, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        file.bytes.clone().into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media));
    if file.media.starts_with("text/calendar") {
        headers.insert(
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"event.ics\""),
        );
    }
    headers.insert(header::ETAG, tag);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(FOR_AN_HOUR));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    response
}
