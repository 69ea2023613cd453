//! How alike two strings are; every measure gives the same answer whichever side comes first.

use crate::abbreviations::is_generic;
use crate::sound;

/// Letters from which a word may hold a typing error and still be taken for the other.
const LONG_WORD: usize = 5;
/// Jaro–Winkler similarity from which words that sound the same are taken for one.
const ALIKE: f64 = 0.85;

/// Jaro–Winkler similarity, 0 to 1 (Winkler 1990, prefix weight 0.1, at most four letters).
pub(crate) fn jaro_winkler(left: &str, right: &str) -> f64 {
    let (first, second) = if left <= right { (left, right) } else { (right, left) };
    strsim::jaro_winkler(first, second)
}

/// Sorted distinct three-letter pieces with one blank on each side, packed or hashed to 32 bits.
pub(crate) fn trigrams(text: &str) -> Vec<u32> {
    let letters: Vec<char> = std::iter::once(' ').chain(text.chars()).chain(std::iter::once(' ')).collect();
    let mut pieces: Vec<u32> = letters.windows(3).map(|three| piece(three[0], three[1], three[2])).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

fn piece(a: char, b: char, c: char) -> u32 {
    let (a, b, c) = (u32::from(a), u32::from(b), u32::from(c));
    if (a | b | c) < 0x80 {
        a << 14 | b << 7 | c
    } else {
        // Other scripts share the upper half; a rare collision costs a hundredth of similarity.
        0x8000_0000
            | (a.wrapping_mul(0x9E37_79B1) ^ b.wrapping_mul(0x85EB_CA6B) ^ c.wrapping_mul(0xC2B2_AE35))
    }
}

/// Dice coefficient of two sorted sets, 0 to 1.
pub(crate) fn dice(left: &[u32], right: &[u32]) -> f64 {
    let (mut i, mut j, mut shared) = (0, 0, 0_usize);
    while let (Some(a), Some(b)) = (left.get(i), right.get(j)) {
        shared += usize::from(a == b);
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    let all = left.len() + right.len();
    if all == 0 { 0.0 } else { 2.0 * shared as f64 / all as f64 }
}

/// What two lists of words have in common, a typing error in a long word forgiven.
pub(crate) struct Overlap {
    pub(crate) shared: usize,
    pub(crate) shorter: usize,
    pub(crate) longer: usize,
    /// A shared word tells this company from others.
    pub(crate) is_telling: bool,
}

pub(crate) fn overlap(left: &[String], right: &[String]) -> Overlap {
    let (shorter, longer) =
        if (left.len(), left) <= (right.len(), right) { (left, right) } else { (right, left) };
    let mut free: Vec<&String> = longer.iter().collect();
    let mut overlap = Overlap { shared: 0, shorter: shorter.len(), longer: longer.len(), is_telling: false };
    for word in shorter {
        let exact = free.iter().position(|other| *other == word);
        if let Some(at) = exact.or_else(|| free.iter().position(|other| is_typo(word, other))) {
            free.swap_remove(at);
            overlap.shared += 1;
            overlap.is_telling |= word.len() > 2 && !is_generic(word);
        }
    }
    overlap
}

/// One slip, or another spelling of what sounds the same.
fn is_typo(word: &str, other: &str) -> bool {
    let (a, b) = (word.chars().count(), other.chars().count());
    if a.min(b) < LONG_WORD || a.abs_diff(b) > 2 {
        return false;
    }
    (a.abs_diff(b) <= 1 && strsim::osa_distance(word, other) <= 1)
        || (jaro_winkler(word, other) >= ALIKE && sound::skeleton(word) == sound::skeleton(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn pieces_measure_what_is_shared() {
        assert!((dice(&trigrams("acme"), &trigrams("acme")) - 1.0).abs() < 1e-9);
        assert!(dice(&trigrams("betasoloin"), &trigrams("betasolin")) > 0.7);
        assert!(dice(&trigrams("acme"), &trigrams("zenith")) < 0.1);
        assert!(dice(&trigrams("日立"), &trigrams("日立")) > 0.9);
    }

    #[test]
    fn one_slip_in_a_long_word_is_forgiven() {
        let overlap = overlap(&words("betasolion sys"), &words("sys betasoloin grp"));
        assert_eq!((overlap.shared, overlap.shorter, overlap.longer, overlap.is_telling), (2, 2, 3, true));
    }

    #[test]
    fn words_that_everybody_uses_tell_nothing() {
        assert!(!overlap(&words("global tech"), &words("global tech sol")).is_telling);
    }
}
