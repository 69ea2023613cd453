//! The reference of a public tender.
use super::Range;
use super::lines::{Kind, Line};
use super::words::{Word, bare, folded, words};

const NAMES: [&str; 24] = [
    "tender",
    "rfp",
    "rfq",
    "rfi",
    "itt",
    "itb",
    "bid",
    "procurement",
    "ausschreibung",
    "ausschreibungs",
    "vergabe",
    "vergabenummer",
    "vergabe-nr",
    "ausschreibungsnummer",
    "ausschreibungs-nr",
    "vergabeverfahren",
    "ted",
    "tenders",
    "solicitation",
    "appel",
    "marche",
    "vergabenr",
    "auschreibung",
    "geschaeftszeichen",
];
const BETWEEN: [&str; 22] = [
    "no",
    "no.",
    "nr",
    "nr.",
    "number",
    "nummer",
    "ref",
    "ref.",
    "reference",
    "referenz",
    "id",
    "notice",
    "#",
    "-",
    "–",
    "referenznummer",
    "aktenzeichen",
    "az",
    "d'offres",
    "is",
    "lautet",
    "the",
];

/// What stands behind `tender ref.`, `RFP no.`, `Vergabenummer:`.
pub(super) fn find<'a>(lines: &[Line<'a>]) -> Option<(&'a str, Range<usize>)> {
    for line in lines.iter().filter(|line| matches!(line.kind, Kind::Text | Kind::Subject)) {
        let all: Vec<Word<'a>> = words(line.text, line.start).iter().map(bare).collect();
        for (at, word) in all.iter().enumerate() {
            let name = folded(word.text);
            // `RFP-2031-044`, `ITT/2031/12`: the name is part of it.
            let whole = NAMES.iter().any(|known| {
                name.strip_prefix(known)
                    .is_some_and(|rest| rest.starts_with(['-', '/', '_', '#']) && is_reference(rest))
            });
            if whole {
                return Some((word.text, word.start..word.end()));
            }
            if !NAMES.contains(&name.as_str()) {
                continue;
            }
            for next in all.iter().skip(at + 1).take(4) {
                let plain = next.text.trim_start_matches('#');
                if is_reference(plain) {
                    return Some((plain, next.end() - plain.len()..next.end()));
                }
                let between = folded(next.text);
                if !between.is_empty()
                    && !BETWEEN.contains(&between.as_str())
                    && !NAMES.contains(&between.as_str())
                {
                    break;
                }
            }
        }
    }
    None
}

/// Letters, digits and marks, with at least three digits; no year alone, no date.
fn is_reference(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let fine = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.' | '_' | '#'));
    let year = text.len() == 4 && text.starts_with("20");
    fine && digits > 2 && text.len() < 40 && !year && super::days::numeric(text, false).is_none()
}
