//! Mounts verbs on a router.
use std::collections::BTreeMap;

use axum::Extension;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{RawPathParams, RawQuery, State};
use axum::http::{HeaderMap, Response};
use axum::routing::{MethodRouter, delete, get, patch, post, put};

use super::openapi::Operation;
use super::read::Asked;
use super::{IdempotencyKey, Perform, context, form_method, reply};
use crate::{Actor, Method, Parts, Problem};

/// A verb, as a slice lists it: `pub const VERBS: &[Mounted] = &[mounted::<SubmitDeal>()];`
#[derive(Clone, Copy)]
pub struct Mounted {
    /// The struct's name.
    pub name: &'static str,
    /// How it is sent.
    pub method: Method,
    /// Below `/api/v1`.
    pub path: &'static str,
    /// Whether nobody may ask it.
    pub public: bool,
    pub(super) operation: fn(&mut schemars::SchemaGenerator) -> Operation,
    route: fn() -> MethodRouter<Parts>,
}

/// Lists a verb.
#[must_use]
pub const fn mounted<V: Perform>() -> Mounted {
    Mounted {
        name: V::NAME,
        method: V::METHOD,
        path: V::PATH,
        public: V::PUBLIC,
        operation: Operation::of::<V>,
        route: route::<V>,
    }
}

/// A router with all of them, below `/api/v1`. Verbs of one address stand together, so that a plain form reaches
/// those that are not for POST: see [`form_method`].
pub fn mount(verbs: impl IntoIterator<Item = Mounted>) -> Router<Parts> {
    let mut addresses = BTreeMap::<&str, (Vec<Method>, MethodRouter<Parts>)>::new();
    for verb in verbs {
        let (methods, routes) = addresses.entry(verb.path).or_default();
        methods.push(verb.method);
        *routes = std::mem::take(routes).merge((verb.route)());
    }
    let router = addresses.into_iter().fold(Router::new(), |router, (path, (methods, routes))| {
        router.route(path, form_method::reachable(&methods, routes))
    });
    Router::new().nest("/api/v1", router)
}

fn route<V: Perform>() -> MethodRouter<Parts> {
    match V::METHOD {
        Method::Get => get(handle::<V>),
        Method::Post => post(handle::<V>),
        Method::Put => put(handle::<V>),
        Method::Patch => patch(handle::<V>),
        Method::Delete => delete(handle::<V>),
    }
}

async fn handle<V: Perform>(
    State(parts): State<Parts>,
    Extension(actor): Extension<Actor>,
    path: RawPathParams,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let path: Vec<_> = path.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let query = query.unwrap_or_default();
    let asked = Asked { path: &path, query: &query, body: &body, headers: &headers };
    let key =
        headers.get("idempotency-key").and_then(|key| key.to_str().ok()).filter(|_| V::METHOD != Method::Get);
    let key = key.map(|key| {
        let request =
            [path.iter().map(|(_, value)| value.as_bytes()).collect::<Vec<_>>().concat(), body.to_vec()];
        IdempotencyKey::new(&actor, key, V::NAME, &request.concat(), parts.clock().now())
    });
    let id = super::request_id();
    let (result, set) = context::in_request(id, key, perform::<V>(&parts, &actor, &asked)).await;
    let mut response = if asked.is_form() && !asked.wants_json() {
        let result = result.and_then(|answer| serde_json::to_value(answer).map_err(Problem::internal));
        reply::redirect(V::NAME, result, &body, &headers)
    } else {
        match result {
            Ok(answer) => reply::answer(V::STATUS, &answer),
            Err(problem) => reply::problem_response(&problem),
        }
    };
    for (name, value) in &set {
        response.headers_mut().append(name, value.clone());
    }
    response
}

async fn perform<V: Perform>(parts: &Parts, actor: &Actor, asked: &Asked<'_>) -> Result<V::Answer, Problem> {
    if !V::PUBLIC && !actor.is_known() {
        return Err(Problem::Unauthenticated);
    }
    let verb: V = asked.verb()?;
    verb.check()?;
    verb.perform(parts, actor).await
}
