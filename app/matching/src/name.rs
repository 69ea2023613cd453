//! Company names: what is left when typography, legal form and filler words are taken away.

use crate::text::{fold, is_word, latin, meet_umlauts};
use crate::{abbreviations, legal_forms};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Letters of a name that count; longer ones are cut at a word.
const LONGEST_NAME: usize = 160;

/// Words that say nothing about which company it is.
const CONNECTORS: [&str; 5] = ["and", "und", "et", "the", "of"];

/// A name made comparable. Equal names may still be different companies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CompanyName {
    text: String,
    tokens: Vec<String>,
}

impl CompanyName {
    /// The folded name without its legal form, in its own script and order; empty when nothing was legible.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words to compare: Latin letters where a transliteration is known, abbreviations in their usual form,
    /// umlauts met, connectors left out.
    pub fn tokens(&self) -> &[String] {
        &self.tokens
    }

    /// The tokens run together, so that `GTX Pro` and `GTXPro` are equal.
    pub fn squashed(&self) -> String {
        self.tokens.concat()
    }

    /// Like [`Self::squashed`], with business words as they were written: `tech` and `technologies` differ.
    pub fn spelled(&self) -> String {
        self.written().concat()
    }

    /// The words as they were written, in Latin letters: for search, where `techno` is to find `technologies`.
    pub fn written(&self) -> Vec<String> {
        let words: Vec<&str> = self.text.split_whitespace().collect();
        comparable(&words, |word| word)
    }

    /// The tokens in alphabetical order and run together, so that word order does not count.
    pub fn sorted(&self) -> String {
        let mut tokens: Vec<&str> = self.tokens.iter().map(String::as_str).collect();
        tokens.sort_unstable();
        tokens.concat()
    }

    /// First letters of three or more words, else nothing: `ibm` of International Business Machines.
    pub fn initials(&self) -> Option<String> {
        (self.tokens.len() >= 3)
            .then(|| self.tokens.iter().filter_map(|token| token.chars().next()).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }
}

/// Folds a name and strips its legal forms; `country` (two letters) decides which short ones count as such.
pub fn name(raw: &str, country: Option<&str>) -> CompanyName {
    let folded = fold(raw);
    let mut words = words(&without_asides(&folded));
    if words.is_empty() {
        words = self::words(&folded);
    }
    legal_forms::strip(&mut words, country);
    let tokens = comparable(&words, abbreviations::usual);
    CompanyName { text: words.join(" "), tokens }
}

fn comparable<T: AsRef<str>>(words: &[T], form: fn(&str) -> &str) -> Vec<String> {
    let is_connector = |word: &T| CONNECTORS.contains(&word.as_ref());
    let nothing_else = words.iter().all(is_connector);
    let telling = words.iter().filter(|word| nothing_else || !is_connector(word));
    telling.map(|word| meet_umlauts(form(&latin(word.as_ref())))).collect()
}

/// Without what stands in brackets: a place, a former name, a legal form.
fn without_asides(folded: &str) -> String {
    let mut depth = 0_usize;
    let mut outside = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                outside.push(' ');
            }
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    outside
}

/// Splits folded text into words: `&` is `and`, apostrophes vanish, `S.A.` and `J P` are one word each.
fn words(folded: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut run_of_letters = false;
    for chunk in folded.split_whitespace() {
        // Marks that meet when a sign between them goes are put into their order again.
        let chunk: String =
            chunk.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | '`' | '´')).nfc().collect();
        let spoken = chunk.replace(['&', '+'], " and ");
        let parts: Vec<&str> = spoken.split(|c: char| !is_word(c)).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 && parts.iter().all(|part| is_letter(part)) {
            words.push(parts.concat() + legal_forms::DOTTED);
            run_of_letters = false;
            continue;
        }
        for part in parts {
            match words.last_mut() {
                Some(last) if run_of_letters && is_letter(part) => last.push_str(part),
                _ => {
                    run_of_letters = is_letter(part);
                    words.push(part.to_owned());
                }
            }
        }
    }
    cut(words)
}

/// One cased letter: scripts without case write whole words in one sign.
fn is_letter(part: &str) -> bool {
    let mut chars = part.chars();
    chars.next().is_some_and(char::is_lowercase) && chars.next().is_none()
}

fn cut(mut words: Vec<String>) -> Vec<String> {
    let mut left = LONGEST_NAME;
    let fits = words.iter().take_while(|word| {
        let length = word.chars().count();
        let fits = length <= left;
        left = left.saturating_sub(length);
        fits
    });
    let fits = fits.count();
    match words.first_mut() {
        Some(first) if fits == 0 => {
            *first = first.chars().take(LONGEST_NAME).collect();
            words.truncate(1);
        }
        _ => words.truncate(fits),
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn text(raw: &str) -> String {
        name(raw, None).text().to_owned()
    }

    #[rstest]
    #[case("Acme Corporation", "acme")]
    #[case("The Home Depot, Inc.", "home depot")]
    #[case("Siemens Aktiengesellschaft", "siemens")]
    #[case("Müller & Söhne GmbH & Co. KG", "muller and sohne")]
    #[case("Fiat S.p.A. S.A.", "fiat")]
    #[case("S.p.A. Immobiliare", "spa immobiliare")]
    #[case("Grupo Bimbo, S.A.B. de C.V.", "grupo bimbo")]
    #[case("L'Oréal S.A.", "loreal")]
    #[case("Plan B S.A.", "plan b")]
    #[case("J. P. Morgan", "jp morgan")]
    #[case("A.P. Møller – Mærsk A/S", "ap moller maersk")]
    #[case("Sp. z o.o. Allegro sp. z o.o.", "sp z oo allegro")]
    #[case("1&1 AG", "1 and 1")]
    #[case("3M Company", "3m")]
    #[case("ООО «Газпром»", "газпром")]
    #[case("株式会社日立製作所", "日立製作所")]
    #[case("北京小米科技有限责任公司", "北京小米科技")]
    #[case("GmbH", "gmbh")]
    #[case("GmbH & Co. KG", "gmbh")]
    #[case("The", "the")]
    #[case("Rock + Roll", "rock and roll")]
    #[case("Spago (Los Angeles)", "spago")]
    #[case("(Acme)", "acme")]
    #[case("Acme (unclosed", "acme")]
    #[case("🚀 Rocket 🚀", "rocket")]
    #[case("🚀", "")]
    #[case("\u{0}\u{7}Acme\tLtd\r\n", "acme")]
    #[case("  ", "")]
    fn a_name_is_read_without_its_legal_form(#[case] raw: &str, #[case] read: &str) {
        assert_eq!(text(raw), read);
    }

    #[rstest]
    #[case("GTXPro", "GTX Pro")]
    #[case("Präzision AG", "Praezision")]
    #[case("Prazision", "Präzision")]
    #[case("Coca-Cola", "Coca Cola Company")]
    #[case("Intl. Business Machines", "International Business Machines Corp")]
    #[case("Ernst und Young", "Ernst & Young LLP")]
    #[case("McDonald’s", "McDonalds Corp.")]
    fn spellings_of_one_company_meet(#[case] one: &str, #[case] other: &str) {
        assert_eq!(name(one, None).squashed(), name(other, None).squashed());
    }

    #[test]
    fn a_short_legal_form_counts_only_where_it_is_one() {
        assert_eq!(name("Blue Lagoon Spa", Some("IT")).text(), "blue lagoon");
        assert_eq!(name("Blue Lagoon Spa", Some("US")).text(), "blue lagoon spa");
        assert_eq!(name("Blue Lagoon Spa", None).text(), "blue lagoon spa");
        assert_eq!(name("Equinor AS", Some("NO")).text(), "equinor");
    }

    #[test]
    fn word_order_and_initials_are_at_hand() {
        assert_eq!(name("Motors General", None).sorted(), name("General Motors", None).sorted());
        assert_eq!(name("International Business Machines", None).initials().as_deref(), Some("ibm"));
        assert_eq!(name("Acme", None).initials(), None);
    }

    #[test]
    fn an_endless_name_is_cut() {
        assert_eq!(text(&"x".repeat(1_000_000)).len(), LONGEST_NAME);
        assert!(text(&"word ".repeat(100_000)).len() <= 2 * LONGEST_NAME);
    }
}
