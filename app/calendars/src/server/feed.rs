//! The feed itself, for calendar programs: they know nothing but its address.
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use base::db::Tx;
use base::http::problem_response;
use base::{Parts, Problem, Span};
use deals::server::{DateKind, Dated, dated};
use kit::catalogue::{Locale, Reader};
use leptos::prelude::{Owner, provide_context};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{store, token_hash};
use crate::access::Do;
use crate::rules::{Entry, Moment, write};
use crate::t;

/// How far back a feed tells: a calendar that forgets at once looks broken.
const BACK: Span = Span::days(60);
/// How far ahead: longer than any protection.
const AHEAD: Span = Span::days(500);
/// Uses are written down once in so long.
const NOTED: Span = Span::minutes(1);

/// The address of a feed on this server.
pub(super) fn path(token: &str) -> String {
    format!("/calendar/{token}.ics")
}

/// `GET /calendar/{token}.ics`.
pub fn routes() -> Router<Parts> {
    Router::new().route("/calendar/{file}", get(send))
}

async fn send(State(parts): State<Parts>, Path(file): Path<String>, headers: HeaderMap) -> Response<Body> {
    let text = match made(&parts, &file).await {
        Ok(text) => text,
        Err(problem) => return problem_response(&problem),
    };
    let tag = format!("\"{}\"", hex::encode(&Sha256::digest(text.as_bytes())[..16]));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let same =
        known.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag || one == "*");
    let mut response = if same { StatusCode::NOT_MODIFIED.into_response() } else { text.into_response() };
    let headers = response.headers_mut();
    if !same {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
        headers
            .insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline; filename=\"deals.ics\""));
    }
    // The address is a secret: no cache on the way may keep what it shows, and no page may be told of it.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// The feed of an address. An address that never was, one that was ended, and one whose person has left or may not see
/// deals any more are all alike: there is nothing.
async fn made(parts: &Parts, file: &str) -> Result<String, Problem> {
    let token = file.strip_suffix(".ics").ok_or(Problem::NotFound)?;
    let (hash, now) = (token_hash(token), parts.clock().now());
    let mut tx = parts.db().read().await?;
    let (organization, user, used) = store::by_hash(&mut tx, &hash).await?.ok_or(Problem::NotFound)?;
    let actor = access::server::actor_of(&mut tx, user, organization).await?;
    Do::Read.by(&actor).map_err(|_| Problem::NotFound)?;
    let locale = access::server::locale_of(&mut tx, user).await?;
    let all = dated(&mut tx, &actor, (now - BACK, now + AHEAD)).await?;
    drop(tx);
    if used.is_none_or(|used| now >= used + NOTED) {
        let note = async move |tx: &mut Tx| store::note(tx, &hash, now).await;
        parts.db().write(note).await?;
    }
    Ok(calendar(&all, locale, &parts.settings().base_url))
}

fn calendar(all: &[Dated], locale: Locale, base_url: &str) -> String {
    Owner::new().with(|| {
        provide_context(Reader { locale, ..Reader::default() });
        let entries: Vec<Entry> = all.iter().map(|one| entry(one, base_url)).collect();
        write(t::calendar_name(), &entries)
    })
}

fn entry(one: &Dated, base_url: &str) -> Entry {
    let host = base_url.split("://").last().unwrap_or_default().split(['/', ':']).next().unwrap_or_default();
    let customer = if one.customer_name.is_empty() { &one.number } else { &one.customer_name };
    let (kind, title) = match one.kind {
        DateKind::AnswerDue => ("answer", t::entry_answer_due(customer)),
        DateKind::GraceEnds => ("grace", t::entry_grace_ends(customer)),
        DateKind::ProtectionEnds if one.extensions > 0 => ("protection", t::entry_extension_ends(customer)),
        DateKind::ProtectionEnds => ("protection", t::entry_protection_ends(customer)),
    };
    let url = format!("{base_url}{}", kit::paths::deal(one.id));
    let exact = one.at.to_string();
    let exact = exact.get(..16).unwrap_or(&exact).replace('T', " ");
    let text = [format!("{} · {}", one.number, one.partner_name), t::entry_exactly(exact), url.clone()];
    Entry {
        uid: format!("{}-{kind}@{host}", one.id),
        sequence: one.version,
        changed_at: one.updated_at,
        // An answer is due at its minute; a protection ends with its day, as the program counts days.
        when: match one.kind {
            DateKind::AnswerDue => Moment::At(one.at),
            DateKind::GraceEnds | DateKind::ProtectionEnds => Moment::On(one.day),
        },
        title,
        text: text.join("\n"),
        url,
        reminder_minutes: if one.kind == DateKind::AnswerDue { 60 } else { 24 * 60 },
    }
}

/// What [`routes`] adds to the OpenAPI document.
#[must_use]
pub fn openapi() -> Value {
    let problem = |text: &str| {
        let schema = json!({ "$ref": "#/components/schemas/ProblemDetails" });
        json!({ "description": text, "content": { "application/problem+json": { "schema": schema } } })
    };
    json!({ "/calendar/{file}": { "get": {
        "operationId": "CalendarFeed",
        "summary": "The calendar feed of a secret address",
        "description": "RFC 5545: answers due, the ends of protections, extensions and times to answer, as the person \
            sees them. The address comes from `POST /calendar` and is all that is needed.",
        "tags": ["calendar"],
        "security": [],
        "parameters": [
            { "name": "file", "in": "path", "required": true, "schema": { "type": "string" },
              "description": "The secret, with `.ics` after it." },
            { "name": "If-None-Match", "in": "header", "required": false, "schema": { "type": "string" } }
        ],
        "responses": {
            "200": { "description": "The calendar", "content": { "text/calendar": { "schema": { "type": "string" } } } },
            "304": { "description": "Nothing has moved" },
            "404": problem("No such feed"),
            "429": problem("Too many requests"),
            "503": problem("Try again in a moment")
        }
    } } })
}
