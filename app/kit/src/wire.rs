//! The browser's side of the wire: fetch with idempotency, retry and problem details.
use std::cell::Cell;

use base::{Method, Problem, ProblemDetails, Verb, tree};
use gloo_net::http::{RequestBuilder, Response};
use serde_json::{Map, Value};

/// How often a request is sent at most when no answer comes.
const TRIES: u32 = 3;

/// A verb as it is sent.
#[derive(Clone, PartialEq)]
pub(crate) struct Request {
    method: Method,
    url: String,
    body: Option<String>,
}

impl Request {
    /// # Errors
    /// What is wrong with the verb's fields.
    pub(crate) fn of<V: Verb>(verb: &V) -> Result<Self, Problem> {
        verb.check()?;
        let (path, fields) = base::address(verb)?;
        Ok(Self::to(V::METHOD, path, fields))
    }

    fn to(method: Method, path: String, fields: Map<String, Value>) -> Self {
        if method.has_body() {
            return Self { method, url: path, body: Some(Value::Object(fields).to_string()) };
        }
        let query = base::query(&fields);
        let url = if query.is_empty() { path } else { [&path, "?", &query].concat() };
        Self { method, url, body: None }
    }

    /// Gives the body of success, `null` when there is none.
    pub(crate) async fn send(&self) -> Result<String, Problem> {
        self.send_under(&random_key()).await
    }

    /// Like [`Request::send`], under an idempotency key of the caller's: sent again later, even by another page, it is
    /// still done once.
    pub(crate) async fn send_under(&self, key: &str) -> Result<String, Problem> {
        let (method, url, body, key) = (self.method, self.url.clone(), self.body.clone(), key.to_owned());
        // Fetch is not `Send`, the browser has one thread: the wrapper says so to the resources that await it.
        send_wrapper::SendWrapper::new(async move {
            deliver(method, &url, body.as_deref(), "application/json", &key).await
        })
        .await
    }
}

/// Sends a form as the browser would, but wants the answer as JSON.
pub(crate) async fn send_form(url: &str, body: &str) -> Result<String, Problem> {
    deliver(Method::Post, url, Some(body), "application/x-www-form-urlencoded", &random_key()).await
}

/// Sends a form with a file in it, once: a file takes its time, and whoever sends it is there to try again.
pub(crate) async fn send_parts(url: &str, form: web_sys::FormData) -> Result<String, Problem> {
    let _writing = Writing::begin();
    let request = RequestBuilder::new(url)
        .method(gloo_net::http::Method::POST)
        .header("accept", "application/json")
        .header("idempotency-key", &random_key())
        .body(form)
        .map_err(|_| Problem::Unavailable)?;
    read(request.send().await.map_err(|_| Problem::Unavailable)?).await
}

/// Asks once for a text that the browser may have kept.
pub(crate) async fn get_text(url: &str) -> Result<String, Problem> {
    match RequestBuilder::new(url).method(gloo_net::http::Method::GET).send().await {
        Ok(response) => read(response).await,
        Err(_) => Err(Problem::Unavailable),
    }
}

/// A write that was sent and not answered yet.
struct Writing;

thread_local! {
    static WRITING: Cell<u32> = const { Cell::new(0) };
}

impl Writing {
    fn begin() -> Self {
        WRITING.set(WRITING.get() + 1);
        Self
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        WRITING.set(WRITING.get().saturating_sub(1));
    }
}

/// Whether the answer to a write is awaited.
pub(crate) fn is_writing() -> bool {
    WRITING.get() > 0
}

async fn deliver(
    method: Method,
    url: &str,
    body: Option<&str>,
    kind: &str,
    key: &str,
) -> Result<String, Problem> {
    let _writing = (method != Method::Get).then(Writing::begin);
    let mut wait_ms = 400;
    for last in (0..TRIES).map(|n| n + 1 == TRIES) {
        let mut request = RequestBuilder::new(url)
            .method(match method {
                Method::Get => gloo_net::http::Method::GET,
                Method::Post => gloo_net::http::Method::POST,
                Method::Put => gloo_net::http::Method::PUT,
                Method::Patch => gloo_net::http::Method::PATCH,
                Method::Delete => gloo_net::http::Method::DELETE,
            })
            .header("accept", "application/json");
        if method != Method::Get {
            request = request.header("idempotency-key", key);
        }
        let sent = match body {
            Some(body) => match request.header("content-type", kind).body(body) {
                Ok(request) => request.send().await,
                Err(_) => return Err(Problem::Unavailable),
            },
            None => request.send().await,
        };
        match sent {
            Ok(response) if response.status() == 503 && !last => {}
            Ok(response) => return read(response).await,
            Err(_) if last => return Err(Problem::Unavailable),
            Err(_) => {}
        }
        gloo_timers::future::TimeoutFuture::new(wait_ms).await;
        wait_ms *= 3;
    }
    Err(Problem::Unavailable)
}

async fn read(response: Response) -> Result<String, Problem> {
    let ok = response.ok();
    let status = response.status();
    let text = response.text().await.map_err(|_| Problem::Unavailable)?;
    if ok {
        return Ok(if text.is_empty() { "null".to_owned() } else { text });
    }
    match tree::read::<ProblemDetails>(&text) {
        Ok(details) => Err(details.into()),
        Err(_) if status == 413 => Err(Problem::TooLarge { detail: String::new() }),
        Err(_) => Err(Problem::Unavailable),
    }
}

/// 128 random bits; not a secret, only unlikely to be drawn twice.
pub(crate) fn random_key() -> String {
    let part = || format!("{:08x}", (js_sys::Math::random() * f64::from(u32::MAX)) as u32);
    [part(), part(), part(), part()].concat()
}
