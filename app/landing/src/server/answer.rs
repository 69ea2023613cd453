//! Takes the form of a page: what is wrong is told in the page itself with what was typed still there; what is right becomes a
//! lead of the partner's.
use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::{Html, IntoResponse};
use base::db::Tx;
use base::limit::Class;
use base::{Problem, Timestamp};
use campaigns::server::Live;
use creative::draw::FormState;
use kit::catalogue::{Locale, speaking_to};
use leads::Contact;
use leads::server::NewAnswer;
use sha2::{Digest, Sha256};

use super::front::{FORM_LIMIT, Front, brand_of, text};
use super::live::{self, Found};
use super::{dress, plain, seal};
use crate::rules::form::{self, Filled};
use crate::rules::spam::{self, FLOOD_WITHIN, Turned};
use crate::words;

const FORM: &str = "application/x-www-form-urlencoded";
/// What stands above the form and belongs to no field.
const WHOLE: &str = "form";

/// `POST /l/{slug}`.
pub(super) async fn answer(
    State(front): State<Arc<Front>>,
    slug: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response<Body> {
    let headers = request.headers().clone();
    let Ok(Path(slug)) = slug else { return plain::nothing(&headers, &front.css) };
    match taken(&front, &slug, request).await {
        Ok(response) => response,
        Err(problem) => plain::broken(&problem, &headers, &front.css),
    }
}

async fn taken(front: &Front, slug: &str, request: Request) -> Result<Response<Body>, Problem> {
    let (parts, css) = (&front.parts, &front.css);
    let now = parts.clock().now();
    let (sender, at) = (access::server::address_of(parts, &request), brand_of(&request));
    let (head, body) = request.into_parts();
    let headers = &head.headers;
    let media = text(headers, header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim();
    if !media.eq_ignore_ascii_case(FORM) {
        return Ok(plain::unreadable(StatusCode::UNSUPPORTED_MEDIA_TYPE, headers, css));
    }
    let Ok(bytes) = to_bytes(body, FORM_LIMIT).await else {
        return Ok(plain::unreadable(StatusCode::PAYLOAD_TOO_LARGE, headers, css));
    };
    let Ok(typed) = std::str::from_utf8(&bytes) else {
        return Ok(plain::unreadable(StatusCode::BAD_REQUEST, headers, css));
    };
    let live = match live::find(parts, slug).await? {
        Some(Found::Open(live)) if Front::is_here(at, live.campaign.brand) => live,
        Some(Found::Over(live)) if Front::is_here(at, live.campaign.brand) => {
            return over(front, live).await;
        }
        _ => return Ok(plain::nothing(headers, css)),
    };
    let Some(questions) = dress::questions(&live.content) else { return Ok(plain::nothing(headers, css)) };
    let filled = form::read(&base::pairs(typed), questions.len());
    let drawn = seal::opened(parts, live.campaign.id, &filled.seal);
    let again = Again { front, live: &live, filled: &filled, drawn };
    if let Err(wait) = room(front, &live, &sender, now) {
        return Ok(again.turned(Turned::Crowd, now, Some(wait)));
    }
    if !filled.trap.is_empty() {
        return Ok(again.turned(Turned::Trap, now, None));
    }
    if let Err(turned) = spam::pace(drawn, now) {
        return Ok(again.turned(turned, now, None));
    }
    if !filled.faults().is_empty() {
        return Ok(again.page(BTreeMap::new(), now));
    }
    match keep(front, &live, questions, &filled).await {
        Ok(Ok(())) => Ok(thanks(slug)),
        Ok(Err(turned)) => Ok(again.turned(turned, now, None)),
        // The partner has left the program since: there is nobody to answer.
        Err(Problem::Refused { .. }) => over(front, live).await,
        Err(problem) => Err(problem),
    }
}

/// Counts a form for its sender and for its campaign.
fn room(front: &Front, live: &Live, sender: &str, now: Timestamp) -> Result<(), u32> {
    let limiter = front.parts.limiter();
    let campaign = live.campaign.id.to_string();
    let counted =
        limiter.take(Class::Form, sender, now).and_then(|_| limiter.take(Class::Answers, &campaign, now));
    match counted {
        Err(Problem::TooMany { retry_after_s }) => Err(retry_after_s),
        _ => Ok(()),
    }
}

/// Makes a lead of what was typed, in one unit of work; or says why not.
async fn keep(
    front: &Front,
    live: &Live,
    questions: &[String],
    filled: &Filled,
) -> Result<Result<(), Turned>, Problem> {
    let parts = front.parts.clone();
    let campaign = &live.campaign;
    let shown = dress::page(live, &dress::fresh(&parts, live, parts.clock().now()));
    let new = NewAnswer {
        campaign: campaign.id,
        campaign_name: campaign.name.clone(),
        kit_name: campaign.kit_name.clone(),
        program: campaign.program,
        partner: campaign.partner,
        submission: submission(filled),
        contact: Contact { name: filled.name(), email: filled.email.clone(), ..Contact::default() },
        company: filled.company.clone(),
        answers: questions.iter().cloned().zip(filled.answers.iter().cloned()).collect(),
        consent: dress::consent(&shown),
        language: campaign.language.clone(),
    };
    let write = async move |tx: &mut Tx| {
        let since = parts.clock().now() - FLOOD_WITHIN;
        let before = leads::server::answered_before(tx, &new, since).await?;
        if let Err(turned) = spam::flood(before) {
            return Ok(Err(turned));
        }
        leads::server::from_campaign(tx, &parts, new).await.map(|_| Ok(()))
    };
    front.parts.db().write(write).await
}

/// Names a sending: the same things from the same page. A second click, or going back and sending again, is the same.
fn submission(filled: &Filled) -> String {
    let mut hash = Sha256::new();
    let email = filled.email.to_lowercase();
    let known = [&filled.seal, &filled.first_name, &filled.last_name, &email, &filled.company];
    for text in known.into_iter().chain(&filled.answers) {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hex::encode(&hash.finalize()[..16])
}

/// On to the page that thanks: whoever loads it again sends nothing again.
fn thanks(slug: &str) -> Response<Body> {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    // The name of a page that was found holds letters, digits and hyphens alone.
    if let Ok(to) = HeaderValue::from_str(&format!("{}?sent=1#form", kit::paths::landing(slug))) {
        headers.insert(header::LOCATION, to);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn over(front: &Front, live: Box<Live>) -> Result<Response<Body>, Problem> {
    let page = dress::drawn(&front.parts, Some(Found::Over(live)), false, &front.css).await?;
    let page = page.ok_or(Problem::NotFound)?;
    let mut response = (page.status, page.html).into_response();
    dressed(response.headers_mut(), page.policy);
    Ok(response)
}

/// The page again, with what was typed.
struct Again<'a> {
    front: &'a Front,
    live: &'a Live,
    filled: &'a Filled,
    /// When the page was drawn that it came from, if it was ours.
    drawn: Option<Timestamp>,
}

impl Again<'_> {
    fn turned(&self, turned: Turned, now: Timestamp, wait: Option<u32>) -> Response<Body> {
        let locale = Locale::choose(&self.live.campaign.language);
        let why = speaking_to(locale, "UTC", || words::of_turned(turned).to_owned());
        let mut response = self.page(BTreeMap::from([(WHOLE.to_owned(), why)]), now);
        if let Some(wait) = wait {
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        }
        response
    }

    fn page(&self, whole: BTreeMap<String, String>, now: Timestamp) -> Response<Body> {
        let locale = Locale::choose(&self.live.campaign.language);
        let mut errors = speaking_to(locale, "UTC", || words::of_faults(self.filled));
        errors.extend(whole);
        // The time goes on from the first page, so that nobody has to wait before sending what was put right.
        let drawn =
            self.drawn.filter(|at| matches!(spam::pace(Some(*at), now), Ok(()) | Err(Turned::TooFast)));
        let fresh = dress::fresh(&self.front.parts, self.live, drawn.unwrap_or(now));
        let state = FormState { values: self.filled.values(), errors, ..fresh };
        let html = dress::page(self.live, &state);
        let policy = dress::policy(&html);
        let mut response = (StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response();
        if let Ok(policy) = policy {
            dressed(response.headers_mut(), policy);
        }
        response
    }
}

fn dressed(headers: &mut HeaderMap, policy: HeaderValue) {
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
}
