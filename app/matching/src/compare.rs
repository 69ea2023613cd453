//! Comparing two profiles feature by feature: how far they agree, before it is weighed.

use crate::company::{NameForm, Profile};
use crate::domain::label;
use crate::evidence::{Feature, Grade};
use crate::similarity::{dice, jaro_winkler, overlap};

/// One compared feature, with the values it was compared by.
pub(crate) struct Compared<'a> {
    pub(crate) feature: Feature,
    pub(crate) grade: Grade,
    pub(crate) left: &'a str,
    pub(crate) right: &'a str,
}

/// The domain, when both know theirs.
pub(crate) fn domain<'a>(left: &'a Profile, right: &'a Profile) -> Option<Compared<'a>> {
    let (l, r) = (left.domain.as_deref()?, right.domain.as_deref()?);
    let grade = if l == r {
        Grade::Same
    } else if label(l) == label(r) {
        Grade::Part
    } else {
        Grade::Different
    };
    Some(Compared { feature: Feature::Domain, grade, left: l, right: r })
}

/// The registration number. Registers of two countries count apart, so across a border nothing is said.
pub(crate) fn registration<'a>(left: &'a Profile, right: &'a Profile) -> Option<Compared<'a>> {
    let (l, r) = (left.registration_number.as_deref()?, right.registration_number.as_deref()?);
    if matches!((&left.country, &right.country), (Some(a), Some(b)) if a != b) {
        return None;
    }
    let grade = if l == r {
        Grade::Same
    } else if l.len().min(r.len()) >= 7 && strsim::osa_distance(l, r) == 1 {
        Grade::Near
    } else {
        Grade::Different
    };
    Some(Compared { feature: Feature::RegistrationNumber, grade, left: l, right: r })
}

/// The telephone number; the same but for the last three digits is one switchboard.
pub(crate) fn phone<'a>(left: &'a Profile, right: &'a Profile) -> Option<Compared<'a>> {
    let (l, r) = (left.phone.as_deref()?, right.phone.as_deref()?);
    let shared = l.bytes().zip(r.bytes()).take_while(|(a, b)| a == b).count();
    let grade = if l == r {
        Grade::Same
    } else if shared >= 9 && l.len().max(r.len()) - shared <= 3 {
        Grade::Part
    } else {
        Grade::Different
    };
    Some(Compared { feature: Feature::Phone, grade, left: l, right: r })
}

/// Street with postal code or city, postal code, the street alone, city: the first that both state.
pub(crate) fn address<'a>(left: &'a Profile, right: &'a Profile) -> Option<Compared<'a>> {
    let both = |l: &'a Option<String>, r: &'a Option<String>| l.as_deref().zip(r.as_deref());
    let postal = both(&left.postal, &right.postal);
    let city = both(&left.city, &right.city);
    let street = both(&left.street, &right.street);
    let same = |pair: Option<(&str, &str)>| pair.is_some_and(|(l, r)| l == r);
    let same_street = street.is_some_and(|(l, r)| is_same_street(l, r));
    let (left, right) = postal.or(city).or(street.filter(|_| same_street))?;
    let grade = if same_street && (same(postal) || same(city)) {
        Grade::Same
    } else if same(postal) && street.is_none() {
        Grade::Near
    } else if same_street && street.is_some_and(|(line, _)| has_number(line)) {
        // Quarters and suburbs are written as cities; the house number tells one Main Street from another.
        Grade::Close
    } else if same(postal) || same(city) {
        Grade::Part
    } else {
        Grade::Different
    };
    let by_street = matches!(grade, Grade::Same | Grade::Close);
    let (left, right) = if by_street { street.unwrap_or((left, right)) } else { (left, right) };
    Some(Compared { feature: Feature::Address, grade, left, right })
}

/// House numbers must be equal; the words may hold a slip, and one side may leave out the direction.
fn is_same_street(left: &str, right: &str) -> bool {
    const DIRECTIONS: [&str; 8] = ["n", "s", "e", "w", "ne", "nw", "se", "sw"];
    let numbers = |line: &str| -> Vec<String> { numbered(line).map(str::to_owned).collect() };
    let directed = |line: &str| line.split(' ').any(|word| DIRECTIONS.contains(&word));
    let bare =
        |line: &str| line.split(' ').filter(|word| !DIRECTIONS.contains(word)).collect::<Vec<_>>().join(" ");
    left == right
        || (numbers(left) == numbers(right) && jaro_winkler(left, right) >= 0.93)
        || (directed(left) != directed(right) && bare(left) == bare(right))
}

fn numbered(line: &str) -> impl Iterator<Item = &str> {
    line.split(' ').filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

fn has_number(line: &str) -> bool {
    numbered(line).next().is_some()
}

pub(crate) fn country<'a>(left: &'a Profile, right: &'a Profile) -> Option<Compared<'a>> {
    let (l, r) = (left.country.as_deref()?, right.country.as_deref()?);
    let grade = if l == r { Grade::Same } else { Grade::Different };
    Some(Compared { feature: Feature::Country, grade, left: l, right: r })
}

/// Every name of one side with every name of the other, three views each. Empty when a name only echoes the domain
/// that both share: that evidence has been counted.
pub(crate) fn names<'a>(left: &'a Profile, right: &'a Profile) -> Vec<[Compared<'a>; 3]> {
    let echoes = !(left.is_named && right.is_named) && left.domain == right.domain;
    if echoes {
        return Vec::new();
    }
    left.names.iter().flat_map(|l| right.names.iter().map(move |r| views(l, r))).collect()
}

fn views<'a>(left: &'a NameForm, right: &'a NameForm) -> [Compared<'a>; 3] {
    let grades =
        if left.squashed == right.squashed || left.sorted == right.sorted || left.spelled == right.spelled {
            [Grade::Same; 3]
        } else if let Some(grade) = abbreviated(left, right).or_else(|| abbreviated(right, left)) {
            [grade; 3]
        } else {
            [spelling(left, right), pieces(left, right), words(left, right)]
        };
    let features = [Feature::NameSpelling, Feature::NameTrigrams, Feature::NameWords];
    std::array::from_fn(|at| Compared {
        feature: features[at],
        grade: grades[at],
        left: left.name.text(),
        right: right.name.text(),
    })
}

/// Three initials are shared by too many to say much; four say more.
fn abbreviated(short: &NameForm, long: &NameForm) -> Option<Grade> {
    let is_initials =
        short.name.tokens().len() == 1 && long.name.initials().as_deref() == Some(&short.squashed);
    is_initials.then_some(if short.squashed.chars().count() > 3 { Grade::Close } else { Grade::Part })
}

fn spelling(left: &NameForm, right: &NameForm) -> Grade {
    let mut likeness = jaro_winkler(&left.squashed, &right.squashed);
    if left.sorted != left.squashed || right.sorted != right.squashed {
        likeness = likeness.max(jaro_winkler(&left.sorted, &right.sorted));
    }
    if left.spelled != left.squashed || right.spelled != right.squashed {
        likeness = likeness.max(jaro_winkler(&left.spelled, &right.spelled));
    }
    grade(likeness, [0.95, 0.90, 0.82])
}

fn pieces(left: &NameForm, right: &NameForm) -> Grade {
    grade(dice(&left.trigrams, &right.trigrams), [0.7, 0.55, 0.4])
}

fn grade(likeness: f64, floors: [f64; 3]) -> Grade {
    if likeness >= floors[0] {
        Grade::Near
    } else if likeness >= floors[1] {
        Grade::Close
    } else if likeness >= floors[2] {
        Grade::Part
    } else {
        Grade::Different
    }
}

fn words(left: &NameForm, right: &NameForm) -> Grade {
    let overlap = overlap(left.name.tokens(), right.name.tokens());
    let union = overlap.shorter + overlap.longer - overlap.shared;
    if !overlap.is_telling {
        Grade::Different
    } else if overlap.shared == overlap.longer {
        Grade::Near
    } else if overlap.shared == overlap.shorter {
        Grade::Close
    } else if overlap.shared * 2 >= union {
        Grade::Part
    } else {
        Grade::Different
    }
}
