//! Mails that came back: handed in as they are, read, and written down with the message that they are about.
mod dsn;
mod mime;
#[cfg(test)]
mod tests;

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::Response;
use axum::response::IntoResponse;
use axum::routing::post;
use axum::{Extension, Json, Router};
use base::db::Tx;
use base::http::problem_response;
use base::{Actor, Parts, Problem, Scope};
use serde_json::{Value, json};

use super::leave::{scope_id, tell};
use super::store_seen;
use super::store_suppression::{self, New};
use crate::access::Do;
use crate::model::{SuppressedId, SuppressionReason, SuppressionScope};
use dsn::{Kind, Return};

const PATH: &str = "/api/v1/mailing/returns";

/// `POST /api/v1/mailing/returns`.
pub(super) fn routes() -> Router<Parts> {
    Router::new().route(PATH, post(receive)).layer(DefaultBodyLimit::max(dsn::MOST))
}

async fn receive(
    State(parts): State<Parts>,
    Extension(actor): Extension<Actor>,
    body: Bytes,
) -> Response<Body> {
    match take_in(&parts, &actor, &body).await {
        Ok(what) => Json(json!({ "result": what })).into_response(),
        Err(problem) => problem_response(&problem),
    }
}

/// Takes in one mail as it came (RFC 5322). Tells what it was: `bounced` (never written to again), `returned` (this once),
/// `complained`, or `nothing` that changes anything; a mail twice is nothing the second time.
///
/// # Errors
/// By the policy; `NotFound` when it is about no message of the actor's vendor.
pub async fn take_in(parts: &Parts, actor: &Actor, raw: &[u8]) -> Result<&'static str, Problem> {
    if !actor.is_known() {
        return Err(Problem::Unauthenticated);
    }
    Do::TakeReturns.by(actor)?;
    let back = dsn::read(raw).ok_or(Problem::NotFound)?;
    let (parts_, scope) = (parts.clone(), actor.scope());
    let kind = back.kind;
    let work = async move |tx: &mut Tx| write_down(tx, &parts_, scope, back).await;
    let written = parts.db().write(work).await?;
    Ok(match (written, kind) {
        (false, _) | (_, Kind::Nothing) => "nothing",
        (true, Kind::Hard) => "bounced",
        (true, Kind::Soft) => "returned",
        (true, Kind::Complaint) => "complained",
    })
}

async fn write_down(tx: &mut Tx, parts: &Parts, scope: Scope, back: Return) -> Result<bool, Problem> {
    let known = store_seen::find(tx, back.message).await?.ok_or(Problem::NotFound)?;
    if !matches!(scope, Scope::System) && scope != Scope::Vendor(known.step.vendor) {
        return Err(Problem::NotFound);
    }
    let complaint = match back.kind {
        Kind::Nothing => return Ok(false),
        Kind::Complaint => true,
        Kind::Hard | Kind::Soft => false,
    };
    if known.state == "suppressed" {
        return Ok(false);
    }
    let now = parts.clock().now();
    if !store_seen::returned(tx, back.message, known.step.id, (complaint, &back.status), now).await? {
        return Ok(false);
    }
    let listed = match back.kind {
        Kind::Hard => Some((SuppressionScope::Global, SuppressionReason::HardBounce)),
        Kind::Complaint => Some((SuppressionScope::Brand, SuppressionReason::Complaint)),
        Kind::Soft | Kind::Nothing => None,
    };
    if let Some((scope, reason)) = listed {
        let new = New {
            id: SuppressedId(parts.id(now)),
            scope,
            scope_id: scope_id(&known.step, scope),
            address: known.address.clone(),
            reason,
            vendor: Some(known.step.vendor),
            partner: Some(known.step.partner),
            message: Some(back.message),
            by_name: String::new(),
        };
        store_suppression::insert(tx, &new, now).await?;
    }
    let kind = if complaint { "mailing.complained" } else { "mailing.bounced" };
    let reason = if back.kind == Kind::Soft { "soft" } else { "hard" };
    tell(tx, parts, kind, (back.message, &known), if complaint { "complaint" } else { reason }).await?;
    Ok(true)
}

/// What the routes of this slice add to the OpenAPI document.
#[must_use]
pub fn openapi() -> Value {
    let problem = |text: &str| {
        let schema = json!({ "$ref": "#/components/schemas/ProblemDetails" });
        json!({ "description": text, "content": { "application/problem+json": { "schema": schema } } })
    };
    json!({
        PATH: { "post": {
            "operationId": "TakeReturnedMail",
            "summary": "Hands in a mail that came back",
            "description": "A delivery report (RFC 3464), a complaint (RFC 5965) or the report of a mail server that follows \
                neither, as it came, at most 1 MiB. An address that does not exist is never written to again by the vendor, \
                one whose owner complained not by the brand. The same mail twice changes nothing.",
            "tags": ["mailing"],
            "requestBody": { "required": true, "content": { "message/rfc822": { "schema": { "type": "string" } } } },
            "responses": {
                "200": { "description": "What it was", "content": { "application/json": { "schema": {
                    "type": "object", "required": ["result"],
                    "properties": { "result": { "type": "string", "enum": ["bounced", "returned", "complained", "nothing"] } }
                } } } },
                "401": problem("Nobody is signed in"),
                "403": problem("The role may not"),
                "404": problem("It is about no message of yours"),
                "413": problem("Too large"),
                "429": problem("Too many requests"),
                "503": problem("Try again in a moment")
            }
        } },
        super::suppressed::PATH: { "get": {
            "operationId": "DownloadSuppressed",
            "summary": "Downloads the addresses that are not written to",
            "description": "All lines that `GET /mailing/suppressed` finds, as CSV. Cells that a spreadsheet would run as a \
                formula are text.",
            "tags": ["mailing"],
            "responses": {
                "200": { "description": "The file", "content": { "text/csv": { "schema": { "type": "string" } } } },
                "401": problem("Nobody is signed in"),
                "403": problem("The role may not"),
                "429": problem("Too many requests"),
                "503": problem("Try again in a moment")
            }
        } }
    })
}
