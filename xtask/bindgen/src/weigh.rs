//! What each crate weighs in a WASM module: function bodies summed by the crate that wrote the function.

use std::{collections::BTreeMap, error::Error, fs};

use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// Prints a table of crates by the bytes of their functions, in the first module and in the others together, then of
/// the data.
///
/// A generic function counts for the crate that wrote it, not for the one that asked for its instance.
/// Fails when a module carries no names.
pub fn print(paths: &[&str]) -> Result<(), Box<dyn Error>> {
    let mut crates = BTreeMap::<String, Weight>::new();
    let mut data = Weight::default();
    for (place, path) in paths.iter().enumerate() {
        let bytes = fs::read(path)?;
        let module = Module::read(&bytes)?;
        if module.names.is_empty() && !module.bodies.is_empty() {
            return Err(format!("{path} carries no function names").into());
        }
        for (index, size) in module.bodies.iter().enumerate() {
            let name = module.names.get(&(module.imports + u32::try_from(index)?));
            let owner = name.map_or_else(|| "(glue)".to_owned(), |name| owner(name));
            crates.entry(owner).or_default().add(place, *size);
        }
        data.add(place, module.data);
    }
    let all: usize = crates.values().map(Weight::sum).sum();
    let mut rows: Vec<_> = crates.into_iter().collect();
    rows.sort_by_key(|(_, weight)| std::cmp::Reverse(weight.sum()));
    println!("| crate | functions | shell | areas | share of code |\n|---|---:|---:|---:|---:|");
    for (name, Weight { functions, shell, areas }) in rows {
        let share = (shell + areas) as f64 * 100.0 / all as f64;
        println!("| {name} | {functions} | {shell} | {areas} | {share:.1} % |");
    }
    println!("| (data) | | {} | {} | |", data.shell, data.areas);
    Ok(())
}

/// What a crate weighs, in bytes.
#[derive(Default)]
struct Weight {
    functions: usize,
    shell: usize,
    areas: usize,
}

impl Weight {
    fn add(&mut self, module: usize, size: usize) {
        self.functions += 1;
        *(if module == 0 { &mut self.shell } else { &mut self.areas }) += size;
    }

    fn sum(&self) -> usize {
        self.shell + self.areas
    }
}

/// The parts of a module that weighing needs.
#[derive(Default)]
struct Module<'a> {
    /// Number of imported functions: they come first in the index space and have no body.
    imports: u32,
    bodies: Vec<usize>,
    names: BTreeMap<u32, &'a str>,
    data: usize,
}

impl<'a> Module<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Box<dyn Error>> {
        let mut module = Self::default();
        for payload in Parser::new(0).parse_all(bytes) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        module.imports += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => module.bodies.push(body.range().len()),
                Payload::DataSection(section) => module.data = section.range().len(),
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(names) = section.as_known() {
                        module.read_names(names)?;
                    }
                }
                _ => {}
            }
        }
        Ok(module)
    }

    fn read_names(&mut self, names: wasmparser::NameSectionReader<'a>) -> Result<(), Box<dyn Error>> {
        for subsection in names {
            if let Name::Function(functions) = subsection? {
                for naming in functions {
                    let naming = naming?;
                    self.names.insert(naming.index, naming.name);
                }
            }
        }
        Ok(())
    }
}

/// The crate that wrote a function: the first crate named in its path, in `<Type as Trait>` the type's,
/// unless the type is built in or a parameter: then the trait's. Glue that no crate wrote has no path.
fn owner(mangled: &str) -> String {
    // wasm-opt numbers functions that had the same name.
    let trimmed = mangled.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_');
    let plain = [mangled, trimmed].into_iter().find_map(|name| rustc_demangle::try_demangle(name).ok());
    let Some(name) = plain.map(|name| format!("{name:#}")).filter(|name| name.contains("::")) else {
        return "(glue)".to_owned();
    };
    name.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .find(|word| is_path(word))
        .map_or_else(|| "(glue)".to_owned(), str::to_owned)
}

/// Whether a word can be a crate's name: they are lower case, and longer than a type's parameter.
fn is_path(word: &str) -> bool {
    const BUILT_IN: [&str; 25] = [
        "as", "mut", "const", "dyn", "for", "fn", "extern", "unsafe", "str", "bool", "char", "u8", "u16",
        "u32", "u64", "usize", "i8", "i16", "i32", "i64", "isize", "f32", "f64", "u128", "i128",
    ];
    word.starts_with(|c: char| c.is_lowercase() || c == '_') && word.len() > 1 && !BUILT_IN.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::owner;

    #[test]
    fn a_function_belongs_to_the_crate_that_wrote_it() {
        let write =
            "_RNvXsZ_NtCs5cOc02OMXlo_5alloc6stringNtB5_6StringNtNtCsgXGp5Oqx2Ny_4core3fmt5Write9write_str";
        assert_eq!(owner(write), "alloc");
        assert_eq!(owner(&format!("{write}_173")), "alloc");
        assert_eq!(owner("_ZN5deals6screen4list17h0123456789abcdefE"), "deals");
        assert_eq!(owner("__externref_table_alloc"), "(glue)");
    }
}
