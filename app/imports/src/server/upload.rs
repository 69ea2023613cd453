//! Files come in as `multipart/form-data`, from scripts and from plain HTML forms; reports go out as files of the same kind.
use std::collections::BTreeMap;

use axum::Extension;
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use base::http::{FLASH_COOKIE, Flash, IdempotencyKey, in_request, problem_response, request_id};
use base::{Actor, FieldError, ImportId, Parts, Problem};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sheets::{Format, MOST_BYTES};

use super::run::{NewImport, begin};
use super::{report, store};
use crate::access::Do;
use crate::model::{Import, Kind};

/// The name of the operation, as forms and idempotency keys know it.
pub(crate) const NAME: &str = "CreateImport";

/// `POST /api/v1/imports` and `GET /api/v1/imports/{id}/report`, with their full paths.
pub fn routes() -> Router<Parts> {
    // A little more than the file itself, for the other fields.
    let limit = DefaultBodyLimit::max(MOST_BYTES + 64 * 1024);
    Router::new()
        .route("/api/v1/imports", post(receive).layer(limit))
        .route("/api/v1/imports/templates/{kind}", get(send_template))
        .route("/api/v1/imports/{id}/report", get(send_report))
}

async fn receive(
    State(parts): State<Parts>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
    request: Request,
) -> Response<Body> {
    let result = take(&parts, &actor, &headers, request).await;
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accept.contains("text/html") {
        return redirect(result);
    }
    match result {
        Ok(import) => {
            let body = serde_json::to_string(&import).unwrap_or_default();
            let place = HeaderValue::from_str(&format!("/api/v1/imports/{}", import.id));
            let mut response = (StatusCode::CREATED, body).into_response();
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            if let Ok(place) = place {
                response.headers_mut().insert(header::LOCATION, place);
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
) -> Result<Import, Problem> {
    if !actor.is_known() {
        return Err(Problem::Unauthenticated);
    }
    // Whoever may bring in anything may bring in registrations.
    Do::Start(Kind::Deals).by(actor)?;
    let form = Multipart::from_request(request, parts)
        .await
        .map_err(|error| Problem::Malformed { detail: error.body_text() })?;
    let new = read(form).await?;
    Do::Start(new.kind).by(actor)?;
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok());
    let key = key.map(|key| {
        let mapping = serde_json::to_vec(&new.mapping).unwrap_or_default();
        let program = new.program.map(|id| id.to_string()).unwrap_or_default();
        let submits = [u8::from(new.submits)];
        let request =
            [new.kind.as_str().as_bytes(), program.as_bytes(), &mapping, &submits, &new.bytes].concat();
        IdempotencyKey::new(actor, key, NAME, &request, parts.clock().now())
    });
    in_request(request_id(), key, begin(parts, actor, new, true)).await.0
}

/// Reads the form. `mapping` is a JSON object `{field: heading}`; a heading may also come as `mapping[field]`.
async fn read(mut form: Multipart) -> Result<NewImport, Problem> {
    let (mut kind, mut program, mut file, mut mapping) = (None, None, None, BTreeMap::new());
    let mut submits = false;
    let mut errors = Vec::new();
    let unreadable = |error: axum::extract::multipart::MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::TooLarge { detail: "A file may have up to 20 MB.".to_owned() }
        }
        _ => Problem::Malformed { detail: error.body_text() },
    };
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let file_name = field.file_name().unwrap_or("import.csv").to_owned();
            let bytes = field.bytes().await.map_err(unreadable)?;
            // A form without a chosen file sends an empty one without a name.
            if !(bytes.is_empty() && file_name.is_empty()) {
                file = Some((file_name, bytes.to_vec()));
            }
            continue;
        }
        let text = field.text().await.map_err(unreadable)?;
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        match name.as_str() {
            "kind" => match Kind::parse(text) {
                Some(known) => kind = Some(known),
                None => errors.push(FieldError::new("kind", "unknown", "There is no such kind of file.")),
            },
            "program" => match text.parse() {
                Ok(id) => program = Some(id),
                Err(_) => errors.push(FieldError::new("program", "unknown", "There is no such program.")),
            },
            "submit" => submits = matches!(text, "true" | "on" | "1"),
            "mapping" => match serde_json::from_str::<BTreeMap<String, String>>(text) {
                Ok(given) => mapping.extend(given),
                Err(_) => {
                    errors.push(FieldError::new("mapping", "wrong_type", "Send {\"field\": \"heading\"}."));
                }
            },
            other => {
                if let Some(field) = other.strip_prefix("mapping[").and_then(|rest| rest.strip_suffix(']')) {
                    mapping.insert(field.to_owned(), text.to_owned());
                }
            }
        }
    }
    if kind.is_none() && errors.iter().all(|error| error.field != "kind") {
        errors.push(FieldError::required("kind"));
    }
    if file.is_none() {
        errors.push(FieldError::required("file"));
    }
    match (kind, file) {
        (Some(kind), Some((file_name, bytes))) if errors.is_empty() => {
            Ok(NewImport { kind, program, file_name, mapping, submits, bytes })
        }
        _ => Err(Problem::Invalid { errors }),
    }
}

/// A plain form goes on to the import, or back to where it came from with what was wrong.
fn redirect(result: Result<Import, Problem>) -> Response<Body> {
    let (next, problem) = match result {
        Ok(import) => (kit::paths::import(import.id), None),
        Err(problem) => (kit::paths::IMPORTS.to_owned(), Some(problem)),
    };
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    if let Ok(next) = HeaderValue::from_str(&next) {
        headers.insert(header::LOCATION, next);
    }
    if problem.is_some() {
        let flash = Flash { verb: NAME.to_owned(), problem, typed: Vec::new() };
        let text = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&flash).unwrap_or_default());
        let cookie = format!("{FLASH_COOKIE}={text}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
    response
}

async fn send_report(
    State(parts): State<Parts>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
) -> Response<Body> {
    attached(reported(&parts, &actor, &id).await)
}

/// An empty table with the headings of a kind, to be filled.
async fn send_template(Extension(actor): Extension<Actor>, Path(kind): Path<String>) -> Response<Body> {
    let made = || {
        if !actor.is_known() {
            return Err(Problem::Unauthenticated);
        }
        let kind = Kind::parse(&kind).ok_or(Problem::NotFound)?;
        Do::Start(kind).by(&actor)?;
        let headers: Vec<String> = kind.fields().into_iter().map(|field| field.name).collect();
        let bytes = sheets::write(Format::Xlsx, kind.as_str(), &headers, &[])?;
        Ok((format!("{}.xlsx", kind.as_str()), Format::Xlsx, bytes))
    };
    attached(made())
}

/// A file for keeping, or why there is none.
fn attached(made: Result<(String, Format, Vec<u8>), Problem>) -> Response<Body> {
    match made {
        Ok((name, format, bytes)) => {
            let mut response = bytes.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
            if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
                headers.insert(header::CONTENT_DISPOSITION, value);
            }
            response
        }
        Err(problem) => problem_response(&problem),
    }
}

async fn reported(parts: &Parts, actor: &Actor, id: &str) -> Result<(String, Format, Vec<u8>), Problem> {
    if !actor.is_known() {
        return Err(Problem::Unauthenticated);
    }
    Do::Read.by(actor)?;
    let id: ImportId = id.parse().map_err(|_| Problem::NotFound)?;
    let mut tx = parts.db().read().await?;
    let stored = store::find(&mut tx, id, actor.scope()).await?.ok_or(Problem::NotFound)?;
    let rejected = store::rejections(&mut tx, id).await?;
    let remarks = store::remarks(&mut tx, id).await?;
    let format = stored.format;
    let file = stored.import.file_name.rsplit_once('.').map_or(&*stored.import.file_name, |(stem, _)| stem);
    let plain: String = file.chars().filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    let name = format!("{plain}-report.{}", format.as_str());
    Ok((name, format, report::write(format, &stored.headers, &rejected, &remarks)?))
}
