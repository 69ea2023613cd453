//! Answers: JSON, problem details, and the redirect that ends a plain HTML form.
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::version::version_of;
use crate::{Problem, ProblemDetails};

/// The cookie that carries what happened over the redirect after a plain form.
pub const FLASH_COOKIE: &str = "rialto_flash";
/// Browsers keep about 4 kB a cookie.
const FLASH_BYTES: usize = 3500;

/// What happened to a plain form: shown once by the next page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flash {
    /// The verb that was asked.
    pub verb: String,
    /// What is wrong; none when it was done.
    pub problem: Option<Problem>,
    /// What was typed, without secrets, to fill the form again.
    pub typed: Vec<(String, String)>,
}

impl Flash {
    /// As a cookie value; what was typed is dropped when it would not fit.
    pub(super) fn encode(mut self) -> String {
        loop {
            let text = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&self).unwrap_or_default());
            if text.len() <= FLASH_BYTES || self.typed.is_empty() {
                return text;
            }
            self.typed.clear();
        }
    }
}

/// The flash of a request, if it carries one.
#[must_use]
pub fn take_flash(headers: &HeaderMap) -> Option<Flash> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let value = cookies
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(FLASH_COOKIE)?.strip_prefix('=').map(str::to_owned))?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(value).ok()?).ok()
}

/// A problem as the API tells it.
#[must_use]
pub fn problem_response(problem: &Problem) -> Response<Body> {
    let mut details = ProblemDetails::from(problem.clone());
    details.request_id.get_or_insert_with(super::request_id);
    let status = StatusCode::from_u16(details.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let retry = details.retry_after_s;
    let body = serde_json::to_vec(&details).unwrap_or_default();
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = retry {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// An answer as JSON; with an `ETag` when it has a version.
pub(super) fn answer(status: u16, answer: &impl Serialize) -> Response<Body> {
    let text = match serde_json::to_vec(answer) {
        Ok(text) => text,
        Err(error) => return problem_response(&Problem::internal(error)),
    };
    if text == b"null" {
        return StatusCode::NO_CONTENT.into_response();
    }
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut response = (status, text).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(version) = version_of(answer)
        && let Ok(tag) = HeaderValue::from_str(&format!("\"{version}\""))
    {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// Where a plain form goes next, with what happened. Only paths of our own are followed. `{field}` in the
/// form's `_next` takes the answer's field of that name.
pub(super) fn redirect(
    verb: &str,
    result: Result<Value, Problem>,
    form: &[u8],
    headers: &HeaderMap,
) -> Response<Body> {
    let typed: Vec<(String, String)> = form_pairs(form);
    let hidden = |name: &str| typed.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
    let back = headers
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok())
        .and_then(|url| url.splitn(4, '/').nth(3).map(|path| format!("/{path}")))
        .unwrap_or_else(|| "/".to_owned());
    let (next, problem) = match result {
        Ok(answer) => (filled(&hidden("_next").unwrap_or_else(|| back.clone()), &answer), None),
        Err(problem) => (hidden("_back").unwrap_or_else(|| back.clone()), Some(problem)),
    };
    let local = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(|letter: char| letter == '\\' || letter.is_control());
    let kept = problem.is_some();
    let typed =
        typed.into_iter().filter(|(name, _)| kept && !name.starts_with('_') && !name.contains("password"));
    let flash = Flash { verb: verb.to_owned(), problem, typed: typed.collect() };
    let mut response = StatusCode::SEE_OTHER.into_response();
    let to = if local { &next } else { "/" };
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, to);
    let cookie = format!("{FLASH_COOKIE}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60", flash.encode());
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

fn filled(template: &str, answer: &Value) -> String {
    let mut path = template.to_owned();
    if let Value::Object(fields) = answer {
        for (name, value) in fields {
            if let Value::String(text) = value {
                path = path.replace(&format!("{{{name}}}"), &crate::escape(text));
            }
        }
    }
    path
}

/// The fields of a form in their order, names and values read.
pub(super) fn form_pairs(form: &[u8]) -> Vec<(String, String)> {
    crate::pairs(&String::from_utf8_lossy(form))
}
