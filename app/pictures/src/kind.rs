//! What a file is, by its content alone.
use crate::Refusal;

/// What is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Png,
    Jpeg,
    WebP,
    Svg,
}

/// How other files begin, and what they are called.
const OTHERS: [(&[u8], &str); 15] = [
    (b"GIF8", "a GIF"),
    (b"BM", "a BMP"),
    (b"II*\0", "a TIFF"),
    (b"MM\0*", "a TIFF"),
    (b"\0\0\x01\0", "an ICO"),
    (b"\0\0\x02\0", "a cursor"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a compressed file"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"#!", "a script"),
    (b"<?php", "a script"),
    (b"8BPS", "a Photoshop file"),
    (b"%!PS", "a PostScript file"),
];

impl Kind {
    /// Sniffs.
    ///
    /// # Errors
    /// `Empty`, or `Kind` with what it looks like.
    pub fn of(bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.is_empty() {
            return Err(Refusal::Empty);
        }
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Ok(Self::Png);
        }
        if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            return Ok(Self::Jpeg);
        }
        if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            return Ok(Self::WebP);
        }
        if bytes.get(4..8) == Some(b"ftyp") {
            return Err(Refusal::Kind("an AVIF, HEIC or film"));
        }
        if let Some((_, name)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
            return Err(Refusal::Kind(name));
        }
        match text(bytes).map(str::trim_start) {
            Some(text) if text.starts_with('<') => markup(text),
            Some(_) => Err(Refusal::Kind("plain text")),
            None => Err(Refusal::Kind("something else")),
        }
    }

    /// Its name in lower case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::WebP => "webp",
            Self::Svg => "svg",
        }
    }
}

/// The text of a file in UTF-8, without its mark of byte order.
pub(crate) fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).ok()
}

/// Which markup: the first element decides, after whatever may stand before it.
fn markup(text: &str) -> Result<Kind, Refusal> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?") {
            "?>"
        } else if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) {
            // What it declares is refused later, when it is a drawing at all.
            if rest.get(9..).is_some_and(|name| name.trim_start().to_ascii_lowercase().starts_with("html")) {
                return Err(Refusal::Kind("a web page"));
            }
            match declared(rest) {
                Some(after) => {
                    rest = after;
                    continue;
                }
                None => return Err(Refusal::Broken),
            }
        } else {
            break;
        };
        match rest.find(end) {
            Some(at) => rest = &rest[at + end.len()..],
            None => return Err(Refusal::Broken),
        }
    }
    let name: String = rest
        .strip_prefix('<')
        .unwrap_or_default()
        .chars()
        .take_while(|letter| !letter.is_whitespace() && !matches!(letter, '>' | '/'))
        .take(64)
        .collect();
    match name.rsplit(':').next().unwrap_or_default() {
        "svg" => Ok(Kind::Svg),
        "html" | "head" | "body" | "script" | "iframe" => Err(Refusal::Kind("a web page")),
        _ => Err(Refusal::Kind("markup that is no drawing")),
    }
}

/// What follows a document type, whose declarations stand in square brackets.
fn declared(text: &str) -> Option<&str> {
    let (end, open) = (text.find('>')?, text.find('['));
    if open.is_none_or(|open| open > end) {
        return Some(&text[end + 1..]);
    }
    let close = text.find("]>")?;
    Some(&text[close + 2..])
}
