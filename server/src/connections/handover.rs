//! Takes a connection from hyper for an answer that does not end: hyper keeps 16 kB of buffers and more for each
//! connection, half of it in memory, as long as it serves it.
use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::body::Body;
use axum::http::Response;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use notices::Endless;
use tokio::net::TcpStream;

/// What a connection and the answers on it tell each other.
#[derive(Clone, Default)]
pub(super) struct Handover(Arc<State>);

#[derive(Default)]
struct State {
    endless: Mutex<Option<Response<Body>>>,
    /// Whether hyper holds bytes of the answer before, which the connection has not taken yet.
    unsent: AtomicBool,
}

impl Handover {
    /// Gives an answer back, unless it is one that does not end: that is kept for [`Handover::while_serving`].
    pub(super) fn offer(&self, response: Response<Body>) -> Option<Response<Body>> {
        if response.extensions().get::<Endless>().is_none() {
            return Some(response);
        }
        *self.0.endless.lock().unwrap_or_else(PoisonError::into_inner) = Some(response);
        None
    }

    /// Serves until the connection is done, or an answer that does not end can take it over: hyper has not begun with
    /// that answer, and everything before it is sent.
    pub(super) async fn while_serving<C, O>(&self, connection: &mut C) -> Option<Response<Body>>
    where
        C: Future<Output = O> + Unpin,
    {
        poll_fn(|context| {
            if Pin::new(&mut *connection).poll(context).is_ready() {
                return Poll::Ready(None);
            }
            if self.0.unsent.load(Ordering::Relaxed) {
                return Poll::Pending;
            }
            let endless = self.0.endless.lock().unwrap_or_else(PoisonError::into_inner).take();
            endless.map_or(Poll::Pending, |response| Poll::Ready(Some(response)))
        })
        .await
    }
}

/// A connection that notes whether everything was sent.
pub(super) struct Watched {
    inner: TokioIo<TcpStream>,
    handover: Handover,
}

impl Watched {
    pub(super) const fn new(inner: TokioIo<TcpStream>, handover: Handover) -> Self {
        Self { inner, handover }
    }

    pub(super) fn into_stream(self) -> TcpStream {
        self.inner.into_inner()
    }

    fn note(&self, wanted: usize, sent: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        let all = matches!(sent, Poll::Ready(Ok(sent)) if sent == wanted);
        self.handover.0.unsent.store(!all, Ordering::Relaxed);
        sent
    }
}

impl Read for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        room: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, room)
    }
}

impl Write for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.inner).poll_write(context, bytes);
        self.note(bytes.len(), sent)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.inner).poll_write_vectored(context, parts);
        self.note(parts.iter().map(|part| part.len()).sum(), sent)
    }
}
