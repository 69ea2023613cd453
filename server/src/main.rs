//! `rialto`: one binary that serves, migrates, imports, seeds, backs up and verifies.
mod assemble;
mod assets;
mod commands;
mod demo;
mod docs;
mod health;
mod layers;
mod metrics;
mod pages;
mod settings;

use std::process::ExitCode;

use clap::Parser;

/// What a command failed with; shown to the operator as it is.
type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    let line = commands::CommandLine::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
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
