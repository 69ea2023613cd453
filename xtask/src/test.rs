//! `test`: everything that must hold before a change lands, with one sum at the end.
#![expect(clippy::print_stdout, reason = "says what goes on and how it ended")]

use std::{
    env, fmt, fs,
    io::{BufRead, BufReader},
    ops::AddAssign,
    path::Path,
    process::{Command, ExitCode, Stdio},
    time::Instant,
};

use crate::{
    Result,
    client::{self, Care},
    e2e, npm,
    postgres::Cluster,
    server, sh,
    wasm::{self, Toolchain},
    workspace::Workspace,
};

/// How many tests, or steps that are not made of tests, went which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Sum {
    /// A step that is no test counts only when it failed.
    pub(crate) fn step(passed: bool) -> Self {
        Self { passed: 0, failed: u64::from(!passed) }
    }

    pub(crate) fn code(self) -> ExitCode {
        if self.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

impl AddAssign for Sum {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Runs every step even when an earlier one failed, so that one run tells all.
pub(crate) fn test(ws: &Workspace) -> ExitCode {
    let mut report = Report::default();
    report.step("format", || Ok(passes(sh::cargo(ws).args(["fmt", "--all", "--check"]))));
    report.step("lints of the server's side", || Ok(lint_server(ws)));
    report.step("lints of the browser's side", || lint_browser(ws));
    report.step("types of the browser tests", || {
        npm::playwright(ws)?;
        let mut tsc = Command::new("node");
        Ok(passes(tsc.current_dir(ws.path("end2end")).args(["node_modules/typescript/bin/tsc", "--noEmit"])))
    });
    let mut site = None;
    report.step("browser's code", || {
        site = Some(client::build(ws, Care::Fast)?);
        Ok(Sum::default())
    });
    report.step("tests of the build's own program", || {
        let mut cargo = sh::cargo(ws);
        plain(cargo.args(["test", "--package", "xtask-bindgen", "--profile", "tool"]))
    });
    report.step("tests", || rust_tests(ws, site.as_deref()));
    report.step("browser tests", || {
        let site = site.as_deref().ok_or("there is no browser's code to test")?;
        e2e::suite(ws, &server::build(ws)?, site, &[])
    });
    report.close()
}

#[derive(Default)]
struct Report {
    sum: Sum,
    lines: Vec<String>,
}

impl Report {
    fn step(&mut self, name: &str, step: impl FnOnce() -> Result<Sum>) {
        println!("\n── {name}");
        let started = Instant::now();
        let sum = step().unwrap_or_else(|error| {
            println!("xtask: {error}");
            Sum::step(false)
        });
        self.sum += sum;
        let verdict = if sum.failed == 0 { "ok" } else { "FAILED" };
        self.lines.push(format!("{verdict:>7}  {name}, {} s", started.elapsed().as_secs()));
    }

    fn close(self) -> ExitCode {
        println!("\n{}\n\n{}", self.lines.join("\n"), self.sum);
        self.sum.code()
    }
}

fn passes(command: &mut Command) -> Sum {
    Sum::step(sh::run(command).inspect_err(|error| println!("xtask: {error}")).is_ok())
}

/// Everything that is compiled for this machine, but for the browser's entry, whose features would mix with the
/// server's, and `xtask-bindgen`, whose dependencies are large and compiled in a profile of their own.
const HERE: [&str; 5] = ["--workspace", "--exclude", "frontend", "--exclude", "xtask-bindgen"];

fn lint_server(ws: &Workspace) -> Sum {
    let clippy = |args: &[&str]| passes(sh::cargo(ws).arg("clippy").args(args).args(DENY));
    let mut sum = clippy(&["--package", "xtask-bindgen", "--profile", "tool", "--all-targets"]);
    sum += clippy(&[&HERE[..], &["--all-targets"]].concat());
    sum
}

const DENY: [&str; 3] = ["--", "-D", "warnings"];

/// Debian's compiler for the browser comes without clippy: there the same code is linted for this machine.
fn lint_browser(ws: &Workspace) -> Result<Sum> {
    let mut cargo = sh::cargo(ws);
    match Toolchain::ready()? {
        Toolchain::Own => cargo.args(["clippy", "--profile", "wasm-dev"]).args(wasm::BROWSER),
        Toolchain::Debian => cargo.args(["clippy", "--package", "frontend"]),
    };
    Ok(passes(cargo.args(DENY)))
}

/// All Rust tests, on SQLite and on a PostgreSQL that lives as long as they run.
fn rust_tests(ws: &Workspace, site: Option<&Path>) -> Result<Sum> {
    let cluster = match Cluster::start(ws) {
        Ok(cluster) => Some(cluster),
        Err(error) if env::var_os("CI").is_some() => return Err(error),
        Err(error) => {
            println!("xtask: {error}\nxtask: tests on PostgreSQL are left out");
            None
        }
    };
    let mut cargo = sh::cargo(ws);
    if let Some(cluster) = &cluster {
        cargo.env("RIALTO_TEST_POSTGRES", &cluster.url);
    }
    if let Some(site) = site {
        cargo.env("RIALTO_SITE", site);
    }
    if sh::found("cargo-nextest").is_some() {
        return nextest(ws, cargo);
    }
    plain(cargo.args(["test", "--no-fail-fast", "--lib", "--bins", "--tests"]).args(HERE))
}

fn nextest(ws: &Workspace, mut cargo: Command) -> Result<Sum> {
    // Nextest keeps its reports below the checkout, wherever the target folder is.
    let report = ws.path("target/nextest/default/junit.xml");
    let _ = fs::remove_file(&report);
    let passed = sh::succeeds(cargo.args(["nextest", "run"]).args(HERE))?;
    let Ok(report) = fs::read_to_string(report) else { return Ok(Sum::step(passed)) };
    junit(&report).ok_or_else(|| "nextest's report has no sums".into())
}

/// The sums in the outermost element of a JUnit report.
fn junit(report: &str) -> Option<Sum> {
    let head = report.split_once("<testsuites ")?.1.split_once('>')?.0;
    let number = |name: &str| -> Option<u64> {
        head.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0.parse().ok()
    };
    let failed = number("failures")? + number("errors")?;
    Some(Sum { passed: number("tests")? - failed, failed })
}

/// Cargo's own runner, for where nextest is not installed; its sums are read from what it prints.
fn plain(cargo: &mut Command) -> Result<Sum> {
    let mut child = cargo.stdout(Stdio::piped()).spawn()?;
    let mut sum = Sum::default();
    for line in BufReader::new(child.stdout.take().ok_or("no output to read")?).lines() {
        let line = line?;
        println!("{line}");
        sum += libtest(&line).unwrap_or_default();
    }
    if !child.wait()?.success() && sum.failed == 0 {
        sum.failed = 1;
    }
    Ok(sum)
}

/// `test result: ok. 3 passed; 0 failed; …`
fn libtest(line: &str) -> Option<Sum> {
    let counts = line.strip_prefix("test result: ")?.split_once(". ")?.1;
    let number =
        |word: &str| counts.split("; ").find_map(|part| part.strip_suffix(word)?.trim().parse().ok());
    Some(Sum { passed: number("passed")?, failed: number("failed")? })
}

#[cfg(test)]
mod tests {
    use super::{Sum, junit, libtest};

    #[test]
    fn sums_are_read_from_a_junit_report() {
        let report = r#"<?xml version="1.0"?>
<testsuites name="nextest-run" tests="12" failures="2" errors="1" uuid="x" time="1.0">
<testsuite name="base" tests="1" failures="0">"#;
        assert_eq!(junit(report), Some(Sum { passed: 9, failed: 3 }));
    }

    #[test]
    fn sums_are_read_from_what_the_plain_runner_prints() {
        let line = "test result: FAILED. 7 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(libtest(line), Some(Sum { passed: 7, failed: 2 }));
        assert_eq!(libtest("running 9 tests"), None);
    }
}
