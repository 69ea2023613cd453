//! The browser's half: WASM, its glue, style, fonts and public files, as a folder that the server can serve.
#![expect(clippy::print_stdout, reason = "says what takes a while")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    Result, bindgen,
    npm::{self, Tools},
    sh,
    site::{Areas, Site},
    style,
    wasm::{self, Toolchain},
    workspace::{Workspace, files_below},
};

/// How much care the browser's code gets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Care {
    /// Quick to build, large.
    Fast,
    /// As small as it gets; minutes.
    Small,
}

impl Care {
    fn profile(self) -> &'static str {
        match self {
            Self::Fast => "wasm-dev",
            Self::Small => "wasm",
        }
    }

    fn site(self) -> &'static str {
        match self {
            Self::Fast => "site",
            Self::Small => "site-release",
        }
    }
}

/// Builds what has changed and gives the folder with everything the browser may fetch.
pub(crate) fn build(ws: &Workspace, care: Care) -> Result<PathBuf> {
    let toolchain = Toolchain::ready()?;
    let tools = npm::tools(ws)?;
    bindgen::program(ws)?;
    println!("xtask: building the browser's code");
    let mut cargo = match care {
        Care::Fast => toolchain.cargo(ws),
        Care::Small => toolchain.small_cargo(ws),
    };
    sh::run(cargo.args(["build", "--profile", care.profile()]).args(wasm::BROWSER))?;

    let glue = ws.scratch(&format!("glue-{}", care.profile()))?;
    bindgen::glue(ws, &wasm::module(ws, care.profile()), &glue, false)?;
    let areas = Areas::read(&glue)?;
    let delivered = match care {
        Care::Fast => glue,
        Care::Small => smaller(ws, &tools, &glue, &areas)?,
    };

    let mut site = Site::new();
    site.script(&delivered, &areas)?;
    site.module(&delivered.join("rialto_bg.wasm"))?;
    site.style(&style::sheet(ws, &tools)?)?;
    site.texts(&ws.path("app/locales"))?;
    site.font("inter-latin", &tools.inter("latin"))?;
    site.font("inter-latin-ext", &tools.inter("latin-ext"))?;
    site.public(&ws.path("public"))?;
    let folder = ws.target.join(care.site());
    match care {
        Care::Fast => site.write(&folder)?,
        Care::Small => site.compressed()?.write(&folder)?,
    }
    Ok(folder)
}

/// The same files with modules as small as they get, in a folder beside.
fn smaller(ws: &Workspace, tools: &Tools, glue: &Path, areas: &Areas) -> Result<PathBuf> {
    let small = ws.scratch("glue-small")?;
    for file in files_below(glue)? {
        let to = small.join(file.strip_prefix(glue)?);
        if to.extension().is_some_and(|ending| ending == "js") {
            fs::create_dir_all(to.parent().unwrap_or(&small))?;
            fs::copy(&file, to)?;
        }
    }
    for name in areas.modules().into_iter().chain(["rialto_bg"]) {
        let name = format!("{name}.wasm");
        wasm::optimise(&tools.wasm_opt(), &glue.join(&name), &small.join(&name), false)?;
    }
    Ok(small)
}
