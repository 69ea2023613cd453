//! A list of deals as a file: the rows that the list's filters find, in its order, as far as the actor sees them.
use axum::Extension;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, Response, header};
use axum::response::IntoResponse;
use axum::routing::get;
use base::http::{Perform, problem_response};
use base::{Actor, PAGE_ROWS_MAX, Page, Parts, Problem, Verb};
use futures::stream::try_unfold;
use kit::catalogue::{Locale, Reader};
use leptos::prelude::{Owner, provide_context};
use serde::Deserialize;
use serde_json::{Value, json};
use sheets::{Format, csv_head, csv_line};

use crate::model::DealRow;
use crate::t;
use crate::verbs::ListDeals;

const PATH: &str = "/api/v1/deals/export";
/// The most rows of a workbook, which is put together in memory; CSV goes out page by page, however long it is.
const MOST_IN_A_WORKBOOK: usize = 50_000;

/// `GET /api/v1/deals/export`.
pub fn routes() -> Router<Parts> {
    Router::new().route(PATH, get(send))
}

#[derive(Deserialize)]
struct Asked {
    format: Option<String>,
    #[serde(flatten)]
    list: Flat,
}

/// The list's own fields as a query has them: texts.
type Flat = serde_json::Map<String, Value>;

async fn send(
    State(parts): State<Parts>,
    Extension(actor): Extension<Actor>,
    visitor: Option<Extension<access::server::Visitor>>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response<Body> {
    let Query(asked) = match asked {
        Ok(asked) => asked,
        Err(rejection) => return problem_response(&Problem::Malformed { detail: rejection.body_text() }),
    };
    let locale = visitor.map_or_else(Locale::default, |visitor| visitor.locale);
    match made(&parts, &actor, locale, asked).await {
        Ok(response) => response,
        Err(problem) => problem_response(&problem),
    }
}

async fn made(parts: &Parts, actor: &Actor, locale: Locale, asked: Asked) -> Result<Response<Body>, Problem> {
    if !actor.is_known() {
        return Err(Problem::Unauthenticated);
    }
    let format = match asked.format.as_deref() {
        None => Format::Csv,
        Some(text) => {
            Format::parse(text).ok_or_else(|| Problem::field("format", "unknown", "Choose csv or xlsx."))?
        }
    };
    let list = ListDeals { cursor: None, limit: Some(PAGE_ROWS_MAX), ..list(asked.list)? };
    list.check()?;
    // The first page is asked for before anything is sent: whoever may not is told so.
    let first = list.clone().perform(parts, actor).await?;
    let headers = in_words(locale, headers);
    let body = match format {
        Format::Csv => Body::from_stream(lines(parts.clone(), actor.clone(), locale, list, first, headers)),
        Format::Xlsx => {
            let rows = all(parts, actor, list, first).await?;
            let rows: Vec<_> = in_words(locale, || rows.iter().map(cells).collect());
            Body::from(sheets::write(format, "Deals", &headers, &rows)?)
        }
    };
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let name = format!("attachment; filename=\"deals-{}.{}\"", parts.clock().now().date(), format.as_str());
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

/// Reads the list's fields: a query's texts become what the fields are.
fn list(fields: Flat) -> Result<ListDeals, Problem> {
    const YES_OR_NO: [&str; 4] = ["needs_action", "queue", "expiring", "mine"];
    let typed = fields.into_iter().map(|(name, value)| {
        let value = match value.as_str() {
            Some("true") if YES_OR_NO.contains(&name.as_str()) => json!(true),
            Some("false") if YES_OR_NO.contains(&name.as_str()) => json!(false),
            _ => value,
        };
        (name, value)
    });
    let typed: Flat = typed
        .filter(|(name, value)| {
            // An empty field of a form is none.
            name != "limit" && name != "cursor" && value.as_str() != Some("")
        })
        .collect();
    serde_json::from_value(Value::Object(typed))
        .map_err(|error| Problem::Malformed { detail: error.to_string() })
}

async fn all(
    parts: &Parts,
    actor: &Actor,
    list: ListDeals,
    first: Page<DealRow>,
) -> Result<Vec<DealRow>, Problem> {
    if first.total > MOST_IN_A_WORKBOOK as u64 {
        return Err(Problem::TooLarge {
            detail:
                "A workbook holds up to 50,000 deals. Narrow the list, or take CSV, which has no such limit."
                    .to_owned(),
        });
    }
    let mut page = first;
    let mut rows = std::mem::take(&mut page.items);
    while let Some(cursor) = page.next_cursor.take() {
        page = ListDeals { cursor: Some(cursor), ..list.clone() }.perform(parts, actor).await?;
        rows.append(&mut page.items);
    }
    Ok(rows)
}

/// Where a stream of pages stands.
enum Turn {
    Page(Page<DealRow>),
    Cursor(String),
    Over,
}

fn lines(
    parts: Parts,
    actor: Actor,
    locale: Locale,
    list: ListDeals,
    first: Page<DealRow>,
    headers: Vec<String>,
) -> impl futures::Stream<Item = Result<Bytes, Problem>> {
    let begin = (Turn::Page(first), csv_head(&headers));
    try_unfold(begin, move |(turn, mut text)| {
        let (parts, actor, list) = (parts.clone(), actor.clone(), list.clone());
        async move {
            let page = match turn {
                Turn::Page(page) => page,
                Turn::Cursor(cursor) => {
                    ListDeals { cursor: Some(cursor), ..list }.perform(&parts, &actor).await?
                }
                Turn::Over => return Ok(None),
            };
            in_words(locale, || page.items.iter().for_each(|row| text.extend(csv_line(&cells(row)))));
            let next = page.next_cursor.map_or(Turn::Over, Turn::Cursor);
            Ok(Some((Bytes::from(text), (next, Vec::new()))))
        }
    })
}

/// Makes words in the reader's language.
fn in_words<T>(locale: Locale, make: impl FnOnce() -> T) -> T {
    Owner::new().with(|| {
        provide_context(Reader { locale, ..Reader::default() });
        make()
    })
}

fn headers() -> Vec<String> {
    let all = [
        t::col_number(),
        t::col_customer(),
        t::fact_country(),
        t::col_status(),
        t::fact_products(),
        t::col_value(),
        t::col_currency(),
        t::value_kind_heading(),
        t::fact_close(),
        t::fact_partner(),
        t::fact_program(),
        t::col_registered(),
        t::fact_answer_due(),
        t::col_ends(),
        t::col_updated(),
    ];
    all.map(str::to_owned).to_vec()
}

fn cells(row: &DealRow) -> Vec<sheets::Value> {
    vec![
        row.number.clone().into(),
        row.customer_name.clone().into(),
        row.country.clone().into(),
        row.status.words().into(),
        row.products.clone().into(),
        row.value.into(),
        row.value.map(|value| value.currency.code()).into(),
        row.value.map(|_| row.value_kind.words()).into(),
        row.expected_close.into(),
        row.partner_name.clone().into(),
        row.program_name.clone().into(),
        row.priority_at.into(),
        row.answer_due.into(),
        row.expires_at.into(),
        row.updated_at.into(),
    ]
}

/// What [`routes`] adds to the OpenAPI document: the fields of `ListDeals`, and the kind of file.
#[must_use]
pub fn openapi() -> Value {
    let problem = |text: &str| {
        let schema = json!({ "$ref": "#/components/schemas/ProblemDetails" });
        json!({ "description": text, "content": { "application/problem+json": { "schema": schema } } })
    };
    let asked = base::http::openapi::schema_of::<ListDeals>();
    let mut parameters = vec![json!({
        "name": "format", "in": "query", "required": false,
        "schema": { "type": "string", "enum": Format::ALL.map(Format::as_str), "default": "csv" }
    })];
    for (name, schema) in asked["properties"].as_object().into_iter().flatten() {
        if name != "cursor" && name != "limit" {
            let schema = base::http::openapi::without_null(schema.clone());
            parameters.push(json!({ "name": name, "in": "query", "required": false, "schema": schema }));
        }
    }
    let workbook = Format::Xlsx.media_type();
    json!({ PATH: { "get": {
        "operationId": "ExportDeals",
        "summary": "Downloads a list of deals as a file",
        "description": "The deals that `GET /deals` finds with the same filters, in the same order, as CSV without a \
            limit or as a workbook of at most 50,000 rows. Cells that a spreadsheet would run as a formula are text.",
        "tags": ["deals"],
        "parameters": parameters,
        "responses": {
            "200": { "description": "The file", "content": {
                "text/csv": { "schema": { "type": "string" } },
                workbook: { "schema": { "type": "string", "contentMediaType": workbook } }
            } },
            "400": problem("The request cannot be read"),
            "401": problem("Nobody is signed in"),
            "403": problem("The role may not"),
            "413": problem("Too many rows for a workbook"),
            "422": problem("Fields are wrong"),
            "429": problem("Too many requests"),
            "503": problem("Try again in a moment")
        }
    } } })
}
