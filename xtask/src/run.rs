//! `run`: builds what has changed and serves the demo.
#![expect(clippy::print_stdout, reason = "says where to go and how to sign in")]

use std::{
    env, fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    Result, build,
    client::{self, Care},
    server, sh,
    workspace::Workspace,
};

const SIGN_INS: &str = "  olivia@northwind.example   vendor owner
  carlos@northwind.example   channel manager
  mina@northwind.example     marketer
  paula@alpine.example       partner owner
  sam@alpine.example         partner sales
  noor@bluepeak.example      sales of a rival partner
  password of all: demo-rialto";

pub(crate) fn run(ws: &Workspace, release: bool) -> Result<()> {
    let (binary, site) = if release {
        (build::release(ws)?, None)
    } else {
        let site = client::build(ws, Care::Fast)?;
        (server::build(ws)?, Some(site))
    };
    seed_once(ws, &binary, site.as_deref())?;
    greet();
    let mut command = command(ws, &binary, site.as_deref());
    Err(command.arg("serve").exec().into())
}

pub(crate) fn greet() {
    let address = env::var("RIALTO_ADDR").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    println!("\nRialto: http://{address}\n{SIGN_INS}\n");
}

/// The server with the data folder and the site that `run` and `dev` use.
pub(crate) fn command(ws: &Workspace, binary: &Path, site: Option<&Path>) -> Command {
    let mut command = Command::new(binary);
    sh::clean(&mut command).current_dir(&ws.root).env("RIALTO_DATA", data_folder(ws));
    if let Some(site) = site {
        command.env("RIALTO_SITE", site).env("RIALTO_DEVELOPMENT", "true");
    }
    command
}

fn data_folder(ws: &Workspace) -> PathBuf {
    env::var_os("RIALTO_DATA").map_or_else(|| ws.path("data"), PathBuf::from)
}

/// Loads the demo when there is no data yet; somebody's own database is never touched.
pub(crate) fn seed_once(ws: &Workspace, binary: &Path, site: Option<&Path>) -> Result<()> {
    let folder = data_folder(ws);
    let is_new = fs::read_dir(&folder).map_or(true, |mut entries| entries.next().is_none());
    if env::var_os("DATABASE_URL").is_some() || !is_new {
        return Ok(());
    }
    println!("xtask: loading the demo");
    let loaded = sh::run(command(ws, binary, site).args(["seed", "demo"]));
    if loaded.is_err() {
        // Half a demo would look like data at the next start.
        let _ = fs::remove_dir_all(&folder);
    }
    loaded
}
