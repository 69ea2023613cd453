//! Makes files of a campaign's pieces: pictures, papers, texts; a few at once, apart from what answers requests.
use std::fmt::Write as _;

use axum::body::Bytes;
use base::{Parts, Problem, Timestamp};
use campaigns::Campaign;
use campaigns::server::Drawn;
use creative::draw::{self, BANNERS};
use qrcode::{Color, EcLevel, QrCode};
use tokio::sync::Semaphore;

/// Files that are made at once: each takes a processor for a while.
static EASELS: Semaphore = Semaphore::const_new(2);

/// A file, ready to be handed out.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) media: &'static str,
    pub(super) bytes: Bytes,
}

/// Does what takes a processor for a while.
///
/// # Errors
/// `Internal` when it does not come to its end.
pub(super) async fn at_an_easel<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    let _place = EASELS.acquire().await.map_err(Problem::internal)?;
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)
}

/// One file of a piece.
///
/// # Errors
/// `NotFound` for a file that this kind of piece has not, or an invitation without an event.
pub(super) async fn file(
    parts: &Parts,
    campaign: &Campaign,
    drawn: Drawn,
    name: String,
) -> Result<File, Problem> {
    if !drawn.asset.kind.files().contains(&name) {
        return Err(Problem::NotFound);
    }
    let (uid, stamp) = mark(parts, campaign);
    at_an_easel(move || made(&drawn, &name, &uid, &stamp)).await?.ok_or(Problem::NotFound)
}

fn made(drawn: &Drawn, name: &str, uid: &str, stamp: &str) -> Option<File> {
    let (content, setting) = (&drawn.content, &drawn.setting);
    let png = |bytes: Vec<u8>| File { media: "image/png", bytes: bytes.into() };
    Some(match name {
        "qr.svg" => File { media: "image/svg+xml", bytes: qr(&setting.landing_url)?.into() },
        "post.png" => png(draw::post(content, setting).picture),
        "post.txt" => {
            File { media: "text/plain; charset=utf-8", bytes: draw::post(content, setting).text.into() }
        }
        "one-pager.pdf" => File { media: "application/pdf", bytes: draw::one_pager(content, setting).into() },
        "event.ics" => {
            let text = draw::invitation(content, setting, uid, stamp)?;
            File { media: "text/calendar; charset=utf-8", bytes: text.into() }
        }
        banner => png(draw::banner(content, setting, size(banner)?)),
    })
}

/// Reads `banner-300x250.png`.
fn size(name: &str) -> Option<(u32, u32)> {
    let (width, height) = name.strip_prefix("banner-")?.strip_suffix(".png")?.split_once('x')?;
    let size = (width.parse().ok()?, height.parse().ok()?);
    BANNERS.contains(&size).then_some(size)
}

/// What names the event of a campaign for good, and when it was written, as calendars write it.
pub(super) fn mark(parts: &Parts, campaign: &Campaign) -> (String, String) {
    let host = hosts::server::host_of(&parts.settings().base_url);
    (format!("{}@{host}", campaign.id), stamp(campaign.changed_at))
}

/// `20261128T120000Z`.
fn stamp(at: Timestamp) -> String {
    let text = at.to_string();
    let digits: String =
        text.chars().take(19).filter(|letter| letter.is_ascii_digit() || *letter == 'T').collect();
    format!("{digits}Z")
}

/// A QR code (ISO/IEC 18004) as a picture of one path, with the quiet border that readers need; black on white in any mode.
fn qr(address: &str) -> Option<String> {
    const QUIET: usize = 4;
    let code = QrCode::with_error_correction_level(address.as_bytes(), EcLevel::M).ok()?;
    let (width, colours) = (code.width(), code.to_colors());
    let whole = width + 2 * QUIET;
    let dots = colours.iter().enumerate().filter(|(_, colour)| **colour == Color::Dark);
    let mut path = String::new();
    for (place, _) in dots {
        let _ = write!(path, "M{} {}h1v1h-1z", place % width + QUIET, place / width + QUIET);
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" width=\"{px}\" height=\"{px}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{whole}v{whole}H0z\"/><path d=\"{path}\"/></svg>",
        px = whole * 8
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_sizes_are_drawn() {
        for (width, height) in BANNERS {
            assert_eq!(size(&format!("banner-{width}x{height}.png")), Some((width, height)));
        }
        for odd in [
            "banner-1x1.png",
            "banner-99999x99999.png",
            "banner-300x250.svg",
            "banner--300x250.png",
            "300x250",
        ] {
            assert_eq!(size(odd), None, "{odd}");
        }
    }

    #[test]
    fn instants_are_written_as_calendars_write_them() {
        assert_eq!(stamp(base::testing::BEGINNING), "20261102T090000Z");
    }

    #[test]
    fn a_code_has_its_three_corners() {
        let svg = qr("https://partners.example/l/autumn-check-4f9k2m").unwrap();
        assert!(svg.contains("M4 4h1v1h-1z") && svg.starts_with("<svg"), "{svg}");
        assert!(qr(&"x".repeat(5_000)).is_none(), "too long for any code");
    }
}
