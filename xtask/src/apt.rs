//! Packages of Debian and its relatives, for the few programs that neither cargo nor npm bring.
#![expect(clippy::print_stdout, reason = "says what it installs")]

use std::process::Command;

use crate::{Result, sh};

/// Installs packages, after saying what for; refuses with the packages' names where there is no apt.
pub(crate) fn install(packages: &[&str], purpose: &str) -> Result<()> {
    let list = packages.join(" ");
    if sh::found("apt-get").is_none() {
        return Err(format!(
            "{purpose} is missing, and there is no apt-get here to install it: \
            please install what Debian calls {list}, then call this again"
        )
        .into());
    }
    println!("xtask: installing {list} for {purpose}");
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(packages);
    if sh::succeeds(&mut apt_get(&install)).unwrap_or(false) {
        return Ok(());
    }
    sh::run(&mut apt_get(&["update"]))?;
    sh::run(&mut apt_get(&install))
}

/// A command with the rights of root: as it is, or through sudo.
pub(crate) fn as_root(program: &str) -> Command {
    if sh::we_are_root() {
        return Command::new(program);
    }
    let mut command = Command::new("sudo");
    command.arg(program);
    command
}

fn apt_get(args: &[&str]) -> Command {
    let mut command = as_root("env");
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]).args(args);
    command
}
