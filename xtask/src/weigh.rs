//! `weigh`: what each crate weighs in the browser's release code.
#![expect(clippy::print_stdout, reason = "says what takes a while")]

use std::process::Command;

use crate::{
    Result, bindgen, npm, sh,
    wasm::{self, Toolchain},
    workspace::Workspace,
};

/// Builds as for a release, but keeps the functions' names to the end, and prints a table.
pub(crate) fn weigh(ws: &Workspace) -> Result<()> {
    let tools = npm::tools(ws)?;
    println!("xtask: building the browser's code with names");
    let mut cargo = Toolchain::ready()?.cargo(ws);
    cargo.args(["build", "--profile", "weigh"]).args(wasm::BROWSER);
    cargo.args(["--config", "profile.weigh.inherits='wasm'", "--config", "profile.weigh.strip='none'"]);
    sh::run(&mut cargo)?;
    let folder = ws.scratch("glue-weigh")?;
    bindgen::glue(ws, &wasm::module(ws, "weigh"), &folder, true)?;
    let small = folder.join("small.wasm");
    wasm::optimise(&tools.wasm_opt(), &folder.join("rialto_bg.wasm"), &small, true)?;
    sh::run(Command::new(bindgen::program(ws)?).arg("weigh").arg(small))
}
