//! Our wasm-bindgen program: built once for the version in the lock file, then kept.
#![expect(clippy::print_stdout, reason = "says what takes a while")]

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Result, sh, stamp, workspace::Workspace};

/// The path of `xtask-bindgen`; the first call compiles it, which takes minutes.
pub(crate) fn program(ws: &Workspace) -> Result<PathBuf> {
    let program = ws.target.join("tool/xtask-bindgen");
    let key = stamp::of(&[ws.path("xtask/bindgen")])?;
    stamp::unless_fresh(&program, &key, || {
        println!("xtask: compiling wasm-bindgen (once, some minutes)");
        sh::run(sh::cargo(ws).args(["build", "--package", "xtask-bindgen", "--profile", "tool"]))
    })?;
    Ok(program)
}

/// Makes `rialto.js` and `rialto_bg.wasm` in `out` from a module that cargo built.
pub(crate) fn glue(ws: &Workspace, module: &Path, out: &Path, keep_names: bool) -> Result<()> {
    let program = program(ws)?;
    let key = stamp::of(&[module.to_owned(), ws.path("xtask/bindgen")])?;
    stamp::unless_fresh(&out.join("rialto_bg.wasm"), &key, || {
        println!("xtask: wasm-bindgen");
        let _ = std::fs::remove_dir_all(out.join("snippets"));
        let mut command = Command::new(program);
        command.arg("glue").arg(module).arg(out);
        if keep_names {
            command.arg("--names");
        }
        sh::run(&mut command)
    })
}
