//! Where things are: the checkout, and cargo's target folder wherever it has been put.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{Result, sh};

pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    /// Cargo's target folder; `CARGO_TARGET_DIR` and configuration files are respected.
    pub(crate) target: PathBuf,
    metadata: Value,
}

impl Workspace {
    pub(crate) fn find() -> Result<Self> {
        // `cargo run` says where it found the manifest; a binary that was moved falls back to where it was built.
        let here = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = here.parent().ok_or("xtask lies in no workspace")?.to_owned();
        let mut command = sh::cargo_in(&root);
        command.args(["metadata", "--no-deps", "--format-version", "1"]);
        let metadata: Value = serde_json::from_str(&sh::output(&mut command)?)?;
        let target = metadata["target_directory"].as_str().ok_or("cargo names no target folder")?.into();
        Ok(Self { root, target, metadata })
    }

    /// A folder of this tool's own under the target folder; it is made when missing.
    pub(crate) fn scratch(&self, name: &str) -> Result<PathBuf> {
        let folder = self.target.join("xtask").join(name);
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// The `[[bench]]` targets of the workspace as (package, bench), the package by cargo's full id: a slice may
    /// have the name of a crate that somebody else depends on.
    pub(crate) fn benches(&self) -> Vec<(String, String)> {
        let packages = self.metadata["packages"].as_array().into_iter().flatten();
        packages
            .flat_map(|package| {
                let id = package["id"].as_str().unwrap_or_default();
                let targets = package["targets"].as_array().into_iter().flatten();
                targets
                    .filter(|target| target["kind"][0] == "bench")
                    .filter_map(|target| target["name"].as_str())
                    .map(|bench| (id.to_owned(), bench.to_owned()))
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    pub(crate) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }
}

/// All files below a folder in a stable order; nothing when the folder is missing.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let entry = entry?;
            if entry.file_type()?.is_dir() { folders.push(entry.path()) } else { files.push(entry.path()) }
        }
    }
    files.sort();
    Ok(files)
}
