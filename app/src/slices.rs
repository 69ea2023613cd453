//! The one list of slices: what each brings to the server.
use std::pin::Pin;

use axum::Router;
use base::db::Migrations;
use base::http::Mounted;
use base::jobs::JobKind;
use base::{Observer, Parts, Problem, Scope};
use serde_json::Value;

/// A deal's receipt on paper.
const RECEIPT_FILE: &str = "/api/v1/deals/{id}/receipt.pdf";

/// Tables of all slices.
#[must_use]
pub fn migrations() -> Vec<Migrations> {
    vec![
        organizations::MIGRATIONS(),
        access::MIGRATIONS(),
        programs::MIGRATIONS(),
        partners::MIGRATIONS(),
        customers::MIGRATIONS(),
        log::MIGRATIONS(),
        deals::MIGRATIONS(),
        leads::MIGRATIONS(),
        themes::MIGRATIONS(),
        kits::MIGRATIONS(),
        hosts::MIGRATIONS(),
        mailing::MIGRATIONS(),
        campaigns::MIGRATIONS(),
        rates::MIGRATIONS(),
        figures::MIGRATIONS(),
        goals::MIGRATIONS(),
        dashboards::MIGRATIONS(),
        imports::MIGRATIONS(),
        calendars::MIGRATIONS(),
        landing::MIGRATIONS(),
        notices::MIGRATIONS(),
    ]
}

/// Everything that can be asked.
#[must_use]
pub fn verbs() -> Vec<Mounted> {
    [
        organizations::VERBS,
        access::VERBS,
        programs::VERBS,
        partners::VERBS,
        customers::VERBS,
        log::VERBS,
        deals::VERBS,
        leads::VERBS,
        themes::VERBS,
        kits::VERBS,
        hosts::VERBS,
        mailing::VERBS,
        campaigns::VERBS,
        rates::VERBS,
        goals::VERBS,
        dashboards::VERBS,
        imports::VERBS,
        calendars::VERBS,
        landing::VERBS,
        notices::VERBS,
        search::VERBS,
    ]
    .concat()
}

/// Everything that happens later.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    [
        access::JOBS,
        programs::JOBS,
        customers::JOBS,
        deals::JOBS,
        leads::JOBS,
        themes::JOBS,
        hosts::JOBS,
        mailing::JOBS,
        campaigns::JOBS,
        goals::JOBS,
        dashboards::JOBS,
        imports::JOBS,
        notices::JOBS,
    ]
    .concat()
}

/// Who acts in the transaction of an event.
#[must_use]
pub fn observers() -> Vec<Observer> {
    vec![
        rates::OBSERVER,
        deals::ANSWERS,
        deals::OBSERVER,
        leads::OBSERVER,
        campaigns::OBSERVER,
        figures::OBSERVER,
        notices::OBSERVER,
    ]
}

/// Answers that never end. They go through as few layers as they need: what a layer keeps for each answer is kept as
/// long as a stream is open.
pub fn streams() -> Router<Parts> {
    notices::live_routes()
}

/// The brand on whose paper the receipt of a deal is written.
fn letterhead(
    parts: Parts,
    deal: String,
) -> Pin<Box<dyn Future<Output = Result<Option<log::server::Letterhead>, Problem>> + Send>> {
    Box::pin(async move {
        let mut tx = parts.db().read().await?;
        let Ok(deal) = deal.parse() else { return Ok(None) };
        let Some(deal) = deals::server::deal_in(&mut tx, deal, Scope::System).await? else { return Ok(None) };
        let Some(program) = programs::server::program(&mut tx, deal.program).await? else { return Ok(None) };
        let face = themes::server::paper_face(&mut tx, program.brand).await?;
        Ok(face.map(|face| log::server::Letterhead { name: face.name, colour: face.colour.channels() }))
    })
}

/// Uploads and downloads: routes that are not verbs.
pub fn routes() -> Router<Parts> {
    let receipts = log::server::receipt_route::<deals::GetReceipt>(RECEIPT_FILE, letterhead);
    Router::new()
        .merge(imports::routes())
        .merge(deals::routes())
        .merge(calendars::routes())
        .merge(themes::routes())
        .merge(mailing::server::routes())
        .merge(themes::server::face_routes())
        .merge(landing::routes())
        .merge(campaigns::routes())
        .merge(kits::server::routes())
        .merge(receipts)
}

/// What [`routes`] adds to the OpenAPI document.
#[must_use]
pub fn extra_paths() -> Value {
    let mut all = serde_json::Map::new();
    let receipts = log::server::receipt_openapi(RECEIPT_FILE, "deal");
    for part in [
        notices::openapi(),
        imports::openapi(),
        deals::openapi(),
        calendars::openapi(),
        themes::openapi(),
        mailing::server::openapi(),
        themes::server::face_openapi(),
        landing::openapi(),
        campaigns::openapi(),
        kits::server::openapi(),
        receipts,
    ] {
        if let Value::Object(paths) = part {
            all.extend(paths);
        }
    }
    Value::Object(all)
}
