//! `fuzz-api`: Schemathesis against a server of its own with the demo, as a partner and as the vendor.
#![expect(clippy::print_stdout, reason = "says what it fetches")]

use std::process::Command;

use crate::{Result, apt, server, sh, workspace::Workspace};

/// The fuzzer, as PyPI names it.
const FROM_PYPI: &str = "schemathesis==4.32.5";

/// Builds the server and lets the fuzzer loose on it; other arguments go to the fuzzer, as `--max-examples 500`.
pub(crate) fn fuzz_api(ws: &Workspace, args: &[String]) -> Result<()> {
    let binary = server::build(ws)?;
    let scratch = ws.scratch("fuzz-api")?;
    let programs = scratch.join("python/bin");
    if !programs.join("schemathesis").exists() {
        println!("xtask: fetching Schemathesis from PyPI");
        let environment =
            || sh::succeeds(Command::new("python3").args(["-m", "venv"]).arg(scratch.join("python")));
        if !environment().unwrap_or(false) {
            apt::install(&["python3", "python3-venv"], "the fuzzer of the API")?;
            environment()?;
        }
        sh::run(Command::new(programs.join("pip")).args(["install", "--quiet", FROM_PYPI]))?;
    }
    let mut fuzz = Command::new(programs.join("python"));
    fuzz.arg("-B").arg(ws.path("xtask/fuzz/fuzz.py")).arg("--rialto").arg(binary);
    fuzz.arg("--scratch").arg(&scratch).arg("--schemathesis").arg(programs.join("schemathesis"));
    sh::run(sh::clean(fuzz.args(args)))
}
