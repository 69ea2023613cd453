//! Draws the page of a campaign: what creative makes of it, with the form's state in it, a policy that fits its sheet, and
//! the same compressed.
use std::collections::BTreeMap;
use std::io::Write as _;

use axum::body::Bytes;
use axum::http::{HeaderValue, StatusCode};
use base::{Parts, Problem, Timestamp};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use campaigns::server::Live;
use creative::draw::{self, FormState};
use creative::{Content, Part};
use sha2::{Digest, Sha256};

use super::live::Found;
use super::memory::Drawn;
use super::{plain, seal};
use crate::rules::form;

/// How hard a page is compressed, of 11: it is drawn once and sent often, and somebody waits for it.
const QUALITY: i32 = 6;

/// The page of what was found; none for nothing.
///
/// # Errors
/// `Internal` when the engine fails.
pub(super) async fn drawn(
    parts: &Parts,
    found: Option<Found>,
    sent: bool,
    css: &str,
) -> Result<Option<Drawn>, Problem> {
    let (status, html, live) = match found {
        None => return Ok(None),
        Some(Found::Open(live)) => {
            let state = FormState { sent, ..fresh(parts, &live, parts.clock().now()) };
            (StatusCode::OK, page(&live, &state), live)
        }
        Some(Found::Over(live)) => {
            let face = themes::server::face(parts, live.campaign.brand).await?.unwrap_or_default();
            (StatusCode::GONE, plain::ended(&live, &face, css), live)
        }
    };
    let policy = policy(&html)?;
    let tag = format!("\"{}\"", hex::encode(&Sha256::digest(html.as_bytes())[..16]));
    Ok(Some(Drawn {
        campaign: live.campaign.id,
        brand: live.campaign.brand,
        status,
        brotli: compressed(html.as_bytes())?,
        tag: HeaderValue::from_str(&tag).map_err(Problem::internal)?,
        html: html.into(),
        policy,
    }))
}

/// Where the form of a campaign is sent, with the instant under our seal.
pub(super) fn fresh(parts: &Parts, live: &Live, drawn_at: Timestamp) -> FormState {
    FormState {
        action: format!("{}#form", kit::paths::landing(&live.campaign.slug)),
        hidden: vec![(form::SEAL.to_owned(), seal::sealed(parts, live.campaign.id, drawn_at))],
        values: BTreeMap::new(),
        errors: BTreeMap::new(),
        sent: false,
    }
}

/// The page as one document. What it shows comes from the host that shows it, whichever of the brand's it is.
pub(super) fn page(live: &Live, state: &FormState) -> String {
    let html = draw::page(&live.content, &live.setting, state, "");
    let html = html.replacen("<style nonce=\"\">", "<style>", 1);
    let home =
        live.setting.landing_url.strip_suffix(&kit::paths::landing(&live.campaign.slug)).unwrap_or_default();
    let homes =
        [live.setting.base_url.trim_end_matches('/'), home].into_iter().filter(|home| !home.is_empty());
    homes.fold(html, |html, home| html.replace(&format!(" src=\"{home}/"), " src=\"/"))
}

/// No script at all, pictures of this host, and the one sheet that is in the page, by its hash: so the same bytes hold for
/// everybody.
///
/// # Errors
/// `Internal` for a sheet that is not one.
pub(super) fn policy(html: &str) -> Result<HeaderValue, Problem> {
    let sheet =
        html.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>")).map(|(sheet, _)| sheet);
    let sheet = sheet.map(|sheet| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(sheet.as_bytes()))));
    let policy = format!(
        "default-src 'none'; font-src 'self'; img-src 'self'; style-src 'self'{}; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'self'",
        sheet.unwrap_or_default()
    );
    HeaderValue::from_str(&policy).map_err(Problem::internal)
}

fn compressed(bytes: &[u8]) -> Result<Bytes, Problem> {
    let mut into = brotli::CompressorWriter::new(Vec::new(), 4096, QUALITY as u32, 20);
    into.write_all(bytes).map_err(Problem::internal)?;
    Ok(into.into_inner().into())
}

/// What the form of a page asks beside name, address and company; none for a page without a form.
pub(super) fn questions(content: &Content) -> Option<&[String]> {
    draw::flat(content).into_iter().find_map(|block| match &block.part {
        Part::Form { fields, .. } => Some(fields.as_slice()),
        _ => None,
    })
}

/// What a person agrees to, in the words of the page: as they stand beside the box.
pub(super) fn consent(html: &str) -> String {
    let label = format!("<label for=\"{}\">", form::CONSENT);
    let inside = html.split_once(&label).and_then(|(_, rest)| rest.split_once("</label>"));
    let mut words = String::new();
    let mut is_mark = false;
    for letter in inside.map_or("", |(inside, _)| inside).chars() {
        match letter {
            // A mark parts words, as a line does.
            '<' => {
                is_mark = true;
                words.push(' ');
            }
            '>' if is_mark => is_mark = false,
            _ if !is_mark => words.push(letter),
            _ => {}
        }
    }
    let named =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    form::clean(&named.into_iter().fold(words, |words, (name, letter)| words.replace(name, letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_sheet_and_lets_no_script_run() {
        let policy = policy("<head><style>a{}</style></head>").unwrap();
        let policy = policy.to_str().unwrap();
        // printf 'a{}' | openssl dgst -sha256 -binary | base64
        let hash = STANDARD.encode(Sha256::digest(b"a{}"));
        assert!(policy.contains(&format!("style-src 'self' 'sha256-{hash}';")), "{policy}");
        assert!(policy.starts_with("default-src 'none';") && !policy.contains("script"), "{policy}");
    }

    #[test]
    fn what_is_agreed_to_is_kept_in_the_words_of_the_page() {
        let html =
            "<label for=\"consent\">I agree to <a href=\"x\">A &amp; B</a><br>writing &lt;me&gt;.</label>";
        assert_eq!(consent(html), "I agree to A & B writing <me>.");
        assert_eq!(consent("<p>No form</p>"), "");
    }

    #[test]
    fn what_is_compressed_can_be_read_again() {
        let bytes = b"<p>Landing</p>".repeat(500);
        let small = compressed(&bytes).unwrap();
        assert!(small.len() < bytes.len() / 10);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut small.as_ref(), &mut back).unwrap();
        assert_eq!(back, bytes);
    }
}
