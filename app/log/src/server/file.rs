//! The receipt as a file to keep: the route that gives its PDF.
use std::pin::Pin;

use axum::Extension;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, Response, header};
use axum::response::IntoResponse;
use axum::routing::get;
use base::http::{Perform, problem_response};
use base::{Actor, Parts, Problem};
use kit::catalogue::{Locale, Reader};
use leptos::prelude::{Owner, provide_context};
use serde_json::{Value, json};

use super::paper::{self, Letterhead};
use crate::receipt::Receipt;

/// Whose paper a receipt is written on: asked with what was claimed, for whoever may see its receipt.
pub type LetterheadOf =
    fn(Parts, String) -> Pin<Box<dyn Future<Output = Result<Option<Letterhead>, Problem>> + Send>>;

/// `path` with the PDF of the receipt that the verb gives to the actor. The verb belongs to the slice of what was
/// claimed, and says who may see it; its one field is the `{id}` of the path.
pub fn receipt_route<V: Perform<Answer = Receipt>>(path: &str, of: LetterheadOf) -> Router<Parts> {
    let answer = move |parts, actor, id, visitor| send::<V>(parts, actor, id, visitor, of);
    Router::new().route(path, get(answer))
}

async fn send<V: Perform<Answer = Receipt>>(
    State(parts): State<Parts>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    visitor: Option<Extension<access::server::Visitor>>,
    of: LetterheadOf,
) -> Response<Body> {
    let locale = visitor.map_or_else(Locale::default, |visitor| visitor.locale);
    match made::<V>(&parts, &actor, id, locale, of).await {
        Ok((name, bytes)) => {
            let mut response = bytes.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
                headers.insert(header::CONTENT_DISPOSITION, value);
            }
            response
        }
        Err(problem) => problem_response(&problem),
    }
}

async fn made<V: Perform<Answer = Receipt>>(
    parts: &Parts,
    actor: &Actor,
    id: String,
    locale: Locale,
    of: LetterheadOf,
) -> Result<(String, Vec<u8>), Problem> {
    if !V::PUBLIC && !actor.is_known() {
        return Err(Problem::Unauthenticated);
    }
    let verb: V = serde_json::from_value(json!({ "id": id })).map_err(|_| Problem::NotFound)?;
    verb.check()?;
    let receipt = verb.perform(parts, actor).await?;
    let name = format!("receipt-{}.pdf", receipt.deal);
    let of = of(parts.clone(), receipt.deal.clone()).await?;
    let file = Owner::new().with(|| {
        provide_context(Reader { locale, ..Reader::default() });
        paper::pdf(&receipt, &parts.settings().base_url, of.as_ref())
    });
    Ok((name, file?))
}

/// What [`receipt_route`] adds to the OpenAPI document; `id` starts with `prefix`.
#[must_use]
pub fn receipt_openapi(path: &str, prefix: &str) -> Value {
    let problem = |text: &str| {
        let schema = json!({ "$ref": "#/components/schemas/ProblemDetails" });
        json!({ "description": text, "content": { "application/problem+json": { "schema": schema } } })
    };
    let pattern = format!("^{prefix}_[0-7][0-9a-hjkmnp-tv-z]{{25}}$");
    json!({ path: { "get": {
        "operationId": "GetReceiptFile",
        "summary": "Downloads the receipt as PDF",
        "description": "The receipt on paper: what was claimed and when, with a code that leads to the public \
            verifier. The receipt itself is attached to the file as `receipt.json`.",
        "tags": ["log"],
        "parameters": [
            { "name": "id", "in": "path", "required": true, "schema": { "type": "string", "pattern": pattern } }
        ],
        "responses": {
            "200": { "description": "The file", "content": { "application/pdf": { "schema": {
                "type": "string", "contentMediaType": "application/pdf"
            } } } },
            "401": problem("Nobody is signed in"),
            "403": problem("The role may not"),
            "404": problem("No such receipt for this actor"),
            "503": problem("Try again in a moment")
        }
    } } })
}
