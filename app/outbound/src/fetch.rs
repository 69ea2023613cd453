//! Fetches what is at an address.
use std::net::{IpAddr, SocketAddr};

use http_body_util::Empty;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{
    ACCEPT, ACCEPT_ENCODING, CONNECTION, CONTENT_TYPE, HOST, HeaderValue, LOCATION, USER_AGENT,
};
use hyper::{HeaderMap, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::Url;

use crate::{Outbound, Refusal, body, target};

/// What other servers see of us.
const AGENT: &str = concat!("Rialto/", env!("CARGO_PKG_VERSION"));
/// How many addresses of a host are tried.
const TRIED: usize = 4;
/// The most of an answer's head, in bytes.
const HEAD: usize = 64 * 1024;

/// What is taken.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Types of content, without parameters: `text/html`.
    pub types: &'a [&'a str],
    /// Bytes at most, both as they travel and unpacked.
    pub most: usize,
}

/// What was there.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// Where it was in the end, after all redirections.
    pub url: Url,
    /// In lower case and without parameters: `text/html`.
    pub content_type: String,
    pub bytes: Vec<u8>,
}

impl Fetched {
    /// As text; what is no UTF-8 is replaced.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

enum Step {
    Here(Fetched),
    Onward(Url),
}

impl Outbound {
    /// Fetches what is at an address: no cookies, no credentials, nothing of who asked for it.
    ///
    /// # Errors
    /// Why not; see [`Refusal`].
    pub async fn fetch(&self, address: &str, wanted: Wanted<'_>) -> Result<Fetched, Refusal> {
        let url = target::read(address, &self.policy)?;
        timeout(self.policy.within, self.follow(url, wanted)).await.unwrap_or(Err(Refusal::TooSlow))
    }

    async fn follow(&self, mut url: Url, wanted: Wanted<'_>) -> Result<Fetched, Refusal> {
        for _ in 0..=self.policy.redirects {
            match self.step(url, wanted).await? {
                Step::Here(fetched) => return Ok(fetched),
                Step::Onward(next) => url = next,
            }
        }
        Err(Refusal::TooManyRedirects)
    }

    async fn step(&self, url: Url, wanted: Wanted<'_>) -> Result<Step, Refusal> {
        let stream = self.connect(&url).await?;
        let mut client = http1::Builder::new();
        client.max_buf_size(HEAD);
        let (mut sender, connection) =
            client.handshake(TokioIo::new(stream)).await.map_err(|_| Refusal::Unreachable)?;
        // Ends with this function, however it ends.
        let mut tasks = JoinSet::new();
        tasks.spawn(async move { drop(connection.await) });
        let request = request(&url, wanted.types)?;
        let response = sender.send_request(request).await.map_err(|_| Refusal::Unreadable)?;
        self.read(url, response, wanted).await
    }

    async fn read(
        &self,
        url: Url,
        response: Response<Incoming>,
        wanted: Wanted<'_>,
    ) -> Result<Step, Refusal> {
        let (head, incoming) = response.into_parts();
        if let 301 | 302 | 303 | 307 | 308 = head.status.as_u16() {
            let location =
                head.headers.get(LOCATION).and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
            return target::onward(&url, location.ok_or(Refusal::Unreadable)?, &self.policy)
                .map(Step::Onward);
        }
        if head.status != StatusCode::OK {
            return Err(Refusal::Status(head.status.as_u16()));
        }
        let content_type = essence(&head.headers);
        if !wanted.types.contains(&content_type.as_str()) {
            return Err(Refusal::WrongType);
        }
        let bytes = body::take(&head.headers, incoming, wanted.most).await?;
        Ok(Step::Here(Fetched { url, content_type, bytes }))
    }

    /// Connects to an address of the host that was looked at. A host with one address that must not be reached is not
    /// asked at all: it is set up to lead somebody in.
    async fn connect(&self, url: &Url) -> Result<Box<dyn Stream>, Refusal> {
        let host = url.host_str().ok_or(Refusal::NotAnAddress)?;
        let port = url.port_or_known_default().ok_or(Refusal::Port)?;
        let addresses: Vec<IpAddr> = match target::literal(url) {
            Some(address) => vec![address],
            None => self.names.as_ref().ok_or(Refusal::Unreachable)?.addresses(host).await?,
        };
        if !addresses.iter().all(|address| (self.policy.may_reach)(*address)) {
            return Err(Refusal::Private);
        }
        let mut stream = None;
        for address in addresses.into_iter().take(TRIED) {
            let connecting = TcpStream::connect(SocketAddr::new(address, port));
            if let Ok(Ok(open)) = timeout(self.policy.connect_within, connecting).await {
                stream = Some(open);
                break;
            }
        }
        let stream = stream.ok_or(Refusal::Unreachable)?;
        if url.scheme() == "http" {
            return Ok(Box::new(stream));
        }
        let config = self.tls.config().ok_or(Refusal::Unreachable)?;
        let name = match target::literal(url) {
            Some(address) => ServerName::IpAddress(address.into()),
            None => ServerName::try_from(host.to_owned()).map_err(|_| Refusal::NotAnAddress)?,
        };
        let secured = TlsConnector::from(config).connect(name, stream).await;
        Ok(Box::new(secured.map_err(|_| Refusal::Unreachable)?))
    }
}

fn request(url: &Url, types: &[&str]) -> Result<Request<Empty<Bytes>>, Refusal> {
    let host = url.host_str().ok_or(Refusal::NotAnAddress)?;
    let host = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    Request::get(path)
        .header(HOST, host)
        .header(USER_AGENT, AGENT)
        .header(ACCEPT, types.join(", "))
        .header(ACCEPT_ENCODING, HeaderValue::from_static("gzip"))
        .header(CONNECTION, HeaderValue::from_static("close"))
        .body(Empty::new())
        .map_err(|_| Refusal::NotAnAddress)
}

fn essence(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
