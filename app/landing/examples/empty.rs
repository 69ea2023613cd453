//! A server that answers everything with an empty 200 and does nothing else: what the click redirect is measured against. Its one
//! argument is the address it listens on.
use axum::Router;
use axum::http::StatusCode;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(listener, Router::new().fallback(async || StatusCode::OK)).await
}
