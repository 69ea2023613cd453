//! The tables of this slice; nothing else writes them.
mod audiences;
mod campaigns;
mod card;
mod contacts;
mod imports;
mod list;
mod row;
mod steps;

pub(super) use audiences::*;
pub(super) use campaigns::*;
pub(super) use card::*;
pub(super) use contacts::*;
pub(super) use imports::*;
pub(super) use list::*;
pub(super) use steps::*;

use base::Problem;

/// What is said of a cursor that no list of ours gave.
fn unknown_cursor() -> Problem {
    Problem::field("cursor", "unknown", "This is not a cursor that this list gave.")
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, Problem> {
    serde_json::to_string(value).map_err(Problem::internal)
}

fn of_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Problem> {
    serde_json::from_str(text).map_err(Problem::internal)
}
