//! What wears a brand outside of its pages: the dressing of a page that goes over to it, mails, paper.
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Extension, Json, Router};
use base::db::Tx;
use base::http::problem_response;
use base::{Actor, BrandId, Parts, Problem};
use kit::letter::{Face, Ink, Kept, LetterFace};
use kit::{BrandFace, Dressing, PageIcons, Voice};
use palette::{Palette, Rgb, Token, Tokens};
use programs::{Brand, Do};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{plain, store};
use crate::model::Theme;
use crate::pictures::PictureUse;

/// A page that goes over to another brand asks for its style here.
const PATH: &str = "/api/v1/brands/{id}/face";

/// `GET /api/v1/brands/{id}/face`.
pub fn routes() -> Router<Parts> {
    Router::new().route(PATH, get(send))
}

#[derive(Deserialize)]
struct Asked {
    version: Option<u32>,
}

async fn send(
    State(parts): State<Parts>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Response<Body> {
    let asked = match asked {
        Ok(Query(asked)) => asked,
        Err(rejection) => return problem_response(&Problem::Malformed { detail: rejection.body_text() }),
    };
    let (dressing, number) = match found(&parts, &actor, &id, asked.version).await {
        Ok(found) => found,
        Err(problem) => return problem_response(&problem),
    };
    let tag = format!("\"{number}\"");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let same = known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag);
    let mut response =
        if same { StatusCode::NOT_MODIFIED.into_response() } else { Json(dressing).into_response() };
    let set = response.headers_mut();
    // A version that was named is never another one later.
    let keep =
        if asked.version.is_some() { "private, max-age=31536000, immutable" } else { "private, no-cache" };
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        set.insert(header::ETAG, tag);
    }
    response
}

/// What a brand that the actor works with wears, and the number of its theme; 0 for a brand without a theme.
async fn found(
    parts: &Parts,
    actor: &Actor,
    id: &str,
    version: Option<u32>,
) -> Result<(Dressing, u32), Problem> {
    Do::Read.by(actor)?;
    let id: BrandId = id.parse().map_err(|_| Problem::NotFound)?;
    let mut tx = parts.db().read().await?;
    let brand = programs::server::brand_in(&mut tx, id, actor.scope()).await?.ok_or(Problem::NotFound)?;
    match (store::style(&mut tx, brand.id, version).await?, version) {
        (Some((css, number, theme)), _) => Ok((dressing(css, &theme, &brand), number)),
        (None, Some(_)) => Err(Problem::NotFound),
        (None, None) => {
            Ok((dressing(kit::hue_alone(brand.hue, chroma_milli(&brand)), &plain(&brand), &brand), 0))
        }
    }
}

fn dressing(css: String, theme: &Theme, brand: &Brand) -> Dressing {
    let icons = crate::icons::icons(theme, brand.id, pictures::initial(&brand.name));
    let (favicon, kind) = icons.favicon;
    Dressing {
        css,
        face: BrandFace::of(&brand.name, &theme.voice),
        emblem: theme.emblem(),
        icons: PageIcons { favicon, kind: kind.to_owned(), touch: icons.touch, manifest: icons.manifest },
        words: theme.voice.words.clone(),
    }
}

fn chroma_milli(brand: &Brand) -> u16 {
    (brand.chroma * 1000.0).round().clamp(0.0, 1000.0) as u16
}

/// What [`routes`] adds to the OpenAPI document.
#[must_use]
pub fn openapi() -> Value {
    let problem = |text: &str| {
        let schema = json!({ "$ref": "#/components/schemas/ProblemDetails" });
        json!({ "description": text, "content": { "application/problem+json": { "schema": schema } } })
    };
    json!({ PATH: { "get": {
        "operationId": "GetBrandFace",
        "summary": "What pages of a brand wear",
        "description": "Style, pictures and words, as pages of the brand carry them. With `version` those of that published \
            theme, which never change; without it what is worn now.",
        "tags": ["themes"],
        "parameters": [
            { "name": "id", "in": "path", "required": true,
              "schema": { "type": "string", "pattern": "^brand_[0-7][0-9a-hjkmnp-tv-z]{25}$" } },
            { "name": "version", "in": "query", "required": false,
              "description": "Number of a published theme.",
              "schema": { "type": "integer", "format": "uint32", "minimum": 1 } }
        ],
        "responses": {
            "200": { "description": "What is worn", "content": { "application/json": { "schema": {
                "type": "object",
                "properties": { "css": { "type": "string" }, "face": { "type": "object" }, "emblem": { "type": "object" },
                    "icons": { "type": "object" }, "words": { "type": "object" } },
                "required": ["css", "face", "emblem", "icons", "words"] } } } },
            "304": { "description": "It is the one that is known" },
            "401": problem("Nobody is signed in"),
            "403": problem("The role may not"),
            "404": problem("No such brand for this actor, or no such version"),
            "503": problem("Try again in a moment")
        }
    } } })
}

/// What mails of a brand wear and say, and whom they come from; those of no brand are the installation's own.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn letter_face(tx: &mut Tx, parts: &Parts, brand: Option<BrandId>) -> Result<Face, Problem> {
    let brand = match brand {
        Some(id) => programs::server::brand(tx, id).await?,
        None => None,
    };
    let Some(brand) = brand else { return Ok(Face::house("Rialto")) };
    let (worn, voice) = match store::current(tx, brand.id).await? {
        Some(version) => {
            let palette = Palette::of(&version.theme.seed());
            let (light, dark) = (ink(&palette.light), ink(&palette.dark));
            let logo = version.theme.picture(PictureUse::Logo);
            let logo = logo.map(|logo| {
                format!("{}{}", parts.settings().base_url, logo.address(PictureUse::Logo.form()))
            });
            (LetterFace { name: brand.name.clone(), logo, light, dark }, version.theme.voice)
        }
        None => {
            let worn = LetterFace::of_hue(&brand.name, i64::from(brand.hue), i64::from(chroma_milli(&brand)));
            (worn, Voice::SILENT)
        }
    };
    let voice = serde_json::to_string(&voice).map_err(Problem::internal)?;
    let kept = Kept { sender_name: brand.sender_name, sender_email: brand.sender_email, voice: Some(voice) };
    Ok(Face::of_brand(worn, kept))
}

fn ink(tokens: &Tokens) -> Ink {
    let colour = |token: Token| tokens[token].to_string();
    Ink {
        ground: colour(Token::Surface),
        text: colour(Token::Text),
        muted: colour(Token::Muted),
        line: colour(Token::Line),
        accent: colour(Token::Accent),
        on_accent: colour(Token::OnAccent),
        link: colour(Token::AccentText),
    }
}

/// What paper of a brand wears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperFace {
    pub name: String,
    /// Words in it can be read on white.
    pub colour: Rgb,
}

/// What paper of a brand wears; nothing for a brand that is not there.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn paper_face(tx: &mut Tx, brand: BrandId) -> Result<Option<PaperFace>, Problem> {
    let Some(brand) = programs::server::brand(tx, brand).await? else { return Ok(None) };
    let theme = store::current(tx, brand.id).await?.map_or_else(|| plain(&brand), |version| version.theme);
    let colour = Palette::of(&theme.seed()).light[Token::AccentText];
    Ok(Some(PaperFace { name: brand.name, colour }))
}
