//! The OpenAPI document: kept as a snapshot, complete, and without double names.
use std::collections::BTreeSet;

use serde_json::Value;

use crate::access::golden;

fn document() -> Value {
    base::http::openapi::document(&app::verbs(), app::extra_paths())
}

fn operations(document: &Value) -> Vec<(String, Value)> {
    let paths = document["paths"].as_object().expect("paths");
    paths
        .iter()
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().expect("operations");
            methods.iter().map(move |(method, operation)| (format!("{method} {path}"), operation.clone()))
        })
        .collect()
}

#[test]
fn the_contract_is_what_was_reviewed() {
    golden("openapi.json", &format!("{}\n", serde_json::to_string_pretty(&document()).expect("JSON")));
}

#[test]
fn every_operation_says_what_it_does_under_a_name_of_its_own() {
    let document = document();
    let mut names = BTreeSet::new();
    for (at, operation) in operations(&document) {
        let summary = operation["summary"].as_str().unwrap_or_default();
        assert!(summary.len() > 5, "{at} says what it does");
        let name = operation["operationId"].as_str().unwrap_or_default();
        assert!(
            !name.is_empty() && names.insert(name.to_owned()),
            "{at} has the name {name}, which is taken"
        );
        assert!(
            operation["responses"].as_object().is_some_and(|answers| !answers.is_empty()),
            "{at} answers"
        );
    }
}

#[test]
fn every_parameter_of_a_path_is_described_and_every_reference_leads_somewhere() {
    let document = document();
    for (at, operation) in operations(&document) {
        let described = |name: &str| {
            let all = operation["parameters"].as_array();
            all.is_some_and(|all| all.iter().any(|one| one["name"] == name && one["in"] == "path"))
        };
        for name in at.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
            assert!(described(name), "{at} describes {name}");
        }
    }
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    let text = document.to_string();
    for name in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(schemas.contains_key(name), "{name} is described");
    }
}

#[test]
fn every_verb_is_mounted_once() {
    let mut seen = BTreeSet::new();
    for verb in app::verbs() {
        assert!(
            seen.insert((verb.method.as_str(), verb.path)),
            "{} {} is mounted twice",
            verb.method.as_str(),
            verb.path
        );
    }
}
