//! Makes a request for every operation of the OpenAPI document: required fields, and any one id that is wanted.
use std::collections::BTreeMap;

use axum::http::Method;
use serde_json::{Map, Value, json};

/// Fields that are texts in the schema and name a record all the same.
const NAMES: [(&str, &str); 4] =
    [("product", "prod"), ("subject", "deal"), ("program", "prog"), ("last_event_id", "evt")];

/// Ids by what they start with.
pub(crate) type Ids = BTreeMap<String, Vec<String>>;

/// One operation of the document.
pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) public: bool,
    /// Whether the body is a form with a file in it.
    pub(crate) is_form: bool,
    /// Whether the answer does not end.
    pub(crate) is_stream: bool,
    parameters: Vec<Value>,
    body: Option<Value>,
}

/// Where an operation names a record.
#[derive(Clone, Debug)]
pub(crate) struct IdField {
    /// `/path/id`, `/query/partner`, `/body/products/0/product`.
    pub(crate) at: String,
    pub(crate) prefix: String,
}

/// A request, ready to be sent.
pub(crate) struct Made {
    pub(crate) path: String,
    pub(crate) body: Value,
}

/// The document with its operations.
pub(crate) struct Api {
    schemas: Map<String, Value>,
    pub(crate) operations: Vec<Operation>,
}

impl Api {
    pub(crate) fn read() -> Self {
        let document = base::http::openapi::document(&app::verbs(), app::extra_paths());
        let mut operations = Vec::new();
        for (path, methods) in document["paths"].as_object().expect("paths") {
            for (method, operation) in methods.as_object().expect("operations") {
                let name = operation["operationId"].as_str().expect("an operation has a name").to_owned();
                operations.push(Operation::read(name, path, method, operation));
            }
        }
        let schemas = document["components"]["schemas"].as_object().expect("schemas").clone();
        Self { schemas, operations }
    }

    /// All places in which an operation names a record.
    pub(crate) fn id_fields(&self, operation: &Operation) -> Vec<IdField> {
        let mut found = Vec::new();
        for parameter in &operation.parameters {
            let (name, place) = (text(parameter, "name"), text(parameter, "in"));
            self.find_ids(&parameter["schema"], name, &format!("/{place}/{name}"), 0, &mut found);
        }
        if let Some(body) = &operation.body {
            self.find_ids(body, "", "/body", 0, &mut found);
        }
        found
    }

    fn find_ids(&self, schema: &Value, name: &str, at: &str, depth: usize, found: &mut Vec<IdField>) {
        let schema = self.resolved(schema);
        if let Some(prefix) = prefix(schema, name) {
            found.push(IdField { at: at.to_owned(), prefix });
        }
        if depth > 6 {
            return;
        }
        if let Some(fields) = schema["properties"].as_object() {
            for (field, schema) in fields {
                self.find_ids(schema, field, &format!("{at}/{field}"), depth + 1, found);
            }
        }
        if schema.get("items").is_some() {
            self.find_ids(&schema["items"], name, &format!("{at}/0"), depth + 1, found);
        }
    }

    /// The least request with ids of `own`; where `swap` points, its id instead.
    pub(crate) fn make(&self, operation: &Operation, own: &Ids, swap: Option<(&str, &str)>) -> Made {
        let forge = Forge { api: self, own, swap };
        let mut path = operation.path.clone();
        let mut query = Vec::new();
        for parameter in &operation.parameters {
            let (name, place) = (text(parameter, "name"), text(parameter, "in"));
            let at = format!("/{place}/{name}");
            if place == "header" || !(parameter["required"] == json!(true) || forge.leads_to(&at)) {
                continue;
            }
            let value = match forge.value(&parameter["schema"], name, &at) {
                Value::String(text) => text,
                other => other.to_string(),
            };
            match place {
                "path" => path = path.replace(&format!("{{{name}}}"), &base::escape(&value)),
                _ => query.push(format!("{name}={}", base::escape(&value))),
            }
        }
        if !query.is_empty() {
            path = format!("{path}?{}", query.join("&"));
        }
        let body = operation.body.as_ref().map_or(Value::Null, |body| forge.value(body, "", "/body"));
        Made { path, body }
    }

    /// Follows references and takes the first choice that is not null.
    fn resolved<'a>(&'a self, mut schema: &'a Value) -> &'a Value {
        loop {
            let choice = ["anyOf", "oneOf", "allOf"].into_iter().find_map(|key| schema[key].as_array());
            if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
                schema = &self.schemas[name];
            } else if let Some(choice) = choice
                && schema.get("properties").is_none()
            {
                schema =
                    choice.iter().find(|option| option["type"] != "null").expect("a choice that is not null");
            } else {
                return schema;
            }
        }
    }
}

impl Operation {
    fn read(name: String, path: &str, method: &str, operation: &Value) -> Self {
        let mut parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        if path.starts_with("/api/v1/imports/{id}") {
            for parameter in parameters.iter_mut().filter(|parameter| parameter["name"] == "id") {
                parameter["schema"]["pattern"] = json!("^imp_[0-7]");
            }
        }
        let bodies = &operation["requestBody"]["content"];
        let form = bodies.get("multipart/form-data");
        Self {
            name,
            method: method.to_uppercase().parse().expect("a method"),
            path: path.to_owned(),
            public: operation["security"] == json!([]),
            is_form: form.is_some(),
            is_stream: operation["responses"]["200"]["content"].get("text/event-stream").is_some(),
            parameters,
            body: bodies.get("application/json").or(form).map(|body| body["schema"].clone()),
        }
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// What an id of this field starts with, if it is one.
fn prefix(schema: &Value, name: &str) -> Option<String> {
    let pattern = text(schema, "pattern");
    if let Some((prefix, _)) = pattern.strip_prefix('^').and_then(|rest| rest.split_once("_[0-7]")) {
        return Some(prefix.to_owned());
    }
    let plain = kind(schema) == "string" && pattern.is_empty() && schema.get("enum").is_none();
    NAMES.iter().find(|(known, _)| plain && *known == name).map(|(_, prefix)| (*prefix).to_owned())
}

fn kind(schema: &Value) -> &str {
    match &schema["type"] {
        Value::String(kind) => kind,
        Value::Array(kinds) => {
            kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or("null")
        }
        _ => "",
    }
}

struct Forge<'a> {
    api: &'a Api,
    own: &'a Ids,
    swap: Option<(&'a str, &'a str)>,
}

impl Forge<'_> {
    fn leads_to(&self, at: &str) -> bool {
        self.swap
            .is_some_and(|(to, _)| to == at || to.strip_prefix(at).is_some_and(|rest| rest.starts_with('/')))
    }

    fn value(&self, schema: &Value, name: &str, at: &str) -> Value {
        let schema = self.api.resolved(schema);
        if let Some((to, id)) = self.swap
            && to == at
        {
            return json!(id);
        }
        if let Some(prefix) = prefix(schema, name) {
            let named = self.own.get(name).or_else(|| self.own.get(&prefix)).and_then(|ids| ids.first());
            return json!(named.cloned().unwrap_or_else(|| format!("{prefix}_01h455vb4pex5vsknk084sn02q")));
        }
        if let Some(only) = schema.get("const") {
            return only.clone();
        }
        if let Some(values) = schema["enum"].as_array() {
            return values.first().cloned().unwrap_or_default();
        }
        match kind(schema) {
            "integer" => json!(schema["minimum"].as_i64().unwrap_or(1).max(1)),
            "number" => json!(0.1),
            "boolean" => json!(true),
            "array" => json!([self.value(&schema["items"], name, &format!("{at}/0"))]),
            "string" => json!(word(schema, name)),
            _ => self.object(schema, at),
        }
    }

    fn object(&self, schema: &Value, at: &str) -> Value {
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let fields = schema["properties"].as_object().cloned().unwrap_or_default();
        let wanted = fields.iter().filter_map(|(name, schema)| {
            let at = format!("{at}/{name}");
            (required.contains(&json!(name)) || USUAL.contains(&name.as_str()) || self.leads_to(&at))
                .then(|| (name.clone(), self.value(schema, name, &at)))
        });
        Value::Object(wanted.collect())
    }
}

/// Fields that the schema lets one leave out, and the rules do not.
const USUAL: [&str; 5] = ["name", "note", "text", "fields", "currency"];

fn word(schema: &Value, name: &str) -> &'static str {
    match (text(schema, "format"), name) {
        ("date-time", "at") => "2027-03-31T09:00:00Z",
        // Somebody agreed on it: not ahead.
        ("date", "on") => "2026-10-01",
        ("date", _) => "2027-03-31",
        ("date-time", _) => "2026-11-02T09:00:00Z",
        (_, "email" | "address") => "plain@plain.example",
        (_, "password" | "new_password") => "plain-Words-1",
        (_, "currency") => "USD",
        (_, "country") => "DE",
        (_, "time_zone") => "Europe/Berlin",
        (_, "slug") => "plain",
        (_, "website" | "url") => "https://plain.example",
        (_, "host") => "portal.plain.example",
        (_, "fields") => "value",
        (_, "target") => "40",
        (_, "send_on") => "2027-03-31T09:00",
        (_, "asset") => "email-1",
        (_, "language") => "en",
        (_, "month") => "2026-01",
        (_, "per_euro") => "1.25",
        (_, "colour" | "accent") => "#2563eb",
        (_, "picture") => "0000000000000000000000000000000000000000000000000000000000000000",
        (_, "toml") => "protection_days = 30",
        // The one file that is asked for holds customers, the first kind.
        (_, "file") => "name,country\nPlain Company,DE\n",
        _ => "Plain words",
    }
}
