//! `dev`: builds and serves, and again whenever a source file changes.
#![expect(clippy::print_stdout, reason = "says what goes on")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command},
    thread,
    time::{Duration, SystemTime},
};

use crate::{
    Result,
    client::{self, Care},
    run, server, sh, stamp,
    workspace::{Workspace, files_below},
};

const WATCHED: [&str; 6] = ["app", "frontend", "server", "style", "public", "Cargo.toml"];
/// Short enough to feel at once, long enough to cost nothing.
const PAUSE: Duration = Duration::from_millis(400);

pub(crate) fn dev(ws: &Workspace) -> Result<()> {
    let mut server = Server { child: None, serving: String::new() };
    run::greet();
    loop {
        let seen = newest(ws)?;
        if let Err(error) = round(ws, &mut server) {
            println!("\nxtask: {error}\nxtask: waiting for a change; what ran before still runs");
        }
        while newest(ws)? == seen {
            thread::sleep(PAUSE);
        }
    }
}

struct Server {
    child: Option<Child>,
    /// Hash of the binary and the manifest that are being served.
    serving: String,
}

impl Server {
    fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
            let _ = child.wait();
        }
    }
}

/// One build; the server is started again only when it or the names of its assets have changed.
fn round(ws: &Workspace, server: &mut Server) -> Result<()> {
    let site = client::build(ws, Care::Fast)?;
    let binary = server::build(ws)?;
    let made = stamp::of(&[binary.clone(), site.join("manifest.json")])?;
    if server.serving == made {
        return Ok(());
    }
    server.stop();
    run::seed_once(ws, &binary, Some(&site))?;
    server.child = Some(start(ws, &binary, &site)?);
    server.serving = made;
    println!("xtask: serving");
    Ok(())
}

fn start(ws: &Workspace, binary: &Path, site: &Path) -> Result<Child> {
    let plain = run::command(ws, binary, Some(site));
    let mut leashed = sh::leashed(binary, "TERM");
    sh::clean(&mut leashed).current_dir(&ws.root).arg("serve");
    leashed.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    Ok(leashed.spawn()?)
}

/// When a watched file changed last, and how many there are, so that a removal counts too.
fn newest(ws: &Workspace) -> Result<(SystemTime, usize)> {
    let mut newest = SystemTime::UNIX_EPOCH;
    let mut count = 0;
    for name in WATCHED {
        let path = ws.path(name);
        let files: Vec<PathBuf> = if path.is_dir() { files_below(&path)? } else { vec![path] };
        count += files.len();
        for file in files {
            // A file can go between being listed and being looked at: an editor saves that way.
            newest = newest
                .max(fs::metadata(file).and_then(|meta| meta.modified()).unwrap_or(SystemTime::UNIX_EPOCH));
        }
    }
    Ok((newest, count))
}
