//! The live stream: Server-Sent Events of what the asker may see, resumable, with a heartbeat.
use std::convert::Infallible;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::Extension;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, Response, header};
use axum::routing::get;
use base::events::Event;
use base::http::problem_response;
use base::{Actor, Parts, Problem};
use futures::stream;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::reader::Reader;

/// How often a silent stream says that it is still there, and looks whether the asker still may listen.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// A comment for connections, and an event for scripts, which do not hear comments.
const HERE: &[u8] = b": here\n\nevent: here\ndata: .\n\n";
/// Messages that wait for a slow reader before it falls behind.
const WAITING: usize = 64;

static STOP: LazyLock<CancellationToken> = LazyLock::new(CancellationToken::new);

/// Ends all streams, so that a server that is asked to stop need not wait for them. Browsers come back.
pub fn stop_streams() {
    STOP.cancel();
}

/// `GET /api/v1/live`.
pub fn live_routes() -> Router<Parts> {
    Router::new().route("/api/v1/live", get(live))
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
    // Listening comes before reading what was missed: nothing can fall between.
    let events = parts.db().hub().subscribe();
    let (reader, missed) = match Reader::start(&parts, actor.scope(), last.as_deref()).await {
        Ok(started) => started,
        Err(problem) => return problem_response(&problem),
    };
    let (send, receive) = mpsc::channel(WAITING);
    tokio::spawn(pump(parts, actor, headers, reader, missed, events, send));
    let body = Body::from_stream(stream::unfold(receive, async |mut receive| {
        receive.recv().await.map(|bytes: Bytes| (Ok::<_, Infallible>(bytes), receive))
    }));
    let mut response = Response::new(body);
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies that collect answers would hold the stream back.
    set.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// Sends until the reader leaves, may no longer listen, or the server stops.
async fn pump(
    parts: Parts,
    actor: Actor,
    headers: HeaderMap,
    mut reader: Reader,
    missed: Vec<Bytes>,
    mut events: Receiver<Arc<Event>>,
    send: mpsc::Sender<Bytes>,
) {
    for bytes in missed {
        if send.send(bytes).await.is_err() {
            return;
        }
    }
    let mut heartbeat = tokio::time::interval(HEARTBEAT);
    heartbeat.tick().await;
    loop {
        let next = tokio::select! {
            () = STOP.cancelled() => return,
            () = send.closed() => return,
            event = events.recv() => match event {
                Ok(event) => reader.hear(&parts, &event).await,
                Err(RecvError::Lagged(_)) => reader.start_again(&parts).await,
                Err(RecvError::Closed) => return,
            },
            _ = heartbeat.tick() => {
                if !may_still_listen(&parts, &actor, &headers).await {
                    return;
                }
                Ok(vec![Bytes::from_static(HERE)])
            }
        };
        // What the store could not give now is read when the reader comes back and resumes.
        let Ok(messages) = next else { return };
        for bytes in messages {
            if send.send(bytes).await.is_err() {
                return;
            }
        }
    }
}

/// Whether the session or key still stands for the same person in the same place. A store that does not answer
/// is no reason to hang up.
pub(super) async fn may_still_listen(parts: &Parts, actor: &Actor, headers: &HeaderMap) -> bool {
    let place = |actor: &Actor| actor.standing.map(|standing| (standing.organization, standing.role));
    match access::server::actor_by(parts, headers).await {
        Ok(now) => now.user == actor.user && place(&now) == place(actor),
        Err(Problem::Unavailable) => true,
        Err(_) => false,
    }
}
