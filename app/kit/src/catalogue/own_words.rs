//! Own words: what a brand calls partners, customers, leads and programs, in every text of the catalogue.
//!
//! Each language lists the forms in which its texts have the noun; a brand gives its own word for each form. Forms are
//! exchanged as whole words, with what hangs on them: capitals, `a` and `an`, what French elides, what Arabic prefixes.
//! Genders are not known: the word must have that of the one it stands for.
use std::collections::BTreeMap;

use super::{LANGUAGES, Locale};

/// A noun that brands may call otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noun {
    /// Names it in themes: `partner`, `customer`, `lead`, `program`.
    pub key: &'static str,
    forms: [&'static [&'static str]; LANGUAGES],
}

impl Noun {
    /// The forms in which a language's texts have it; empty where it cannot be told from other words.
    #[must_use]
    pub const fn forms(&self, language: Locale) -> &'static [&'static str] {
        self.forms[language as usize]
    }
}

/// All of them, in the order in which they are offered.
pub const NOUNS: [Noun; 4] = [
    Noun {
        key: "partner",
        forms: [
            &["partner", "partners"],
            &["Partner", "Partnern", "Partners"],
            &["partenaire", "partenaires"],
            &["socio", "socios"],
            &["شريك", "شركاء"],
        ],
    },
    Noun {
        key: "customer",
        forms: [
            &["customer", "customers"],
            &["Kunde", "Kunden"],
            &["client", "clients"],
            &["cliente", "clientes"],
            &["عميل", "عملاء"],
        ],
    },
    Noun {
        key: "lead",
        forms: [&["lead", "leads"], &["Lead", "Leads"], &["prospect", "prospects"], &[], &[]],
    },
    Noun {
        key: "program",
        forms: [
            &["program", "programs"],
            &["Programm", "Programms", "Programme"],
            &["programme", "programmes"],
            &["programa", "programas"],
            &["برنامج", "برامج"],
        ],
    },
];

/// With one of these after it a form says something else: a possible customer is a lead.
const OTHERWISE: [&str; 2] = ["potencial", "محتمل"];

/// A form of a language, and what is said in its place.
pub type Exchanged = BTreeMap<String, String>;

/// Whether a language's texts have the form.
#[must_use]
pub fn is_form(language: Locale, form: &str) -> bool {
    NOUNS.iter().any(|noun| noun.forms(language).contains(&form))
}

/// The text in the brand's words; none where it stays as it is. What stands in braces is never touched.
#[must_use]
pub fn reworded(language: Locale, text: &str, own: &Exchanged) -> Option<String> {
    let mut out = String::with_capacity(text.len() + 16);
    let mut changed = false;
    // Where the word before begins in `out`, as long as nothing but a space came after it.
    let mut before: Option<usize> = None;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first == '{' {
            let end = rest.find('}').map_or(rest.len(), |end| end + 1);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
            before = None;
        } else if first.is_alphanumeric() {
            let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            let said = own_word(language, word, after, own);
            let place = match (&said, before) {
                (Some(said), Some(before)) => fitted(language, &mut out, before, said),
                _ => out.len(),
            };
            changed |= said.is_some();
            out.push_str(said.as_deref().unwrap_or(word));
            before = Some(place);
            rest = after;
        } else {
            if first != ' ' || out.ends_with(' ') {
                before = None;
            }
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    changed.then_some(out)
}

/// The brand's word for one of the text, with its capital and prefixes.
fn own_word(language: Locale, word: &str, after: &str, own: &Exchanged) -> Option<String> {
    let (prefix, bare) = if language == Locale::Ar { without_prefix(word, own) } else { ("", word) };
    let (form, said) = own.iter().find(|(form, _)| same(form, bare))?;
    let next = after.trim_start().trim_start_matches("ال");
    if OTHERWISE.iter().any(|word| next.starts_with(word)) {
        return None;
    }
    let raised = first(bare).is_uppercase() && !first(form).is_uppercase();
    let said = if raised { with_capital(said) } else { said.clone() };
    Some([prefix, &said].concat())
}

/// Equal but for a capital at the beginning of a sentence.
fn same(form: &str, word: &str) -> bool {
    form == word || with_capital(form) == word
}

fn first(text: &str) -> char {
    text.chars().next().unwrap_or(' ')
}

fn with_capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// What Arabic writes on to the front of a word: and, so; with, like, for; the.
fn without_prefix<'a>(word: &'a str, own: &Exchanged) -> (&'a str, &'a str) {
    const FRONT: [&str; 3] = ["", "و", "ف"];
    const MIDDLE: [&str; 8] = ["", "ب", "ك", "ل", "ال", "بال", "كال", "لل"];
    for front in FRONT {
        for middle in MIDDLE {
            let length = front.len() + middle.len();
            let fits = word.strip_prefix(front).and_then(|rest| rest.strip_prefix(middle));
            if let Some(bare) = fits.filter(|bare| own.contains_key(*bare)) {
                return (&word[..length], bare);
            }
        }
    }
    ("", word)
}

/// Makes the word before fit what comes now: `a partner`, `an agent`; `du partenaire`, `de l’agent`. Gives where the
/// new word begins.
fn fitted(language: Locale, out: &mut String, before: usize, said: &str) -> usize {
    let word = out[before..].trim_end().to_owned();
    let fit = match (language, word.to_lowercase().as_str(), sounds_open(language, said)) {
        (Locale::En, "a", true) => "an ",
        (Locale::En, "an", false) => "a ",
        (Locale::Fr, "le" | "la", true) => "l’",
        (Locale::Fr, "de", true) => "d’",
        (Locale::Fr, "du", true) => "de l’",
        (Locale::Fr, "au", true) => "à l’",
        (Locale::Fr, "que", true) => "qu’",
        (Locale::Fr, "ce", true) => "cet ",
        _ => return out.len(),
    };
    out.truncate(before);
    if first(&word).is_uppercase() {
        out.push_str(&with_capital(fit));
    } else {
        out.push_str(fit);
    }
    out.len()
}

/// Whether a word begins with a vowel to the ear, as well as its letters say.
fn sounds_open(language: Locale, said: &str) -> bool {
    let said = said.to_lowercase();
    if language == Locale::En {
        let closed = ["us", "uni", "eu", "one"].iter().any(|start| said.starts_with(start));
        let silent =
            ["hour", "honest", "honour", "honor", "heir"].iter().any(|start| said.starts_with(start));
        return silent || (!closed && said.starts_with(['a', 'e', 'i', 'o', 'u']));
    }
    said.starts_with(['a', 'à', 'â', 'e', 'é', 'è', 'ê', 'h', 'i', 'î', 'o', 'ô', 'œ', 'u', 'y'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(pairs: &[(&str, &str)]) -> Exchanged {
        pairs.iter().map(|(form, said)| ((*form).to_owned(), (*said).to_owned())).collect()
    }

    #[test]
    fn whole_words_are_exchanged_with_their_capital_and_their_article() {
        let own = own(&[("partner", "agent"), ("partners", "agents")]);
        let said = |text| reworded(Locale::En, text, &own).unwrap_or_default();
        assert_eq!(
            said("A partner of {partner} registers a partner's deal"),
            "An agent of {partner} registers an agent's deal"
        );
        assert_eq!(said("Partners, and their partner"), "Agents, and their agent");
        assert_eq!(reworded(Locale::En, "Partnership of {partner}", &own), None);
        let back = super::tests::own(&[("partner", "user")]);
        assert_eq!(reworded(Locale::En, "a partner", &back).unwrap(), "a user");
    }

    #[test]
    fn french_elides_and_german_keeps_its_capitals() {
        let french = own(&[("partenaire", "agent"), ("partenaires", "agents")]);
        let said = |text| reworded(Locale::Fr, text, &french).unwrap_or_default();
        assert_eq!(said("Le partenaire, au partenaire, du partenaire"), "L’agent, à l’agent, de l’agent");
        assert_eq!(said("Ce partenaire et beaucoup de partenaires"), "Cet agent et beaucoup d’agents");
        let german = own(&[("Partner", "Händler"), ("Partnern", "Händlern")]);
        assert_eq!(
            reworded(Locale::De, "Partner mit Partnern; Partnertyp", &german).unwrap(),
            "Händler mit Händlern; Partnertyp"
        );
    }

    #[test]
    fn arabic_keeps_what_is_written_on_to_the_front() {
        let own = own(&[("شريك", "وكيل"), ("شركاء", "وكلاء"), ("عميل", "زبون")]);
        let said = |text| reworded(Locale::Ar, text, &own);
        assert_eq!(said("الشريك والشركاء للشريك").unwrap(), "الوكيل والوكلاء للوكيل");
        assert_eq!(said("شركة"), None);
        // A possible customer is a lead, whatever customers are called.
        assert_eq!(said("عميل محتمل"), None);
        assert_eq!(said("العميل").unwrap(), "الزبون");
    }

    #[test]
    fn every_form_stands_in_its_language_s_texts() {
        let locales = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../locales");
        for language in Locale::ALL {
            let mut texts = String::new();
            for file in std::fs::read_dir(locales.join(language.tag())).unwrap() {
                texts.push_str(&std::fs::read_to_string(file.unwrap().path()).unwrap());
            }
            for noun in NOUNS {
                for form in noun.forms(language) {
                    assert!(is_form(language, form));
                    let mark = own(&[(form, "\u{2603}")]);
                    assert!(reworded(language, &texts.replace(['{', '}'], " "), &mark).is_some(), "{form}");
                }
            }
        }
    }
}
