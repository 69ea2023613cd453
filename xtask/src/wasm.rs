//! A compiler for the browser: rustup's target, or Debian's own compiler where rustup cannot fetch it.
#![expect(clippy::print_stdout, reason = "says what takes a while")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Result, apt, sh, stamp, workspace::Workspace};

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_LIBRARIES: &str = "/usr/lib/rustlib/wasm32-unknown-unknown/lib";

/// Which compiler makes the browser's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// The one that builds everything else.
    Own,
    /// Debian's `rustc-web`, with a standard library that this tool built for it.
    Debian,
}

impl Toolchain {
    /// Finds a compiler that can make WASM, or sets one up: rustup first, then Debian's.
    ///
    /// `RIALTO_WASM_TOOLCHAIN=debian` goes straight to the second, to try it where the first works.
    pub(crate) fn ready() -> Result<Self> {
        let forced = std::env::var("RIALTO_WASM_TOOLCHAIN").is_ok_and(|choice| choice == "debian");
        if !forced && knows_target("rustc") {
            return Ok(Self::Own);
        }
        if has_std(Path::new(DEBIAN_LIBRARIES)) {
            return Ok(Self::Debian);
        }
        if !forced && add_by_rustup() && knows_target("rustc") {
            return Ok(Self::Own);
        }
        apt::install(
            &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "lld-22"],
            "the browser's code, as rustup could not fetch the target",
        )?;
        build_std()?;
        Ok(Self::Debian)
    }

    /// A cargo call that builds the browser's code as small as it gets: with a standard library of its own, where the
    /// toolchain has its sources, in which nothing is kept for messages of panics that nobody reads.
    ///
    /// Where there are no sources the library is used as it came, and the code is larger.
    pub(crate) fn small_cargo(self, ws: &Workspace) -> Command {
        let mut cargo = self.cargo(ws);
        if self.has_sources() {
            // What `-Z` takes may change with the compiler, so it is asked for nowhere else.
            cargo.env("RUSTC_BOOTSTRAP", "1").args(["--config", SMALL_FLAGS]);
            cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
        } else {
            println!("xtask: the standard library's sources are missing; the browser's code gets larger");
        }
        cargo
    }

    fn has_sources(self) -> bool {
        let there = || {
            let rustc = if self == Self::Debian { DEBIAN_RUSTC } else { "rustc" };
            let sysroot = sh::output(sh::clean(Command::new(rustc).args(["--print", "sysroot"])));
            sysroot
                .is_ok_and(|root| Path::new(&root).join("lib/rustlib/src/rust/library/Cargo.lock").is_file())
        };
        let add = || {
            let rustup = self == Self::Own && sh::found("rustup").is_some();
            rustup
                && sh::succeeds(Command::new("rustup").args(["component", "add", "rust-src"]))
                    .unwrap_or(false)
        };
        there() || add() && there()
    }

    /// A cargo call that may be given the WASM target.
    pub(crate) fn cargo(self, ws: &Workspace) -> Command {
        match self {
            Self::Own => sh::cargo(ws),
            Self::Debian => {
                let mut command = debian_cargo();
                command.current_dir(&ws.root);
                command
            }
        }
    }
}

/// A panic ends the code at once; the page then says so (`document.rs`). Places and debug texts would only be printed.
const SMALL_FLAGS: &str = "target.wasm32-unknown-unknown.rustflags=['-Zunstable-options', \
    '-Cpanic=immediate-abort', '-Zlocation-detail=none', '-Zfmt-debug=none']";

/// Arguments that choose the browser's crate and target; the profile and the verb are the caller's.
pub(crate) const BROWSER: [&str; 4] = ["--package", "frontend", "--target", TARGET];

/// The module that cargo leaves for a profile.
pub(crate) fn module(ws: &Workspace, profile: &str) -> PathBuf {
    ws.target.join(TARGET).join(profile).join("frontend.wasm")
}

fn knows_target(rustc: &str) -> bool {
    let mut command = Command::new(rustc);
    command.args(["--print", "target-libdir", "--target", TARGET]);
    sh::output(sh::clean(&mut command)).is_ok_and(|folder| has_std(Path::new(&folder)))
}

fn has_std(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}

fn add_by_rustup() -> bool {
    if sh::found("rustup").is_none() {
        return false;
    }
    println!("xtask: fetching the compiler's WASM target");
    sh::succeeds(Command::new("rustup").args(["target", "add", TARGET])).unwrap_or(false)
}

fn debian_cargo() -> Command {
    let mut command = Command::new(DEBIAN_CARGO);
    sh::clean(&mut command).env("RUSTC", DEBIAN_RUSTC).env_remove("RUSTUP_TOOLCHAIN");
    command
}

/// Compiles the standard library for WASM from Debian's sources, once, and puts it where Debian's rustc looks.
fn build_std() -> Result<()> {
    println!("xtask: compiling the standard library for WASM (once, about a minute)");
    let folder = std::env::temp_dir().join(format!("rialto-wasm-std-{}", std::process::id()));
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("src/lib.rs"), "")?;
    fs::write(folder.join("Cargo.toml"), EMPTY_CRATE)?;
    let mut build = debian_cargo();
    build.current_dir(&folder).env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", "-Cembed-bitcode=yes");
    build.env("CARGO_TARGET_DIR", folder.join("target"));
    build.args([
        "build",
        "--quiet",
        "--release",
        "--target",
        TARGET,
        "-Z",
        "build-std=std,panic_abort,proc_macro",
    ]);
    sh::run(&mut build)?;
    sh::run(apt::as_root("mkdir").args(["-p", DEBIAN_LIBRARIES]))?;
    let made = folder.join("target").join(TARGET).join("release/deps");
    for entry in fs::read_dir(made)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("lib") && Path::new(&name).extension().is_some_and(|end| end == "rlib") {
            sh::run(apt::as_root("cp").arg(entry.path()).arg(DEBIAN_LIBRARIES))?;
        }
    }
    fs::remove_dir_all(folder)?;
    Ok(())
}

const EMPTY_CRATE: &str = r#"
[package]
name = "empty"
version = "0.0.0"
edition = "2021"
[profile.release]
panic = "abort"
opt-level = "s"
codegen-units = 1
[workspace]
"#;

/// Makes a module smaller with wasm-opt; the features are those that rustc emits for today's browsers.
pub(crate) fn optimise(wasm_opt: &Path, from: &Path, to: &Path, keep_names: bool) -> Result<()> {
    const FEATURES: [&str; 6] = [
        "--enable-bulk-memory",
        "--enable-sign-ext",
        "--enable-nontrapping-float-to-int",
        "--enable-mutable-globals",
        "--enable-reference-types",
        "--enable-multivalue",
    ];
    let key = stamp::of(&[from.to_owned()])?;
    stamp::unless_fresh(to, &key, || {
        println!("xtask: wasm-opt");
        let mut command = Command::new("node");
        command.arg(wasm_opt).args(FEATURES).arg("-Oz").arg(from).arg("-o").arg(to);
        if keep_names {
            command.arg("-g");
        }
        sh::run(&mut command)
    })
}
