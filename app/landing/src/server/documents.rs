//! What the API's document says of routes that are not verbs.
use serde_json::{Value, json};

use super::download::PATH;

/// What [`super::routes`] adds to the OpenAPI document.
#[must_use]
pub fn openapi() -> Value {
    let problem = |text: &str| {
        let schema = json!({ "$ref": "#/components/schemas/ProblemDetails" });
        json!({ "description": text, "content": { "application/problem+json": { "schema": schema } } })
    };
    let bytes = json!({ "schema": { "type": "string", "format": "binary" } });
    json!({ PATH: { "get": {
        "operationId": "GetCampaignFile",
        "summary": "A file of a campaign's piece",
        "description": "What the partner takes along, in the brand's face and with the partner's card. Of a banner \
            `banner-300x250.png`, `banner-728x90.png`, `banner-160x600.png`, `banner-1200x628.png`; of a post `post.png`, \
            `post.txt`; of a paper `one-pager.pdf`; of an invitation `event.ics`; of a landing page `qr.svg`, which leads to \
            it. Partners take files when the campaign may go out.",
        "tags": ["campaigns"],
        "parameters": [
            { "name": "id", "in": "path", "required": true,
              "schema": { "type": "string", "pattern": "^cmp_[0-7][0-9a-hjkmnp-tv-z]{25}$" } },
            { "name": "key", "in": "path", "required": true, "description": "The key of the piece in its kit.",
              "schema": { "type": "string", "pattern": "^[a-z0-9-]{1,40}$" } },
            { "name": "file", "in": "path", "required": true, "schema": { "type": "string", "pattern": "^[a-z0-9.-]{1,40}$" } }
        ],
        "responses": {
            "200": { "description": "The file", "content": {
                "image/png": bytes, "image/svg+xml": bytes, "application/pdf": bytes,
                "text/calendar": { "schema": { "type": "string" } },
                "text/plain": { "schema": { "type": "string" } } } },
            "401": problem("Nobody is signed in"),
            "403": problem("The role may not"),
            "404": problem("No such campaign for this actor, no such piece, or no such file of it"),
            "409": problem("The campaign may not go out, yet or any more"),
            "503": problem("Try again in a moment")
        }
    } } })
}
