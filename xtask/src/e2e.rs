//! `e2e`: the browser tests, against a debug server with a fresh demo of its own.
#![expect(clippy::print_stdout, reason = "says what it sets up")]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use serde_json::Value;

use crate::{
    Result, apt,
    client::{self, Care},
    mail, npm, run,
    server::{self, Running},
    sh,
    test::Sum,
    workspace::Workspace,
};

/// `cargo xtask e2e`: builds, then runs what the arguments choose.
pub(crate) fn command(ws: &Workspace, args: &[String]) -> Result<ExitCode> {
    let site = client::build(ws, Care::Fast)?;
    let binary = server::build(ws)?;
    let sum = suite(ws, &binary, &site, args)?;
    println!("\n{sum}");
    Ok(sum.code())
}

/// The browser: `CHROMIUM_PATH`, or one that is installed, or Debian's, freshly installed.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(path) = env::var_os("CHROMIUM_PATH") {
        return Ok(path.into());
    }
    let known = || ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(sh::found);
    if let Some(path) = known() {
        return Ok(path);
    }
    apt::install(&["chromium"], "a browser for the tests")?;
    known().ok_or_else(|| "Chromium was installed, but is not to be found".into())
}

/// Seeds and starts a server on a free port, lets Playwright loose on it, and counts.
pub(crate) fn suite(ws: &Workspace, binary: &Path, site: &Path, args: &[String]) -> Result<Sum> {
    let chromium = chromium()?;
    npm::playwright(ws)?;
    let scratch = ws.scratch("e2e")?;
    let (data, mails, report) = (scratch.join("data"), scratch.join("mail"), scratch.join("report.json"));
    for old in [&data, &mails] {
        let _ = fs::remove_dir_all(old);
    }
    let _ = fs::remove_file(&report);

    let address = server::free_address()?;
    let url = format!("http://{address}");
    let smtp = format!("smtp://{}", mail::sink(&mails)?);
    // A test that needs the DNS listens there; nobody else does.
    let dns = server::free_address()?.to_string();
    let text = |path: &Path| path.display().to_string();
    let (data, site) = (text(&data), text(site));
    let vars = [
        ("RIALTO_DATA", data.as_str()),
        ("RIALTO_SITE", &site),
        ("RIALTO_DEVELOPMENT", "true"),
        ("RIALTO_BASE_URL", &url),
        // A suite asks faster than people, all from one address.
        ("RIALTO_LIMITS", "off"),
        ("RIALTO_SMTP_URL", &smtp),
        ("RIALTO_DNS", &dns),
    ];
    println!("xtask: loading the demo for the browser tests");
    let mut seed = run::command(ws, binary, None);
    sh::output(seed.args(["seed", "demo"]).envs(vars).env_remove("DATABASE_URL"))?;
    let server = Running::start(binary, address, &vars, &ws.scratch("logs")?.join("e2e-server.log"))?;

    let mut playwright = Command::new("node");
    playwright.current_dir(ws.path("end2end")).arg("node_modules/@playwright/test/cli.js");
    playwright.args(["test", "--reporter=list,json"]).args(args);
    playwright.env("RIALTO_URL", &server.url).env("RIALTO_MAIL", &mails).env("CHROMIUM_PATH", chromium);
    playwright.env("RIALTO_DNS", &dns).env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report);
    let passed = sh::succeeds(&mut playwright)?;
    Ok(count(&report).unwrap_or(Sum::step(passed)))
}

/// Playwright's own sums; a test that passed only at the second try counts as failed.
fn count(report: &Path) -> Option<Sum> {
    let report: Value = serde_json::from_slice(&fs::read(report).ok()?).ok()?;
    let number = |name: &str| report["stats"][name].as_u64();
    let errors = report["errors"].as_array().map_or(0, Vec::len) as u64;
    Some(Sum { passed: number("expected")?, failed: number("unexpected")? + number("flaky")? + errors })
}
