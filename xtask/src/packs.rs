//! Packs: the modules of an area as one file, and the script that takes them from it.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::json;

use crate::{
    Result,
    site::{Areas, renamed},
    stamp,
};

const TAKING: &str = include_str!("packs.js");

/// The packs, and the loader of areas that reads from them.
pub(crate) struct Packs {
    /// The loader's text.
    pub(crate) loader: String,
    /// By area: the pack's file name and content.
    pub(crate) files: BTreeMap<String, (String, Vec<u8>)>,
}

impl Packs {
    /// Puts each area's modules together, in the order in which the splitter lists them.
    ///
    /// # Errors
    /// When the splitter's loader does not look as it is known here: a page whose code is asked for wrongly never
    /// comes alive.
    pub(crate) fn of(glue: &Path, areas: &Areas) -> Result<Self> {
        let mut contents: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
        for name in areas.modules() {
            contents.insert(name, fs::read(glue.join(format!("{name}.wasm")))?);
        }
        let mut files = BTreeMap::new();
        let mut table = BTreeMap::new();
        for (area, modules) in areas.iter() {
            let mut pack = Vec::new();
            let mut places = BTreeMap::new();
            for name in modules {
                let content = &contents[name.as_str()];
                places.insert(name, [pack.len(), content.len()]);
                pack.extend_from_slice(content);
            }
            let file = format!("{area}.{}.pack", stamp::short(&pack));
            table.insert(area, json!({ "file": format!("./{file}"), "modules": places }));
            files.insert(area.to_owned(), (file, pack));
        }
        let loader = adapted(&fs::read_to_string(glue.join("areas.js"))?)?;
        Ok(Self { loader: format!("{loader}\nconst PACKS = {};\n{TAKING}", json!(table)), files })
    }
}

/// The splitter's loader, taking each module by name instead of fetching it; the area's own module first, which is in
/// its pack alone, so that what it shares with others is then taken from the same.
fn adapted(loader: &str) -> Result<String> {
    const ORDER: [&str; 2] = ["const parallelStuff = deps.map(d => d());", "const instantiate = fetcher();"];
    let order = format!("{}\n        {}", ORDER[0], ORDER[1]);
    let loader = renamed(loader, &order, &format!("{}\n        {}", ORDER[1], ORDER[0]))?;
    let mut taking = String::new();
    let mut rest = loader.as_str();
    while let Some((before, call)) = rest.split_once("fetch(new URL(\"./") {
        let (name, after) = call
            .split_once(".wasm\", import.meta.url))")
            .ok_or("the splitter's loader fetches something that is no module")?;
        taking.extend([before, "taken(\"", name, "\")"]);
        rest = after;
    }
    if taking.is_empty() {
        return Err("the splitter's loader fetches nothing".into());
    }
    taking.push_str(rest);
    Ok(taking)
}

#[cfg(test)]
mod tests {
    use std::{env, fs};

    use super::{Packs, adapted};
    use crate::site::Areas;

    const LOADER: &str = "function makeLoad(fetcher, deps) {
        const parallelStuff = deps.map(d => d());
        const instantiate = fetcher();
}
const a = makeLoad(() => {
    const src = fetch(new URL(\"./chunk_1.wasm\", import.meta.url));
}, []);";

    #[test]
    fn modules_are_taken_by_name_and_the_area_s_own_first() {
        let loader = adapted(LOADER).unwrap();
        assert!(loader.contains("const src = taken(\"chunk_1\");"), "{loader}");
        assert!(loader.find("fetcher()").unwrap() < loader.find("deps.map").unwrap(), "{loader}");
        assert!(!loader.contains("fetch(new"), "{loader}");
    }

    #[test]
    fn a_loader_of_another_shape_is_refused() {
        assert!(adapted("").is_err());
        assert!(adapted(&LOADER.replace("import.meta.url", "base")).is_err());
        assert!(adapted(&LOADER.replace("deps.map(d => d())", "[]")).is_err());
    }

    #[test]
    fn a_module_is_found_in_its_pack_where_the_table_says() {
        let glue = env::temp_dir().join(format!("rialto-packs-{}", std::process::id()));
        fs::create_dir_all(&glue).unwrap();
        fs::write(glue.join("areas.js"), LOADER).unwrap();
        fs::write(glue.join("areas.json"), r#"{"here": ["chunk_1", "own"], "there": ["chunk_1"]}"#).unwrap();
        fs::write(glue.join("chunk_1.wasm"), "shared").unwrap();
        fs::write(glue.join("own.wasm"), "mine").unwrap();
        let packs = Packs::of(&glue, &Areas::read(&glue).unwrap()).unwrap();
        fs::remove_dir_all(&glue).unwrap();
        let (file, content) = &packs.files["here"];
        assert_eq!(content, b"sharedmine");
        assert_eq!(packs.files["there"].1, b"shared");
        let table = format!("\"file\":\"./{file}\",\"modules\":{{\"chunk_1\":[0,6],\"own\":[6,4]}}");
        assert!(packs.loader.contains(&table), "{}", packs.loader);
    }
}
