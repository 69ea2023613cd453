//! Names that are known, and when another spelling of one may safely be taken for it.
use std::collections::HashMap;

use customers::rules::name_key;

/// Misspellings of up to so many letters are mended, where only one known word is that near.
const SLIPS: usize = 2;
/// Shorter words are too near to each other to guess.
const SHORTEST: usize = 5;

/// Records by name.
pub(crate) struct KnownNames<T> {
    by_key: HashMap<String, Vec<(T, String)>>,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Found<T> {
    /// The record, and its name where the file spells it otherwise.
    One(T, Option<String>),
    /// Several records have it.
    Several,
    Nobody,
}

impl<T: Copy + PartialEq> KnownNames<T> {
    pub(crate) fn new(records: impl IntoIterator<Item = (T, String)>) -> Self {
        let mut by_key: HashMap<String, Vec<(T, String)>> = HashMap::new();
        for (record, name) in records {
            by_key.entry(name_key(&name)).or_default().push((record, name));
        }
        Self { by_key }
    }

    /// The record of a name: spelt the same, else the only one with the same letters and digits.
    pub(crate) fn find(&self, name: &str) -> Found<T> {
        let key = name_key(name);
        let all = self.by_key.get(&key).filter(|_| !key.is_empty()).map_or(&[][..], Vec::as_slice);
        let one = |mut records: std::iter::Copied<std::slice::Iter<'_, T>>| {
            let first = records.next()?;
            records.all(|record| record == first).then_some(first)
        };
        let same: Vec<T> = all.iter().filter(|(_, known)| known == name).map(|(record, _)| *record).collect();
        if let Some(record) = one(same.iter().copied()) {
            return Found::One(record, None);
        }
        let records: Vec<T> = all.iter().map(|(record, _)| *record).collect();
        match (one(records.iter().copied()), all.first()) {
            (Some(record), Some((_, known))) => Found::One(record, Some(known.clone())),
            (_, None) => Found::Nobody,
            _ => Found::Several,
        }
    }
}

/// The known word that a misspelt one stands for: the nearest by letters typed wrong, left out, added or swapped, at
/// most two of them, and only when no other word is as near.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.trim().to_lowercase();
    if word.chars().count() < SHORTEST {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    let mut tied = false;
    for candidate in known {
        let slips = strsim::osa_distance(&word, &candidate.to_lowercase());
        match best {
            Some((least, _)) if slips > least => {}
            Some((least, _)) if slips == least => tied = true,
            _ => (best, tied) = (Some((slips, candidate)), false),
        }
    }
    best.filter(|(slips, _)| *slips <= SLIPS && !tied).map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_without_its_space_is_the_product() {
        let known = KnownNames::new([(1, "GTX Pro".to_owned()), (2, "GTX Plus Pro".to_owned())]);
        assert_eq!(known.find("GTXPro"), Found::One(1, Some("GTX Pro".to_owned())));
        assert_eq!(known.find("GTX Plus Pro"), Found::One(2, None));
        assert_eq!(known.find("GTX Ultra"), Found::Nobody);
        assert_eq!(known.find("--"), Found::Nobody);
    }

    #[test]
    fn two_records_of_one_name_are_not_guessed_between() {
        let known = KnownNames::new([(1, "Acme".to_owned()), (2, "ACME".to_owned()), (3, "acme".to_owned())]);
        assert_eq!(known.find("A-cme"), Found::Several);
        assert_eq!(known.find("ACME"), Found::One(2, None));
        let twice = KnownNames::new([(1, "MG Special".to_owned()), (1, "MG Special".to_owned())]);
        assert_eq!(twice.find("MG Special"), Found::One(1, None));
    }

    #[test]
    fn a_slip_of_the_pen_is_mended_only_where_one_word_is_near() {
        let sectors = ["technology", "medical", "retail", "software"];
        assert_eq!(nearest("technolgy", sectors), Some("technology"));
        assert_eq!(nearest("Medcial", sectors), Some("medical"));
        assert_eq!(nearest("tech", sectors), None);
        assert_eq!(nearest("hardware", sectors), None);
        assert_eq!(nearest("Nigera", ["Niger", "Nigeria"]), None);
    }
}
