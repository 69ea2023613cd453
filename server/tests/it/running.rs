//! The real binary as a process of its own, and a client that speaks just enough HTTP to it.
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Error, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

pub(crate) struct Running {
    child: Child,
    pub(crate) addr: SocketAddr,
}

/// An answer that came whole.
pub(crate) struct Whole {
    pub(crate) status: u16,
    /// Status line and headers, names in lower case.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Whole {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

/// The least site that the server starts with.
pub(crate) fn site(folder: &Path) -> PathBuf {
    let site = folder.join("site");
    std::fs::create_dir_all(site.join("pkg")).expect("a folder");
    let files = [
        (
            "manifest.json",
            r#"{"js": "/pkg/rialto.js", "wasm": "/pkg/rialto.wasm", "css": "/pkg/rialto.css"}"#,
        ),
        ("pkg/rialto.js", "export default () => {};"),
        ("pkg/rialto.wasm", ""),
        ("pkg/rialto.css", ""),
    ];
    for (name, text) in files {
        std::fs::write(site.join(name), text).expect("a file");
    }
    site
}

/// What a server stands on: its folder, and a database where it is not the embedded one.
pub(crate) struct Ground {
    pub(crate) data: PathBuf,
    pub(crate) database: Option<String>,
}

impl Ground {
    /// The embedded database in a folder.
    pub(crate) fn embedded(data: impl Into<PathBuf>) -> Self {
        Self { data: data.into(), database: None }
    }

    fn rialto(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rialto"));
        let own = [
            "DATABASE_URL",
            "RIALTO_CONFIG",
            "RIALTO_BASE_URL",
            "RIALTO_LIMITS",
            "RIALTO_PROXIES",
            "RIALTO_DNS",
        ];
        for name in own {
            command.env_remove(name);
        }
        command.env("RIALTO_DATA", &self.data);
        if let Some(url) = &self.database {
            command.env("DATABASE_URL", url);
        }
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.rialto().args(arguments).output().expect("the binary runs")
    }
}

impl Running {
    /// Starts the server and waits until it says that it listens.
    pub(crate) fn start(ground: &Ground, site: &Path) -> Self {
        Self::start_with(ground, site, &[("RIALTO_LIMITS", "off")])
    }

    /// Like [`Running::start`], with settings of its own.
    pub(crate) fn start_with(ground: &Ground, site: &Path, settings: &[(&str, &str)]) -> Self {
        let addr = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
        let mut command = ground.rialto();
        command
            .arg("serve")
            .envs(settings.iter().copied())
            .env("RIALTO_ADDR", addr.to_string())
            .env("RIALTO_SITE", site)
            .stdout(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        let mut line = String::new();
        let said = BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line);
        assert!(said.is_ok() && line.contains("listens on"), "the server starts: {line}");
        Self { child, addr }
    }

    /// Its number as a process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as a power cut would: SIGKILL.
    pub(crate) fn kill(self) {
        drop(self);
    }

    pub(crate) fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<Whole, Error> {
        ask(self.addr, method, path, headers, body)
    }
}

/// A test that fails leaves no server behind.
impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a request and waits for the whole answer; an answer that is cut off is an error.
pub(crate) fn ask(
    addr: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Result<Whole, Error> {
    let mut stream = TcpStream::connect(addr)?;
    // HTTP/1.0: one request a connection, and no answer in chunks.
    let mut request =
        format!("{method} {path} HTTP/1.0\r\nhost: {addr}\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        let _ = write!(request, "{name}: {value}\r\n");
    }
    if !body.is_empty() {
        request.push_str("content-type: application/json\r\n");
    }
    stream.write_all(format!("{request}\r\n{body}").as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").ok_or_else(|| Error::other("no head"))?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| Error::other("no status"))?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    if length.is_some_and(|length| length != body.len()) {
        return Err(Error::other("cut off"));
    }
    Ok(Whole { status, head: head.to_owned(), body: body.to_owned() })
}
