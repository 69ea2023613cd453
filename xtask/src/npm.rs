//! Packages from npm: what the build needs, and Playwright for the browser tests.
#![expect(clippy::print_stdout, reason = "says what it fetches")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Result, sh, stamp, workspace::Workspace};

/// The build's tools, installed below the target folder so that a fresh checkout finds them again.
pub(crate) struct Tools {
    modules: PathBuf,
}

impl Tools {
    pub(crate) fn wasm_opt(&self) -> PathBuf {
        self.modules.join("binaryen/bin/wasm-opt")
    }

    /// The program itself, which npm brings in a package of its own for each kind of machine.
    pub(crate) fn lightningcss(&self) -> Result<PathBuf> {
        for entry in fs::read_dir(&self.modules)?.flatten() {
            if entry.file_name().to_string_lossy().starts_with("lightningcss-cli-") {
                return Ok(entry.path().join("lightningcss"));
            }
        }
        Err("npm has no lightningcss for this kind of machine".into())
    }

    /// The typeface's WOFF2 file for a script, by fontsource's name for it.
    pub(crate) fn inter(&self, script: &str) -> PathBuf {
        self.modules.join(format!("@fontsource-variable/inter/files/inter-{script}-wght-normal.woff2"))
    }
}

pub(crate) fn tools(ws: &Workspace) -> Result<Tools> {
    let folder = ws.scratch("npm")?;
    for name in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(ws.path("xtask/npm").join(name), folder.join(name))?;
    }
    install(&folder, "the build's tools")?;
    Ok(Tools { modules: folder.join("node_modules") })
}

/// Installs what `end2end/package.json` names, beside it: that is where Node and editors look.
pub(crate) fn playwright(ws: &Workspace) -> Result<()> {
    install(&ws.path("end2end"), "the browser tests")
}

fn install(folder: &Path, purpose: &str) -> Result<()> {
    if sh::found("npm").is_none() {
        return Err("Node.js 20 or newer with npm is missing: please install it, then call this again".into());
    }
    let key = stamp::of(&[folder.join("package-lock.json")])?;
    stamp::unless_fresh(&folder.join("node_modules"), &key, || {
        println!("xtask: fetching {purpose} from npm");
        let mut command = Command::new("npm");
        command.current_dir(folder).args([
            "ci",
            "--ignore-scripts",
            "--no-fund",
            "--no-audit",
            "--loglevel=error",
        ]);
        sh::run(&mut command)
    })
}
