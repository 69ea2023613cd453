//! What belongs to the request in hand: its id, its idempotency key, and headers its answer will carry.
use std::cell::RefCell;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use super::IdempotencyKey;

/// Headers collected while the request is served.
pub type Reply = HeaderMap;

struct Context {
    id: String,
    key: RefCell<Option<IdempotencyKey>>,
    headers: RefCell<Reply>,
}

tokio::task_local! {
    static CONTEXT: Context;
}

/// Serves a request within its context; gives back what it set for the answer.
pub async fn in_request<F: Future>(id: String, key: Option<IdempotencyKey>, serve: F) -> (F::Output, Reply) {
    let context = Context { id, key: RefCell::new(key), headers: RefCell::default() };
    CONTEXT
        .scope(context, async {
            let output = serve.await;
            (output, CONTEXT.with(|context| context.headers.take()))
        })
        .await
}

/// The id of the request in hand; a fixed word outside of any.
#[must_use]
pub fn request_id() -> String {
    CONTEXT.try_with(|context| context.id.clone()).unwrap_or_else(|_| "background".to_owned())
}

/// Sets a header of the answer; does nothing outside of a request.
pub fn set_header(name: HeaderName, value: HeaderValue) {
    let _ = CONTEXT.try_with(|context| context.headers.borrow_mut().append(name, value));
}

/// Sets a cookie of the answer that scripts cannot read; empty values take it away.
/// `secure` goes with an `https` base URL.
pub fn cookie(name: &str, value: &str, max_age_s: i64, secure: bool) {
    let age = if value.is_empty() { 0 } else { max_age_s };
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    if let Ok(value) = HeaderValue::from_str(&text) {
        set_header(header::SET_COOKIE, value);
    }
}

/// The request's idempotency key, for the first unit of work that asks.
pub(crate) fn take_idempotency() -> Option<IdempotencyKey> {
    CONTEXT.try_with(|context| context.key.borrow_mut().take()).ok().flatten()
}
