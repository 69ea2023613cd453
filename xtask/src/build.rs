//! `build`: one release binary with hashed, compressed assets inside.
#![expect(clippy::print_stdout, reason = "says where the binary is")]

use std::{fs, path::PathBuf};

use crate::{
    Result,
    client::{self, Care},
    deliver, sh,
    workspace::Workspace,
};

pub(crate) fn build(ws: &Workspace) -> Result<()> {
    let binary = release(ws)?;
    let site = ws.target.join("site-release");
    deliver::print_sizes(&site)?;
    deliver::print_areas(&site)?;
    println!("{} ({:.1} MB)", binary.display(), fs::metadata(&binary)?.len() as f64 / 1e6);
    Ok(())
}

/// Builds the browser's half, then the server around it, and gives the binary's path.
pub(crate) fn release(ws: &Workspace) -> Result<PathBuf> {
    let site = client::build(ws, Care::Small)?;
    println!("xtask: building the server");
    let mut cargo = sh::cargo(ws);
    cargo.args(["build", "--release", "--package", "server", "--features", "embed,s3"]);
    sh::run(cargo.env("RIALTO_EMBED", site))?;
    Ok(ws.target.join("release/rialto"))
}
