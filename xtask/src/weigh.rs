//! `weigh`: what a page loads of the browser's release code, and what each crate weighs in it.

use std::process::Command;

use crate::{
    Result, bindgen,
    client::{self, Care},
    deliver, npm, sh,
    site::Areas,
    wasm,
    workspace::Workspace,
};

/// Builds the browser's half of a release and prints what is loaded; then the same with the functions' names kept to
/// the end, for a table of crates.
pub(crate) fn weigh(ws: &Workspace) -> Result<()> {
    let site = client::build(ws, Care::Small)?;
    deliver::print_areas(&site)?;
    let tools = npm::tools(ws)?;
    let folder = ws.scratch("glue-weigh")?;
    bindgen::glue(ws, &wasm::module(ws, "wasm"), &folder, true)?;
    let mut command = Command::new(bindgen::program(ws)?);
    command.arg("weigh");
    for name in ["rialto_bg"].into_iter().chain(Areas::read(&folder)?.modules()) {
        let small = folder.join(format!("{name}.small.wasm"));
        wasm::optimise(&tools.wasm_opt(), &folder.join(format!("{name}.wasm")), &small, true)?;
        command.arg(small);
    }
    sh::run(&mut command)
}
