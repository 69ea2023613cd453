//! `xtask-bindgen`: makes the JavaScript glue of a WASM module, and weighs a module by crate.
//!
//! A program of its own because wasm-bindgen takes minutes to compile: xtask builds it once and keeps it.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool speaks on its output")]

mod weigh;

use std::{env, error::Error, path::Path, process::ExitCode};

const USAGE: &str = "xtask-bindgen glue MODULE OUT_DIR [--names]\nxtask-bindgen weigh MODULE";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args[..] {
        ["glue", module, out] => glue(module, out, false),
        ["glue", module, out, "--names"] => glue(module, out, true),
        ["weigh", module] => weigh::print(Path::new(module)),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes `rialto.js` and `rialto_bg.wasm` (and `snippets/` where a crate brings JavaScript) into `out`.
fn glue(module: &str, out: &str, keep_names: bool) -> Result<(), Box<dyn Error>> {
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(module)
        .web(true)?
        .out_name("rialto")
        .typescript(false)
        // The page always names the module, because its file name carries a hash.
        .omit_default_module_path(true)
        .demangle(false)
        .remove_name_section(!keep_names)
        .remove_producers_section(true)
        .generate(out)?;
    Ok(())
}
