//! The house is in order: short files that say what they are, paired migrations, SQL where it belongs, both languages.
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const LONGEST: usize = 400;

/// Where statements of SQL may stand besides files and folders named `store` and tests.
const SQL: [&str; 8] = [
    "app/base/src/db/",
    "app/base/src/events/",
    "app/base/src/jobs/",
    "app/base/src/http/idempotency.rs",
    "app/base/src/testing.rs",
    "app/base/tests/",
    "server/src/health.rs",
    "server/tests/",
];

/// Crates of `app/` that are no slices: they have neither verbs nor screens.
const NO_SLICES: [&str; 12] = [
    "areas",
    "base",
    "catalogue",
    "creative",
    "figures",
    "kit",
    "matching",
    "outbound",
    "palette",
    "pictures",
    "sheets",
    "views",
];
/// Slices without rules of who may: everybody asks for their own, for what the actor may see anyway, or by another slice's
/// rules.
const WITHOUT_ACCESS: [&str; 3] = ["notices", "search", "themes"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the server lies in the house").to_owned()
}

/// All files below, with paths from the root.
fn files(below: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(below)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(path) = path.strip_prefix(root()) {
                found.push(path.to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

fn has_ending(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
}

fn rust() -> Vec<String> {
    let all = ["app", "frontend", "server", "xtask"].into_iter().flat_map(files);
    all.filter(|path| has_ending(path, "rs")).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("a file of the house can be read")
}

fn slices() -> Vec<String> {
    let names = fs::read_dir(root().join("app")).expect("app").flatten();
    let names = names.filter(|entry| entry.path().join("Cargo.toml").exists());
    let mut names: Vec<_> = names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| !NO_SLICES.contains(&name.as_str()));
    names.sort();
    names
}

fn assert_none(what: &str, found: Vec<String>) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn no_file_is_longer_than_a_person_reads() {
    let long = rust().into_iter().map(|path| (read(&path).lines().count(), path));
    let long = long.filter(|(lines, _)| *lines > LONGEST).map(|(lines, path)| format!("{path}: {lines}"));
    assert_none("files of more than 400 lines", long.collect());
}

#[test]
fn every_file_opens_with_what_it_is() {
    let silent = rust().into_iter().filter(|path| !read(path).starts_with("//! "));
    assert_none("files without an opening sentence", silent.collect());
}

#[test]
fn every_migration_is_written_for_both_engines() {
    let all: BTreeSet<String> = files("app")
        .into_iter()
        .filter(|path| path.contains("/migrations/") && has_ending(path, "sql"))
        .collect();
    let other = |path: &str| {
        if path.contains("/sqlite/") {
            path.replace("/sqlite/", "/postgres/")
        } else {
            path.replace("/postgres/", "/sqlite/")
        }
    };
    assert!(all.len() >= 20);
    assert_none(
        "migrations without their pair",
        all.iter().filter(|path| !all.contains(&other(path))).cloned().collect(),
    );
    let mut versions = BTreeSet::new();
    for path in all.iter().filter(|path| path.contains("/sqlite/")) {
        let name = path.rsplit('/').next().unwrap_or_default();
        let version = name.split('_').next().unwrap_or_default().to_owned();
        assert!(versions.insert(version), "the version of {path} is taken");
    }
}

/// SQLite without statistics takes a vendor for ten rows, and so prefers to go through all of a vendor's records to
/// looking up a list of them by their ids. `coalesce(vendor_id, vendor_id) = $1` leaves it no other way than the ids.
#[test]
fn a_list_of_records_is_looked_up_by_its_ids() {
    let goes_through_all = |line: &&str| {
        let list =
            [" id in", ".id in", "customer_id in", "subject in"].iter().any(|list| line.contains(list));
        list && line.contains("vendor_id = $1") && !line.contains(" in (select")
    };
    let found = rust().into_iter().filter(|path| !path.ends_with("tidy.rs")).flat_map(|path| {
        let text = read(&path);
        let lines: Vec<String> =
            text.lines().filter(goes_through_all).map(|line| format!("{path}: {line}")).collect();
        lines
    });
    assert_none("lists that are not looked up by their ids", found.collect());
}

#[test]
fn sql_stands_in_the_store() {
    let in_place = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or_default();
        name.starts_with("store")
            || path.contains("/store/")
            || name == "tests.rs"
            || path.contains("/tests/")
            || path.contains("/benches/")
            || SQL.iter().any(|place| path.starts_with(place))
    };
    let astray = rust().into_iter().filter(|path| !in_place(path) && read(path).contains("sqlx::query"));
    assert_none("SQL outside of a store", astray.collect());
}

#[test]
fn every_exception_for_sql_is_needed() {
    let all = rust();
    let idle = SQL.iter().filter(|place| {
        !all.iter().any(|path| {
            path.starts_with(**place)
                && (read(path).contains("sqlx::query") || read(path).contains("raw_sql"))
        })
    });
    assert_none("exceptions without SQL", idle.map(|place| (*place).to_owned()).collect());
}

#[test]
fn both_languages_say_the_same_things() {
    fn keys(prefix: &str, table: &toml::Table, into: &mut BTreeSet<String>) {
        for (key, value) in table {
            let key = format!("{prefix}{key}");
            match value {
                toml::Value::Table(table) => keys(&format!("{key}."), table, into),
                _ => {
                    into.insert(key);
                }
            }
        }
    }
    let read_keys = |path: &str| {
        let mut all = BTreeSet::new();
        keys("", &read(path).parse::<toml::Table>().expect("a catalogue is TOML"), &mut all);
        all
    };
    let english: Vec<_> =
        files("app/locales/en").into_iter().filter(|path| has_ending(path, "toml")).collect();
    assert!(!english.is_empty());
    assert_eq!(english.len(), files("app/locales/de").len());
    for path in english {
        let (one, other) = (read_keys(&path), read_keys(&path.replace("/en/", "/de/")));
        let odd: Vec<_> = one.symmetric_difference(&other).cloned().collect();
        assert_none(&path, odd);
    }
}

#[test]
fn nothing_is_styled_in_place() {
    // A test that looks for such an attribute is none.
    let styles = |line: &str| {
        (line.contains(" style=\"") || line.contains(" style=format!"))
            && !line.contains("assert!")
            && !line.contains("contains(")
    };
    let styled =
        files("app").into_iter().filter(|path| has_ending(path, "rs") && read(path).lines().any(styles));
    assert_none("style attributes, which the content policy refuses", styled.collect());
}

#[test]
fn the_root_holds_no_stray_pages() {
    let pages = fs::read_dir(root()).expect("the root").flatten();
    let pages = pages.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let known = ["README.md", "ARCHITECTURE.md", "DEVELOPERS.md"];
    let stray = pages.filter(|name| has_ending(name, "md") && !known.contains(&name.as_str()));
    assert_none("pages in the root", stray.collect());
}

#[test]
fn every_slice_has_the_files_of_the_house() {
    let mut missing = Vec::new();
    for slice in slices() {
        let has = |name: &str| {
            let source = root().join("app").join(&slice).join("src");
            source.join(format!("{name}.rs")).exists() || source.join(name).join("mod.rs").exists()
        };
        let access = (!WITHOUT_ACCESS.contains(&slice.as_str())).then_some("access");
        for name in ["lib", "verbs", "server"].into_iter().chain(access) {
            if !has(name) {
                missing.push(format!("{slice}: {name}"));
            }
        }
        let tested = files(&format!("app/{slice}/src/server")).into_iter();
        if tested.filter(|path| path.contains("tests")).all(|path| read(&path).lines().count() < 10) {
            missing.push(format!("{slice}: tests of its server half"));
        }
    }
    assert_none("slices are not complete", missing);
}
