//! The folder the browser fetches from: content hashes in the names, and a manifest that tells them to the server.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::json;

use crate::{Result, deliver, stamp, workspace::files_below};

/// Files by their path below the site, and what the page has to name.
pub(crate) struct Site {
    files: BTreeMap<String, Vec<u8>>,
    manifest: BTreeMap<&'static str, String>,
}

impl Site {
    pub(crate) fn new() -> Self {
        Self { files: BTreeMap::new(), manifest: BTreeMap::new() }
    }

    /// Takes `rialto.js` and the snippets of crates that bring JavaScript of their own.
    ///
    /// wasm-bindgen names a snippet's folder after its crate, not its content; so the folder gets a hash here.
    pub(crate) fn script(&mut self, glue: &Path) -> Result<()> {
        let mut script = fs::read_to_string(glue.join("rialto.js"))?;
        let snippets = glue.join("snippets");
        let files = files_below(&snippets)?;
        if !files.is_empty() {
            let folder = format!("snippets.{}", &stamp::of(std::slice::from_ref(&snippets))?[..16]);
            script = script.replace("./snippets/", &format!("./{folder}/"));
            for file in files {
                let name = file.strip_prefix(&snippets)?.display().to_string();
                self.files.insert(format!("pkg/{folder}/{name}"), fs::read(&file)?);
            }
        }
        self.hashed("js", script.into_bytes());
        Ok(())
    }

    pub(crate) fn module(&mut self, path: &Path) -> Result<()> {
        self.hashed("wasm", fs::read(path)?);
        Ok(())
    }

    pub(crate) fn style(&mut self, path: &Path) -> Result<()> {
        self.hashed("css", fs::read(path)?);
        Ok(())
    }

    /// Fonts keep their names, because the style sheet names them.
    pub(crate) fn font(&mut self, name: &str, path: &Path) -> Result<()> {
        self.files.insert(format!("pkg/fonts/{name}.woff2"), fs::read(path)?);
        Ok(())
    }

    /// Everything below the folder, at the root of the site.
    pub(crate) fn public(&mut self, folder: &Path) -> Result<()> {
        for file in files_below(folder)? {
            let name = file.strip_prefix(folder)?.display().to_string();
            self.files.insert(name, fs::read(&file)?);
        }
        Ok(())
    }

    fn hashed(&mut self, kind: &'static str, content: Vec<u8>) {
        let name = format!("pkg/rialto.{}.{kind}", stamp::short(&content));
        self.manifest.insert(kind, format!("/{name}"));
        self.files.insert(name, content);
    }

    /// Adds `.br` and `.gz` beside every file that gets smaller by it.
    pub(crate) fn compressed(mut self) -> Result<Self> {
        let mut more = BTreeMap::new();
        for (name, content) in &self.files {
            for (ending, packed) in deliver::packed(name, content)? {
                more.insert(format!("{name}.{ending}"), packed);
            }
        }
        self.files.append(&mut more);
        Ok(self)
    }

    /// Makes the folder hold exactly these files and `manifest.json`; what is there already is left as it is.
    pub(crate) fn write(mut self, folder: &Path) -> Result<()> {
        let manifest = serde_json::to_vec_pretty(&json!(self.manifest))?;
        self.files.insert("manifest.json".to_owned(), manifest);
        for old in files_below(folder)? {
            if !self.files.contains_key(&old.strip_prefix(folder)?.display().to_string()) {
                fs::remove_file(old)?;
            }
        }
        for (name, content) in self.files {
            let path = folder.join(name);
            if fs::read(&path).is_ok_and(|there| there == content) {
                continue;
            }
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            fs::write(path, content)?;
        }
        Ok(())
    }
}
