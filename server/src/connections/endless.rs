//! Sends an answer that does not end, with no more kept for it than its body.
use std::fmt::Write as _;
use std::future::poll_fn;
use std::io;
use std::time::{Duration, SystemTime};

use axum::body::{Body, HttpBody as _};
use axum::http::Response;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::Open;

/// A reader that takes nothing for so long has left.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sends until the body ends or the reader leaves; `_open` says until when. The end of the connection is the end of
/// the answer: nothing else can follow it.
pub(super) async fn send(mut stream: TcpStream, response: Response<Body>, _open: Open) {
    let head = head(&response);
    let mut body = response.into_body();
    if put(&mut stream, &head).await.is_err() {
        return;
    }
    drop(head);
    loop {
        let next = tokio::select! {
            next = poll_fn(|context| Pin::new(&mut body).poll_frame(context)) => next,
            () = left(&stream) => return,
        };
        let Some(Ok(frame)) = next else { return };
        let Ok(bytes) = frame.into_data() else { continue };
        if put(&mut stream, &bytes).await.is_err() {
            return;
        }
    }
}

/// The status line and the fields as HTTP/1.1 writes them.
#[expect(clippy::disallowed_methods, reason = "the date of an answer is the machine's, as hyper's is")]
fn head(response: &Response<Body>) -> Vec<u8> {
    let mut start = String::new();
    let _ = write!(start, "HTTP/1.1 {}\r\n", response.status());
    let _ = write!(start, "date: {}\r\nconnection: close\r\n", httpdate::fmt_http_date(SystemTime::now()));
    let mut head = start.into_bytes();
    for (name, value) in response.headers() {
        for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
            head.extend_from_slice(part);
        }
    }
    head.extend_from_slice(b"\r\n");
    head
}

async fn put(stream: &mut TcpStream, bytes: &[u8]) -> io::Result<()> {
    timeout(PATIENCE, stream.write_all(bytes)).await.map_err(io::Error::from)?
}

/// Comes back when the reader has closed the connection, or says something where nothing can be said.
async fn left(stream: &TcpStream) {
    while stream.readable().await.is_ok() {
        match stream.try_read(&mut [0]) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_says_what_the_answer_says_and_that_the_connection_is_its() {
        let response = Response::builder().header("content-type", "text/event-stream");
        let text = String::from_utf8(head(&response.body(Body::empty()).unwrap())).unwrap();
        assert!(text.starts_with("HTTP/1.1 200 OK\r\ndate: "), "{text}");
        assert!(text.ends_with("\r\nconnection: close\r\ncontent-type: text/event-stream\r\n\r\n"), "{text}");
    }
}
