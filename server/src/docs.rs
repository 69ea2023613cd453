//! The API's documentation for people, made from the OpenAPI document; our own page, no script.
use std::fmt::Write as _;
use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use serde_json::Value;

/// Serves the document.
pub(crate) fn json(
    document: Arc<Value>,
) -> impl Fn() -> std::future::Ready<Response> + Clone + Send + 'static {
    let text = document.to_string();
    move || {
        let kind: (HeaderName, HeaderValue) =
            (header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        std::future::ready(([kind], text.clone()).into_response())
    }
}

/// Serves the page.
pub(crate) fn page(
    document: &Value,
    css: String,
) -> impl Fn() -> std::future::Ready<Html<String>> + Clone + Send + 'static {
    let text = render(document, &css);
    move || std::future::ready(Html(text.clone()))
}

fn render(document: &Value, css: &str) -> String {
    let mut html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>Rialto API</title><link rel=\"icon\" href=\"/favicon.svg\">\
         <link rel=\"stylesheet\" href=\"{css}\"></head><body><main class=\"main docs\" id=\"main\"><h1>Rialto API</h1>\
         <p>{} Sign in by session cookie, or send <code>Authorization: Bearer rk_…</code>. \
         The machine-readable document is <a href=\"/api/openapi.json\">openapi.json</a> (OpenAPI 3.1).</p>",
        escape(text(&document["info"]["description"]))
    );
    for (path, operations) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in operations.as_object().into_iter().flatten() {
            call(&mut html, path, method, operation);
        }
    }
    html.push_str("<h2>Types</h2>");
    for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
        let _ = write!(
            html,
            "<details id=\"type-{name}\"><summary><code>{name}</code> {}</summary>{}</details>",
            escape(first_line(text(&schema["description"]))),
            fields(schema)
        );
    }
    html.push_str("</main></body></html>");
    html
}

fn call(html: &mut String, path: &str, method: &str, operation: &Value) {
    let _ = write!(
        html,
        "<details><summary><code>{} {}</code> {}</summary><p>{}</p>",
        method.to_uppercase(),
        escape(path),
        escape(text(&operation["summary"])),
        escape(text(&operation["description"]))
    );
    let parameters = operation["parameters"].as_array().map_or(&[][..], Vec::as_slice);
    if !parameters.is_empty() {
        html.push_str("<table><thead><tr><th>Parameter</th><th>In</th><th>Type</th></tr></thead><tbody>");
        for parameter in parameters {
            let _ = write!(
                html,
                "<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>",
                escape(text(&parameter["name"])),
                escape(text(&parameter["in"])),
                kind(&parameter["schema"])
            );
        }
        html.push_str("</tbody></table>");
    }
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    if body.is_object() {
        let _ = write!(html, "<h3>Body</h3>{}", fields(body));
    }
    for (status, response) in operation["responses"].as_object().into_iter().flatten() {
        if let Some(content) = response["content"].as_object()
            && status.starts_with('2')
        {
            let schema = content.values().next().map_or(&Value::Null, |content| &content["schema"]);
            let _ = write!(html, "<p>Answers <code>{status}</code> with {}.</p>", kind(schema));
        }
    }
    html.push_str("</details>");
}

fn fields(schema: &Value) -> String {
    let Some(properties) = schema["properties"].as_object() else {
        return format!("<p>{}</p>", kind(schema));
    };
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut html =
        String::from("<table><thead><tr><th>Field</th><th>Type</th><th>Meaning</th></tr></thead><tbody>");
    for (name, schema) in properties {
        let needed = if required.contains(&name.as_str()) { " (needed)" } else { "" };
        let _ = write!(
            html,
            "<tr><td><code>{}</code>{needed}</td><td>{}</td><td>{}</td></tr>",
            escape(name),
            kind(schema),
            escape(text(&schema["description"]))
        );
    }
    html.push_str("</tbody></table>");
    html
}

fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return format!("<a href=\"#type-{name}\"><code>{name}</code></a>");
    }
    let options = schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array());
    if let Some(options) = options {
        return options.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    if let Some(values) = schema["enum"].as_array() {
        return values
            .iter()
            .map(|value| format!("<code>{}</code>", escape(&value.to_string())))
            .collect::<Vec<_>>()
            .join(", ");
    }
    match &schema["type"] {
        Value::String(kind_name) if kind_name == "array" => format!("list of {}", kind(&schema["items"])),
        Value::String(kind_name) => match schema["format"].as_str() {
            Some(format) => format!("{kind_name} ({format})"),
            None => kind_name.clone(),
        },
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => schema["const"]
            .as_str()
            .map_or_else(|| "any".to_owned(), |value| format!("<code>{}</code>", escape(value))),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
