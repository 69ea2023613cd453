//! `cargo xtask`: sets up, builds, runs, tests and measures Rialto.
#![expect(clippy::print_stdout, reason = "a command-line tool speaks on its output")]

mod apt;
mod bench;
mod bindgen;
mod build;
mod client;
mod deliver;
mod dev;
mod e2e;
mod fuzz;
mod load;
mod mail;
mod npm;
mod packs;
mod postgres;
mod run;
mod server;
mod sh;
mod sink;
mod site;
mod stamp;
mod style;
mod test;
mod wasm;
mod weigh;
mod workspace;

use std::{env, process::ExitCode};

use workspace::Workspace;

/// What a command of this tool ends with: nothing, or a sentence for the person who called it.
pub(crate) type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "\
cargo xtask COMMAND

  run [--release]   set up what is missing, build, and serve the demo on http://127.0.0.1:3000
  dev               the same, and again whenever a source file changes
  build             one release binary with all assets inside
  test              format, lints, browser build, all tests on both databases, browser tests
  e2e [ARGS]        only the browser tests; ARGS go to Playwright
  fuzz-api [ARGS]   Schemathesis against the API with the demo, as a partner and as the vendor
  postgres          a PostgreSQL for tests that are run by hand, until it is interrupted
  bench [FILTER]    the micro-benchmarks of all slices
  load [ARGS]       requests per second and their cost on a release binary, with PocketBase beside it
  load landing      a campaign's page beside nginx with the same bytes, and a click beside an empty handler
  load live [ARGS]  thousands of open live streams: delays, memory, and what a killed server's clients miss
  load mail [ARGS]  mails to many into a mail server on this machine, signed and not, with kills, nodemailer beside it
  weigh             what a page loads of the browser's code, and what each crate weighs in it
  setup             only fetch what run and test need";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match call(&args) {
        Ok(code) => code,
        Err(error) => {
            println!("\nxtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn call(args: &[String]) -> Result<ExitCode> {
    let Some((command, rest)) = args.split_first() else {
        println!("{USAGE}");
        return Ok(ExitCode::FAILURE);
    };
    let ws = Workspace::find()?;
    match command.as_str() {
        "run" => run::run(&ws, rest.iter().any(|arg| arg == "--release"))?,
        "dev" => dev::dev(&ws)?,
        "build" => build::build(&ws)?,
        "test" => return Ok(test::test(&ws)),
        "e2e" => return e2e::command(&ws, rest),
        "fuzz-api" => fuzz::fuzz_api(&ws, rest)?,
        "bench" => bench::bench(&ws, rest)?,
        "load" => load::load(&ws, rest)?,
        "mail-sink" => sink::sink(rest)?,
        "weigh" => weigh::weigh(&ws)?,
        "postgres" => postgres::Cluster::start(&ws)?.stay()?,
        "setup" => setup(&ws)?,
        "help" | "-h" | "--help" => println!("{USAGE}"),
        _ => return Err(format!("there is no command \"{command}\"\n\n{USAGE}").into()),
    }
    Ok(ExitCode::SUCCESS)
}

/// Everything that comes from outside, so that a later `run` or `test` needs no network.
fn setup(ws: &Workspace) -> Result<()> {
    wasm::Toolchain::ready()?;
    npm::tools(ws)?;
    npm::playwright(ws)?;
    bindgen::program(ws)?;
    e2e::chromium()?;
    postgres::binaries()?;
    sh::run(sh::cargo(ws).args(["fetch", "--locked"]))
}
