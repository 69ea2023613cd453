//! The style sheets: one file, minified, for the browsers we support.

use std::{path::PathBuf, process::Command};

use crate::{Result, npm::Tools, sh, stamp, workspace::Workspace};

/// Older targets would rewrite `light-dark()` at build time and break themes that arrive at run time.
const TARGETS: &str = "chrome 123, edge 123, firefox 120, safari 17.5";

/// Bundles `style/main.css` with everything it imports and gives the file's path.
pub(crate) fn sheet(ws: &Workspace, tools: &Tools) -> Result<PathBuf> {
    let made = ws.scratch("style")?.join("main.css");
    let key = format!("{} {TARGETS}", stamp::of(&[ws.path("style")])?);
    stamp::unless_fresh(&made, &key, || {
        let mut command = Command::new(tools.lightningcss()?);
        command.args(["--bundle", "--minify", "--targets", TARGETS]);
        command.arg(ws.path("style/main.css")).arg("--output-file").arg(&made);
        sh::run(&mut command)
    })?;
    Ok(made)
}
