//! Pictures come in as `multipart/form-data`, as files do everywhere.
use axum::body::Body;
use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::post;
use axum::{Extension, Router};
use base::http::{IdempotencyKey, in_request, problem_response, request_id};
use base::{Actor, BrandId, FieldError, Parts, Problem};
use programs::Do;
use serde_json::{Value, json};

use super::pictures::upload;
use crate::pictures::{BrandPicture, PictureUse};

/// The name of the operation, as idempotency keys and the API's document know it.
const NAME: &str = "UploadBrandPicture";
const PATH: &str = "/api/v1/brands/{id}/pictures";

/// `POST /api/v1/brands/{id}/pictures`.
pub fn routes() -> Router<Parts> {
    // A little more than the file itself, for the other field.
    let limit = DefaultBodyLimit::max(pictures::MOST_BYTES + 64 * 1024);
    Router::new().route(PATH, post(receive).layer(limit))
}

async fn receive(
    State(parts): State<Parts>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Response<Body> {
    match take(&parts, &actor, &id, &headers, request).await {
        Ok(picture) => {
            let body = serde_json::to_string(&picture).unwrap_or_default();
            let mut response = (StatusCode::CREATED, body).into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            if let Ok(place) = HeaderValue::from_str(&picture.address) {
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
    id: &str,
    headers: &HeaderMap,
    request: Request,
) -> Result<BrandPicture, Problem> {
    if !actor.is_known() {
        return Err(Problem::Unauthenticated);
    }
    Do::EditBrand.by(actor)?;
    let id: BrandId = id.parse().map_err(|_| Problem::NotFound)?;
    let mut tx = parts.db().read().await?;
    super::brand_of(&mut tx, actor, id).await?;
    drop(tx);
    let form = Multipart::from_request(request, parts)
        .await
        .map_err(|error| Problem::Malformed { detail: error.body_text() })?;
    let (purpose, bytes) = read(form).await?;
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok());
    let key = key.map(|key| {
        let request = [id.to_string().as_bytes(), purpose.as_str().as_bytes(), &bytes].concat();
        IdempotencyKey::new(actor, key, NAME, &request, parts.clock().now())
    });
    in_request(request_id(), key, upload(parts, actor, id, purpose, bytes)).await.0
}

async fn read(mut form: Multipart) -> Result<(PictureUse, Vec<u8>), Problem> {
    let (mut purpose, mut file, mut errors) = (None, None, Vec::new());
    let unreadable = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::TooLarge { detail: "A picture may have up to 2 MB.".to_owned() }
        }
        _ => Problem::Malformed { detail: error.body_text() },
    };
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        match field.name().unwrap_or_default() {
            "file" => file = Some(field.bytes().await.map_err(unreadable)?.to_vec()),
            "use" => {
                let text = field.text().await.map_err(unreadable)?;
                purpose = PictureUse::parse(text.trim());
                if purpose.is_none() {
                    errors.push(FieldError::new("use", "unknown", "There is no such use of a picture."));
                }
            }
            _ => {}
        }
    }
    if purpose.is_none() && errors.is_empty() {
        errors.push(FieldError::required("use"));
    }
    if file.is_none() {
        errors.push(FieldError::required("file"));
    }
    match (purpose, file) {
        (Some(purpose), Some(file)) => Ok((purpose, file)),
        _ => Err(Problem::Invalid { errors }),
    }
}

/// What [`routes`] adds to the OpenAPI document.
#[must_use]
pub fn openapi() -> Value {
    let problem = |text: &str| {
        let schema = json!({ "$ref": "#/components/schemas/ProblemDetails" });
        json!({ "description": text, "content": { "application/problem+json": { "schema": schema } } })
    };
    let picture = json!({ "$ref": "#/components/schemas/BrandPicture" });
    let uses: Vec<&str> = PictureUse::ALL.iter().map(|one| one.as_str()).collect();
    let id = json!({ "type": "string", "pattern": "^brand_[0-7][0-9a-hjkmnp-tv-z]{25}$" });
    json!({ PATH: { "post": {
        "operationId": NAME,
        "summary": "Uploads a picture of a brand",
        "description": "Uploads a picture of a brand. It is told apart by its content, measured, and drawn anew; nothing of the \
            file itself is kept. A theme wears it by its `hash`. The same picture again is the same picture.",
        "tags": ["brands"],
        "parameters": [{ "name": "id", "in": "path", "required": true, "schema": id }],
        "requestBody": { "required": true, "content": { "multipart/form-data": { "schema": {
            "type": "object",
            "required": ["use", "file"],
            "properties": {
                "use": { "type": "string", "enum": uses },
                "file": { "type": "string", "contentMediaType": "application/octet-stream", "description": "PNG, JPEG, WebP or SVG: at most 2 MB, 8,000 pixels a side and 16 million pixels." }
            }
        } } } },
        "responses": {
            "201": { "description": "Kept", "content": { "application/json": { "schema": picture } } },
            "400": problem("The request cannot be read"),
            "401": problem("Nobody is signed in"),
            "403": problem("The role may not"),
            "404": problem("No such brand for this actor"),
            "409": problem("A rule refuses"),
            "413": problem("Too large"),
            "422": problem("The file or a field is wrong"),
            "429": problem("Too many requests"),
            "503": problem("Try again in a moment")
        }
    } } })
}
