//! The live stream: Server-Sent Events of what the asker may see, resumable, with a heartbeat.
mod asker;
mod exchange;
mod group;
mod place;
mod stream;
#[cfg(test)]
mod tests;

use std::sync::{Arc, LazyLock};

use access::server::pass_of;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, Response, header};
use axum::routing::get;
use axum::{Extension, Router};
use base::http::problem_response;
use base::{Actor, Parts, Problem};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use exchange::Exchange;
pub use place::bookmark;

/// In the extensions of an answer that does not end: it needs nothing of what a connection keeps for the next one.
#[derive(Clone, Copy, Debug)]
pub struct Endless;

static STOP: LazyLock<CancellationToken> = LazyLock::new(CancellationToken::new);

/// Ends all streams, so that a server that is asked to stop need not wait for them. Browsers come back.
pub fn stop_streams() {
    STOP.cancel();
}

/// `GET /api/v1/live`. All streams of the returned routes share what they tell.
pub fn live_routes() -> Router<Parts> {
    routes_of(Arc::default())
}

fn routes_of(exchange: Arc<Exchange>) -> Router<Parts> {
    Router::new().route("/api/v1/live", get(live)).layer(Extension(exchange))
}

/// What [`live_routes`] adds to the OpenAPI document.
#[must_use]
pub fn openapi() -> Value {
    let problem = |text: &str| {
        let schema = json!({ "$ref": "#/components/schemas/ProblemDetails" });
        json!({ "description": text, "content": { "application/problem+json": { "schema": schema } } })
    };
    json!({ "/api/v1/live": { "get": {
        "operationId": "Live",
        "summary": "Streams events as they happen",
        "description": "Server-Sent Events of everything the asker may see. Each message is one JSON object \
            `{id, type, subject, keys, data}`; `keys` names the tiles and lists that moved. The first message has \
            the type `stream.connected`. One of type `stream.again` says that messages were left out: read again \
            what you show. Every 15 seconds a comment and an event named `here` say that the stream stands.",
        "tags": ["live"],
        "parameters": [
            { "name": "Last-Event-ID", "in": "header", "required": false, "schema": { "type": "string" },
              "description": "The `id:` of the last message received; the stream goes on after it." },
            { "name": "last_event_id", "in": "query", "required": false, "schema": { "type": "string" },
              "description": "The same, for clients that cannot set the header." },
        ],
        "responses": {
            "200": { "description": "A stream", "content": { "text/event-stream": { "schema": { "type": "string" } } } },
            "401": problem("Nobody is signed in"),
            "429": problem("Too many requests"),
        },
    } } })
}

#[derive(Deserialize)]
struct Asked {
    last_event_id: Option<String>,
}

async fn live(
    State(parts): State<Parts>,
    Extension(exchange): Extension<Arc<Exchange>>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response<Body> {
    let Query(asked) = match asked {
        Ok(asked) => asked,
        Err(rejection) => return problem_response(&Problem::Malformed { detail: rejection.body_text() }),
    };
    if !actor.is_known() {
        return problem_response(&Problem::Unauthenticated);
    }
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let last = last.or(asked.last_event_id).filter(|id| !id.is_empty());
    let stream = match exchange.open(&parts, &actor, pass_of(&headers), last.as_deref()).await {
        Ok(stream) => stream,
        Err(problem) => return problem_response(&problem),
    };
    let mut response = Response::new(Body::from_stream(stream));
    response.extensions_mut().insert(Endless);
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies that collect answers would hold the stream back.
    set.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}
