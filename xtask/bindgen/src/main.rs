//! `xtask-bindgen`: makes the JavaScript glue of a WASM module, and weighs a module by crate.
//!
//! A program of its own because wasm-bindgen takes minutes to compile: xtask builds it once and keeps it.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool speaks on its output")]

mod weigh;

use std::{collections::BTreeMap, env, error::Error, path::Path, process::ExitCode};

const USAGE: &str = "xtask-bindgen glue MODULE OUT_DIR [--names]\nxtask-bindgen weigh SHELL [AREA…]";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args[..] {
        ["glue", module, out] => glue(module, out, false),
        ["glue", module, out, "--names"] => glue(module, out, true),
        ["weigh", ref modules @ ..] if !modules.is_empty() => weigh::print(modules),
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
///
/// A module with areas that are loaded on demand is taken apart first: `areas.js` loads them, each from the modules
/// beside it that `areas.json` names.
fn glue(module: &str, out: &str, keep_names: bool) -> Result<(), Box<dyn Error>> {
    let whole = std::fs::read(module)?;
    let out = Path::new(out);
    let main = out.join("rialto.wasm");
    let mut options = wasm_split_cli_support::Options::new(&whole);
    options.output_dir = out;
    options.main_out_path = &main;
    options.link_name = "./areas.js";
    options.main_module = "./rialto.js";
    let areas = wasm_split_cli_support::transform(options)?.prefetch_map;
    std::fs::write(out.join("areas.json"), serde_json::to_vec_pretty(&BTreeMap::from_iter(areas))?)?;
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(&main)
        .web(true)?
        .out_name("rialto")
        .typescript(false)
        // The areas call each other and the shell through the shell's table of functions. wasm-bindgen takes that
        // export for a leaving of the linker; without it no area can be linked, and the page waits for its code forever.
        .keep_lld_exports(true)
        // The page always names the module, because its file name carries a hash.
        .omit_default_module_path(true)
        .demangle(false)
        .remove_name_section(!keep_names)
        .remove_producers_section(true)
        .generate(out)?;
    Ok(())
}
