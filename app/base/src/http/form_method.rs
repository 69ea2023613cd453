//! Plain HTML forms can only GET and POST: a form that is posted with a hidden `_method=PATCH` (or `PUT`, `DELETE`)
//! asks the verb of that method at the same address.
//!
//! Only forms are read so; what scripts and integrations send is taken as it comes. An address that has a verb of
//! its own for POST keeps it.
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request, State};
use axum::handler::Handler;
use axum::http::{HeaderValue, Method as HttpMethod, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, post};

use super::read::{FORM, content_type, form_field};
use super::reply;
use crate::{Method, Parts, Problem};

/// The hidden field that names the method.
const FIELD: &str = "_method";

/// The verbs of one address, which forms reach by POST besides.
pub(super) fn reachable(methods: &[Method], router: MethodRouter<Parts>) -> MethodRouter<Parts> {
    let meant = |method: &Method| matches!(method, Method::Put | Method::Patch | Method::Delete);
    if methods.contains(&Method::Post) || !methods.iter().any(meant) {
        return router;
    }
    let known: Vec<Method> = methods.iter().copied().filter(meant).collect();
    let allowed = methods.iter().map(|method| method.as_str()).collect::<Vec<_>>().join(", ");
    let verbs = router.clone();
    router.merge(post(move |State(parts): State<Parts>, request: Request| {
        let (verbs, known, allowed) = (verbs.clone(), known.clone(), allowed.clone());
        async move {
            match of_form(request, &known, &parts).await {
                Ok(Some(request)) => verbs.call(request, parts).await,
                Ok(None) => not_taken(&allowed),
                Err(response) => response,
            }
        }
    }))
}

/// The request as it is meant; nothing when it is no form, or names no method that this address takes.
async fn of_form(
    request: Request,
    known: &[Method],
    parts: &Parts,
) -> Result<Option<Request>, Response<Body>> {
    let (mut head, body) = request.into_parts();
    if content_type(&head.headers) != FORM {
        return Ok(None);
    }
    let whole = Request::from_parts(head.clone(), body);
    let body = Bytes::from_request(whole, parts).await.map_err(IntoResponse::into_response)?;
    let named = form_field(&body, FIELD);
    let method =
        known.iter().find(|one| named.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(one.as_str())));
    let Some(method) = method.and_then(|method| HttpMethod::from_bytes(method.as_str().as_bytes()).ok())
    else {
        return Ok(None);
    };
    head.method = method;
    Ok(Some(Request::from_parts(head, Body::from(body))))
}

fn not_taken(allowed: &str) -> Response<Body> {
    let detail = "This address does not take this method.".to_owned();
    let mut response = reply::problem_response(&Problem::Malformed { detail });
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    if let Ok(value) = HeaderValue::from_str(allowed) {
        response.headers_mut().insert(header::ALLOW, value);
    }
    response
}
