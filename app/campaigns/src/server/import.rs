//! Files of people come in as `multipart/form-data`; the rows that were not taken go out as CSV.
use std::collections::{BTreeMap, HashSet};

use axum::body::Body;
use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Extension, Router};
use base::db::Tx;
use base::http::problem_response;
use base::{Actor, AudienceId, Date, FieldError, OrganizationId, Parts, Problem};
use mailing::server::Circle;
use serde_json::json;
use sheets::{MOST_BYTES, Sheet};

use super::store::{self, Rejected};
use super::{audiences, reach};
use crate::access::Do;
use crate::model::{AudienceImport, Consent, ConsentSource, ContactField, Mapping, OptIn};
use crate::rules::rows::{Judge, Person};
use crate::rules::{columns, rows};
use crate::t;

pub(super) const PATH: &str = "/api/v1/audiences/{id}/import";
pub(super) const REJECTED: &str = "/api/v1/audiences/{id}/imports/{number}/rejected";
/// Rows of one file.
const MOST_ROWS: usize = 100_000;
/// People that are written in one unit of work, so that nobody else waits for a large file.
const BATCH: usize = 500;

/// `POST /api/v1/audiences/{id}/import` and `GET /api/v1/audiences/{id}/imports/{number}/rejected`.
pub(super) fn routes() -> Router<Parts> {
    let limit = DefaultBodyLimit::max(MOST_BYTES + 64 * 1024);
    Router::new().route(PATH, post(receive).layer(limit)).route(REJECTED, get(send_rejected))
}

/// A file with what was said of it.
#[derive(Default)]
pub(super) struct NewImport {
    pub(super) file_name: String,
    pub(super) bytes: Vec<u8>,
    /// What the person said the columns are; guessed without it.
    pub(super) mapping: Option<Mapping>,
    /// What holds for the file as a whole.
    pub(super) consent: Option<Consent>,
    /// Only looked at.
    pub(super) look: bool,
}

async fn receive(
    State(parts): State<Parts>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Response<Body> {
    let result = take(&parts, &actor, &id, request).await;
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // A form without script goes back to the audience; with what was wrong, that is said by itself.
    if accept.contains("text/html") && result.is_ok() {
        let mut response = StatusCode::SEE_OTHER.into_response();
        if let Ok(next) = HeaderValue::from_str(&kit::paths::audience(&id)) {
            response.headers_mut().insert(header::LOCATION, next);
        }
        return response;
    }
    match result {
        Ok(import) => {
            let body = serde_json::to_string(&import).unwrap_or_default();
            let mut response = (StatusCode::OK, body).into_response();
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            response
        }
        Err(problem) => problem_response(&problem),
    }
}

async fn take(parts: &Parts, actor: &Actor, id: &str, request: Request) -> Result<AudienceImport, Problem> {
    if !actor.is_known() {
        return Err(Problem::Unauthenticated);
    }
    Do::People.partner(actor)?;
    let id: AudienceId = id.parse().map_err(|_| Problem::NotFound)?;
    audiences::own(&mut parts.db().read().await?, actor, id).await?;
    let form = Multipart::from_request(request, parts)
        .await
        .map_err(|error| Problem::Malformed { detail: error.body_text() })?;
    let new = read(form).await?;
    bring_in(parts, actor, id, new).await
}

async fn read(mut form: Multipart) -> Result<NewImport, Problem> {
    let unreadable = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::TooLarge { detail: "A file may have up to 20 MB.".to_owned() }
        }
        _ => Problem::Malformed { detail: error.body_text() },
    };
    let (mut new, mut said, mut errors) = (NewImport::default(), BTreeMap::new(), Vec::new());
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            new.file_name = field.file_name().unwrap_or("people.csv").chars().take(200).collect();
            new.bytes = field.bytes().await.map_err(unreadable)?.to_vec();
            continue;
        }
        let text = field.text().await.map_err(unreadable)?.trim().to_owned();
        if text.contains('\0') {
            return Err(Problem::Malformed { detail: "text must not hold NUL characters".to_owned() });
        }
        match name.as_str() {
            "mapping" if !text.is_empty() => match serde_json::from_str(&text) {
                Ok(mapping) => new.mapping = Some(mapping),
                Err(_) => {
                    errors.push(FieldError::new("mapping", "wrong_type", "Send {\"email\": \"heading\"}."));
                }
            },
            "look" => new.look = matches!(text.as_str(), "true" | "on" | "1"),
            _ => drop(said.insert(name, text)),
        }
    }
    if new.bytes.is_empty() {
        errors.push(FieldError::required("file"));
    }
    new.consent = consent(&said, &mut errors);
    if errors.is_empty() { Ok(new) } else { Err(Problem::Invalid { errors }) }
}

/// What was said of the file as a whole; nothing where no statement was given.
fn consent(said: &BTreeMap<String, String>, errors: &mut Vec<FieldError>) -> Option<Consent> {
    let of = |name: &str| said.get(name).map_or("", String::as_str);
    if of("wording").is_empty() {
        return None;
    }
    if of("wording").chars().count() > 1000 {
        errors.push(FieldError::new("wording", "too_long", "Say it in up to 1,000 characters."));
    }
    let source = ConsentSource::parse(of("source"));
    if source.is_none() {
        errors.push(FieldError::new("source", "unknown", "Say how people agreed."));
    }
    let on = of("on").parse::<Date>().ok();
    if on.is_none() {
        errors.push(FieldError::new(
            "on",
            "not_a_date",
            "Give the day on which they agreed, like 2026-11-28.",
        ));
    }
    let opt_in = OptIn::parse(of("opt_in")).unwrap_or(OptIn::Single);
    Some(Consent { source: source?, on: on?, wording: of("wording").to_owned(), opt_in })
}

/// A file, read and judged.
struct Judged {
    import: AudienceImport,
    people: Vec<Person>,
    rejected: Vec<Rejected>,
}

/// Reads a file, judges its rows, and, unless it is only looked at, takes in whom it can. Nothing is dropped silently: each
/// row is taken or kept with its reason.
pub(super) async fn bring_in(
    parts: &Parts,
    actor: &Actor,
    id: AudienceId,
    new: NewImport,
) -> Result<AudienceImport, Problem> {
    let mut tx = parts.db().read().await?;
    let (_, partner) = audiences::own(&mut tx, actor, id).await?;
    let NewImport { file_name, bytes, mapping, consent, look } = new;
    let sheet =
        tokio::task::spawn_blocking(move || sheets::read(&bytes)).await.map_err(Problem::internal)??;
    if sheet.rows.len() > MOST_ROWS {
        return Err(Problem::TooLarge { detail: "A file may have up to 100,000 rows.".to_owned() });
    }
    let suppressed = suppressed_in(&mut tx, partner, &sheet).await?;
    drop(tx);
    let today = parts.clock().now().date();
    let judged = judge(sheet, (file_name, mapping, consent), today, &suppressed)?;
    let Judged { mut import, people, rejected } = judged;
    import.at = parts.clock().now();
    import.by_name.clone_from(&actor.name);
    if look {
        return Ok(import);
    }
    let mut known = 0;
    for some in people.chunks(BATCH) {
        let (parts_, some, by) = (parts.clone(), some.to_vec(), actor.name.clone());
        let work = async move |tx: &mut Tx| {
            let now = parts_.clock().now();
            let mut known = 0;
            for person in &some {
                known += u64::from(!store::put_person(tx, &parts_, (id, partner), person, (now, &by)).await?);
            }
            Ok(known)
        };
        known += parts.db().write(work).await?;
    }
    (import.added, import.known) = (people.len() as u64 - known, known);
    let (parts_, actor_) = (parts.clone(), actor.clone());
    let work = async move |tx: &mut Tx| {
        import.number = store::keep_import(tx, id, &import, &rejected).await?;
        store::touch_audience(tx, id, import.at).await?;
        let data = json!({ "added": import.added, "known": import.known, "rejected": import.rejected });
        audiences::told(tx, &parts_, &actor_, partner, ("audience.imported", id, data)).await?;
        Ok(import)
    };
    parts.db().write(work).await
}

/// Who in a file asked this partner, or whoever it writes for, not to be written to.
async fn suppressed_in(
    tx: &mut Tx,
    partner: OrganizationId,
    sheet: &Sheet,
) -> Result<HashSet<String>, Problem> {
    let cells = sheet.rows.iter().flat_map(|(_, row)| row.iter());
    let addresses: Vec<String> = cells.filter(|cell| cell.contains('@')).filter_map(rows::address).collect();
    reach::suppressed(tx, Circle { vendor: None, brand: None, partner }, &addresses).await
}

fn judge(
    sheet: Sheet,
    (file_name, mapping, consent): (String, Option<Mapping>, Option<Consent>),
    today: Date,
    suppressed: &HashSet<String>,
) -> Result<Judged, Problem> {
    let all: Vec<(u64, Vec<String>)> =
        sheet.rows.into_iter().map(|(line, row)| (line, row.iter().map(str::to_owned).collect())).collect();
    let first: Vec<Vec<String>> = all.iter().take(20).map(|(_, cells)| cells.clone()).collect();
    let mapping = mapping.unwrap_or_else(|| columns::guess(&sheet.headers, &first));
    for (field, heading) in &mapping {
        if !sheet.headers.contains(heading) {
            let message = format!("The file has no column {heading}.");
            return Err(Problem::field(format!("mapping.{}", field.as_str()), "unknown", message));
        }
    }
    let mut judge = Judge::new(&sheet.headers, &mapping, consent.clone(), today, suppressed);
    if !judge.has(ContactField::Email) {
        let message = "No column of the file holds e-mail addresses. Say which one does.";
        return Err(Problem::field("mapping.email", "missing_column", message));
    }
    let (mut people, mut rejected, mut faults) = (Vec::new(), Vec::new(), BTreeMap::new());
    let rows = all.len() as u64;
    let at = mapping
        .get(&ContactField::Email)
        .and_then(|email| sheet.headers.iter().position(|known| known == email));
    for (line, cells) in all {
        match judge.row(&cells) {
            Ok(person) => people.push(person),
            Err(fault) => {
                *faults.entry(fault).or_insert(0) += 1;
                let email = at.and_then(|at| cells.get(at)).cloned().unwrap_or_default();
                rejected.push(Rejected { line, email, fault, cells });
            }
        }
    }
    let import = AudienceImport {
        number: 0,
        file_name,
        headings: sheet.headers,
        mapping,
        rows,
        added: people.len() as u64,
        known: 0,
        rejected: rejected.len() as u64,
        bad: store::shown(&rejected),
        faults,
        at: base::Timestamp(0),
        by_name: String::new(),
        consent,
    };
    Ok(Judged { import, people, rejected })
}

async fn send_rejected(
    State(parts): State<Parts>,
    Extension(actor): Extension<Actor>,
    Path((id, number)): Path<(String, String)>,
) -> Response<Body> {
    match rejected(&parts, &actor, &id, &number).await {
        Ok((name, bytes)) => {
            let mut response = bytes.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(sheets::Format::Csv.media_type()));
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

/// The rows that were not taken, as they stood in the file, each with its line and its reason in the reader's language.
async fn rejected(
    parts: &Parts,
    actor: &Actor,
    id: &str,
    number: &str,
) -> Result<(String, Vec<u8>), Problem> {
    if !actor.is_known() {
        return Err(Problem::Unauthenticated);
    }
    Do::People.partner(actor)?;
    let id: AudienceId = id.parse().map_err(|_| Problem::NotFound)?;
    let number: u32 = number.parse().map_err(|_| Problem::NotFound)?;
    let mut tx = parts.db().read().await?;
    audiences::own(&mut tx, actor, id).await?;
    let (file, mut headings, rows) = store::rejected(&mut tx, id, number).await?.ok_or(Problem::NotFound)?;
    let locale = match actor.user {
        Some(user) => access::server::locale_of(&mut tx, user).await?,
        None => kit::catalogue::Locale::choose("en"),
    };
    drop(tx);
    let bytes = kit::catalogue::speaking_to(locale, "UTC", || {
        let width = headings.len();
        headings.extend([t::col_line().to_owned(), t::col_reason().to_owned()]);
        let mut out = sheets::csv_head(&headings);
        for one in rows {
            let mut cells: Vec<sheets::Value> =
                one.cells.into_iter().take(width).map(sheets::Value::Text).collect();
            cells.resize(width, sheets::Value::Empty);
            cells.push(sheets::Value::Text(one.line.to_string()));
            cells.push(sheets::Value::Text(one.fault.words().to_owned()));
            out.extend(sheets::csv_line(&cells));
        }
        out
    });
    let stem = file.rsplit_once('.').map_or(&*file, |(stem, _)| stem);
    let plain: String =
        stem.chars().filter(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter)).collect();
    Ok((format!("{plain}-rejected.csv"), bytes))
}
