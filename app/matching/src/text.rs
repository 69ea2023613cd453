//! Folding: one spelling for text that people read as the same.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters of a raw field that are looked at; the rest cannot make it another company.
const LONGEST_INPUT: usize = 512;

/// Compatibility-normalised, lower case, without the marks of Latin, Greek and Cyrillic letters.
///
/// Marks of other scripts carry the vowel or the consonant itself and are kept. Invisible characters vanish.
pub(crate) fn fold(raw: &str) -> String {
    let capped = raw.chars().take(LONGEST_INPUT);
    let mut folded = String::with_capacity(raw.len().min(LONGEST_INPUT * 4));
    for c in capped.nfkd().flat_map(char::to_lowercase).filter(|c| !is_dropped(*c)) {
        match spelled_out(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(c),
        }
    }
    folded.nfc().collect()
}

/// Letters, digits, and the marks that other scripts write their vowels with.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// ASCII letters and digits of the folded text, in upper case: for codes of all kinds.
pub(crate) fn code(raw: &str) -> String {
    fold(raw).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// Whether the digits are what people type to get past a required field: `0000000`, `1234567`.
pub(crate) fn is_placeholder(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    let same = bytes.windows(2).all(|pair| pair[0] == pair[1]);
    let counting =
        bytes.windows(2).all(|pair| pair[1] == pair[0] + 1 || (pair[0] == b'9' && pair[1] == b'0'));
    same || counting
}

/// Lets `ä`, `ae` and `a` meet (likewise ö, ü and å): the vowel stays, the letter that lengthens it goes.
///
/// Also shortens `blue` and `boeing`; harmless, because both sides are shortened alike.
pub(crate) fn meet_umlauts(word: &str) -> String {
    let mut met = String::with_capacity(word.len());
    let mut last = '\0';
    for c in word.chars() {
        if matches!((last, c), ('a', 'a' | 'e') | ('o' | 'u', 'e')) {
            continue;
        }
        met.push(c);
        last = c;
    }
    met
}

/// The same word in ASCII letters where a transliteration is known, else unchanged.
#[cfg(feature = "ssr")]
pub(crate) fn latin(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let ascii: String = any_ascii::any_ascii(word)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_lowercase();
    if ascii.is_empty() { word.to_owned() } else { ascii }
}

/// The browser keeps other scripts as they are: the table would weigh more than the whole page.
#[cfg(not(feature = "ssr"))]
pub(crate) fn latin(word: &str) -> String {
    word.to_owned()
}

fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}'
        | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "n",
        'ŧ' => "t",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Präzision", "prazision")]
    #[case("ＡＣＭＥ　①", "acme 1")]
    #[case("Straße", "strasse")]
    #[case("ŁÓDŹ Ørsted", "lodz orsted")]
    #[case("İstanbul", "istanbul")]
    #[case("Ac\u{200b}me\u{ad}", "acme")]
    #[case("ガス", "ガス")]
    #[case("ОДЕССКИЙ", "одесскии")]
    #[case("ΣΊΣΥΦΟΣ", "σισυφοσ")]
    fn folding_leaves_what_people_read(#[case] raw: &str, #[case] folded: &str) {
        assert_eq!(fold(raw), folded);
    }

    #[rstest]
    #[case("prazision", "praezision")]
    #[case("muller", "mueller")]
    #[case("arhus", "aarhus")]
    #[case("orsted", "oersted")]
    fn umlauts_meet_their_spelling_without(#[case] bare: &str, #[case] spelled: &str) {
        assert_eq!(meet_umlauts(bare), meet_umlauts(spelled));
    }

    #[test]
    fn digits_typed_to_get_past_a_field_are_no_number() {
        assert!(is_placeholder("0000000") && is_placeholder("1234567890") && !is_placeholder("4930901820"));
    }
}
