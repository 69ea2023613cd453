//! `rialto`: one binary that serves, migrates, imports, seeds, backs up and verifies.
mod assemble;
mod assets;
mod commands;
mod connections;
mod demo;
mod docs;
mod health;
mod hosts;
mod layers;
mod metrics;
mod offline;
mod pages;
mod settings;
mod worn;

use std::process::ExitCode;

use clap::Parser;

/// What a command failed with; shown to the operator as it is.
type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    memory::give_back_at_once();
    let line = commands::CommandLine::parse();
    // SQLite's readers keep the thread that they run on: see `READERS`.
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let threads = cores + base::db::READERS as usize;
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = match runtime.worker_threads(threads).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("rialto: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(commands::run(line)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rialto: {error}");
            ExitCode::FAILURE
        }
    }
}
