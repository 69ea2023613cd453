//! For load balancers: alive, and able to work.
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use base::{Parts, on};

pub(crate) fn routes(parts: Parts) -> Router {
    Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(ready)).with_state(parts)
}

/// Ready when the store answers.
async fn ready(State(parts): State<Parts>) -> (StatusCode, &'static str) {
    let answers = async {
        let mut tx = parts.db().read().await.ok()?;
        let one: i64 = on!(tx, |conn| sqlx::query_scalar("select count(*) from job where state = 'failed'")
            .fetch_one(conn)
            .await)
        .ok()?;
        Some(one)
    };
    match answers.await {
        Some(_) => (StatusCode::OK, "ready\n"),
        None => (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n"),
    }
}
