//! The mixed set: real and made-up companies typed again with slips, among up to a million, and strangers.
#![allow(clippy::format_push_string, reason = "a few examples a run")]

use crate::rows;
use crate::synthetic::{Dice, Slip, company, mixed, profile, slipped};
use matching::{BlockingKey, Company, Profile, Verdict, Weights, keys, probes, score};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::time::Instant;

/// Slips that are looked for, and strangers.
const ASKED: usize = 10_000;
/// Records compared in full: as the look-up in the database does.
const COMPARED: usize = 60;
/// Misses of one kind that are shown.
const EXAMPLES: usize = 3;

/// What keeps a record from being found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Miss {
    /// It shares no key with what is asked.
    NoKey,
    /// Every key that it shares leads to too many records before it.
    NotFollowed,
    /// Too many others share more.
    NotCompared,
    /// It was compared, and others are more alike.
    Outranked,
}

struct Stored {
    companies: Vec<Company>,
    /// Hash of the key, and the company: sorted.
    keys: Vec<(u64, u32)>,
}

pub fn report(folder: &Path, count: usize) {
    let (mut real, strangers) = real(folder);
    let known = real.len().min(count / 2);
    real.truncate(known);
    let stored = Stored::new(real, count);
    println!(
        "\nMixed set: {ASKED} slips among {} companies, {known} of them real ones; half of the slips are in real names",
        stored.companies.len()
    );
    found_again(&stored, known);
    false_alarms(&stored, strangers);
}

/// Three quarters of the real companies are stored, the others are strangers.
fn real(folder: &Path) -> (Vec<Company>, Vec<Company>) {
    let mut seen = HashSet::new();
    let companies = rows(&folder.join("names.csv"), ["name"]).into_iter().filter_map(|[name]| {
        // Registers append the state of incorporation: `/DE/`.
        let name = name.split('/').next().unwrap_or_default().trim().to_owned();
        let own = matching::normalise::name(&name, Some("US"));
        let label: String = own.squashed().chars().filter(char::is_ascii_alphanumeric).collect();
        let has_form = own.text().split(' ').count() < name.split_whitespace().count();
        (label.len() > 2 && seen.insert(label.clone())).then(|| Company {
            name: if has_form { name } else { format!("{name} Inc") },
            website: Some(format!("www.{label}.com")),
            country: Some("US".into()),
            ..Company::default()
        })
    });
    let (mut known, mut strangers) = (Vec::new(), Vec::new());
    for (at, company) in companies.enumerate() {
        if at % 4 == 3 { strangers.push(company) } else { known.push(company) }
    }
    (known, strangers)
}

impl Stored {
    fn new(mut companies: Vec<Company>, count: usize) -> Self {
        let mut dice = Dice::new(7);
        while companies.len() < count {
            companies.push(company(&mut dice));
        }
        let mut all: Vec<(u64, u32)> = Vec::new();
        for (at, company) in companies.iter().enumerate() {
            all.extend(keys(&profile(company)).iter().map(|key| (hash(key), at as u32)));
        }
        all.sort_unstable();
        Self { companies, keys: all }
    }

    fn under(&self, key: &BlockingKey) -> &[(u64, u32)] {
        let hash = hash(key);
        let first = self.keys.partition_point(|(stored, _)| *stored < hash);
        let rest = &self.keys[first..];
        &rest[..rest.partition_point(|(stored, _)| *stored == hash)]
    }

    /// The records that are compared, those with most in common first.
    fn candidates(&self, asked: &Profile) -> Vec<u32> {
        let mut shared: BTreeMap<u32, u32> = BTreeMap::new();
        for key in probes(asked) {
            for (_, at) in self.under(&key).iter().take(key.most()) {
                *shared.entry(*at).or_default() += key.weight();
            }
        }
        let mut found: Vec<(u32, u32)> = shared.into_iter().map(|(at, weight)| (weight, at)).collect();
        found.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        found.into_iter().take(COMPARED).map(|(_, at)| at).collect()
    }

    /// Best first; equal scores in the order of storing.
    fn ranked(&self, asked: &Profile) -> Vec<(u32, f64, Verdict)> {
        let weights = Weights::published();
        let scored = self.candidates(asked).into_iter().map(|at| {
            let score = score(asked, &profile(&self.companies[at as usize]), weights);
            (at, score.bits, score.verdict)
        });
        let mut ranked: Vec<_> = scored.collect();
        ranked.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        ranked
    }

    /// Why a record is not among the first five.
    fn why_missed(&self, asked: &Profile, at: u32) -> Miss {
        let shared: Vec<BlockingKey> = probes(asked)
            .into_iter()
            .filter(|key| self.under(key).iter().any(|(_, one)| *one == at))
            .collect();
        let followed = |key: &BlockingKey| self.under(key).iter().take(key.most()).any(|(_, one)| *one == at);
        if shared.is_empty() {
            Miss::NoKey
        } else if !shared.iter().any(followed) {
            Miss::NotFollowed
        } else if !self.candidates(asked).contains(&at) {
            Miss::NotCompared
        } else {
            Miss::Outranked
        }
    }

    fn name(&self, at: u32) -> String {
        profile(&self.companies[at as usize]).searchable()
    }
}

fn found_again(stored: &Stored, known: usize) {
    let mut dice = Dice::new(11);
    let mut tally: BTreeMap<Slip, [usize; 4]> = BTreeMap::new();
    let mut missed: BTreeMap<(Slip, bool, Miss), (usize, String)> = BTreeMap::new();
    let begun = Instant::now();
    for turn in 0..ASKED {
        let at = if turn % 2 == 0 { dice.below(known) } else { dice.below(stored.companies.len()) };
        let slip = mixed(&mut dice);
        let asked = profile(&slipped(&stored.companies[at], slip, &mut dice));
        let ranked = stored.ranked(&asked);
        let name = stored.name(at as u32);
        // Two records of one name cannot be told apart by the name.
        let rank = ranked.iter().position(|(other, ..)| *other as usize == at || stored.name(*other) == name);
        let row = tally.entry(slip).or_default();
        row[0] += 1;
        row[1] += usize::from(rank.is_some_and(|rank| rank < 5));
        if rank.is_none_or(|rank| rank >= 5) {
            let why = (slip, at < known, stored.why_missed(&asked, at as u32));
            let (count, examples) = missed.entry(why).or_default();
            *count += 1;
            if *count <= EXAMPLES {
                examples.push_str(&format!("{name} for {}; ", asked.searchable()));
            }
        }
        row[2] += usize::from(rank.is_some_and(|rank| ranked[rank].2 >= Verdict::Review));
        row[3] += ranked.len();
    }
    println!(
        "{:.0} µs a question, in memory, profiles made anew",
        begun.elapsed().as_secs_f64() * 1e6 / ASKED as f64
    );
    println!("| slip | asked | recall@5 | at least review | compared each |\n|---|---|---|---|---|");
    let mut sum = [0; 4];
    for (slip, row) in &tally {
        line(&format!("{slip:?}"), *row);
        sum.iter_mut().zip(row).for_each(|(sum, part)| *sum += part);
    }
    line("all", sum);
    println!("\n| missed | of | why | times | as |\n|---|---|---|---|---|");
    for ((slip, is_real, why), (times, examples)) in missed {
        let of = if is_real { "real" } else { "made up" };
        println!("| {slip:?} | {of} | {why:?} | {times} | {examples} |");
    }
}

fn line(name: &str, [asked, five, review, compared]: [usize; 4]) {
    let share = |part: usize| part as f64 / asked.max(1) as f64;
    println!("| {name} | {asked} | {:.4} | {:.4} | {:.1} |", share(five), share(review), share(compared));
}

/// Non-matches, asked as a registration is: name, website and country; and by the name alone.
fn false_alarms(stored: &Stored, real: Vec<Company>) {
    let known: HashSet<String> =
        stored.companies.iter().map(|company| profile(company).searchable()).collect();
    let mut dice = Dice::new(1_000_003);
    let (first, mut made) = (real.len().min(ASKED), Vec::new());
    while first + made.len() < ASKED {
        let stranger = company(&mut dice);
        if !known.contains(&profile(&stranger).searchable()) {
            made.push(stranger);
        }
    }
    println!("\n| {ASKED} strangers | asked by | match | review |\n|---|---|---|---|");
    for (name, strangers) in [("real", &real[..first]), ("made up", &made[..])] {
        for by_name in [false, true] {
            let mut alarms = [0_usize; 2];
            for stranger in strangers {
                let bare = Company { name: stranger.name.clone(), ..Company::default() };
                let asked = profile(if by_name { &bare } else { stranger });
                let worst = stored.ranked(&asked).first().map(|best| best.2);
                alarms[0] += usize::from(worst == Some(Verdict::Match));
                alarms[1] += usize::from(worst == Some(Verdict::Review));
            }
            let by = if by_name { "name" } else { "name, website, country" };
            println!("| {name}: {} | {by} | {} | {} |", strangers.len(), alarms[0], alarms[1]);
        }
    }
}

/// FNV-1a, 64 bits.
fn hash(key: &BlockingKey) -> u64 {
    key.as_str().bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
