//! Business words: their usual short form, and which of them tell no company from another.

use std::collections::HashMap;
#[cfg(feature = "ssr")]
use std::collections::HashSet;
use std::sync::LazyLock;

/// Letters from which a business word may hold a slip and still be known.
const LONG_WORD: usize = 6;

/// Short forms and what is written out for them.
const USUAL: &[(&str, &[&str])] = &[
    ("intl", &["international", "internacional", "internationale"]),
    ("natl", &["national", "nacional"]),
    ("tech", &["technology", "technologies", "technologie", "technologien", "techs", "technolgy"]),
    ("mfg", &["manufacturing", "manufacturers", "manufacturer"]),
    ("mgmt", &["management"]),
    ("svc", &["services", "service", "svcs", "serv"]),
    ("sys", &["systems", "system", "systeme"]),
    ("sol", &["solutions", "solution"]),
    ("assoc", &["associates", "association", "associated"]),
    ("bros", &["brothers"]),
    ("univ", &["university", "universitat", "universidad", "universite"]),
    ("dept", &["department"]),
    ("govt", &["government"]),
    ("eng", &["engineering", "engineers"]),
    ("ind", &["industries", "industry", "industrial", "industrie", "indus"]),
    ("lab", &["laboratories", "laboratory", "labs"]),
    ("dist", &["distribution", "distributors", "distributor", "distributing"]),
    ("grp", &["group", "groupe", "gruppe", "grupo", "gruppo"]),
    ("hld", &["holdings", "holding", "hldgs", "hldg"]),
    ("ent", &["enterprises", "enterprise", "entpr"]),
    ("comm", &["communications", "communication"]),
    ("constr", &["construction", "constructions"]),
    ("cons", &["consulting", "consultants", "consultancy", "consult"]),
    ("dev", &["development", "developments"]),
    ("elec", &["electric", "electrical", "electronics", "electronic"]),
    ("ins", &["insurance"]),
    ("inv", &["investments", "investment"]),
    ("log", &["logistics", "logistic", "logistik"]),
    ("pharma", &["pharmaceuticals", "pharmaceutical", "pharmaceutica"]),
    ("prop", &["properties", "property"]),
    ("res", &["research"]),
    ("sw", &["software"]),
    ("trans", &["transportation", "transport", "transports"]),
    ("amer", &["america", "american"]),
    ("deutsch", &["deutschland", "germany", "german", "deutsche", "deutscher"]),
    ("st", &["saint", "sankt"]),
];

static BY_WORD: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    USUAL.iter().flat_map(|(short, long)| long.iter().map(move |word| (*word, *short))).collect()
});

/// The form a word is compared in: `technologies`, `tech` and even `technolgies` become `tech`.
pub(crate) fn usual(word: &str) -> &str {
    BY_WORD.get(word).copied().or_else(|| misspelt(word)).unwrap_or(word)
}

fn misspelt(word: &str) -> Option<&'static str> {
    if word.len() < LONG_WORD || !word.is_ascii() {
        return None;
    }
    let nearly = |known: &str| known.len() >= LONG_WORD && is_one_slip(word.as_bytes(), known.as_bytes());
    USUAL.iter().find(|(_, long)| long.iter().any(|known| nearly(known))).map(|(short, _)| *short)
}

/// Same first letter, and one letter wrong, missing, too much, or two neighbours swapped.
fn is_one_slip(one: &[u8], other: &[u8]) -> bool {
    if one.len().abs_diff(other.len()) > 1 || one.first() != other.first() {
        return false;
    }
    let start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[start..], &other[start..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&one[..one.len() - end], &other[..other.len() - end]) {
        ([a, b], [c, d]) => a == d && b == c,
        (one, other) => one.len() <= 1 && other.len() <= 1,
    }
}

/// Words, in their usual form, that too many companies share to look one up by.
#[cfg(feature = "ssr")]
pub(crate) fn is_generic(token: &str) -> bool {
    const GENERIC: &str = "
        intl natl tech mfg mgmt svc sys sol assoc bros univ dept govt eng ind lab dist grp hld ent comm
        constr cons dev elec ins inv log pharma prop res sw trans amer deutsch st and the of de la el le
        global digital data bank capital energy food general health media network new partners trade
        world";
    static ALL: LazyLock<HashSet<&str>> = LazyLock::new(|| GENERIC.split_whitespace().collect());
    ALL.contains(token)
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_usual_form_is_its_own_usual_form() {
        for word in ["international", "technologies", "labs", "deutschland", "holding"] {
            assert_eq!(usual(usual(word)), usual(word));
            assert!(is_generic(usual(word)));
        }
        assert_eq!(usual("siemens"), "siemens");
    }

    #[test]
    fn a_slip_in_a_long_business_word_is_read_past() {
        for word in ["technolgies", "tecnhologies", "techhnologies", "technologiez"] {
            assert_eq!(usual(word), "tech");
        }
        for word in ["molding", "groop", "systemata", "techno"] {
            assert_eq!(usual(word), word);
        }
    }
}
