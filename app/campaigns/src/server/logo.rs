//! The partner's logo comes in as files do everywhere, and is drawn anew before anything of it is kept.
use axum::body::Body;
use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::post;
use axum::{Extension, Router};
use base::db::Tx;
use base::http::{IdempotencyKey, in_request, problem_response, request_id};
use base::{Actor, FieldError, OrganizationId, Parts, Problem, Side};
use pictures::Use;
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::store;
use crate::access::Do;
use crate::model::{CardLogo, LOGO_FORM};

pub(super) const PATH: &str = "/api/v1/partner-card/logo";
/// The name of the operation, as idempotency keys and the API's document know it.
pub(super) const NAME: &str = "UploadPartnerLogo";
/// Logos that one partner may bring.
const MOST: usize = 20;
/// Files that are decoded or drawn at once: each may take much of a processor and of memory.
static DESKS: Semaphore = Semaphore::const_new(2);

/// `POST /api/v1/partner-card/logo`.
pub(super) fn routes() -> Router<Parts> {
    let limit = DefaultBodyLimit::max(pictures::MOST_BYTES + 64 * 1024);
    Router::new().route(PATH, post(receive).layer(limit))
}

async fn receive(
    State(parts): State<Parts>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
    request: Request,
) -> Response<Body> {
    match take(&parts, &actor, &headers, request).await {
        Ok(logo) => {
            let body = serde_json::to_string(&logo).unwrap_or_default();
            let mut response = (StatusCode::CREATED, body).into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            if let Ok(place) = HeaderValue::from_str(&logo.address) {
                headers.insert(header::LOCATION, place);
            }
            response
        }
        Err(problem) => problem_response(&problem),
    }
}

async fn take(
    parts: &Parts,
    actor: &Actor,
    headers: &HeaderMap,
    request: Request,
) -> Result<CardLogo, Problem> {
    if !actor.is_known() {
        return Err(Problem::Unauthenticated);
    }
    let partner = Do::Make.partner(actor)?;
    let form = Multipart::from_request(request, parts)
        .await
        .map_err(|error| Problem::Malformed { detail: error.body_text() })?;
    let bytes = read(form).await?;
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok());
    let key = key.map(|key| IdempotencyKey::new(actor, key, NAME, &bytes, parts.clock().now()));
    in_request(request_id(), key, upload(parts, actor, partner, bytes)).await.0
}

async fn read(mut form: Multipart) -> Result<Vec<u8>, Problem> {
    let unreadable = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::TooLarge { detail: "A picture may have up to 2 MB.".to_owned() }
        }
        _ => Problem::Malformed { detail: error.body_text() },
    };
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        if field.name() == Some("file") {
            return Ok(field.bytes().await.map_err(unreadable)?.to_vec());
        }
    }
    Err(Problem::Invalid { errors: vec![FieldError::required("file")] })
}

/// Where a form lies. The same place from which `/media` hands pictures out.
pub(super) fn place(hash: &str) -> String {
    format!("pictures/{}/{hash}/{LOGO_FORM}", &hash[..2])
}

/// The name of a partner's picture: apart from those of brands, so that a brand that removes the same picture leaves this
/// one alone.
fn name_of(partner: OrganizationId, hash: &str) -> String {
    let mut name = Sha256::new();
    name.update("partner logo ");
    name.update(partner.to_string());
    name.update(hash);
    hex::encode(name.finalize())
}

/// Makes a logo harmless and keeps it. The same one again is the same one.
///
/// # Errors
/// Why the file is not taken, or that there is no room left.
pub async fn upload(
    parts: &Parts,
    actor: &Actor,
    partner: OrganizationId,
    bytes: Vec<u8>,
) -> Result<CardLogo, Problem> {
    let full = || Problem::refused("pictures_full", "Twenty logos are enough; choose one of them.");
    let there = store::logos(&mut parts.db().read().await?, partner).await?;
    if there.len() >= MOST {
        return Err(full());
    }
    let desk = DESKS.acquire().await.map_err(Problem::internal)?;
    let work = move || {
        let _desk = desk;
        pictures::take(&bytes, Use::Logo)
    };
    let taken = tokio::task::spawn_blocking(work).await.map_err(Problem::internal)?;
    let taken = taken.map_err(|refusal| Problem::field("file", refusal.code(), refusal.to_string()))?;
    let missing = || Problem::internal("a logo has no form");
    let form = taken.forms.iter().find(|form| form.name == LOGO_FORM).ok_or_else(missing)?;
    let hash = name_of(partner, &taken.hash);
    parts.files()?.put(&place(&hash), form.bytes.clone()).await?;
    let logo = CardLogo {
        address: kit::paths::media(&hash, LOGO_FORM),
        hash,
        width: form.width,
        height: form.height,
    };
    let (kind, size) = (taken.kind.as_str(), form.bytes.len() as u64);
    let (parts_, actor_) = (parts.clone(), actor.clone());
    let work = async move |tx: &mut Tx| {
        let there = store::logos(tx, partner).await?;
        if there.iter().any(|known| known.hash == logo.hash) {
            return Ok(logo);
        }
        if there.len() >= MOST {
            return Err(full());
        }
        let now = parts_.clock().now();
        store::add_logo(tx, &actor_, (partner, &logo), (kind, size), now).await?;
        let (of, data) = ((partner, Side::Partner), json!({ "picture": logo.hash, "bytes": size }));
        organizations::server::record(tx, &parts_, &actor_, of, "card.logo_uploaded", partner, data).await?;
        Ok(logo)
    };
    parts.db().write(work).await
}
