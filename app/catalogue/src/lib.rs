//! Turns message catalogues (`app/locales/<language>/<slice>.toml`) into functions at build time.
//!
//! The server has them all inside; for the browser there is a file for each language (`packed`), so that nobody loads
//! what others read.
//!
//! `key = "text"` becomes `key() -> &'static str`; with `{name}` in the text `key(name) -> String`; a table with the
//! forms that the language counts in (`one` and `other`, in Arabic six) becomes `key(count, …) -> String`. A message that a language lacks, or whose arguments
//! differ between languages, stops the build: the catalogue is complete or there is no program.
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use toml::{Table, Value};

/// The languages, in the order of `Locale`.
pub const LANGUAGES: [&str; 5] = ["en", "de", "fr", "es", "ar"];

/// The forms that a language counts in (CLDR), in the order in which `kit::catalogue` picks them.
const fn forms(language: &str) -> &'static [&'static str] {
    match language.as_bytes() {
        b"ar" => &["zero", "one", "two", "few", "many", "other"],
        _ => &["one", "other"],
    }
}

/// Writes `texts.rs` for a slice into the build's output folder. For build scripts only.
///
/// # Panics
/// When a catalogue cannot be read or is not complete; that is what stops the build.
pub fn generate(slice: &str) {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo says where the crate is"));
    let tables: Vec<Table> = LANGUAGES.iter().map(|language| read(&here, language, slice)).collect();
    let browser = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    let code = functions(slice, &tables, browser)
        .unwrap_or_else(|message| panic!("catalogue of {slice}: {message}"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo says where to write"));
    fs::write(out.join("texts.rs"), code).expect("the build's output folder can be written");
    if here.join("migrations").is_dir() {
        for engine in ["sqlite", "postgres"] {
            watch(&Path::new("migrations").join(engine));
        }
    }
}

/// Takes a path relative to the crate, as cargo does: compiled code may be kept for another checkout, whose
/// catalogues would be missed under the absolute path of this one.
#[expect(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]
fn watch(path: &Path) {
    println!("cargo:rerun-if-changed={}", path.display());
}

fn read(here: &Path, language: &str, slice: &str) -> Table {
    let below = ["locales", "../locales"];
    let folder =
        below.iter().find(|path| here.join(path).is_dir()).expect("the catalogues stand in app/locales");
    let path = Path::new(folder).join(language).join(format!("{slice}.toml"));
    watch(&path);
    let path = here.join(path);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The texts of a language for the browser: slices, each its name and its messages in the order of their keys, each
/// its key and its forms. Slices, messages and forms are set apart by the separators that ASCII has for it.
///
/// # Errors
/// A catalogue that cannot be read, or a text that has a separator inside.
pub fn packed(locales: &Path, language: &str) -> Result<String, String> {
    let folder = locales.join(language);
    let says = |error: &dyn std::fmt::Display| format!("{}: {error}", folder.display());
    let mut slices = BTreeSet::new();
    for entry in fs::read_dir(&folder).map_err(|error| says(&error))? {
        let path = entry.map_err(|error| says(&error))?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            slices.insert(path);
        }
    }
    let mut file = Vec::new();
    for path in slices {
        let text = fs::read_to_string(&path).map_err(|error| says(&error))?;
        let table: Table = text.parse().map_err(|error| says(&error))?;
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        file.push(packed_slice(name, &table, forms(language))?);
    }
    Ok(file.join("\u{1d}"))
}

fn packed_slice(name: &str, table: &Table, forms: &[&str]) -> Result<String, String> {
    let mut messages = vec![name.to_owned()];
    let keys: BTreeSet<&String> = table.keys().collect();
    for key in keys {
        let message = Message::of(key, &table[key], forms)?;
        if message.0.iter().any(|form| form.contains(['\u{1d}', '\u{1e}', '\u{1f}'])) {
            return Err(format!("`{key}` has a separator in its text"));
        }
        messages.push([std::slice::from_ref(key), &message.0].concat().join("\u{1f}"));
    }
    Ok(messages.join("\u{1e}"))
}

/// The functions as Rust source; for the browser without the texts.
///
/// # Errors
/// The first message that is missing somewhere or differs in its arguments.
fn functions(slice: &str, tables: &[Table], browser: bool) -> Result<String, String> {
    let kit = if slice == "kit" { "crate" } else { "::kit" };
    let keys: BTreeSet<&String> = tables.iter().flat_map(Table::keys).collect();
    // One name, and none that a message could have.
    let mut code = format!("use {kit}::catalogue as __kit;\n");
    let mut texts = String::new();
    for (place, key) in keys.into_iter().enumerate() {
        let mut messages = Vec::new();
        for (table, language) in tables.iter().zip(LANGUAGES) {
            let value = table.get(key).ok_or_else(|| format!("`{key}` is missing in {language}"))?;
            messages.push(Message::of(key, value, forms(language))?);
        }
        let arguments = messages[0].arguments();
        for (message, language) in messages.iter().zip(LANGUAGES) {
            if message.arguments() != arguments {
                return Err(format!("`{key}` has other arguments in {language}"));
            }
        }
        let _ = writeln!(texts, "    ({key:?}, [{}]),", all_forms(&messages));
        write_function(&mut code, place, key, &arguments, &messages);
    }
    let _ = writeln!(
        code,
        "/// The message of a key known only when running, such as an error's code.\n\
         pub fn lookup(key: &str) -> Option<&'static str> {{\n    SLICE.found(key)\n}}\n"
    );
    let _ = if browser {
        writeln!(code, "static SLICE: __kit::Slice = __kit::Slice::new({slice:?});")
    } else {
        writeln!(code, "static SLICE: __kit::Slice = __kit::Slice::new(&[\n{texts}]);")
    };
    Ok(code)
}

/// All forms of a message in every language, as Rust's literals.
fn all_forms(messages: &[Message]) -> String {
    let one = |message: &Message| {
        let forms: Vec<String> = message.0.iter().map(|form| format!("{form:?}")).collect();
        format!("&[{}]", forms.join(", "))
    };
    messages.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn write_function(
    code: &mut String,
    place: usize,
    key: &str,
    arguments: &BTreeSet<String>,
    messages: &[Message],
) {
    let is_counted = messages.iter().any(Message::is_counted);
    let _ = writeln!(code, "/// {}", messages[0].plural().replace('\n', " "));
    if arguments.is_empty() && !is_counted {
        let _ = writeln!(code, "pub fn {key}() -> &'static str {{\n    SLICE.chosen({place})\n}}");
        return;
    }
    let mut parameters: Vec<String> = Vec::new();
    if is_counted {
        parameters.push("count: i64".to_owned());
    }
    let others = arguments.iter().filter(|name| !(is_counted && *name == "count"));
    parameters.extend(others.map(|name| format!("{name}: impl ::std::fmt::Display")));
    // The texts are filled by one function for all: `format!` would be code of its own for each text and argument.
    let values = arguments.iter().map(|name| format!("({name:?}, &{name})")).collect::<Vec<_>>().join(", ");
    let body = if is_counted {
        format!("SLICE.counted({place}, count, &[{values}])")
    } else {
        format!("SLICE.filled({place}, &[{values}])")
    };
    let _ = writeln!(code, "pub fn {key}({}) -> String {{\n    {body}\n}}", parameters.join(", "));
}

/// The forms of a message in a language; a message that counts nothing has one.
struct Message(Vec<String>);

impl Message {
    fn of(key: &str, value: &Value, forms: &[&str]) -> Result<Self, String> {
        match value {
            Value::String(text) => Ok(Self(vec![text.clone()])),
            Value::Table(table) => {
                if let Some(unknown) = table.keys().find(|form| !forms.contains(&form.as_str())) {
                    return Err(format!("`{key}` has a form `{unknown}`"));
                }
                let text = |form: &&str| {
                    let text = table.get(*form).and_then(Value::as_str);
                    text.map(str::to_owned).ok_or(format!("`{key}` has no `{form}`"))
                };
                Ok(Self(forms.iter().map(text).collect::<Result<_, _>>()?))
            }
            _ => Err(format!("`{key}` is neither text nor a table of forms")),
        }
    }

    fn plural(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }

    const fn is_counted(&self) -> bool {
        self.0.len() > 1
    }

    fn arguments(&self) -> BTreeSet<String> {
        let mut all: BTreeSet<String> = self.0.iter().flat_map(|form| names(form)).collect();
        if self.is_counted() {
            all.insert("count".to_owned());
        }
        all
    }
}

fn names(text: &str) -> BTreeSet<String> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_a_language_lacks_stops_the_build() {
        let en: Table = "hello = 'Hello'".parse().unwrap();
        let de = Table::new();
        assert_eq!(functions("x", &[en, de], false).unwrap_err(), "`hello` is missing in de");
    }

    #[test]
    fn other_arguments_in_a_language_stop_the_build() {
        let en: Table = "hello = 'Hello {name}'".parse().unwrap();
        let de: Table = "hello = 'Hallo {nom}'".parse().unwrap();
        assert!(functions("x", &[en, de], false).is_err());
    }

    #[test]
    fn counted_messages_take_a_number() {
        let table: Table = "deals = { one = '{count} deal', other = '{count} deals' }".parse().unwrap();
        let code = functions("x", &[table.clone(), table.clone()], false).unwrap();
        assert!(code.contains("pub fn deals(count: i64) -> String"), "{code}");
        // Arabic counts in six forms, and none may be left out.
        let two = table.clone();
        let all = [table.clone(), table.clone(), table.clone(), table, two];
        assert_eq!(functions("x", &all, false).unwrap_err(), "`deals` has no `zero`");
    }

    #[test]
    fn the_browser_s_functions_have_no_texts_and_the_file_has_them_at_the_same_places() {
        let table: Table =
            "b = 'Two'\na = { one = '{count} deal', other = '{count} deals' }".parse().unwrap();
        let code = functions("x", &[table.clone(), table.clone()], true).unwrap();
        assert!(code.contains("SLICE.counted(0,") && code.contains("SLICE.chosen(1)"), "{code}");
        assert!(code.contains("Slice::new(\"x\")"), "{code}");
        let file = packed_slice("x", &table, &["one", "other"]).unwrap();
        assert_eq!(file, "x\u{1e}a\u{1f}{count} deal\u{1f}{count} deals\u{1e}b\u{1f}Two");
    }
}
