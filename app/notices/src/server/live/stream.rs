//! One stream: what was missed, then what its group hears. No task of its own; polled when there is something.
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec;

use axum::body::Bytes;

use super::STOP;
use super::exchange::Entered;

/// The bytes of one connection.
pub(super) struct Stream {
    entered: Entered,
    /// Gone once it was sent.
    first: Option<Box<vec::IntoIter<Bytes>>>,
}

impl Stream {
    pub(super) fn new(entered: Entered, first: Vec<Bytes>) -> Self {
        Self { entered, first: Some(Box::new(first.into_iter())) }
    }
}

impl futures::Stream for Stream {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(bytes) = self.first.as_mut().and_then(|first| first.next()) {
            return Poll::Ready(Some(Ok(bytes)));
        }
        self.first = None;
        // Asked after the group, so that no stop is overlooked: it ends the groups once it is said.
        let next = match self.entered.number() {
            Some(number) => self.entered.group().poll(number, context),
            None => Poll::Ready(None),
        };
        if STOP.is_cancelled() { Poll::Ready(None) } else { next.map(|bytes| bytes.map(Ok)) }
    }
}
