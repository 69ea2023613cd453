//! Takes a body as it comes, unpacked, up to a limit.
use std::io::{self, Write};

use flate2::write::MultiGzDecoder;
use http_body_util::BodyExt as _;
use hyper::HeaderMap;
use hyper::body::{Body, Incoming};
use hyper::header::CONTENT_ENCODING;

use crate::Refusal;

/// Bytes up to a limit; more is an error, so that what unpacks them stops there.
struct Bounded {
    bytes: Vec<u8>,
    most: usize,
    is_over: bool,
}

impl Write for Bounded {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        if more.len() > self.most - self.bytes.len() {
            self.is_over = true;
            return Err(io::Error::other("more than is taken"));
        }
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

enum Taker {
    Plain(Bounded),
    // Unpacks some kilobytes at a time and hands them on, so that a bomb is cut at the limit.
    Gzip(Box<MultiGzDecoder<Bounded>>),
}

impl Taker {
    fn new(headers: &HeaderMap, most: usize) -> Result<Self, Refusal> {
        let bounded = Bounded { bytes: Vec::new(), most, is_over: false };
        match headers.get(CONTENT_ENCODING).map(|value| value.as_bytes().to_ascii_lowercase()).as_deref() {
            None | Some(b"" | b"identity") => Ok(Self::Plain(bounded)),
            Some(b"gzip" | b"x-gzip") => Ok(Self::Gzip(Box::new(MultiGzDecoder::new(bounded)))),
            Some(_) => Err(Refusal::Unreadable),
        }
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let (taken, is_over) = match self {
            Self::Plain(bounded) => (bounded.write_all(bytes), bounded.is_over),
            Self::Gzip(decoder) => {
                let taken = decoder.write_all(bytes);
                (taken, decoder.get_ref().is_over)
            }
        };
        taken.map_err(|_| if is_over { Refusal::TooLarge } else { Refusal::Unreadable })
    }

    fn finish(self) -> Result<Vec<u8>, Refusal> {
        match self {
            Self::Plain(bounded) => Ok(bounded.bytes),
            Self::Gzip(mut decoder) => {
                let ended = decoder.try_finish();
                let refusal = if decoder.get_ref().is_over { Refusal::TooLarge } else { Refusal::Unreadable };
                ended.map_err(|_| refusal)?;
                Ok(std::mem::take(&mut decoder.get_mut().bytes))
            }
        }
    }
}

/// Takes all of a body, at most so many bytes of it, as it travels and unpacked.
pub(crate) async fn take(headers: &HeaderMap, mut body: Incoming, most: usize) -> Result<Vec<u8>, Refusal> {
    if body.size_hint().lower() > most as u64 {
        return Err(Refusal::TooLarge);
    }
    let mut taker = Taker::new(headers, most)?;
    let mut travelled = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Refusal::Unreadable)?;
        let Ok(bytes) = frame.into_data() else { continue };
        travelled += bytes.len();
        if travelled > most {
            return Err(Refusal::TooLarge);
        }
        taker.take(&bytes)?;
    }
    taker.finish()
}
