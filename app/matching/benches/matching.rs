//! What matching costs: normalising, keys, one score, and a look-up among ten thousand to a million names.

#[path = "../tests/synthetic/mod.rs"]
mod synthetic;

use divan::Bencher;
use matching::index::NameIndex;
use matching::{MOST_PER_BROAD_KEY, Profile, Score, Weights, keys, normalise, probes, score};
use std::collections::HashMap;
use synthetic::{Dice, companies, mixed, profile, slipped};

fn main() {
    divan::main();
}

/// Questions are taken in turn from this many.
const ASKED: usize = 1_000;

#[divan::bench]
fn normalise_name(bencher: Bencher) {
    bencher.bench(|| {
        normalise::name(divan::black_box("Präzision & Söhne Maschinenbau GmbH & Co. KG"), Some("DE"))
    });
}

#[divan::bench]
fn registrable_domain(bencher: Bencher) {
    bencher.bench(|| normalise::registrable_domain(divan::black_box("https://shop.acme.co.uk/about")));
}

#[divan::bench]
fn build_profile(bencher: Bencher) {
    let companies = companies(1);
    bencher.bench(|| profile(divan::black_box(&companies[0])));
}

#[divan::bench]
fn keys_of_a_profile(bencher: Bencher) {
    let profile = profile(&companies(1)[0]);
    bencher.bench(|| keys(divan::black_box(&profile)));
}

#[divan::bench]
fn probes_of_a_profile(bencher: Bencher) {
    let profile = profile(&companies(1)[0]);
    bencher.bench(|| probes(divan::black_box(&profile)));
}

#[divan::bench]
fn score_a_pair(bencher: Bencher) {
    let companies = companies(2);
    let (left, right) = (profile(&companies[0]), profile(&companies[1]));
    let weights = Weights::default();
    bencher.bench(|| score(divan::black_box(&left), divan::black_box(&right), &weights));
}

/// Probe, gather, score every candidate, keep the best: what a check does, with the table in memory.
#[divan::bench(args = [10_000, 100_000, 1_000_000], sample_count = 20, sample_size = 50)]
fn check_by_keys(bencher: Bencher, count: usize) {
    let companies = companies(count);
    let stored: Vec<Profile> = companies.iter().map(profile).collect();
    let mut by_key: HashMap<String, Vec<u32>> = HashMap::new();
    for (at, profile) in stored.iter().enumerate() {
        for key in keys(profile) {
            by_key.entry(key.into()).or_default().push(at as u32);
        }
    }
    let weights = Weights::default();
    let asked = asked(&companies);
    let mut turn = 0;
    bencher.bench_local(|| -> Option<Score> {
        turn += 1;
        let asked = &asked[turn % ASKED];
        let lists =
            probes(asked).into_iter().filter_map(|key| Some((key.is_broad(), by_key.get(key.as_str())?)));
        let telling = lists.filter(|(is_broad, list)| !is_broad || list.len() <= MOST_PER_BROAD_KEY);
        let mut found: Vec<u32> = telling.flat_map(|(_, list)| list).copied().collect();
        found.sort_unstable();
        found.dedup();
        let scores = found.into_iter().map(|at| score(asked, &stored[at as usize], &weights));
        scores.max_by(|a, b| a.bits.total_cmp(&b.bits))
    });
}

#[divan::bench(args = [10_000, 100_000, 1_000_000], sample_count = 20, sample_size = 50)]
fn search_as_you_type(bencher: Bencher, count: usize) {
    let companies = companies(count);
    let mut index = NameIndex::new();
    for (at, company) in companies.iter().enumerate() {
        index.insert(at as u32, &profile(company).searchable());
    }
    let asked: Vec<String> = asked(&companies).iter().map(Profile::searchable).collect();
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        index.query(&asked[turn % ASKED], 10)
    });
}

fn asked(companies: &[matching::Company]) -> Vec<Profile> {
    let mut dice = Dice::new(3);
    let mut ask = || {
        let slip = mixed(&mut dice);
        let at = dice.below(companies.len());
        profile(&slipped(&companies[at], slip, &mut dice))
    };
    (0..ASKED).map(|_| ask()).collect()
}
