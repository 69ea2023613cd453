//! Blocking keys: two records are compared only if they share one, so a look-up costs candidates and not the table.
//!
//! Exact keys (`d:` domain, `r:` registration number, `p:` telephone) stand for themselves. A name gets, per form:
//!
//! | key | meets |
//! |---|---|
//! | `w:` all letters run together, in order and with sorted words | legal forms, spacing, punctuation, word order, abbreviations |
//! | `w:` the same without business words, and all its letters but one when under eight | any one slip in a short name |
//! | `a:` `b:` `c:` the first, the last, the outer two of its three parts, with the length of the whole | any one slip in a longer name |
//! | `s:` consonants by sound | transliterations, vowels, doubled letters, several slips |
//! | `i:` initials | IBM and International Business Machines |
//! | `t:` first and longest telling word | a word more or less |
//!
//! The parts follow Pass-Join (Li, Deng, Wang, Feng, "Pass-Join: A Partition-based Method for Similarity Joins", PVLDB 5
//! (2011), p. 253–264) for one edit, with a part to spare: of three parts two are always intact, and two of three are
//! shared by few among a million names where one of two halves is shared by hundreds. The one who asks tries the lengths
//! one less and one more, which is why [`probes`] are more than [`keys`]. Parts of short names are shared by too many; there
//! a key for each missing letter (deletion neighbourhood, as in SymSpell) is no more than eight.
//!
//! Measured in `tests/recall.rs` on 4,000 slips of the mixed set among 20,000 made-up companies of two and more syllables:
//! 99.9 % share a key and rank among the first five, at ten candidates each. Names of two or three letters are the weak
//! spot: with a third of the words of one syllable 98.6 % share a key, because a slip in `Bo` makes another name.

use crate::abbreviations::is_generic;
use crate::company::{NameForm, Profile};
use crate::sound::{self, skeleton};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Keys a record may be stored under because of its name, and because of each further one.
const MOST_NAME_KEYS: [usize; 2] = [15, 9];
/// Keys a name may be looked for under, and each further one.
const MOST_NAME_PROBES: [usize; 2] = [48, 24];
/// Letters up to which a key is written out; longer ones keep the first few and a hash of all.
const LONGEST_KEY: usize = 28;
const LEGIBLE: usize = 8;
/// Letters from which a name is looked for by its parts, and by all letters but one below it.
const PARTED: usize = 8;
/// Letters below which a slip makes another name.
const SHORTEST: usize = 4;

/// Records above which a broad key ([`BlockingKey::is_broad`]) says nothing and is better skipped.
pub const MOST_PER_BROAD_KEY: usize = 64;
/// Records that are looked at for any other key.
const MOST_PER_KEY: usize = 200;

/// A short ASCII-prefixed string, at most 30 bytes for Latin text; equal keys are candidates, no more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BlockingKey(String);

impl BlockingKey {
    fn new(kind: char, value: &str) -> Self {
        let cut = |letters| value.char_indices().nth(letters).map(|(at, _)| &value[..at]);
        Self(match cut(LONGEST_KEY) {
            None => format!("{kind}:{value}"),
            Some(_) => format!("{kind}:{}~{:016x}", cut(LEGIBLE).unwrap_or(value), fnv1a(value)),
        })
    }

    /// `d:acme.com`: the kind, then what is the same.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `acme.com:d`: as it is stored and indexed. With the letters first the keys of one name mostly begin alike and lie
    /// close together in an index, so that a record is written to few places in it.
    pub fn stored(&self) -> String {
        let (kind, value) = self.0.split_once(':').unwrap_or(("", &self.0));
        format!("{value}:{kind}")
    }

    /// Whether the key identifies (domain, registration number, telephone) and not merely resembles.
    pub fn is_exact(&self) -> bool {
        self.0.starts_with(['d', 'r', 'p'])
    }

    /// Whether many companies may share the key (one word, initials). One that leads to more than
    /// [`MOST_PER_BROAD_KEY`] records is too common to tell any of them and is to be skipped, whole.
    pub fn is_broad(&self) -> bool {
        self.0.starts_with(['t', 'i'])
    }

    /// Records that are looked at for it.
    pub fn most(&self) -> usize {
        if self.is_broad() { MOST_PER_BROAD_KEY } else { MOST_PER_KEY }
    }

    /// What sharing it counts when candidates are put in order: the fewer share one by chance the more. One that
    /// identifies goes before any number of keys that merely resemble.
    pub fn weight(&self) -> u32 {
        match self.0.as_bytes().first() {
            Some(b'd' | b'r' | b'p') => 64,
            Some(b'w') => 4,
            Some(b'a' | b'b' | b'c') => 3,
            Some(b's') => 2,
            _ => 1,
        }
    }
}

impl std::fmt::Display for BlockingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<BlockingKey> for String {
    fn from(key: BlockingKey) -> Self {
        key.0
    }
}

/// The keys a record is stored under, exact ones first: at most 15 for a company of one name, about eight for an
/// ordinary one.
pub fn keys(profile: &Profile) -> Vec<BlockingKey> {
    gather(profile, MOST_NAME_KEYS, |length| length..=length)
}

/// The keys a record is looked for under: those of [`keys`] and the neighbours of each name, at most 51 for a company
/// of one name and one domain.
pub fn probes(profile: &Profile) -> Vec<BlockingKey> {
    gather(profile, MOST_NAME_PROBES, |length| length.saturating_sub(1)..=length + 1)
}

/// The keys that stand for the company itself: its domains and its registration number; where neither is known, each of
/// its names whole.
pub fn identities(profile: &Profile) -> Vec<BlockingKey> {
    let domains = profile.domain.iter().chain(&profile.other_domains).map(|domain| ('d', domain));
    let numbers = profile.registration_number.iter().map(|number| ('r', number));
    let strong: Vec<BlockingKey> =
        domains.chain(numbers).map(|(kind, value)| BlockingKey::new(kind, value)).collect();
    if strong.is_empty() {
        return profile.names.iter().map(|form| BlockingKey::new('w', &form.squashed)).collect();
    }
    strong
}

fn gather(
    profile: &Profile,
    [most_first, most_further]: [usize; 2],
    lengths: impl Fn(usize) -> RangeInclusive<usize>,
) -> Vec<BlockingKey> {
    let domains = profile.domain.iter().chain(&profile.other_domains).map(|domain| ('d', domain));
    let numbers = [('r', &profile.registration_number), ('p', &profile.phone)];
    let numbers = numbers.into_iter().filter_map(|(kind, value)| Some((kind, value.as_ref()?)));
    let mut keys: Vec<BlockingKey> =
        domains.chain(numbers).map(|(kind, value)| BlockingKey::new(kind, value)).collect();
    for (at, form) in profile.names.iter().enumerate() {
        let mut fuzzy = Vec::new();
        whole(form, &mut fuzzy);
        let core = telling(form);
        fuzzy.push(BlockingKey::new('w', &core));
        let length = core.chars().count();
        all_but_one(&core, *lengths(length).start(), &mut fuzzy);
        parts(&core, lengths(length), &mut fuzzy);
        // The end of the spelled-out name would often be a business word alone, which thousands share.
        let mut spelled = Vec::new();
        parts(&form.spelled, lengths(form.spelled.chars().count()), &mut spelled);
        fuzzy.extend(spelled.into_iter().filter(|key| !key.0.starts_with('b')));
        sounds(form, &mut fuzzy);
        if at == 0 {
            words(form, &mut fuzzy);
        }
        let most = keys.len() + if at == 0 { most_first } else { most_further };
        for key in fuzzy {
            if keys.len() < most && !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys
}

/// The letters of the words that tell this company from others: thousands end in the same business word, and a part made
/// of it would lead to all of them. The whole name where too little is left.
fn telling(form: &NameForm) -> String {
    let words = form.name.tokens().iter().filter(|token| !is_generic(token));
    let core: String = words.map(String::as_str).collect();
    if core.chars().count() < SHORTEST { form.squashed.clone() } else { core }
}

fn whole(form: &NameForm, keys: &mut Vec<BlockingKey>) {
    keys.extend([&form.squashed, &form.sorted].map(|letters| BlockingKey::new('w', letters)));
}

/// Every letter left out once, when `shortest`, the shortest name that is meant, is looked for that way.
fn all_but_one(squashed: &str, shortest: usize, keys: &mut Vec<BlockingKey>) {
    let letters = squashed.char_indices();
    if shortest < PARTED && letters.clone().count() >= SHORTEST {
        keys.extend(letters.map(|(at, letter)| {
            let (before, rest) = squashed.split_at(at);
            BlockingKey::new('w', &[before, &rest[letter.len_utf8()..]].concat())
        }));
    }
}

/// Two of the three parts of a name of each given length, as far as they are intact here. Asked with neighbours, two
/// letters swapped across the border of two parts are tried swapped back.
fn parts(squashed: &str, lengths: RangeInclusive<usize>, keys: &mut Vec<BlockingKey>) {
    let letters: Vec<char> = squashed.chars().collect();
    let actual = letters.len();
    let has_neighbours = lengths.start() != lengths.end();
    for length in lengths.filter(|length| *length >= PARTED) {
        let outer = outer(length);
        let two = length - outer;
        if two > actual {
            continue;
        }
        keys.push(part('a', length, &letters[..two], &[]));
        keys.push(part('b', length, &letters[actual - two..], &[]));
        keys.push(part('c', length, &letters[..outer], &letters[actual - outer..]));
    }
    if has_neighbours && actual >= PARTED {
        let outer = outer(actual);
        for border in [outer, actual - outer] {
            let mut swapped = letters.clone();
            swapped.swap(border - 1, border);
            keys.push(BlockingKey::new('w', &swapped.into_iter().collect::<String>()));
        }
    }
}

/// Letters of the first part, and of the last.
fn outer(length: usize) -> usize {
    (length + 1) / 3
}

fn part(kind: char, length: usize, start: &[char], end: &[char]) -> BlockingKey {
    let letters: String = start.iter().chain(end).collect();
    BlockingKey::new(kind, &format!("{letters}~{length}"))
}

fn sounds(form: &NameForm, keys: &mut Vec<BlockingKey>) {
    let skeletons = [&form.squashed, &form.spelled].map(|letters| skeleton(letters));
    let telling = skeletons.iter().filter(|skeleton| skeleton.len() >= sound::TELLING);
    keys.extend(telling.map(|skeleton| BlockingKey::new('s', skeleton)));
}

fn words(form: &NameForm, keys: &mut Vec<BlockingKey>) {
    let tokens = form.name.tokens();
    let initials = match tokens {
        [one] if (3..=5).contains(&one.chars().count()) => Some(one.clone()),
        _ => form.name.initials().filter(|initials| initials.chars().count() <= 5),
    };
    keys.extend(initials.map(|letters| BlockingKey::new('i', &letters)));
    let telling = || tokens.iter().filter(|token| token.len() > 2 && !is_generic(token));
    let first = telling().next();
    let longest = telling().max_by_key(|token| token.len());
    keys.extend(first.into_iter().chain(longest).map(|token| BlockingKey::new('t', token)));
}

/// FNV-1a, 64 bits: stable across builds and machines, because keys are stored.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Aliases, Company};
    use rstest::rstest;

    fn profile(name: &str) -> Profile {
        Profile::new(&Company { name: name.into(), ..Company::default() }, &Aliases::default())
    }

    fn texts(keys: Vec<BlockingKey>) -> Vec<String> {
        keys.into_iter().map(String::from).collect()
    }

    #[test]
    fn stored_keys_stay_what_they_were() {
        let company = Company {
            name: "Blue Ridge Logistics GmbH".into(),
            website: Some("blueridge.example.de".into()),
            registration_number: Some("HRB 6684".into()),
            phone: Some("+49 89 63600123".into()),
            ..Company::default()
        };
        let keys = texts(keys(&Profile::new(&company, &Aliases::default())));
        let expected = [
            "d:example.de",
            "r:HRB6684",
            "p:+498963600123",
            "w:bluridgelog",
            "w:blulogridge",
            "w:bluridge",
            "a:bluri~8",
            "b:ridge~8",
            "c:bludge~8",
            "a:bluridgelog~17",
            "c:bluridistics~17",
            "s:plrtklk",
            "s:plrtklkstks",
            "i:brl",
            "t:blu",
            "t:ridge",
        ];
        assert_eq!(keys, expected);
        let stored: Vec<String> =
            super::keys(&profile("Blue Ridge")).iter().map(BlockingKey::stored).collect();
        assert!(stored.contains(&"bluri~8:a".to_owned()), "{stored:?}");
    }

    #[test]
    fn an_endless_name_has_short_keys_that_still_differ() {
        let (one, other) = ("a".repeat(100), "a".repeat(99) + "b");
        assert!(keys(&profile(&one)).iter().all(|key| key.as_str().len() <= 30));
        assert_ne!(keys(&profile(&one))[0], keys(&profile(&other))[0]);
    }

    #[rstest]
    #[case("GTX Pro", "GTXPro")]
    #[case("Betasoloin", "Betasolin")]
    #[case("Betasoloin", "Bteasoloin")]
    #[case("Betasoloin", "Betaosloin")]
    #[case("Acme", "Acem")]
    #[case("General Motors Company", "Motors, General")]
    #[case("International Business Machines", "IBM Corp.")]
    #[case("Яндекс", "Yandex LLC")]
    #[case("Tschaikowski GmbH", "Chaikovsky Ltd")]
    #[case("Zoomit", "Zoomit Germany")]
    #[case("株式会社ソニー", "Sony Corporation")]
    fn one_company_spelt_twice_shares_a_key(#[case] stored: &str, #[case] asked: &str) {
        let stored = keys(&profile(stored));
        assert!(probes(&profile(asked)).iter().any(|key| stored.contains(key)));
    }

    #[test]
    fn nothing_known_has_no_key() {
        assert_eq!(keys(&profile("")), []);
        assert_eq!(probes(&profile("🚀")), []);
    }
}
