//! Takes connections and serves them. Most of those that are open at a time are live streams with nothing to say: what
//! each of them keeps in memory is what this is about.
mod endless;
mod handover;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tower::Service as _;

use handover::{Handover, Watched};

/// How a connection begins that speaks HTTP/2 without having asked.
const HTTP2: &[u8] = b"PRI";
/// Until it is tried again when connections cannot be accepted: files may be free by then.
const PAUSE: Duration = Duration::from_secs(1);

/// Dropped when a connection ends.
type Open = mpsc::Sender<Infallible>;

/// Serves until stopped; then finishes the answers in hand.
pub(crate) async fn serve(listener: TcpListener, router: Router, stop: CancellationToken) {
    let (open, mut closed) = mpsc::channel(1);
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, address)) => {
                tokio::spawn(one(stream, address, router.clone(), stop.clone(), open.clone()));
            }
            Err(error) if is_the_client_s(&error) => {}
            Err(error) => {
                tracing::error!(%error, "connections cannot be accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    drop((listener, open));
    closed.recv().await;
}

fn is_the_client_s(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Serves one connection, until it ends or becomes an endless answer, which has a smaller task of its own.
async fn one(stream: TcpStream, address: SocketAddr, router: Router, stop: CancellationToken, open: Open) {
    // An event is one small packet: it must not wait until the one before it is acknowledged.
    let _ = stream.set_nodelay(true);
    let mut begins = [0; HTTP2.len()];
    let read = tokio::select! {
        () = stop.cancelled() => return,
        read = stream.peek(&mut begins) => read,
    };
    if matches!(read, Ok(read) if begins[..read] == *HTTP2) {
        Box::pin(http2(stream, address, router, stop)).await;
    } else if let Some((stream, response)) = http1(stream, address, router, stop).await {
        tokio::spawn(endless::send(stream, response, open));
    }
}

/// Serves HTTP/1; gives the connection back with the answer that will not end, if there is one.
async fn http1(
    stream: TcpStream,
    address: SocketAddr,
    router: Router,
    stop: CancellationToken,
) -> Option<(TcpStream, Response<Body>)> {
    let handover = Handover::default();
    let io = Watched::new(TokioIo::new(stream), handover.clone());
    let given = handover.clone();
    // Boxed, as room for it is kept in the connection for the next one.
    let service = service_fn(move |request| {
        let (router, handover) = (router.clone(), given.clone());
        Box::pin(async move {
            let response = answer(request, address, router).await?;
            match handover.offer(response) {
                Some(response) => Ok::<_, Infallible>(response),
                // The connection is taken from under this answer.
                None => std::future::pending().await,
            }
        })
    });
    let mut connection = http1::Builder::new().serve_connection(io, service);
    let mut stopping = false;
    let endless = loop {
        tokio::select! {
            () = stop.cancelled(), if !stopping => {
                stopping = true;
                Pin::new(&mut connection).graceful_shutdown();
            }
            endless = handover.while_serving(&mut connection) => break endless?,
        }
    };
    Some((connection.into_parts().io.into_stream(), endless))
}

/// Serves HTTP/2, which keeps all answers, as they share the connection.
async fn http2(stream: TcpStream, address: SocketAddr, router: Router, stop: CancellationToken) {
    let service = service_fn(move |request| answer(request, address, router.clone()));
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder.enable_connect_protocol();
    let mut connection = Box::pin(builder.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        _ = &mut connection => return,
        () = stop.cancelled() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

/// The router's answer, which knows the address that asks.
async fn answer(
    request: Request<Incoming>,
    address: SocketAddr,
    mut router: Router,
) -> Result<Response<Body>, Infallible> {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(address));
    router.call(request).await
}
