//! Turns message catalogues (`app/locales/<language>/<slice>.toml`) into functions at build time.
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
const LANGUAGES: [&str; 5] = ["en", "de", "fr", "es", "ar"];

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
    let code = functions(slice, &tables).unwrap_or_else(|message| panic!("catalogue of {slice}: {message}"));
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

/// The functions as Rust source.
///
/// # Errors
/// The first message that is missing somewhere or differs in its arguments.
fn functions(slice: &str, tables: &[Table]) -> Result<String, String> {
    let kit = if slice == "kit" { "crate" } else { "::kit" };
    let keys: BTreeSet<&String> = tables.iter().flat_map(Table::keys).collect();
    // One name, and none that a message could have.
    let mut code = format!("use {kit}::catalogue as __kit;\n");
    let mut plain = String::new();
    for key in keys {
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
        if messages.iter().all(Message::is_plain) {
            let _ = writeln!(plain, "    ({key:?}, [{}]),", texts(&messages));
        }
        write_function(&mut code, key, &arguments, &messages);
    }
    let _ = writeln!(
        code,
        "/// The message of a key known only when running, such as an error's code.\n\
         pub fn lookup(key: &str) -> Option<&'static str> {{\n    __kit::found(PLAIN, key)\n}}\n\n\
         /// Messages without arguments, in the order of their keys.\n\
         static PLAIN: &[(&str, [&str; {}])] = &[\n{plain}];",
        LANGUAGES.len()
    );
    Ok(code)
}

/// A message in every language, as Rust's literals; of a counted one the last form.
fn texts(messages: &[Message]) -> String {
    messages.iter().map(|message| format!("{:?}", message.plural())).collect::<Vec<_>>().join(", ")
}

/// All forms of a message in every language, as Rust's literals.
fn all_forms(messages: &[Message]) -> String {
    let one = |message: &Message| {
        let forms: Vec<String> = message.0.iter().map(|form| format!("{form:?}")).collect();
        format!("&[{}]", forms.join(", "))
    };
    messages.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn write_function(code: &mut String, key: &str, arguments: &BTreeSet<String>, messages: &[Message]) {
    let is_counted = messages.iter().any(Message::is_counted);
    let many = texts(messages);
    let _ = writeln!(code, "/// {}", messages[0].plural().replace('\n', " "));
    if arguments.is_empty() && !is_counted {
        let _ = writeln!(code, "pub fn {key}() -> &'static str {{\n    __kit::chosen([{many}])\n}}");
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
        format!("__kit::counted(count, [{}], &[{values}])", all_forms(messages))
    } else {
        format!("__kit::filled([{many}], &[{values}])")
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

    fn is_plain(&self) -> bool {
        !self.is_counted() && !self.plural().contains('{')
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
        assert_eq!(functions("x", &[en, de]).unwrap_err(), "`hello` is missing in de");
    }

    #[test]
    fn other_arguments_in_a_language_stop_the_build() {
        let en: Table = "hello = 'Hello {name}'".parse().unwrap();
        let de: Table = "hello = 'Hallo {nom}'".parse().unwrap();
        assert!(functions("x", &[en, de]).is_err());
    }

    #[test]
    fn counted_messages_take_a_number() {
        let table: Table = "deals = { one = '{count} deal', other = '{count} deals' }".parse().unwrap();
        let code = functions("x", &[table.clone(), table.clone()]).unwrap();
        assert!(code.contains("pub fn deals(count: i64) -> String"), "{code}");
        // Arabic counts in six forms, and none may be left out.
        let two = table.clone();
        let all = [table.clone(), table.clone(), table.clone(), table, two];
        assert_eq!(functions("x", &all).unwrap_err(), "`deals` has no `zero`");
    }
}
