//! Other programs: how they are called, and what is kept from them.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Result, workspace::Workspace};

/// A cargo call in the workspace's root.
pub(crate) fn cargo(ws: &Workspace) -> Command {
    cargo_in(&ws.root)
}

pub(crate) fn cargo_in(folder: &Path) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(folder);
    clean(&mut command);
    command
}

/// Takes away what `cargo run` told this tool about itself: build scripts that watch such a variable would
/// run again on every other call, and a foreign library path can break another toolchain's compiler.
pub(crate) fn clean(command: &mut Command) -> &mut Command {
    const OURS: [&str; 4] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
    for (name, _) in env::vars_os() {
        let Some(text) = name.to_str() else { continue };
        if OURS.iter().any(|ours| text.starts_with(ours))
            || matches!(text, "CARGO" | "LD_LIBRARY_PATH" | "OUT_DIR")
        {
            command.env_remove(name);
        }
    }
    command
}

/// Runs to the end with the person's own input and output; refuses on a failure code.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    if succeeds(command)? { Ok(()) } else { Err(format!("failed: {}", words(command)).into()) }
}

pub(crate) fn succeeds(command: &mut Command) -> Result<bool> {
    Ok(command.status().map_err(|error| format!("{}: {error}", words(command)))?.success())
}

/// What a program prints, without the line's end; refuses on a failure code, with what it complained.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let out = command.output().map_err(|error| format!("{}: {error}", words(command)))?;
    if !out.status.success() {
        return Err(format!("failed: {}\n{}", words(command), String::from_utf8_lossy(&out.stderr)).into());
    }
    Ok(String::from_utf8(out.stdout)?.trim_end().to_owned())
}

/// The program of this name on the search path.
pub(crate) fn found(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(program)).find(|path| path.is_file())
}

pub(crate) fn we_are_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

/// A command that is told to end when this tool ends, however that comes about, where the system can do that.
pub(crate) fn leashed(program: &Path, signal: &str) -> Command {
    let Some(setpriv) = found("setpriv") else { return Command::new(program) };
    let mut command = Command::new(setpriv);
    command.args(["--pdeathsig", signal, "--"]).arg(program);
    command
}

fn words(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|arg| arg.to_string_lossy().into_owned()));
    words.join(" ")
}
