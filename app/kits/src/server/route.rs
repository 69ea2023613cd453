//! The document in the frame of the editor, the files that pieces become, and the pictures that are drawn in both.
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, Response, header};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Extension, Router};
use base::http::problem_response;
use base::{Actor, KitId, OrganizationId, Parts, Problem};
use creative::{Motif, draw};
use serde::Deserialize;
use serde_json::{Value, json};

use super::ask::kit_of;
use super::preview::{at_a_desk, model};
use super::{face, frame};
use crate::access::Do;
use crate::verbs::PreviewKit;

const PREVIEW: &str = "/api/v1/kits/{id}/preview";
const MOTIF: &str = "/api/v1/kits/{id}/motif/{file}";

/// What is drawn runs nothing and loads nothing but pictures from here. Mails carry their style on their elements, so inline
/// styles are let through, in this document alone; it is shown in frames of our own pages only. It keeps its origin so that
/// pictures, which are for our own pages only, come.
const POLICY: &str = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; font-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin";

/// `GET /api/v1/kits/{id}/preview` and `GET /api/v1/kits/{id}/motif/{file}`.
pub fn routes() -> Router<Parts> {
    Router::new().route(PREVIEW, get(show)).route(MOTIF, get(motif))
}

#[derive(Deserialize)]
struct Asked {
    asset: String,
    #[serde(default)]
    language: String,
    partner: Option<OrganizationId>,
    number: Option<u32>,
    #[serde(default)]
    dark: bool,
    /// The file that the piece becomes, instead of the document.
    #[serde(default)]
    file: bool,
}

async fn show(
    State(parts): State<Parts>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response<Body> {
    let asked = match asked {
        Ok(Query(asked)) => asked,
        Err(rejection) => return problem_response(&Problem::Malformed { detail: rejection.body_text() }),
    };
    match drawn(&parts, &actor, &id, asked).await {
        Ok((media, bytes)) => handed_out(media, "private, no-store", bytes),
        Err(problem) => problem_response(&problem),
    }
}

pub(super) fn handed_out(media: &'static str, cache: &'static str, bytes: Vec<u8>) -> Response<Body> {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    response
}

async fn drawn(
    parts: &Parts,
    actor: &Actor,
    id: &str,
    asked: Asked,
) -> Result<(&'static str, Vec<u8>), Problem> {
    let Asked { asset, language, partner, number, dark, file } = asked;
    let id: KitId = id.parse().map_err(|_| Problem::NotFound)?;
    let model = model(parts, actor, &PreviewKit { id, asset, language, partner, number }).await?;
    if file {
        return at_a_desk(move || model.file()).await?.ok_or(Problem::NotFound);
    }
    let html = at_a_desk(move || frame::framed(&model.draw().html, dark)).await?;
    Ok(("text/html; charset=utf-8", html.into_bytes()))
}

async fn motif(
    State(parts): State<Parts>,
    Extension(actor): Extension<Actor>,
    Path((id, file)): Path<(String, String)>,
) -> Response<Body> {
    match painted(&parts, &actor, &id, &file).await {
        Ok(bytes) => handed_out("image/png", "private, max-age=300", bytes),
        Err(problem) => problem_response(&problem),
    }
}

async fn painted(parts: &Parts, actor: &Actor, id: &str, file: &str) -> Result<Vec<u8>, Problem> {
    Do::Read.by(actor)?;
    let id: KitId = id.parse().map_err(|_| Problem::NotFound)?;
    let motif = file.strip_suffix(".png").and_then(Motif::parse).ok_or(Problem::NotFound)?;
    let mut tx = parts.db().read().await?;
    let kit = kit_of(&mut tx, actor, id).await?;
    let setting = face::setting(&mut tx, parts, kit.brand, "en").await?;
    drop(tx);
    at_a_desk(move || draw::motif(motif, &setting.brand.light)).await
}

/// What [`routes`] adds to the OpenAPI document.
#[must_use]
pub fn openapi() -> Value {
    let problem = |text: &str| {
        let schema = json!({ "$ref": "#/components/schemas/ProblemDetails" });
        json!({ "description": text, "content": { "application/problem+json": { "schema": schema } } })
    };
    let kit = json!({ "name": "id", "in": "path", "required": true,
        "schema": { "type": "string", "pattern": "^kit_[0-7][0-9a-hjkmnp-tv-z]{25}$" } });
    let query = |name: &str, required: bool, about: &str, schema: Value| json!({ "name": name, "in": "query", "required": required, "description": about, "schema": schema });
    let bytes = json!({ "schema": { "type": "string", "format": "binary" } });
    let responses = |content: Value, query: bool| {
        let mut all = json!({
            "200": { "description": "What is drawn", "content": content },
            "401": problem("Nobody is signed in"),
            "403": problem("The role may not"),
            "404": problem("No such kit for this actor, or no such file"),
            "429": problem("Too many requests"),
            "503": problem("Try again in a moment")
        });
        if query {
            all["400"] = problem("The request cannot be read");
            all["422"] = problem("Fields are wrong");
        }
        all
    };
    json!({
        PREVIEW: { "get": {
            "operationId": "ShowKitPreview",
            "summary": "One piece of a kit as a document",
            "description": "As `POST` on the same address draws it, light or dark whatever the device prefers, to be shown \
                in a frame; or the file that the piece becomes: PDF of a one-pager, calendar file of an invitation.",
            "tags": ["kits"],
            "parameters": [
                kit,
                query("asset", true, "Key of the piece.", json!({ "type": "string", "maxLength": 40 })),
                query("language", false, "The piece's first language where it has not that one.", json!({ "type": "string", "maxLength": 20 })),
                query("partner", false, "A sample partner when it is left out.",
                    json!({ "type": "string", "pattern": "^org_[0-7][0-9a-hjkmnp-tv-z]{25}$" })),
                query("number", false, "A published version; the draft when it is left out.",
                    json!({ "type": "integer", "format": "uint32", "minimum": 1 })),
                query("dark", false, "On a dark ground.", json!({ "type": "boolean" })),
                query("file", false, "The file instead of the document.", json!({ "type": "boolean" }))
            ],
            "responses": responses(json!({
                "text/html": { "schema": { "type": "string" } },
                "application/pdf": bytes,
                "text/calendar": { "schema": { "type": "string" } } }), true)
        } },
        MOTIF: { "get": {
            "operationId": "GetKitMotif",
            "summary": "A picture that is drawn in the colours of a kit's brand",
            "description": "`waves.png`, `grid.png` and so on, 1200 × 600.",
            "tags": ["kits"],
            "parameters": [
                kit,
                { "name": "file", "in": "path", "required": true, "schema": { "type": "string", "pattern": "^[a-z]+\\.png$" } }
            ],
            "responses": responses(json!({ "image/png": bytes }), false)
        } }
    })
}
