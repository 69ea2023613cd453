//! How a calendar is written: RFC 5545, as strictly as calendar programs read it.
use std::fmt::Write as _;

use base::{Date, Datelike, Timestamp};

/// The most octets of a line (RFC 5545, section 3.1).
const WIDEST: usize = 75;

/// When something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// At an instant.
    At(Timestamp),
    /// On a day, wherever the reader is.
    On(Date),
}

/// One entry of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The same for the same thing, for ever.
    pub(crate) uid: String,
    /// Counts up when the thing changes.
    pub(crate) sequence: u32,
    pub(crate) changed_at: Timestamp,
    pub(crate) when: Moment,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) url: String,
    /// How long before it a reminder is shown, in minutes.
    pub(crate) reminder_minutes: u32,
}

/// Writes a calendar. The same entries give the same text, so that it can be told by its hash whether anything moved.
pub(crate) fn write(name: &str, entries: &[Entry]) -> String {
    let mut out = Lines(String::new());
    out.plain("BEGIN:VCALENDAR");
    out.plain("VERSION:2.0");
    out.plain("PRODID:-//Rialto//Deals//EN");
    out.plain("CALSCALE:GREGORIAN");
    out.plain("METHOD:PUBLISH");
    out.text("NAME", name);
    out.text("X-WR-CALNAME", name);
    out.plain("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    out.plain("X-PUBLISHED-TTL:PT1H");
    for entry in entries {
        out.entry(entry);
    }
    out.plain("END:VCALENDAR");
    out.0
}

struct Lines(String);

impl Lines {
    fn entry(&mut self, entry: &Entry) {
        self.plain("BEGIN:VEVENT");
        self.plain(&format!("UID:{}", entry.uid));
        self.plain(&format!("DTSTAMP:{}", instant(entry.changed_at)));
        self.plain(&format!("LAST-MODIFIED:{}", instant(entry.changed_at)));
        self.plain(&format!("SEQUENCE:{}", entry.sequence));
        match entry.when {
            Moment::At(at) => self.plain(&format!("DTSTART:{}", instant(at))),
            Moment::On(day) => {
                self.plain(&format!("DTSTART;VALUE=DATE:{}", date(day)));
                self.plain(&format!("DTEND;VALUE=DATE:{}", date(day.succ_opt().unwrap_or(day))));
            }
        }
        self.text("SUMMARY", &entry.title);
        self.text("DESCRIPTION", &entry.text);
        self.plain(&format!("URL:{}", entry.url));
        self.plain("STATUS:CONFIRMED");
        // A deadline takes no time away from anything else.
        self.plain("TRANSP:TRANSPARENT");
        self.plain("BEGIN:VALARM");
        self.plain("ACTION:DISPLAY");
        self.text("DESCRIPTION", &entry.title);
        self.plain(&format!("TRIGGER:-PT{}M", entry.reminder_minutes));
        self.plain("END:VALARM");
        self.plain("END:VEVENT");
    }

    fn text(&mut self, name: &str, value: &str) {
        self.plain(&format!("{name}:{}", escaped(value)));
    }

    /// A line, folded where it is too wide; never within a character.
    fn plain(&mut self, line: &str) {
        let (mut width, mut begin) = (0, self.0.len());
        for letter in line.chars() {
            if width + letter.len_utf8() > WIDEST {
                let carried = self.0.split_off(begin + seam(&self.0[begin..], letter));
                begin = self.0.len() + 3;
                self.0.push_str("\r\n ");
                self.0.push_str(&carried);
                width = 1 + carried.len();
            }
            self.0.push(letter);
            width += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// Where a line is cut that `next` would make too wide. Some readers take all white space around a fold for the fold's
/// own, so there is none on either side of it, unless half a line is nothing else.
fn seam(line: &str, next: char) -> usize {
    let mut after = next;
    for (place, letter) in line.char_indices().rev().take_while(|(place, _)| line.len() - place < WIDEST / 2)
    {
        if !letter.is_whitespace() && !after.is_whitespace() {
            return place + letter.len_utf8();
        }
        after = letter;
    }
    line.len()
}

/// A text value (RFC 5545, section 3.3.11); control characters have no place in one.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

fn date(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn instant(at: Timestamp) -> String {
    let seconds = at.0.div_euclid(1000).rem_euclid(86_400);
    let mut text = date(at.date());
    let _ = write!(text, "T{:02}{:02}{:02}Z", seconds / 3600, seconds / 60 % 60, seconds % 60);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use ical::IcalParser;
    use proptest::prelude::*;

    fn entry(title: &str, when: Moment) -> Entry {
        Entry {
            uid: "deal_1-due@rialto.example".into(),
            sequence: 3,
            changed_at: Timestamp::parse("2026-11-02T09:00:00Z").unwrap(),
            when,
            title: title.into(),
            text: "First line\nsecond; with, signs\\".into(),
            url: "https://rialto.example/deals/deal_1".into(),
            reminder_minutes: 60,
        }
    }

    fn value(text: &str, name: &str) -> String {
        let calendar = IcalParser::new(text.as_bytes()).next().unwrap().unwrap();
        let property = calendar.events[0].properties.iter().find(|property| property.name == name);
        property.unwrap().value.clone().unwrap_or_default()
    }

    #[test]
    fn an_instant_is_in_utc_and_a_day_is_a_day() {
        let at = Moment::At(Timestamp::parse("2026-12-31T22:30:15.250Z").unwrap());
        let text = write("Deals", &[entry("Answer due", at)]);
        assert!(text.contains("\r\nDTSTART:20261231T223015Z\r\n"), "{text}");
        let day = Moment::On("2026-12-31".parse().unwrap());
        let text = write("Deals", &[entry("Protection ends", day)]);
        assert!(text.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"), "{text}");
    }

    proptest! {
        /// Without colons and quotes, and with letters at both ends: the parser takes these signs, and space around a
        /// value, for its own.
        #[test]
        fn another_program_s_parser_reads_what_was_written(title in "[a-z][^\\pC:\"]{0,200}[a-z]", second in "[a-z][^:\"\\t\\r\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]{0,120}[a-z]") {
            let day = Moment::On("2026-12-31".parse().unwrap());
            let text = write("Deals", &[Entry { text: second.clone(), ..entry(&title, day) }]);
            prop_assert!(text.split("\r\n").all(|line| line.len() <= WIDEST), "no line is too wide");
            prop_assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "lines end as they should");
            let plain = |text: String| {
                text.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
            };
            // Backslashes are told apart from the signs that they stand before only by reading in order, so a text
            // with them is compared as it was written.
            if title.contains('\\') {
                prop_assert_eq!(value(&text, "SUMMARY"), escaped(&title));
            } else {
                prop_assert_eq!(plain(value(&text, "SUMMARY")), title);
            }
            prop_assert_eq!(value(&text, "DESCRIPTION"), escaped(&second));
            prop_assert_eq!(value(&text, "SEQUENCE"), "3");
        }
    }
}
