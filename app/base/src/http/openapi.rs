//! The OpenAPI 3.1 document, made from the same verbs that are mounted.
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::{Mounted, Perform};
use crate::ProblemDetails;

/// One operation of the document.
pub(super) struct Operation(Value);

impl Operation {
    pub(super) fn of<V: Perform>(schemas: &mut SchemaGenerator) -> Self {
        let asked: Value = V::json_schema(schemas).into();
        let answer = schemas.subschema_for::<V::Answer>();
        let problem = schemas.subschema_for::<ProblemDetails>();
        let description = asked.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
        let summary = description.split('\n').next().unwrap_or_default().trim_end_matches('.').to_owned();
        let required = required(&asked);
        let mut parameters = Vec::new();
        let mut body = Map::new();
        for (name, schema) in properties(&asked) {
            let in_path = V::PATH.contains(&format!("{{{name}}}"));
            if in_path || !V::METHOD.has_body() {
                parameters.push(json!({
                    "name": name,
                    "in": if in_path { "path" } else { "query" },
                    "required": in_path || required.contains(&name),
                    "schema": without_null(schema),
                }));
            } else {
                body.insert(name, schema);
            }
        }
        let body_required: Vec<_> = required.into_iter().filter(|name| body.contains_key(name)).collect();
        let problem = json!({ "content": { "application/problem+json": { "schema": problem } } });
        let with = |description: &str| {
            let mut response = problem.clone();
            response["description"] = json!(description);
            response
        };
        let success = if answer.as_value() == &json!({ "type": "null" }) {
            json!({ "204": { "description": "Done" } })
        } else {
            json!({ V::STATUS.to_string(): {
                "description": "Done",
                "content": { "application/json": { "schema": answer } }
            } })
        };
        let mut responses = success;
        for (status, text) in [
            ("400", "The request cannot be read"),
            ("401", "Nobody is signed in"),
            ("403", "The role may not"),
            ("404", "No such thing for this actor"),
            ("409", "A rule refuses"),
            ("412", "Changed meanwhile"),
            ("413", "Too large"),
            ("422", "Fields are wrong"),
            ("429", "Too many requests"),
            ("503", "Try again in a moment"),
        ] {
            responses[status] = with(text);
        }
        let mut operation = json!({
            "operationId": V::NAME,
            "summary": summary,
            "description": description,
            "tags": [V::PATH.split('/').nth(1).unwrap_or_default()],
            "parameters": parameters,
            "responses": responses,
        });
        if V::METHOD.has_body() {
            operation["requestBody"] = json!({
                "required": !body_required.is_empty(),
                "content": { "application/json": { "schema": {
                    "type": "object", "properties": body, "required": body_required,
                } } }
            });
        }
        if V::PUBLIC {
            operation["security"] = json!([]);
        }
        Self(operation)
    }
}

fn properties(schema: &Value) -> Vec<(String, Value)> {
    let fields = schema.get("properties").and_then(Value::as_object);
    fields.into_iter().flatten().map(|(name, schema)| (name.clone(), schema.clone())).collect()
}

fn required(schema: &Value) -> Vec<String> {
    let names = schema.get("required").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// A schema without null: a parameter is left out instead.
#[must_use]
pub fn without_null(mut schema: Value) -> Value {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [only] = types.as_slice() {
            schema["type"] = only.clone();
        }
    }
    if let Some(Value::Array(any)) = schema.get_mut("anyOf") {
        any.retain(|option| option.get("type") != Some(&json!("null")));
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    schema
}

/// The document for all verbs. `extra` adds paths that are not verbs: streams, uploads, downloads.
#[must_use]
pub fn document(verbs: &[Mounted], extra: Value) -> Value {
    let mut schemas = SchemaSettings::draft2020_12()
        .with(|s| s.definitions_path = "/components/schemas".into())
        .into_generator();
    let mut paths = Map::new();
    for verb in verbs {
        let Operation(operation) = (verb.operation)(&mut schemas);
        let path = paths.entry(format!("/api/v1{}", verb.path)).or_insert_with(|| json!({}));
        path[verb.method.as_str().to_ascii_lowercase()] = operation;
    }
    if let Value::Object(extra) = extra {
        for (path, operations) in extra {
            let known = paths.entry(path).or_insert_with(|| json!({}));
            if let (Value::Object(known), Value::Object(operations)) = (known, operations) {
                known.extend(operations);
            }
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Rialto",
            "version": "1",
            "description": "One API under the partner portal and the vendor console.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" }
        },
        "servers": [{ "url": "/" }],
        "security": [{ "session": [] }, { "key": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas.take_definitions(true),
            "securitySchemes": {
                "session": { "type": "apiKey", "in": "cookie", "name": "rialto_session" },
                "key": { "type": "http", "scheme": "bearer" }
            }
        }
    })
}

/// The schema of one type with its definitions inside, for tests.
#[must_use]
pub fn schema_of<T: JsonSchema>() -> Value {
    schemars::schema_for!(T).into()
}
