//! What the routes that are not verbs add to the API's document.
use serde_json::{Value, json};

use super::{import, logo, preview};

fn problem(text: &str) -> Value {
    let schema = json!({ "$ref": "#/components/schemas/ProblemDetails" });
    json!({ "description": text, "content": { "application/problem+json": { "schema": schema } } })
}

fn responses(good: (&str, Value), extra: &[(&str, &str)]) -> Value {
    let mut all = json!({
        "401": problem("Nobody is signed in"),
        "403": problem("The role may not"),
        "404": problem("No such record for this actor"),
        "429": problem("Too many requests"),
        "503": problem("Try again in a moment")
    });
    all[good.0] = good.1;
    for (status, text) in extra {
        all[*status] = problem(text);
    }
    all
}

fn id(prefix: &str) -> Value {
    let pattern = format!("^{prefix}_[0-7][0-9a-hjkmnp-tv-z]{{25}}$");
    json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string", "pattern": pattern } })
}

/// What [`super::routes`] adds to the OpenAPI document.
#[must_use]
pub fn openapi() -> Value {
    let file = |about: &str| json!({ "type": "string", "contentMediaType": "application/octet-stream", "description": about });
    let text = |about: &str| json!({ "type": "string", "description": about });
    let of = |schema: &str| json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{schema}") } } });
    let logo_schema = json!({
        "type": "object",
        "required": ["hash", "address", "width", "height"],
        "properties": { "hash": { "type": "string" }, "address": { "type": "string" },
            "width": { "type": "integer" }, "height": { "type": "integer" } }
    });
    json!({
        logo::PATH: { "post": {
            "operationId": logo::NAME,
            "summary": "Uploads the partner's logo",
            "description": "It is told apart by its content, measured, and drawn anew; nothing of the file itself is kept. The card \
                wears it by its `hash`. The same logo again is the same logo.",
            "tags": ["partner-card"],
            "requestBody": { "required": true, "content": { "multipart/form-data": { "schema": {
                "type": "object", "required": ["file"],
                "properties": { "file": file("PNG, JPEG, WebP or SVG: at most 2 MB, 8,000 pixels a side and 16 million pixels.") }
            } } } },
            "responses": responses(
                ("201", json!({ "description": "Kept", "content": { "application/json": { "schema": logo_schema } } })),
                &[("400", "The request cannot be read"), ("409", "A rule refuses"), ("413", "Too large"), ("422", "The file is wrong")])
        } },
        import::PATH: { "post": {
            "operationId": "ImportAudience",
            "summary": "Brings people into an audience from a file",
            "description": "Each row is taken or kept with its reason. Without a word about consent, of the file as a whole or by \
                column, nobody is taken. With `look` nothing is kept: the answer says what would become of the file.",
            "tags": ["audiences"],
            "parameters": [id("aud")],
            "requestBody": { "required": true, "content": { "multipart/form-data": { "schema": {
                "type": "object", "required": ["file"],
                "properties": {
                    "file": file("CSV or XLSX: at most 20 MB and 100,000 rows."),
                    "mapping": text("JSON: headings by field, `{\"email\": \"E-mail\"}`. Guessed when it is left out."),
                    "look": json!({ "type": "boolean" }),
                    "wording": text("What the people of the file agreed to."),
                    "source": text("How they agreed: `form`, `event`, `customer`, `paper`, `spoken` or `other`."),
                    "on": text("The day on which they agreed."),
                    "opt_in": text("`single`, `pending` or `confirmed`.")
                }
            } } } },
            "responses": responses(
                ("200", json!({ "description": "What became of the file", "content": of("AudienceImport") })),
                &[("400", "The request cannot be read"), ("413", "Too large"), ("422", "The file or a field is wrong")])
        } },
        import::REJECTED: { "get": {
            "operationId": "GetRejectedRows",
            "summary": "The rows of a file that were not taken",
            "description": "As they stood in the file, each with its line and its reason.",
            "tags": ["audiences"],
            "parameters": [
                id("aud"),
                { "name": "number", "in": "path", "required": true, "schema": { "type": "integer", "format": "uint32", "minimum": 1 } }
            ],
            "responses": responses(
                ("200", json!({ "description": "The rows", "content": { "text/csv": { "schema": { "type": "string" } } } })), &[])
        } },
        preview::PATH: { "get": {
            "operationId": "ShowCampaignPreview",
            "summary": "One piece of a campaign as a document",
            "description": "As it would go out, light or dark whatever the device prefers, to be shown in a frame.",
            "tags": ["campaigns"],
            "parameters": [
                id("cmp"),
                { "name": "asset", "in": "query", "required": true, "description": "Key of the piece.",
                  "schema": { "type": "string", "maxLength": 40 } },
                { "name": "dark", "in": "query", "required": false, "description": "On a dark ground.", "schema": { "type": "boolean" } }
            ],
            "responses": responses(
                ("200", json!({ "description": "What is drawn", "content": { "text/html": { "schema": { "type": "string" } } } })),
                &[("400", "The request cannot be read")])
        } }
    })
}
