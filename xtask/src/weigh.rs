//! `weigh`: what each crate weighs in the browser's release code.
#![expect(clippy::print_stdout, reason = "says what takes a while")]

use std::process::Command;

use crate::{
    Result, bindgen, npm, sh,
    site::Areas,
    wasm::{self, Toolchain},
    workspace::Workspace,
};

/// Takes what a release is made of, but keeps the functions' names to the end, and prints a table.
pub(crate) fn weigh(ws: &Workspace) -> Result<()> {
    let tools = npm::tools(ws)?;
    println!("xtask: building the browser's code");
    let mut cargo = Toolchain::ready()?.small_cargo(ws);
    sh::run(cargo.args(["build", "--profile", "wasm"]).args(wasm::BROWSER))?;
    let folder = ws.scratch("glue-weigh")?;
    bindgen::glue(ws, &wasm::module(ws, "wasm"), &folder, true)?;
    let mut command = Command::new(bindgen::program(ws)?);
    command.arg("weigh");
    for name in ["rialto_bg".to_owned()].into_iter().chain(Areas::read(&folder)?.modules()) {
        let small = folder.join(format!("{name}.small.wasm"));
        wasm::optimise(&tools.wasm_opt(), &folder.join(format!("{name}.wasm")), &small, true)?;
        command.arg(small);
    }
    sh::run(&mut command)
}
