//! Hands pictures out to everybody: forms of uploaded ones by their hash, monograms by letter and colour, and what a device
//! is told when a brand's portal is put on its start screen. Every address of a picture says all about it, so that nothing
//! is looked up and browsers never ask again.
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, Response, header};
use axum::response::IntoResponse;
use axum::routing::get;
use base::files::Files;
use base::http::problem_response;
use base::{Actor, BrandId, Parts, Problem};
use pictures::{Colour, Icon, Use};
use serde_json::json;
use tokio::sync::Semaphore;

use super::pictures::{at, place};
use super::worn;
use crate::icons::{self, Icons};
use crate::pictures::PictureHash;
use crate::rules;

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const FOR_A_WHILE: &str = "public, max-age=600";
/// Nothing in what is handed out may run or load, even when it is opened by itself.
const POLICY: &str = "default-src 'none'; sandbox";

/// `GET /media/{name}/{form}` and `GET /brands/{id}/site.webmanifest`: for everybody, signed in or not.
pub fn media_routes() -> Router<Parts> {
    Router::new()
        .route("/media/{name}/{form}", get(send))
        .route("/brands/{id}/site.webmanifest", get(manifest))
}

async fn send(State(parts): State<Parts>, Path((name, form)): Path<(String, String)>) -> Response<Body> {
    match found(&parts, &name, &form).await {
        Ok((media, bytes)) => handed_out(media, FOR_EVER, bytes),
        Err(problem) => problem_response(&problem),
    }
}

fn handed_out(media: &'static str, cache: &'static str, bytes: Vec<u8>) -> Response<Body> {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    // Mails are read on pages of others.
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    response
}

async fn found(parts: &Parts, name: &str, form: &str) -> Result<(&'static str, Vec<u8>), Problem> {
    if let Ok(hash) = name.parse::<PictureHash>() {
        return of_picture(parts, &hash, form).await;
    }
    let (letter, colour) = letter_and_colour(name).ok_or(Problem::NotFound)?;
    of_letter(letter, colour, form).await
}

async fn of_picture(
    parts: &Parts,
    hash: &PictureHash,
    form: &str,
) -> Result<(&'static str, Vec<u8>), Problem> {
    let files = parts.files()?;
    if let Some(known) = Use::ALL.into_iter().flat_map(Use::names).find(|known| *known == form) {
        let media = if known.ends_with(".jpg") { "image/jpeg" } else { "image/png" };
        return Ok((media, read(&files, hash, known).await?));
    }
    let (icon, colour) =
        form.strip_suffix(".png").and_then(|form| form.split_once('-')).ok_or(Problem::NotFound)?;
    let icon = Icon::ALL.into_iter().find(|one| one.as_str() == icon).ok_or(Problem::NotFound)?;
    let colour = colour_of(colour).ok_or(Problem::NotFound)?;
    let mark = read(&files, hash, "512.png").await?;
    let drawn = at_an_easel(move || pictures::on_ground(&mark, colour, icon)).await?;
    Ok(("image/png", drawn.map_err(Problem::internal)?))
}

async fn read(files: &Files, hash: &PictureHash, form: &str) -> Result<Vec<u8>, Problem> {
    files.get(&place(hash.as_str(), form)).await?.ok_or(Problem::NotFound)
}

/// Icons that are drawn at once for whoever asks: apart from uploads, which must not wait for strangers.
static EASELS: Semaphore = Semaphore::const_new(2);
/// How long somebody waits for one.
const PATIENCE: Duration = Duration::from_secs(5);

async fn at_an_easel<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    tokio::time::timeout(PATIENCE, at(&EASELS, work)).await.map_err(|_| Problem::Unavailable)?
}

async fn of_letter(
    letter: Option<char>,
    colour: Colour,
    form: &str,
) -> Result<(&'static str, Vec<u8>), Problem> {
    let shape = match form {
        "icon.svg" => return Ok(("image/svg+xml", pictures::monogram(letter, colour).into_bytes())),
        "touch.png" => Ok(Icon::Touch),
        "maskable.png" => Ok(Icon::Maskable),
        "32.png" => Err(32),
        "192.png" => Err(192),
        "512.png" => Err(512),
        _ => return Err(Problem::NotFound),
    };
    let drawn = at_an_easel(move || pictures::monogram_icon(letter, colour, shape)).await?;
    Ok(("image/png", drawn.map_err(Problem::internal)?))
}

/// Reads `4e-2e62c9`, an N on blue, or `0-2e62c9`, the ring.
fn letter_and_colour(name: &str) -> Option<(Option<char>, Colour)> {
    let (letter, colour) = name.split_once('-')?;
    let code = u32::from_str_radix(letter, 16).ok()?;
    let letter = (code != 0).then(|| char::from_u32(code));
    let letter = match letter {
        Some(letter) => {
            Some(letter.filter(|letter| pictures::initial(&letter.to_string()) == Some(*letter))?)
        }
        None => None,
    };
    // One address for each: no two ways to write the same.
    let colour_read = colour_of(colour)?;
    (icons::monogram_name(letter, colour_read.into()) == name).then_some((letter, colour_read))
}

/// Reads `2e62c9`.
fn colour_of(text: &str) -> Option<Colour> {
    let is_one = text.len() == 6 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let number = is_one.then(|| u32::from_str_radix(text, 16).ok())??;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}

async fn manifest(State(parts): State<Parts>, Path(id): Path<String>) -> Response<Body> {
    match described(&parts, &id).await {
        Ok(text) => handed_out("application/manifest+json", FOR_A_WHILE, text.into_bytes()),
        Err(problem) => problem_response(&problem),
    }
}

/// The manifest of a brand (W3C, Web Application Manifest). Everybody may read it: it says what is on the sign-in, too.
async fn described(parts: &Parts, id: &str) -> Result<String, Problem> {
    let id: BrandId = id.parse().map_err(|_| Problem::NotFound)?;
    let mut tx = parts.db().read().await?;
    let brand = programs::server::brand_in(&mut tx, id, Actor::system().scope()).await?;
    let brand = brand.ok_or(Problem::NotFound)?;
    drop(tx);
    let theme =
        worn(parts, id).await?.unwrap_or_else(|| crate::Theme::of(rules::colour_of(brand.hue, brand.chroma)));
    let Icons { small, large, maskable, .. } = icons::icons(&theme, id, pictures::initial(&brand.name));
    let icon = |src: &str, sizes: &str, purpose: &str| json!({ "src": src, "sizes": sizes, "type": "image/png", "purpose": purpose });
    let short: String = brand.name.chars().take(30).collect();
    let manifest = json!({
        "name": brand.name,
        "short_name": short,
        "start_url": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": theme.colour.to_string(),
        "icons": [icon(&small, "192x192", "any"), icon(&large, "512x512", "any"), icon(&maskable, "512x512", "maskable")],
    });
    Ok(manifest.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_monogram_is_written_in_one_way() {
        assert_eq!(letter_and_colour("4e-2e62c9"), Some((Some('N'), [0x2e, 0x62, 0xc9])));
        assert_eq!(letter_and_colour("0-000000"), Some((None, [0; 3])));
        for wrong in [
            "4E-2e62c9",
            "04e-2e62c9",
            "4e-2E62C9",
            "4e-2e62c",
            "6e-2e62c9",
            "4e",
            "-",
            "110000-2e62c9",
            "+4e-2e62c9",
        ] {
            assert_eq!(letter_and_colour(wrong), None, "{wrong}");
        }
    }
}
