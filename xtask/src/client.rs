//! The browser's half: WASM, its glue, style, fonts and public files, as a folder that the server can serve.
#![expect(clippy::print_stdout, reason = "says what takes a while")]

use std::path::PathBuf;

use crate::{
    Result, bindgen, npm, sh,
    site::Site,
    style,
    wasm::{self, Toolchain},
    workspace::Workspace,
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
    let mut cargo = toolchain.cargo(ws);
    sh::run(cargo.args(["build", "--profile", care.profile()]).args(wasm::BROWSER))?;

    let glue = ws.scratch(&format!("glue-{}", care.profile()))?;
    bindgen::glue(ws, &wasm::module(ws, care.profile()), &glue, false)?;
    let mut module = glue.join("rialto_bg.wasm");
    if care == Care::Small {
        let small = glue.join("small.wasm");
        wasm::optimise(&tools.wasm_opt(), &module, &small, false)?;
        module = small;
    }

    let mut site = Site::new();
    site.script(&glue)?;
    site.module(&module)?;
    site.style(&style::sheet(ws, &tools)?)?;
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
