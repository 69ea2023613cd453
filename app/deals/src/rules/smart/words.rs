//! Small things that all readers of text need: words with their places, and letters made comparable.
use std::ops::Range;

/// A word with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
}

impl Word<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The words of a text that begins at `start`, cut at white space.
pub(super) fn words(text: &str, start: usize) -> Vec<Word<'_>> {
    let mut all = Vec::new();
    let mut begun = None;
    for (at, letter) in text.char_indices() {
        match (letter.is_whitespace(), begun) {
            (false, None) => begun = Some(at),
            (true, Some(from)) => {
                all.push(Word { text: &text[from..at], start: start + from });
                begun = None;
            }
            _ => {}
        }
    }
    if let Some(from) = begun {
        all.push(Word { text: &text[from..], start: start + from });
    }
    all
}

/// Without the punctuation around it.
pub(super) fn bare<'a>(word: &Word<'a>) -> Word<'a> {
    trimmed(word.text, word.start, |letter: char| {
        matches!(
            letter,
            ',' | ';'
                | ':'
                | '.'
                | '!'
                | '?'
                | '('
                | ')'
                | '['
                | ']'
                | '<'
                | '>'
                | '"'
                | '\''
                | '*'
                | '„'
                | '“'
                | '”'
                | '»'
                | '«'
        )
    })
}

/// A text without what is at its ends, with its new place.
pub(super) fn trimmed(text: &str, start: usize, at_ends: impl Fn(char) -> bool + Copy) -> Word<'_> {
    let rest = text.trim_start_matches(at_ends);
    let start = start + text.len() - rest.len();
    Word { text: rest.trim_end_matches(at_ends), start }
}

/// Without white space at its ends.
pub(super) fn tidy(text: &str, start: usize) -> Word<'_> {
    trimmed(text, start, char::is_whitespace)
}

/// Cut where people put two things on one line: `Anna Meier | Head of IT · Acme GmbH`. A comma cuts only when `commas`.
pub(super) fn segments(text: &str, start: usize, commas: bool) -> Vec<Word<'_>> {
    let mut all = Vec::new();
    let mut from = 0;
    let mut cut = |from: usize, to: usize| {
        let part = tidy(&text[from..to], start + from);
        if !part.text.is_empty() {
            all.push(part);
        }
    };
    for (at, letter) in text.char_indices() {
        let ends = matches!(letter, '|' | '•' | '·' | '\t' | ';' | '⎮' | '┃')
            || commas && letter == ','
            || matches!(letter, '–' | '—' | '-' | '/')
                && text[..at].ends_with(' ')
                && text[at + letter.len_utf8()..].starts_with(' ');
        if ends && at >= from {
            cut(from, at);
            from = at + letter.len_utf8();
        }
    }
    cut(from, text.len());
    all
}

/// Lower case without accents; umlauts as people write them in addresses: `ä` is `ae`, `ß` is `ss`.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' | 'æ' => out.push_str("ae"),
            'ö' | 'ø' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'á' | 'à' | 'â' | 'ã' | 'å' | 'ą' => out.push('a'),
            'é' | 'è' | 'ê' | 'ë' | 'ě' | 'ę' => out.push('e'),
            'í' | 'ì' | 'î' | 'ï' => out.push('i'),
            'ó' | 'ò' | 'ô' | 'õ' => out.push('o'),
            'ú' | 'ù' | 'û' | 'ů' => out.push('u'),
            'ç' | 'č' | 'ć' => out.push('c'),
            'ñ' | 'ň' | 'ń' => out.push('n'),
            'š' | 'ś' => out.push('s'),
            'ž' | 'ź' | 'ż' => out.push('z'),
            'ř' => out.push('r'),
            'ý' => out.push('y'),
            'ł' => out.push('l'),
            other => out.push(other),
        }
    }
    out
}

/// Only letters and digits of the folded text.
pub(super) fn squashed(text: &str) -> String {
    folded(text).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Whether a folded text has one of these words or phrases, on words' borders.
pub(super) fn mentions(folded: &str, phrases: &[&str]) -> bool {
    place_of(folded, phrases).is_some()
}

/// Where a folded text has the first of these words or phrases.
pub(super) fn place_of(folded: &str, phrases: &[&str]) -> Option<Range<usize>> {
    let free = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    phrases
        .iter()
        .filter_map(|phrase| {
            folded.match_indices(phrase).map(|(at, _)| at..at + phrase.len()).find(|at| {
                free(folded[..at.start].chars().next_back()) && free(folded[at.end..].chars().next())
            })
        })
        .min_by_key(|at| at.start)
}

/// Whether it begins with a capital letter.
pub(super) fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}
