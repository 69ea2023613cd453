//! The server under development: built beside the browser's folder, started, awaited, stopped.
#![expect(clippy::print_stdout, reason = "says what takes a while")]

use std::{
    fs::{self, File},
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use crate::{Result, sh, workspace::Workspace};

/// Builds the debug server and gives its path.
pub(crate) fn build(ws: &Workspace) -> Result<PathBuf> {
    println!("xtask: building the server");
    sh::run(sh::cargo(ws).args(["build", "--package", "server"]))?;
    Ok(ws.target.join("debug/rialto"))
}

/// A server that ends when this value is dropped.
pub(crate) struct Running {
    child: Child,
    pub(crate) url: String,
}

impl Running {
    /// Starts `rialto serve` with these variables and waits until it answers; its output goes to `log`.
    pub(crate) fn start(
        binary: &Path,
        address: SocketAddr,
        vars: &[(&str, &str)],
        log: &Path,
    ) -> Result<Self> {
        let output = File::create(log)?;
        let mut command = sh::leashed(binary, "TERM");
        sh::clean(&mut command)
            .arg("serve")
            .env("RIALTO_ADDR", address.to_string())
            .envs(vars.iter().copied());
        command.env_remove("DATABASE_URL");
        let child = command.stdout(output.try_clone()?).stderr(output).spawn()?;
        let mut running = Self { child, url: format!("http://{address}") };
        running.wait(address).map_err(|error| {
            let said = fs::read_to_string(log).unwrap_or_default();
            let tail: Vec<&str> = said.lines().rev().take(20).collect();
            let tail: Vec<&str> = tail.into_iter().rev().collect();
            format!("{error}; it last said:\n{}", tail.join("\n"))
        })?;
        Ok(running)
    }

    fn wait(&mut self, address: SocketAddr) -> Result<()> {
        let started = Instant::now();
        while started.elapsed() < Duration::from_mins(1) {
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("the server ended at once ({status})").into());
            }
            if answers(address) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Err("the server did not answer within a minute".into())
    }
}

impl Drop for Running {
    /// Asks it to stop, as an operator would, and insists after five seconds.
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        for _ in 0..100 {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn answers(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET /readyz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n")?;
        let mut start = [0; 12];
        stream.read_exact(&mut start)?;
        Ok(start.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}

/// An address on this machine whose port was free a moment ago.
pub(crate) fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
