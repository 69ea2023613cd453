//! Files for calendars (RFC 5545): one event, in UTC, lines folded at 75 bytes.
use super::inline::{As, Links};
use super::scene::{Scene, writable};

use super::when::{When, utc};
use super::{Setting, Template, flat};
use crate::text::one_line;
use crate::{Content, Part};

/// Longest line in bytes, without its end.
const LINE: usize = 75;

/// An iCalendar file (RFC 5545) of the first event block; none without one. `uid` names it for good, `stamp` is when it was
/// made (`20261128T120000Z`).
#[must_use]
pub fn invitation(content: &Content, setting: &Setting, uid: &str, stamp: &str) -> Option<String> {
    let scene = Scene::new(content, setting);
    let (when, place) = flat(content).into_iter().find_map(|block| match &block.part {
        Part::Event { starts, minutes, place } => Some((When::read(starts, *minutes)?, place)),
        _ => None,
    })?;
    let line = |text: &str| {
        let mut links = Links::default();
        let pieces = scene.line(text, As::Text, &mut links);
        one_line(&Template(pieces.0).plain(&links.0, false))
    };
    let mut about = String::new();
    for block in flat(content) {
        if let Part::Text { text } = &block.part {
            let mut links = Links::default();
            let pieces = scene.prose_text(text, &mut links);
            about.push_str(&Template(pieces.0).plain(&links.0, false));
            about.push('\n');
        }
    }
    let plain = |text: &str, also: &str| -> String {
        text.chars().filter(|c| c.is_ascii_alphanumeric() || also.contains(*c)).collect()
    };
    let mut out = String::new();
    let mut put = |name: &str, value: &str| fold(&mut out, &format!("{name}:{value}"));
    put("BEGIN", "VCALENDAR");
    put("VERSION", "2.0");
    put("PRODID", "-//Rialto//Campaigns//EN");
    put("CALSCALE", "GREGORIAN");
    put("METHOD", "PUBLISH");
    put("BEGIN", "VEVENT");
    put("UID", &plain(uid, "-_.@"));
    put("DTSTAMP", &plain(stamp, ""));
    put("DTSTART", &utc(when.starts));
    put("DTEND", &utc(when.ends));
    put("SUMMARY", &escaped(&line(&content.subject)));
    if !about.trim().is_empty() {
        put("DESCRIPTION", &escaped(about.trim()));
    }
    let place = line(place);
    if !place.is_empty() {
        put("LOCATION", &escaped(&place));
    }
    if let Some(url) = scene.address(&crate::Target::LandingPage) {
        put("URL", &url);
    }
    if let Some(mail) = writable(&setting.card.email) {
        // Quotes cannot be written in the value of a parameter.
        let name = one_line(&setting.card.name).replace('"', "'");
        put(&format!("ORGANIZER;CN=\"{name}\""), &mail);
    }
    put("STATUS", "CONFIRMED");
    put("TRANSP", "OPAQUE");
    put("END", "VEVENT");
    put("END", "VCALENDAR");
    Some(out)
}

/// What means something in the text of a value, made to mean itself.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line with its end, in pieces that are short enough, no letter cut in two.
fn fold(out: &mut String, line: &str) {
    let mut room = LINE;
    for letter in line.chars().filter(|c| !c.is_control()) {
        if letter.len_utf8() > room {
            out.push_str("\r\n ");
            room = LINE - 1;
        }
        room -= letter.len_utf8();
        out.push(letter);
    }
    out.push_str("\r\n");
}
