//! The browser's files: read from a folder while developing, embedded in a release, compressed ahead of time.

use std::{borrow::Cow, collections::BTreeMap, env, fmt, fs, path::PathBuf, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;

/// A name below `/pkg` changes with its content, so a browser need never ask again.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Files at the root keep their names: asked again after an hour, answered with 304 when unchanged.
const FOR_AN_HOUR: &str = "public, max-age=3600";

/// Everything the browser may fetch that is not a page.
pub struct Site {
    source: Source,
    manifest: Manifest,
}

/// What `cargo xtask` says about the names it gave.
#[derive(Deserialize)]
struct Manifest {
    js: String,
    wasm: String,
    css: String,
    /// By language: what pages say.
    #[serde(default)]
    texts: BTreeMap<String, String>,
    /// By area: the pack with the code of its pages.
    #[serde(default)]
    areas: BTreeMap<String, String>,
}

/// There is no usable site; says where it was looked for.
#[derive(Debug)]
pub struct SiteMissing(String);

impl fmt::Display for SiteMissing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no browser files: {}; `cargo xtask run` builds them", self.0)
    }
}

impl std::error::Error for SiteMissing {}

impl Site {
    /// Takes the files in the folder `RIALTO_SITE`; without that the embedded ones, or those in
    /// `target/site` where nothing is embedded. Refuses when there is no readable `manifest.json`.
    pub fn load() -> Result<Self, SiteMissing> {
        Self::from(Source::here())
    }

    fn from(source: Source) -> Result<Self, SiteMissing> {
        let missing = |why: String| SiteMissing(format!("{source}/manifest.json {why}"));
        let file = source.read("manifest.json").ok_or_else(|| missing("is missing".to_owned()))?;
        let manifest = serde_json::from_slice(&file.content).map_err(|error| missing(error.to_string()))?;
        Ok(Self { source, manifest })
    }

    /// Path of the script that starts the page.
    pub fn js(&self) -> &str {
        &self.manifest.js
    }

    /// Path of the module that the script is given.
    pub fn wasm(&self) -> &str {
        &self.manifest.wasm
    }

    /// Path of an area's pack.
    pub fn pack(&self, area: &str) -> Option<&str> {
        self.manifest.areas.get(area).map(String::as_str)
    }

    /// Path of the style sheet.
    pub fn css(&self) -> &str {
        &self.manifest.css
    }

    /// Path of the texts of a language, by its tag.
    pub fn texts(&self, language: &str) -> &str {
        self.manifest.texts.get(language).map_or("", String::as_str)
    }

    /// Paths of everything below `/pkg` that these areas need in any language: what never changes under its name. Sorted.
    pub fn needed_in(&self, areas: &[&str]) -> Vec<String> {
        let names = self.source.names().into_iter();
        let mut paths: Vec<String> = names
            .filter(|name| name.starts_with("pkg/") && content_type(name).is_some())
            .map(|name| format!("/{name}"))
            .filter(|path| !self.manifest.texts.values().any(|texts| texts == path))
            .filter(|path| !path.ends_with(".pack") || areas.iter().any(|area| self.pack(area) == Some(path)))
            .collect();
        paths.sort_unstable();
        paths
    }
}

/// `/pkg/*` and the public files at the root; GET and HEAD.
pub fn routes(site: Arc<Site>) -> Router {
    let public =
        site.source.names().into_iter().filter(|name| {
            !name.starts_with("pkg/") && name != "manifest.json" && content_type(name).is_some()
        });
    let router = public.fold(Router::new(), |router, name| router.route(&format!("/{name}"), get(serve)));
    router.route("/pkg/{*path}", get(serve)).with_state(site)
}

async fn serve(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    let name = uri.path().trim_start_matches('/');
    // Our names need no escapes; so whatever is escaped, or climbs, is not ours.
    let ours = !name.contains(['%', '\\']) && name.split('/').all(|part| !part.is_empty() && part != "..");
    let Some(kind) = content_type(name).filter(|_| ours) else { return not_found() };
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let packed = [("br", "br"), ("gzip", "gz")].into_iter().find_map(|(coding, ending)| {
        accepts(accepted, coding).then_some(())?;
        Some((coding, site.source.read(&format!("{name}.{ending}"))?))
    });
    let (coding, file) = match packed {
        Some((coding, file)) => (Some(coding), file),
        None => match site.source.read(name) {
            Some(file) => (None, file),
            None => return not_found(),
        },
    };
    let cache = if name.starts_with("pkg/") { FOR_EVER } else { FOR_AN_HOUR };
    answer(&headers, kind, cache, coding, file)
}

fn answer(
    asked: &HeaderMap,
    kind: &'static str,
    cache: &'static str,
    coding: Option<&'static str>,
    file: File,
) -> Response {
    let fresh = asked.get(header::IF_NONE_MATCH).is_some_and(|tags| lists(tags, &file.etag));
    let mut response = if fresh {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(file.content.into_owned()).into_response()
    };
    let headers = response.headers_mut();
    if !fresh {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        if let Some(coding) = coding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(etag) = HeaderValue::from_str(&file.etag) {
        headers.insert(header::ETAG, etag);
    }
    response
}

/// A name that is gone must stay askable: the next build may bring it.
fn not_found() -> Response {
    (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, "no-store")]).into_response()
}

/// Whether an `Accept-Encoding` names the coding without refusing it (`q=0`).
fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|offer| {
        let (name, weight) = offer.split_once(';').unwrap_or((offer, ""));
        let weight = weight.trim().strip_prefix("q=").unwrap_or("1").parse::<f32>().unwrap_or(0.0);
        name.trim().eq_ignore_ascii_case(coding) && weight > 0.0
    })
}

/// Whether an `If-None-Match` names the tag; a proxy may have made it weak.
fn lists(header: &HeaderValue, etag: &str) -> bool {
    header.to_str().is_ok_and(|tags| {
        tags.split(',').map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
    })
}

/// The type of a file by its name; `None` is a kind that is never served.
fn content_type(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "pack" => "application/octet-stream",
        "css" => "text/css; charset=utf-8",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        _ => return None,
    })
}

/// One form of a file, with a tag that no other form of it has.
struct File {
    content: Cow<'static, [u8]>,
    etag: String,
}

/// Where files come from.
enum Source {
    Folder(PathBuf),
    #[cfg(feature = "embed")]
    Embedded,
}

impl Source {
    fn here() -> Self {
        env::var_os("RIALTO_SITE").map_or_else(Self::default, |folder| Self::Folder(folder.into()))
    }

    #[cfg(feature = "embed")]
    fn default() -> Self {
        Self::Embedded
    }

    #[cfg(not(feature = "embed"))]
    fn default() -> Self {
        Self::Folder("target/site".into())
    }

    fn read(&self, name: &str) -> Option<File> {
        match self {
            Self::Folder(folder) => {
                let path = folder.join(name);
                let content = fs::read(&path).ok()?;
                let changed = fs::metadata(&path).ok()?.modified().ok()?;
                let age = changed.duration_since(std::time::UNIX_EPOCH).map_or(0, |age| age.as_nanos());
                Some(File { etag: format!("\"{:x}-{age:x}\"", content.len()), content: content.into() })
            }
            #[cfg(feature = "embed")]
            Self::Embedded => {
                let file = embedded::Files::get(name)?;
                let hash = file.metadata.sha256_hash();
                Some(File { etag: format!("\"{}\"", hex::encode(&hash[..12])), content: file.data })
            }
        }
    }

    /// Every file by its path below the site.
    fn names(&self) -> Vec<String> {
        match self {
            Self::Folder(folder) => below(folder),
            #[cfg(feature = "embed")]
            Self::Embedded => embedded::Files::iter().map(Cow::into_owned).collect(),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "{}", folder.display()),
            #[cfg(feature = "embed")]
            Self::Embedded => f.write_str("(embedded)"),
        }
    }
}

fn below(site: &PathBuf) -> Vec<String> {
    let mut names = Vec::new();
    let mut folders = vec![site.clone()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if let Some(name) = path.strip_prefix(site).ok().and_then(|name| name.to_str()) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

#[cfg(feature = "embed")]
mod embedded {
    //! The files of the folder that `cargo xtask build` names in `RIALTO_EMBED`.

    #[derive(rust_embed::RustEmbed)]
    #[folder = "$RIALTO_EMBED"]
    pub(super) struct Files;

    /// Makes cargo compile again when a name changes: the derive alone is not told of new files.
    const _: &str = include_str!(concat!(env!("RIALTO_EMBED"), "/manifest.json"));
}

#[cfg(test)]
mod tests;
