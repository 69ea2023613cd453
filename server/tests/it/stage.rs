//! The product on a stage: all slices on a fresh store, a market in it, and the router that the binary serves.
use std::fmt::Write as _;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, header};
use axum::middleware::from_fn_with_state;
use base::db::{Engine, Tx};
use base::testing::World;
use base::{Actor, OrganizationId, ProgramId, Role, UserId};
use futures::{StreamExt, TryStreamExt};
use partners::fixtures::{Market, market};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::ask::{Made, Operation};

pub(crate) struct Stage {
    pub(crate) world: World,
    pub(crate) market: Market,
    router: Router,
}

/// What came back over HTTP.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The answer of something that had to be done.
    pub(crate) fn done(self) -> Value {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.text);
        self.json()
    }

    /// The id in the answer of something that had to be made.
    pub(crate) fn id(self) -> String {
        self.done()["id"].as_str().expect("an answer with an id").to_owned()
    }
}

/// Sets a stage or ends the test where there is no PostgreSQL.
macro_rules! stage {
    ($engine:expr) => {
        match crate::stage::Stage::set($engine).await {
            Some(stage) => stage,
            None => return,
        }
    };
}
pub(crate) use stage;

impl Stage {
    pub(crate) async fn set(engine: Engine) -> Option<Self> {
        let world = World::try_new(engine, &app::migrations()).await?.with_jobs(&app::jobs());
        world.parts.observe(app::observers());
        let market = market(&world).await;
        let router = base::http::mount(app::verbs())
            .merge(app::routes())
            .merge(app::streams())
            .layer(from_fn_with_state(world.parts.clone(), ::access::authenticate))
            .with_state(world.parts.clone());
        Some(Self { world, market, router })
    }

    /// A new key of a person.
    pub(crate) async fn key(&self, actor: &Actor) -> String {
        let (parts, user): (_, UserId) = (self.world.parts.clone(), actor.user.expect("a person"));
        let write = async move |tx: &mut Tx| ::access::server::create_key(tx, &parts, user, "Tests").await;
        self.world.parts.db().write(write).await.expect("a key for a member")
    }

    /// A new person of a role.
    pub(crate) async fn person(&self, organization: OrganizationId, role: Role) -> Actor {
        let parts = self.world.parts.clone();
        let local = role.as_str();
        let email = format!("{local}@{}.example", organization.to_string().replace('_', "-"));
        let new = ::access::server::NewUser { email, name: format!("The {local}"), password: None };
        let write = async move |tx: &mut Tx| {
            let user = ::access::server::create_user(tx, &parts, new).await?.id;
            ::access::server::add_membership(tx, &parts, user, organization, role).await?;
            ::access::server::actor_of(tx, user, organization).await
        };
        self.world.parts.db().write(write).await.expect("a person joins")
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("a router always answers");
        let (head, body) = response.into_parts();
        let bytes = to_bytes(body, 16 << 20).await.expect("an answer ends");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: head.status.as_u16(), headers: head.headers, text }
    }

    /// Sends JSON, or nothing for `null`, with a key or without.
    pub(crate) async fn call(&self, key: Option<&str>, method: Method, path: &str, body: &Value) -> Answer {
        self.call_with(key, method, path, body, &[]).await
    }

    /// Like [`Stage::call`], with more headers.
    pub(crate) async fn call_with(
        &self,
        key: Option<&str>,
        method: Method,
        path: &str,
        body: &Value,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(key) = key {
            request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = if body.is_null() {
            Body::empty()
        } else {
            request = request.header(header::CONTENT_TYPE, "application/json");
            Body::from(body.to_string())
        };
        self.send(request.body(body).expect("a request")).await
    }

    /// Sends a request that was made for an operation. Of a stream the first message is the answer, or, asked to resume,
    /// the first two.
    pub(crate) async fn ask(&self, key: Option<&str>, operation: &Operation, made: &Made) -> Answer {
        if !operation.is_form && !operation.is_stream {
            return self.call(key, operation.method.clone(), &made.path, &made.body).await;
        }
        let mut request = Request::builder().method(operation.method.clone()).uri(&made.path);
        if let Some(key) = key {
            request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
        }
        if operation.is_form {
            request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
            return self.send(request.body(Body::from(form(&made.body))).expect("a request")).await;
        }
        let response = self.router.clone().oneshot(request.body(Body::empty()).expect("a request")).await;
        let (head, body) = response.expect("a router always answers").into_parts();
        let messages = if made.path.contains("last_event_id") { 2 } else { 1 };
        let bytes: Vec<_> = body.into_data_stream().take(messages).try_collect().await.expect("a stream");
        let text = bytes.iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
        Answer { status: head.status.as_u16(), headers: head.headers, text }
    }

    pub(crate) async fn get(&self, key: &str, path: &str) -> Answer {
        self.call(Some(key), Method::GET, &format!("/api/v1{path}"), &Value::Null).await
    }

    pub(crate) async fn post(&self, key: &str, path: &str, body: &Value) -> Answer {
        self.call(Some(key), Method::POST, &format!("/api/v1{path}"), body).await
    }
}

/// Fields as a form in parts, cut by `cut`.
fn form(fields: &Value) -> String {
    let mut text = String::new();
    for (name, value) in fields.as_object().into_iter().flatten() {
        let file = if name == "file" { "; filename=\"plain.csv\"" } else { "" };
        let value = value.as_str().unwrap_or_default();
        let _ =
            write!(text, "--cut\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n");
    }
    text + "--cut--\r\n"
}

/// A complete claim of 48,000 in the program's currency: too much to be approved without a person.
pub(crate) fn claim(program: ProgramId, product: &str, customer: &str, submit: bool) -> Value {
    let host = customer.to_lowercase().replace(' ', "-");
    json!({
        "program": program,
        "customer": { "name": customer, "website": format!("https://{host}.example"), "country": "DE" },
        "products": [{ "product": product, "quantity": 2 }],
        "value": { "amount_minor": 4_800_000, "currency": "EUR" },
        "expected_close": "2027-03-31",
        "evidence": [{ "kind": "meeting", "note": "Met their head of IT" }],
        "submit": submit
    })
}

/// A company name of its own: two made from different numbers do not look alike.
pub(crate) fn company(number: u64) -> String {
    const SYLLABLES: [&str; 16] = [
        "ka", "lo", "mir", "ten", "vu", "zor", "pel", "qui", "dra", "fen", "gos", "hil", "jat", "wex", "nub",
        "ryo",
    ];
    // Steele and others, SplitMix64 (2014): neighbours come out far apart.
    let mut seed = number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    seed = (seed ^ (seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    seed = (seed ^ (seed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    seed ^= seed >> 31;
    let word =
        |from: u64| (0..5).map(|at| SYLLABLES[((seed >> (from + at * 4)) & 15) as usize]).collect::<String>();
    format!("{} {}", word(0), word(24))
}
