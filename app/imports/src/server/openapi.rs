//! What the routes of files add to the OpenAPI document.
use serde_json::{Value, json};
use sheets::Format;

use super::upload::NAME;
use crate::model::Kind;

/// The paths of [`super::routes`] for the OpenAPI document.
#[must_use]
pub fn openapi() -> Value {
    let problem = |text: &str| {
        let schema = json!({ "$ref": "#/components/schemas/ProblemDetails" });
        json!({ "description": text, "content": { "application/problem+json": { "schema": schema } } })
    };
    let import = json!({ "$ref": "#/components/schemas/Import" });
    json!({
        "/api/v1/imports": { "post": {
            "operationId": NAME,
            "summary": "Starts importing a file",
            "description": "Starts importing a CSV file or an Excel workbook in the background. Rows are taken in batch by batch; follow \
                them with GetImport. The same file again changes nothing.",
            "tags": ["imports"],
            "requestBody": { "required": true, "content": { "multipart/form-data": { "schema": {
                "type": "object",
                "required": ["kind", "file"],
                "properties": {
                    "kind": { "type": "string", "enum": Kind::ALL.map(Kind::as_str) },
                    "program": { "type": "string", "description": "Where rows belong to. Left out: the program of the session, else the vendor's first." },
                    "mapping": { "type": "string", "contentMediaType": "application/json",
                        "description": "Headings by field, where they are not recognised: {\"name\": \"Firma\"}." },
                    "submit": { "type": "boolean", "description": "For registrations: whether rows that do not say so themselves are submitted once they came in. One that cannot be stays a draft, and the report says why." },
                    "file": { "type": "string", "contentMediaType": "text/csv", "description": "CSV, or the first sheet of a workbook (.xlsx): at most 20 MB and 500,000 rows." }
                }
            } } } },
            "responses": {
                "201": { "description": "Queued", "content": { "application/json": { "schema": import } } },
                "400": problem("The request cannot be read"),
                "401": problem("Nobody is signed in"),
                "403": problem("The role may not"),
                "409": problem("A rule refuses"),
                "413": problem("Too large"),
                "422": problem("The file or a field is wrong"),
                "429": problem("Too many requests"),
                "503": problem("Try again in a moment")
            }
        } },
        "/api/v1/imports/{id}/report": { "get": {
            "operationId": "GetImportReport",
            "summary": "Downloads the report of an import",
            "description": "Rejected rows with their reasons beside their own columns, ready to be mended and imported \
                again; then what was corrected.",
            "tags": ["imports"],
            "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
            "responses": {
                "200": { "description": "The report, in the kind of file that was sent", "content": file() },
                "401": problem("Nobody is signed in"),
                "403": problem("The role may not"),
                "404": problem("No such import for this actor"),
                "429": problem("Too many requests")
            }
        } },
        "/api/v1/imports/templates/{kind}": { "get": {
            "operationId": "GetImportTemplate",
            "summary": "Downloads an empty table with the headings of a kind",
            "description": "A workbook with one column for each field of the kind, to be filled and imported.",
            "tags": ["imports"],
            "parameters": [{ "name": "kind", "in": "path", "required": true,
                "schema": { "type": "string", "enum": Kind::ALL.map(Kind::as_str) } }],
            "responses": {
                "200": { "description": "The workbook", "content": workbook() },
                "401": problem("Nobody is signed in"),
                "403": problem("The role may not"),
                "404": problem("No such kind"),
                "429": problem("Too many requests")
            }
        } }
    })
}

fn workbook() -> Value {
    let media = Format::Xlsx.media_type();
    json!({ media: { "schema": { "type": "string", "contentMediaType": media } } })
}

fn file() -> Value {
    let mut both = workbook();
    both["text/csv"] = json!({ "schema": { "type": "string" } });
    both
}
