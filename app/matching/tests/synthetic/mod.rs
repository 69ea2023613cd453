//! Made-up companies and the ways in which people misspell them; the same ones every time.
#![allow(dead_code, reason = "the tests and the benches each use their part")]

use matching::{Aliases, Company, Profile};

const ONSETS: [&str; 26] = [
    "b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "qu", "r", "s", "t", "v", "w", "z", "br", "cr",
    "dr", "tr", "st", "sp", "gl", "pl",
];
const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
const CODAS: [&str; 12] = ["", "", "", "n", "r", "l", "s", "t", "m", "nd", "x", "k"];
const TRADES: [&str; 20] = [
    "Systems",
    "Technologies",
    "Solutions",
    "Logistics",
    "Industries",
    "Consulting",
    "Foods",
    "Energy",
    "Medical",
    "Holdings",
    "Software",
    "Engineering",
    "Partners",
    "Motors",
    "Textiles",
    "Steel",
    "Pharma",
    "Media",
    "Bank",
    "Group",
];
const FORMS: [(&str, &str, &str); 8] = [
    ("Inc.", "US", "com"),
    ("LLC", "US", "com"),
    ("GmbH", "DE", "de"),
    ("AG", "CH", "ch"),
    ("Ltd", "GB", "co.uk"),
    ("S.A.", "FR", "fr"),
    ("S.p.A.", "IT", "it"),
    ("AB", "SE", "se"),
];
const CYRILLIC: [(&str, &str); 30] = [
    ("ph", "ф"),
    ("th", "т"),
    ("ch", "х"),
    ("qu", "кв"),
    ("ye", "е"),
    ("a", "а"),
    ("b", "б"),
    ("c", "к"),
    ("d", "д"),
    ("e", "е"),
    ("f", "ф"),
    ("g", "г"),
    ("h", "х"),
    ("i", "и"),
    ("k", "к"),
    ("l", "л"),
    ("m", "м"),
    ("n", "н"),
    ("o", "о"),
    ("p", "п"),
    ("q", "к"),
    ("r", "р"),
    ("s", "с"),
    ("t", "т"),
    ("u", "у"),
    ("v", "в"),
    ("w", "в"),
    ("x", "кс"),
    ("y", "и"),
    ("z", "з"),
];

/// SplitMix64 (Steele, Lea, Flood 2014): small, and the same everywhere.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// `count` companies with a name of one to three words, a site, a country and a city.
pub fn companies(count: usize) -> Vec<Company> {
    let mut dice = Dice::new(7);
    (0..count).map(|_| company(&mut dice)).collect()
}

pub fn company(dice: &mut Dice) -> Company {
    let (form, country, top) = *dice.pick(&FORMS);
    let mut words = vec![word(dice)];
    if dice.below(3) == 0 {
        words.push(word(dice));
    }
    if dice.below(3) > 0 {
        words.push((*dice.pick(&TRADES)).to_owned());
    }
    let site = format!("www.{}.{top}", words.concat().to_lowercase());
    words.push(form.to_owned());
    Company {
        name: words.join(" "),
        website: Some(site),
        country: Some(country.to_owned()),
        city: Some(word(dice)),
        postal_code: Some(format!("{:05}", dice.below(99_999))),
        ..Company::default()
    }
}

fn word(dice: &mut Dice) -> String {
    let length = 2 + dice.below(2);
    let mut syllable = || [*dice.pick(&ONSETS), *dice.pick(&VOWELS), *dice.pick(&CODAS)].concat();
    let lower: String = (0..length).map(|_| syllable()).collect();
    let mut letters = lower.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

pub fn profile(company: &Company) -> Profile {
    Profile::new(company, &Aliases::default())
}

pub fn named(name: &str) -> Company {
    Company { name: name.to_owned(), ..Company::default() }
}

/// What went wrong when somebody typed a company again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slip {
    Typo,
    LegalForm,
    WordOrder,
    Abbreviation,
    DomainOnly,
    Transliterated,
}

/// The shares of the mixed set: 40 % typos, 20 % legal form, 20 % abbreviation or word order, 10 % domain only,
/// 10 % transliterated.
pub fn mixed(dice: &mut Dice) -> Slip {
    match dice.below(10) {
        0..4 => Slip::Typo,
        4..6 => Slip::LegalForm,
        6 => Slip::WordOrder,
        7 => Slip::Abbreviation,
        8 => Slip::DomainOnly,
        _ => Slip::Transliterated,
    }
}

/// The company as it is typed again: by its name alone, or by its domain alone.
pub fn slipped(original: &Company, slip: Slip, dice: &mut Dice) -> Company {
    let mut words: Vec<&str> = original.name.split(' ').collect();
    let form = words.pop().unwrap_or_default();
    let bare = words.join(" ");
    match slip {
        Slip::Typo => named(&format!("{} {form}", typo(&bare, dice))),
        Slip::LegalForm => named(&match dice.below(3) {
            0 => bare,
            1 => format!("The {bare} GmbH & Co. KG"),
            _ => format!("{bare}, Limited"),
        }),
        Slip::WordOrder => {
            words.reverse();
            named(&words.join(" "))
        }
        Slip::Abbreviation => named(
            &bare
                .replace("Technologies", "Tech")
                .replace("Systems", "Sys.")
                .replace("Engineering", "Eng")
                .replace("Group", "Grp"),
        ),
        Slip::DomainOnly => Company { website: original.website.clone(), ..Company::default() },
        Slip::Transliterated => {
            let lower = bare.to_lowercase();
            named(&CYRILLIC.iter().fold(lower, |name, (latin, cyrillic)| name.replace(latin, cyrillic)))
        }
    }
}

/// One letter wrong, missing, too much, or two swapped.
pub fn typo(name: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = dice.below(letters.len().saturating_sub(1));
    let letter = char::from(b'a' + dice.below(26) as u8);
    match dice.below(4) {
        0 => letters[at] = letter,
        1 => {
            letters.remove(at);
        }
        2 => letters.insert(at, letter),
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}
