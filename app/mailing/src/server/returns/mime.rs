//! As much of MIME as mails that come back need: parts of a message with their types, decoded. Whatever is wrong with a
//! message, this ends, and takes no more memory than a few times the message.
use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// How many parts are looked at, and how deep.
const PARTS: usize = 50;
const DEPTH: usize = 6;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// A leaf of a message.
pub(super) struct Leaf {
    /// `message/delivery-status`; in lower case.
    pub(super) kind: String,
    /// Decoded; what is no UTF-8 is replaced.
    pub(super) text: String,
}

/// Headers by their names in lower case, unfolded; with the body after them.
pub(super) fn read_headers(raw: &str) -> (Vec<(String, String)>, &str) {
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut rest = raw;
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let line = line.strip_suffix('\r').unwrap_or(line);
        rest = after;
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':')
            && headers.len() < 500
        {
            headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    (headers, rest)
}

pub(super) fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// The value of a parameter: `boundary="…"`.
pub(super) fn parameter(value: &str, name: &str) -> Option<String> {
    let mut rest = value;
    while let Some((_, after)) = rest.split_once(';') {
        rest = after;
        let Some((known, given)) = after.trim_start().split_once('=') else { continue };
        if known.trim().eq_ignore_ascii_case(name) {
            let given = given.trim_start();
            return Some(match given.strip_prefix('"') {
                Some(quoted) => quoted.split('"').next().unwrap_or_default().to_owned(),
                None => given.split([';', ' ', '\t']).next().unwrap_or_default().to_owned(),
            });
        }
    }
    None
}

/// All leaves of a message, in their order.
pub(super) fn leaves(raw: &str) -> Vec<Leaf> {
    let mut found = Vec::new();
    walk(raw, 0, &mut found);
    found
}

fn walk(raw: &str, depth: usize, found: &mut Vec<Leaf>) {
    if found.len() >= PARTS || depth > DEPTH {
        return;
    }
    let (headers, body) = read_headers(raw);
    let content = header(&headers, "content-type").unwrap_or("text/plain");
    let kind = content.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind.starts_with("multipart/")
        && let Some(boundary) = parameter(content, "boundary").filter(|boundary| !boundary.is_empty())
    {
        for part in parts(body, &boundary) {
            walk(part, depth + 1, found);
        }
        return;
    }
    let coding =
        header(&headers, "content-transfer-encoding").unwrap_or_default().trim().to_ascii_lowercase();
    let text = match coding.as_str() {
        "base64" => {
            let packed: Vec<u8> = body.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
            LENIENT
                .decode(packed)
                .map_or_else(|_| body.to_owned(), |bytes| String::from_utf8_lossy(&bytes).into_owned())
        }
        "quoted-printable" => String::from_utf8_lossy(&unquoted(body.as_bytes())).into_owned(),
        _ => body.to_owned(),
    };
    found.push(Leaf { kind, text });
}

/// The parts between lines of a boundary.
fn parts<'a>(body: &'a str, boundary: &str) -> Vec<&'a str> {
    let mark = format!("--{boundary}");
    let mut found = Vec::new();
    let mut start = None;
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let next = at + line.len();
        if let Some(rest) = line.strip_prefix(mark.as_str()) {
            let rest = rest.trim_end();
            if rest.is_empty() || rest == "--" {
                if let Some(start) = start.take() {
                    found.push(&body[start..at]);
                }
                if rest == "--" || found.len() >= PARTS {
                    return found;
                }
                start = Some(next);
            }
        }
        at = next;
    }
    // A message that was cut off has no last mark.
    if let Some(start) = start {
        found.push(&body[start..]);
    }
    found
}

fn unquoted(body: &[u8]) -> Vec<u8> {
    let digit = |byte: u8| (byte as char).to_digit(16).map(|digit| digit as u8);
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while at < body.len() {
        if body[at] != b'=' {
            out.push(body[at]);
            at += 1;
            continue;
        }
        match (body.get(at + 1).copied(), body.get(at + 2).copied()) {
            (Some(b'\n'), _) => at += 2,
            (Some(b'\r'), Some(b'\n')) => at += 3,
            (Some(high), Some(low)) if digit(high).is_some() && digit(low).is_some() => {
                out.push(digit(high).unwrap_or(0) << 4 | digit(low).unwrap_or(0));
                at += 3;
            }
            _ => {
                out.push(b'=');
                at += 1;
            }
        }
    }
    out
}
