//! The day on which the customer is expected to sign: dates, quarters and months, in English and German.
use base::{Date, Datelike};

use super::Range;
use super::lines::{Kind, Line};
use super::months::{clipped, coming, coming_day, end_of, month_of};
use super::words::{Word, bare, folded, mentions, words};

/// What speaks for signing.
const FOR: [&str; 60] = [
    "close",
    "closing",
    "sign",
    "signed",
    "signing",
    "signature",
    "decide",
    "decision",
    "award",
    "order",
    "purchase",
    "buy",
    "contract",
    "deadline",
    "expected",
    "by end",
    "by the end",
    "end of",
    "before",
    "until",
    "latest",
    "po",
    "budget",
    "go-live",
    "go live",
    "commit",
    "abschluss",
    "abschliessen",
    "unterschrift",
    "unterschreiben",
    "unterzeichnen",
    "entscheidung",
    "entscheiden",
    "entschieden",
    "zuschlag",
    "bestellung",
    "bestellen",
    "beauftragung",
    "beauftragen",
    "vertrag",
    "vertragsabschluss",
    "vertragsschluss",
    "bis",
    "ende",
    "spaetestens",
    "vergabe",
    "auftragserteilung",
    "kaufen",
    "kauf",
    "abschlussdatum",
    "expected close",
    "close date",
    "target",
    "planned",
    "geplant",
    "beschaffung",
    "avant",
    "fin",
    "signer",
    "decision",
];
/// What speaks against it.
const AGAINST: [&str; 28] = [
    "meeting",
    "call",
    "workshop",
    "demo",
    "webinar",
    "termin",
    "besprechung",
    "met ",
    "met on",
    "visit",
    "besuch",
    "spoke",
    "founded",
    "gegruendet",
    "since",
    "seit",
    "born",
    "invoice",
    "rechnung",
    "submission",
    "submitted",
    "dated",
    "vom ",
    "kickoff",
    "kick-off",
    "fair",
    "messe",
    "gueltig",
];

/// A day with its place.
pub(super) struct Day {
    pub(super) day: Date,
    pub(super) span: Range<usize>,
    weight: i32,
}

/// The day that the text most likely means; never one that is over.
pub(super) fn find(lines: &[Line<'_>], today: Date, month_first: bool) -> Option<Day> {
    let mut best: Option<Day> = None;
    for line in lines.iter().filter(|line| matches!(line.kind, Kind::Text | Kind::Subject)) {
        let all: Vec<Word<'_>> = words(line.text, line.start).iter().map(bare).collect();
        let mut at = 0;
        while at < all.len() {
            let Some((day, count, weight)) = at_words(&all[at..], today, month_first) else {
                at += 1;
                continue;
            };
            let span = all[at].start..all[at + count - 1].end();
            let far = day > today && day.year() < today.year() + 12;
            if far {
                let weight = weight + context(line, &span);
                if best.as_ref().is_none_or(|best| weight > best.weight) {
                    best = Some(Day { day, span, weight });
                }
            }
            at += count;
        }
    }
    best.filter(|day| day.weight > 0)
}

fn context(line: &Line<'_>, span: &Range<usize>) -> i32 {
    let (first, last) = (span.start - line.start, span.end - line.start);
    let mut from = first.saturating_sub(64);
    while !line.text.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = (last + 32).min(line.text.len());
    while !line.text.is_char_boundary(to) {
        to += 1;
    }
    // A sentence's end cuts.
    let before = &line.text[from..first];
    let before = before
        .rfind(['.', '!', '?'])
        .filter(|at| before[*at + 1..].starts_with(' '))
        .map_or(before, |at| &before[at + 1..]);
    let after = &line.text[last..to];
    let after = after.find([';', '!', '?']).map_or(after, |at| &after[..at]);
    let text = folded(&format!("{before} {after}"));
    let mut weight = 0;
    weight += if mentions(&text, &FOR) { 2 } else { 0 };
    weight -= if AGAINST.iter().any(|words| text.contains(words)) { 3 } else { 0 };
    weight
}

/// A day at the beginning of these words: the day, how many words it takes, and what its form says.
fn at_words(all: &[Word<'_>], today: Date, month_first: bool) -> Option<(Date, usize, i32)> {
    let word = |at: usize| all.get(at).map(|word| folded(word.text)).unwrap_or_default();
    let first = word(0);
    if let Some(day) = numeric(&first, month_first) {
        return Some((day, 1, 0));
    }
    if let Some((quarter, year)) = quarter(&first) {
        let (year, count) = match (year, year_of(&word(1))) {
            (Some(year), _) => (year, if first.len() > 2 { 1 } else { 2 }),
            (None, Some(year)) => (year, 2),
            (None, None) => (coming(today, quarter * 3), 1),
        };
        return Some((end_of(year, quarter * 3)?, count, 2));
    }
    if let Some(quarter) = ordinal(&first)
        && matches!(word(1).as_str(), "quarter" | "quartal" | "quartals")
    {
        let of = usize::from(matches!(word(2).as_str(), "of" | "des" | "in"));
        let (year, count) = match year_of(&word(2 + of)) {
            Some(year) => (year, 3 + of),
            None => (coming(today, quarter * 3), 2),
        };
        return Some((end_of(year, quarter * 3)?, count, 2));
    }
    if matches!(first.as_str(), "h1" | "h2") {
        let month = if first == "h1" { 6 } else { 12 };
        let (year, count) = year_of(&word(1)).map_or((coming(today, month), 1), |year| (year, 2));
        return Some((end_of(year, month)?, count, 2));
    }
    if matches!(first.as_str(), "eoy" | "jahresende" | "year-end") {
        let (year, count) = year_of(&word(1)).map_or((today.year(), 1), |year| (year, 2));
        return Some((end_of(year, 12)?, count, 2));
    }
    if let Some(found) = worded(&first, &word, today) {
        return Some(found);
    }
    in_a_while(&first, &word, today)
}

/// `June 30, 2031`, `30. Juni 2031`, `30 June`, `end of June`, `Mitte Juni 2031`, `June 2031`, `end of the year`.
fn worded(first: &str, word: &impl Fn(usize) -> String, today: Date) -> Option<(Date, usize, i32)> {
    let number = |text: &str| -> Option<u32> {
        let digits = text.trim_end_matches(['.', ',']).trim_end_matches("st").trim_end_matches("nd");
        let digits = digits.trim_end_matches("rd").trim_end_matches("th");
        digits.parse().ok().filter(|day| (1..=31).contains(day))
    };
    if let (Some(day), Some(month)) = (
        number(first),
        month_of(&word(1)).or_else(|| (word(1) == "of").then(|| month_of(&word(2))).flatten()),
    ) {
        let of = usize::from(word(1) == "of");
        let (year, count) = year_of(&word(2 + of))
            .map_or_else(|| (coming_day(today, month, day), 2 + of), |year| (year, 3 + of));
        return Some((Date::from_ymd_opt(year, month, day)?, count, 1));
    }
    if let Some(month) = month_of(first) {
        // `Jun '27` is a year, `Jun 27` a day.
        if let Some(day) = number(&word(1)) {
            let (year, count) =
                year_of(&word(2)).map_or_else(|| (coming_day(today, month, day), 2), |year| (year, 3));
            return Some((Date::from_ymd_opt(year, month, day)?, count, 1));
        }
        let year = year_of(&word(1))?;
        return Some((end_of(year, month)?, 2, 1));
    }
    let (part, mut at) = match first {
        "end" | "ende" | "fin" | "late" => (31, 1),
        "mid" | "mitte" | "mid-" | "middle" => (15, 1),
        "beginning" | "anfang" | "early" | "start" => (5, 1),
        _ => {
            let rest = first.strip_prefix("mid-")?;
            let month = month_of(rest)?;
            let (year, count) = year_of(&word(1)).map_or((coming(today, month), 1), |year| (year, 2));
            return Some((Date::from_ymd_opt(year, month, 15)?, count, 2));
        }
    };
    while matches!(
        word(at).as_str(),
        "of" | "the" | "des" | "der" | "next" | "this" | "naechsten" | "dieses" | "de"
    ) {
        at += 1;
    }
    let next = word(at);
    if matches!(next.as_str(), "year" | "jahres" | "jahr") && part == 31 {
        return Some((end_of(today.year(), 12)?, at + 1, 2));
    }
    if let Some(year) = year_of(&next).filter(|_| part == 31) {
        return Some((end_of(year, 12)?, at + 1, 2));
    }
    if matches!(next.as_str(), "month" | "monats" | "monat") {
        let skips = (1..at).any(|place| matches!(word(place).as_str(), "next" | "naechsten"));
        let month = today.year() * 12 + today.month0() as i32 + i32::from(skips);
        return Some((clipped(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, part)?, at + 1, 2));
    }
    if let Some((quarter, year)) = quarter(&next) {
        let year = year.or_else(|| year_of(&word(at + 1)));
        let count = at + 1 + usize::from(year.is_some() && next.len() == 2);
        return Some((end_of(year.unwrap_or_else(|| coming(today, quarter * 3)), quarter * 3)?, count, 3));
    }
    let month = month_of(&next)?;
    let (year, count) = year_of(&word(at + 1)).map_or((coming(today, month), at + 1), |year| (year, at + 2));
    Some((clipped(year, month, part)?, count, 2))
}

/// `in 6 weeks`, `in drei Monaten`, `within two months`.
fn in_a_while(first: &str, word: &impl Fn(usize) -> String, today: Date) -> Option<(Date, usize, i32)> {
    if !matches!(first, "in" | "within" | "innerhalb") {
        return None;
    }
    let at = if matches!(word(1).as_str(), "the" | "next" | "von" | "den" | "naechsten") { 2 } else { 1 };
    let text = word(at);
    let count: i64 = match text.as_str() {
        "one" | "a" | "einem" | "einer" => 1,
        "two" | "zwei" => 2,
        "three" | "drei" => 3,
        "four" | "vier" => 4,
        "six" | "sechs" => 6,
        "eight" | "acht" => 8,
        other => other.parse().ok().filter(|count| (1..=24).contains(count))?,
    };
    let days = match word(at + 1).as_str() {
        "week" | "weeks" | "woche" | "wochen" => count * 7,
        "month" | "months" | "monat" | "monaten" | "monate" => {
            let month = today.year() * 12 + today.month0() as i32 + count as i32;
            let day = clipped(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, today.day())?;
            return Some((day, at + 2, 1));
        }
        _ => return None,
    };
    Some((Date::from_num_days_from_ce_opt(today.num_days_from_ce() + days as i32)?, at + 2, 1))
}

/// `2031-06-30`, `30.06.2031`, `30.6.31`, `6/30/2031`.
pub(super) fn numeric(text: &str, month_first: bool) -> Option<Date> {
    let mark = text.chars().find(|c| matches!(c, '-' | '.' | '/'))?;
    let parts: Vec<&str> = text.split(mark).collect();
    let [a, b, c] = parts[..] else { return None };
    let fine = |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    if ![a, b, c].into_iter().all(fine) {
        return None;
    }
    let number = |part: &str| part.parse::<u32>().unwrap_or_default();
    if a.len() == 4 {
        return Date::from_ymd_opt(number(a) as i32, number(b), number(c));
    }
    let year = match c.len() {
        4 => number(c) as i32,
        2 => 2000 + number(c) as i32,
        _ => return None,
    };
    let (a, b) = (number(a), number(b));
    let swapped = mark == '/' && (b > 12 || month_first && a <= 12);
    let (day, month) = if swapped { (b, a) } else { (a, b) };
    Date::from_ymd_opt(year, month, day)
}

/// `Q3`, `Q3/2031`, `Q3-31`, `3Q31`, `2031-Q3`, `Q3'31`.
fn quarter(text: &str) -> Option<(u32, Option<i32>)> {
    let letters: Vec<char> = text.chars().collect();
    let digit = |c: Option<&char>| c.and_then(|c| c.to_digit(10)).filter(|q| (1..=4).contains(q));
    let (quarter, rest) = match letters.first() {
        Some('q') => {
            (digit(letters.get(1))?, letters.get(2..).unwrap_or_default().iter().collect::<String>())
        }
        Some(c) if c.is_ascii_digit() && letters.get(1) == Some(&'q') => {
            (digit(letters.first())?, letters.get(2..).unwrap_or_default().iter().collect())
        }
        _ => {
            let (year, quarter) = text.split_once(['-', '/'])?;
            let quarter = quarter.strip_prefix('q')?.parse().ok().filter(|q| (1..=4).contains(q))?;
            return year_of(year).map(|year| (quarter, Some(year)));
        }
    };
    if rest.is_empty() {
        return Some((quarter, None));
    }
    let rest = rest.trim_start_matches(['/', '-', '.', '\'', '’', ' ']);
    year_of(rest).map(|year| (quarter, Some(year)))
}

fn ordinal(text: &str) -> Option<u32> {
    match text {
        "1st" | "first" | "1" | "erstes" | "ersten" => Some(1),
        "2nd" | "second" | "2" | "zweites" | "zweiten" => Some(2),
        "3rd" | "third" | "3" | "drittes" | "dritten" => Some(3),
        "4th" | "fourth" | "4" | "viertes" | "vierten" => Some(4),
        _ => None,
    }
}

fn year_of(text: &str) -> Option<i32> {
    let text = text.trim_start_matches(['\'', '’']).trim_end_matches([',', '.', ')']);
    let year: i32 = text.parse().ok()?;
    match text.len() {
        4 if (2000..2100).contains(&year) => Some(year),
        2 if (20..60).contains(&year) => Some(2000 + year),
        _ => None,
    }
}

/// The day of a cell of a table.
pub(super) fn of_cell(text: &str, today: Date, month_first: bool) -> Option<Date> {
    let all: Vec<Word<'_>> = words(text, 0).iter().map(bare).collect();
    let (day, count, _) = at_words(&all, today, month_first)?;
    (count == all.len()).then_some(day)
}
