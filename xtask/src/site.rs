//! The folder the browser fetches from: content hashes in the names, and a manifest that tells them to the server.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde_json::json;

use crate::{Result, deliver, packs::Packs, stamp, workspace::files_below};

/// Files by their path below the site, and what the page has to name.
pub(crate) struct Site {
    files: BTreeMap<String, Vec<u8>>,
    manifest: BTreeMap<&'static str, String>,
    /// The path of each area's pack.
    areas: BTreeMap<String, String>,
    /// The path of each language's texts.
    texts: BTreeMap<&'static str, String>,
}

/// The areas of the portal, each with the modules that it needs beside the shell's.
pub(crate) struct Areas(BTreeMap<String, Vec<String>>);

impl Areas {
    /// As the splitter left them in the folder of the glue.
    pub(crate) fn read(glue: &Path) -> Result<Self> {
        Ok(Self(serde_json::from_slice(&fs::read(glue.join("areas.json"))?)?))
    }

    /// Every module, without the ending.
    pub(crate) fn modules(&self) -> BTreeSet<&str> {
        self.0.values().flatten().map(String::as_str).collect()
    }

    /// Each area with its modules.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(area, modules)| (area.as_str(), modules.as_slice()))
    }
}

/// Refuses when the name is nowhere: a script that asks for a file which is not there takes over no page.
pub(crate) fn renamed(script: &str, old: &str, new: &str) -> Result<String> {
    if !script.contains(old) {
        return Err(format!("there is no {old} in the browser's scripts").into());
    }
    Ok(script.replace(old, new))
}

/// Makes a script fetch another one under its hashed name.
///
/// Only there: where the script hands the module its imports, they stand under the name that the module was made with.
fn fetched(script: &str, name: &str, hash: &str) -> Result<String> {
    renamed(script, &format!("from \"./{name}.js\""), &format!("from \"./{name}.{hash}.js\""))
}

impl Site {
    pub(crate) fn new() -> Self {
        Self {
            files: BTreeMap::new(),
            manifest: BTreeMap::new(),
            areas: BTreeMap::new(),
            texts: BTreeMap::new(),
        }
    }

    /// Takes `rialto.js`, the packs of the areas with the script that loads them, and the snippets of crates that
    /// bring JavaScript of their own.
    ///
    /// wasm-bindgen names a snippet's folder after its crate, not its content; so the folder gets a hash here. The two
    /// scripts name each other, so both have the hash of both.
    pub(crate) fn script(&mut self, glue: &Path, areas: &Areas) -> Result<()> {
        let mut script = fs::read_to_string(glue.join("rialto.js"))?;
        let Packs { mut loader, files } = Packs::of(glue, areas)?;
        for (area, (file, content)) in files {
            self.areas.insert(area, format!("/pkg/{file}"));
            self.files.insert(format!("pkg/{file}"), content);
        }
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
        let hash = stamp::short([script.as_bytes(), loader.as_bytes()].concat().as_slice());
        script = fetched(&script, "areas", &hash)?;
        loader = fetched(&loader, "rialto", &hash)?;
        self.manifest.insert("js", format!("/pkg/rialto.{hash}.js"));
        self.files.insert(format!("pkg/rialto.{hash}.js"), script.into_bytes());
        self.files.insert(format!("pkg/areas.{hash}.js"), loader.into_bytes());
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

    /// What pages say, a file for each language.
    pub(crate) fn texts(&mut self, locales: &Path) -> Result<()> {
        for language in catalogue::LANGUAGES {
            let content = catalogue::packed(locales, language)?.into_bytes();
            let name = format!("pkg/texts.{language}.{}.txt", stamp::short(&content));
            self.texts.insert(language, format!("/{name}"));
            self.files.insert(name, content);
        }
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
        let mut manifest = json!(self.manifest);
        manifest["areas"] = json!(self.areas);
        manifest["texts"] = json!(self.texts);
        let manifest = serde_json::to_vec_pretty(&manifest)?;
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

#[cfg(test)]
mod tests {
    use super::fetched;

    #[test]
    fn a_hash_changes_what_is_fetched_and_not_what_the_module_asks_for() {
        let script = "import * as import1 from \"./areas.js\"\nconst imports = {\"./areas.js\": import1};";
        let hashed = "import * as import1 from \"./areas.7f.js\"\nconst imports = {\"./areas.js\": import1};";
        assert_eq!(fetched(script, "areas", "7f").ok().as_deref(), Some(hashed));
    }

    #[test]
    fn a_script_that_fetches_nothing_of_that_name_is_refused() {
        assert!(fetched("import x from './areas.js'", "areas", "7f").is_err());
    }
}
