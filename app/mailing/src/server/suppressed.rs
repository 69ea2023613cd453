//! The list of addresses that are not written to: read, added to, taken from, and as a file.
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Response, header};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Extension, Router};
use base::db::Tx;
use base::events::{self, Happened};
use base::http::{Perform, problem_response};
use base::{Actor, PAGE_ROWS_MAX, Page, Parts, Problem, Side, page_rows};
use futures::stream::try_unfold;
use kit::catalogue::{Locale, speaking_to};
use serde_json::json;

use super::queue::readable;
use super::store_suppression::{self, Asked, New, hash};
use crate::access::Do;
use crate::model::{Suppressed, SuppressedId, SuppressionReason, SuppressionScope};
use crate::t;
use crate::verbs::{ListSuppressed, ReleaseAddress, SuppressAddress};

pub(super) const PATH: &str = "/api/v1/mailing/suppressed.csv";

impl Perform for ListSuppressed {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Suppressed>, Problem> {
        Do::ReadSuppressed.by(actor)?;
        let before = match &self.cursor {
            Some(cursor) => Some(
                cursor
                    .parse::<SuppressedId>()
                    .map_err(|_| Problem::field("cursor", "invalid", "Use a cursor as a page gave it."))?,
            ),
            None => None,
        };
        let limit = page_rows(self.limit);
        let asked = Asked {
            scope: actor.scope(),
            hash: self.address.filter(|text| !text.trim().is_empty()).map(|text| hex::encode(hash(&text))),
            reason: self.reason,
            before,
            most: i64::from(limit) + 1,
        };
        let (rows, total) = store_suppression::list(&mut parts.db().read().await?, &asked).await?;
        Ok(Page::cut(rows, limit, total, |last: &Suppressed| last.id.to_string()))
    }
}

impl Perform for SuppressAddress {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Suppressed, Problem> {
        Do::Suppress.by(actor)?;
        let organization = actor.organization()?;
        let (address, _) = readable(&self.address).ok_or_else(|| {
            Problem::field("address", "not_an_address", "Write an e-mail address: name@example.com.")
        })?;
        let is_vendor = actor.side() == Some(Side::Vendor);
        let scope = if is_vendor { SuppressionScope::Global } else { SuppressionScope::Partner };
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let now = parts_.clock().now();
            let new = New {
                id: SuppressedId(parts_.id(now)),
                scope,
                scope_id: organization.0,
                address: address.clone(),
                reason: SuppressionReason::Manual,
                vendor: is_vendor.then_some(organization),
                partner: (!is_vendor).then_some(organization),
                message: None,
                by_name: actor_.name.clone(),
            };
            let added = store_suppression::insert(tx, &new, now).await?;
            let line = store_suppression::of_address(tx, (scope, organization.0), &address, actor_.scope());
            let line = line.await?.ok_or(Problem::NotFound)?;
            if added {
                told(tx, &parts_, &actor_, ("mailing.suppressed", line.id)).await?;
            }
            Ok(line)
        };
        parts.db().write(work).await
    }
}

impl Perform for ReleaseAddress {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Suppressed, Problem> {
        Do::Suppress.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let found = store_suppression::find(tx, self.id, actor_.scope()).await?;
            let line = found.ok_or(Problem::NotFound)?;
            if line.reason != SuppressionReason::Manual {
                return Err(Problem::refused(
                    "not_by_hand",
                    "Only addresses that were put here by hand can be taken off the list.",
                ));
            }
            store_suppression::delete(tx, line.id).await?;
            told(tx, &parts_, &actor_, ("mailing.released", line.id)).await?;
            Ok(line)
        };
        parts.db().write(work).await
    }
}

/// An event of the vendor. A partner's own list is its own affair: no vendor's log tells of it.
async fn told(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    (kind, id): (&'static str, SuppressedId),
) -> Result<(), Problem> {
    if actor.side() != Some(Side::Vendor) {
        return Ok(());
    }
    let happened = Happened {
        vendor: actor.organization()?,
        kind,
        subject: id.to_string(),
        program: None,
        partner: None,
        keys: vec!["suppressed".to_owned()],
        data: json!({}),
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}

/// `GET /api/v1/mailing/suppressed.csv`.
pub(super) fn routes() -> Router<Parts> {
    Router::new().route(PATH, get(send))
}

async fn send(
    State(parts): State<Parts>,
    Extension(actor): Extension<Actor>,
    visitor: Option<Extension<access::server::Visitor>>,
) -> Response<Body> {
    let locale = visitor.map_or_else(Locale::default, |visitor| visitor.locale);
    if !actor.is_known() {
        return problem_response(&Problem::Unauthenticated);
    }
    // The first page is asked for before anything is sent: whoever may not is told so.
    let ask = ListSuppressed { limit: Some(PAGE_ROWS_MAX), ..ListSuppressed::default() };
    let first = match ask.clone().perform(&parts, &actor).await {
        Ok(first) => first,
        Err(problem) => return problem_response(&problem),
    };
    let mut head = kit::CSV_MARK.to_owned();
    let headings = speaking_to(locale, "UTC", || {
        [t::col_address(), t::col_scope(), t::col_reason(), t::col_at(), t::col_by()].map(str::to_owned)
    });
    kit::csv_line(&mut head, &headings);
    let start = (head, Some(first), ask);
    let lines = try_unfold(start, move |(head, page, ask)| {
        let (parts, actor) = (parts.clone(), actor.clone());
        async move {
            let Some(page) = page else { return Ok::<_, Problem>(None) };
            let mut text = head;
            for line in page.items {
                let cells = [
                    line.address,
                    line.scope.as_str().to_owned(),
                    line.reason.as_str().to_owned(),
                    line.at.to_string(),
                    line.by_name,
                ];
                kit::csv_line(&mut text, &cells);
            }
            let next = match page.next_cursor {
                Some(cursor) => {
                    let ask = ListSuppressed { cursor: Some(cursor), ..ask.clone() };
                    Some(ask.perform(&parts, &actor).await?)
                }
                None => None,
            };
            Ok(Some((text, (String::new(), next, ask))))
        }
    });
    let mut response = Body::from_stream(lines).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("attachment; filename=\"suppressed.csv\""),
    );
    response
}
