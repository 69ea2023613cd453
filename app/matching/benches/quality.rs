//! How well companies are told apart, on data that nobody here made: `cargo bench -p matching --bench quality [-- 1000000]`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a report for people; without its data there is none"
)]

#[path = "quality/mixed.rs"]
mod mixed;
#[path = "quality/restaurants.rs"]
mod restaurants;
#[path = "../tests/synthetic/mod.rs"]
mod synthetic;

use std::path::{Path, PathBuf};
use std::process::Command;

/// Records of the mixed set when nothing is asked.
const RECORDS: usize = 100_000;

fn main() {
    let count = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(RECORDS);
    let folder = data();
    restaurants::report(&folder);
    mixed::report(&folder, count);
}

/// The folder with the data, fetched when it is not there yet.
fn data() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| here.join("../../target"), PathBuf::from)
        .join("quality");
    if !folder.join("names.csv").exists() || !folder.join("matches.csv").exists() {
        let fetched = Command::new("python3").arg(here.join("benches/fetch.py")).arg(&folder).status();
        assert!(fetched.is_ok_and(|status| status.success()), "the data cannot be fetched");
    }
    folder
}

/// Rows of a CSV file as the values of these columns.
fn rows<const N: usize>(path: &Path, columns: [&str; N]) -> Vec<[String; N]> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let places = columns.map(|column| header.iter().position(|name| name == column).unwrap());
    let row = |record: csv::StringRecord| {
        places.map(|place| record.get(place).unwrap_or_default().trim().to_owned())
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}
