//! Telephone numbers, as people write them below their names.
use super::Range;
use super::lines::{Kind, Line};
use super::words::folded;

/// A number with its place.
pub(super) struct Number<'a> {
    pub(super) text: &'a str,
    pub(super) span: Range<usize>,
    pub(super) line: usize,
    /// A mobile or direct number comes after the desk's.
    mobile: bool,
}

const LABELS: [&str; 34] = [
    "tel",
    "telefon",
    "telephone",
    "phone",
    "fon",
    "t",
    "p",
    "o",
    "office",
    "direct",
    "direkt",
    "durchwahl",
    "dw",
    "zentrale",
    "d",
    "mobile",
    "mobil",
    "mob",
    "m",
    "cell",
    "c",
    "handy",
    "gsm",
    "natel",
    "tél",
    "telefono",
    "tlf",
    "puh",
    "portable",
    "ph",
    "whatsapp",
    "telefoon",
    "call",
    "desk",
];
const MOBILE: [&str; 11] =
    ["mobile", "mobil", "mob", "m", "cell", "c", "handy", "gsm", "natel", "portable", "whatsapp"];
const FAX: [&str; 5] = ["fax", "telefax", "f", "faks", "télécopie"];
/// What looks like a number and is none.
const OTHERS: [&str; 26] = [
    "hrb",
    "hra",
    "ust",
    "ust-id",
    "ustid",
    "vat",
    "uid",
    "siret",
    "siren",
    "iban",
    "bic",
    "kvk",
    "btw",
    "steuernummer",
    "reg",
    "registration",
    "tva",
    "che",
    "account",
    "kundennummer",
    "po",
    "order",
    "ref",
    "id",
    "meeting",
    "passcode",
];

/// All telephone numbers but those of fax machines.
pub(super) fn numbers<'a>(lines: &[Line<'a>]) -> Vec<Number<'a>> {
    let mut all = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        if line.kind == Kind::Text {
            of_line(line, number, &mut all);
        }
    }
    all.sort_by_key(|number| number.mobile);
    all
}

fn of_line<'a>(line: &Line<'a>, number: usize, all: &mut Vec<Number<'a>>) {
    let text = line.text;
    let mut from = 0;
    while let Some(at) =
        text[from..].find(|c: char| c == '+' || c == '(' || c.is_ascii_digit()).map(|at| from + at)
    {
        let part = |c: char| c.is_ascii_digit() || " +()/-.\u{a0}–".contains(c);
        let end = text[at..].find(|c| !part(c)).map_or(text.len(), |end| at + end);
        let raw = text[at..end].trim_end_matches(|c: char| !c.is_ascii_digit());
        from = end.max(at + 1);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let stuck = text[..at]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '@' | '_' | '€' | '$' | '£'))
            || text[end..]
                .chars()
                .next()
                .is_some_and(|c| c.is_alphanumeric() || matches!(c, '@' | '€' | '%' | '_'));
        if raw.is_empty() || stuck {
            continue;
        }
        let label = label_before(&text[..at]);
        let is = |list: &[&str]| label.as_deref().is_some_and(|label| list.contains(&label));
        if is(&FAX) || is(&OTHERS) || !looks_right(raw, is(&LABELS)) {
            continue;
        }
        all.push(Number {
            text: raw,
            span: line.start + at..line.start + at + raw.len(),
            line: number,
            mobile: is(&MOBILE),
        });
    }
}

/// The word before a number: `Tel.: `, `M `, `Phone (direct): `.
fn label_before(text: &str) -> Option<String> {
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let from = text
        .rfind(|c: char| !(c.is_alphanumeric() || c == '-'))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let word = folded(&text[from..]);
    (!word.is_empty()).then_some(word)
}

/// Enough digits, and a plus, a leading zero, brackets or a label; no date, no amount.
fn looks_right(raw: &str, labelled: bool) -> bool {
    let digits = raw.chars().filter(char::is_ascii_digit).count();
    let plus = raw.starts_with('+') || raw.starts_with("(+") || raw.starts_with("00");
    let zero = raw.starts_with('0') || raw.starts_with("(0");
    let dated = raw.split(['.', '/', '-']).count() == 3
        && raw.chars().all(|c| c.is_ascii_digit() || "./-".contains(c))
        && digits <= 8;
    let american =
        digits == 10 && (raw.starts_with('(') || raw.split(['-', '.', ' ']).map(str::len).eq([3, 3, 4]));
    let grouped = raw.contains(|c: char| !c.is_ascii_digit());
    let least = if plus { 8 } else { 7 };
    (least..=15).contains(&digits)
        && !dated
        && (plus || american || labelled || zero && grouped && digits > 8)
}
