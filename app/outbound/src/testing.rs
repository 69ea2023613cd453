//! For tests: a server of the DNS and one of the web on this machine, spoken to as any other.
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, UdpSocket};
use tokio::task::JoinSet;

use crate::{Names, Outbound, Policy};

const A: u16 = 1;
const TXT: u16 = 16;
const AAAA: u16 = 28;

/// What a name stands for.
#[derive(Clone, Default)]
struct Entry {
    addresses: Vec<IpAddr>,
    texts: Vec<String>,
}

#[derive(Default)]
struct Zone {
    entries: HashMap<String, Entry>,
    is_silent: bool,
}

/// A server of the DNS, over UDP, with what a test writes into it. Ends when it is dropped.
pub struct Dns {
    address: SocketAddr,
    zone: Arc<Mutex<Zone>>,
    _task: JoinSet<()>,
}

impl Dns {
    /// Starts with nothing in it.
    ///
    /// # Panics
    /// When the machine has no socket left.
    pub async fn start() -> Self {
        let socket = UdpSocket::bind(("127.0.0.1", 0)).await.expect("a socket");
        let address = socket.local_addr().expect("an address");
        let zone = Arc::<Mutex<Zone>>::default();
        let (mut task, of) = (JoinSet::new(), zone.clone());
        task.spawn(async move {
            let mut query = [0; 1500];
            while let Ok((read, from)) = socket.recv_from(&mut query).await {
                let answer = answer(&query[..read], &of.lock().unwrap_or_else(PoisonError::into_inner));
                if let Some(answer) = answer {
                    let _ = socket.send_to(&answer, from).await;
                }
            }
        });
        Self { address, zone, _task: task }
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whom to ask to ask this one.
    ///
    /// # Panics
    /// When no resolver can be made.
    #[must_use]
    pub fn names(&self) -> Names {
        Names::of(self.address).expect("a resolver")
    }

    /// A way out that finds names here, and reaches this machine alone, on any port.
    #[must_use]
    pub fn outbound(&self) -> Outbound {
        Outbound::new(only_here(), self.names())
    }

    /// Sets the texts of a name; no texts take them away.
    pub fn set_texts(&self, name: &str, texts: &[&str]) {
        self.with(|zone| {
            zone.entries.entry(name.to_owned()).or_default().texts =
                texts.iter().map(|text| (*text).to_owned()).collect();
        });
    }

    /// Sets the addresses of a host.
    pub fn set_addresses(&self, name: &str, addresses: &[IpAddr]) {
        self.with(|zone| {
            zone.entries.entry(name.to_owned()).or_default().addresses = addresses.to_vec();
        });
    }

    /// Whether it answers nothing at all.
    pub fn set_silent(&self, silent: bool) {
        self.with(|zone| zone.is_silent = silent);
    }

    fn with(&self, change: impl FnOnce(&mut Zone)) {
        change(&mut self.zone.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// What a test may reach: this machine, on any port, within a second.
#[must_use]
pub fn only_here() -> Policy {
    Policy {
        may_reach: |address| address.is_loopback(),
        ports: Vec::new(),
        within: Duration::from_secs(5),
        ..Policy::default()
    }
}

/// The answer to a query with one question (RFC 1035); none for what cannot be read.
fn answer(query: &[u8], zone: &Zone) -> Option<Vec<u8>> {
    if zone.is_silent {
        return None;
    }
    let (mut name, mut at) = (String::new(), 12);
    loop {
        let length = usize::from(*query.get(at)?);
        at += 1;
        if length == 0 {
            break;
        }
        let label = std::str::from_utf8(query.get(at..at + length)?).ok()?;
        name = if name.is_empty() { label.to_owned() } else { format!("{name}.{label}") };
        at += length;
    }
    let kind = u16::from_be_bytes([*query.get(at)?, *query.get(at + 1)?]);
    let question = query.get(12..at + 4)?;
    let entry = zone.entries.get(&name.to_ascii_lowercase());
    let records = entry.map(|entry| records(entry, kind)).unwrap_or_default();
    // An answer, recursion asked for and available; 3 says that there is no such name.
    let flags: [u8; 2] = [0x81, if entry.is_some() { 0x80 } else { 0x83 }];
    let mut answer = query.get(..2)?.to_vec();
    answer.extend(flags);
    for count in [1, records.len() as u16, 0, 0] {
        answer.extend(count.to_be_bytes());
    }
    answer.extend(question);
    for data in records {
        // The name is the one that stands at byte 12; class IN, 60 seconds.
        answer.extend([0xc0, 12]);
        answer.extend(kind.to_be_bytes());
        answer.extend([0, 1, 0, 0, 0, 60]);
        answer.extend((data.len() as u16).to_be_bytes());
        answer.extend(data);
    }
    Some(answer)
}

fn records(entry: &Entry, kind: u16) -> Vec<Vec<u8>> {
    let of_address = |address: &IpAddr| match (address, kind) {
        (IpAddr::V4(address), A) => Some(address.octets().to_vec()),
        (IpAddr::V6(address), AAAA) => Some(address.octets().to_vec()),
        _ => None,
    };
    if kind == TXT {
        let cut = |text: &String| {
            text.as_bytes().chunks(255).flat_map(|part| [&[part.len() as u8], part].concat()).collect()
        };
        return entry.texts.iter().map(cut).collect();
    }
    entry.addresses.iter().filter_map(of_address).collect()
}

/// A server of the web that answers what a function of the request's target gives, byte by byte as it stands there.
/// Ends when it is dropped.
pub struct Web {
    /// Where it listens.
    pub address: SocketAddr,
    _task: JoinSet<()>,
}

impl Web {
    /// Starts.
    ///
    /// # Panics
    /// When the machine has no socket left.
    pub async fn start(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a socket");
        let address = listener.local_addr().expect("an address");
        let (mut task, answer) = (JoinSet::new(), Arc::new(answer));
        task.spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let answer = answer.clone();
                open.spawn(async move {
                    let mut head = Vec::new();
                    let mut part = [0; 1024];
                    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
                        match stream.read(&mut part).await {
                            Ok(read) if read > 0 => head.extend_from_slice(&part[..read]),
                            _ => return,
                        }
                    }
                    let head = String::from_utf8_lossy(&head).into_owned();
                    let target = head.split(' ').nth(1).unwrap_or_default();
                    let _ = stream.write_all(&answer(target)).await;
                    let _ = stream.shutdown().await;
                });
            }
        });
        Self { address, _task: task }
    }

    /// An address of this server, by the number of the machine.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

/// A whole answer of the web.
#[must_use]
pub fn page(content_type: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// An answer that leads on.
#[must_use]
pub fn redirect(to: &str) -> Vec<u8> {
    format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n").into_bytes()
}
