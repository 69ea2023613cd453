//! How many misspelt companies their blocking keys find again, how high they rank, and how many are found for nothing.

mod synthetic;

use matching::{MOST_PER_BROAD_KEY, Profile, Verdict, Weights, keys, probes, score};
use std::collections::{BTreeMap, HashMap, HashSet};
use synthetic::{Dice, Slip, companies, company, mixed, profile, slipped};

struct Stored {
    profiles: Vec<Profile>,
    by_key: HashMap<String, Vec<usize>>,
}

impl Stored {
    fn new(count: usize) -> (Self, Vec<matching::Company>) {
        let companies = companies(count);
        let profiles: Vec<Profile> = companies.iter().map(profile).collect();
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, profile) in profiles.iter().enumerate() {
            for key in keys(profile) {
                by_key.entry(key.into()).or_default().push(at);
            }
        }
        (Self { profiles, by_key }, companies)
    }

    fn candidates(&self, asked: &Profile) -> HashSet<usize> {
        let lists = probes(asked)
            .into_iter()
            .filter_map(|key| Some((key.is_broad(), self.by_key.get(key.as_str())?)));
        let telling = lists.filter(|(is_broad, list)| !is_broad || list.len() <= MOST_PER_BROAD_KEY);
        telling.flat_map(|(_, list)| list).copied().collect()
    }

    /// Best first; equal scores in the order of storing.
    fn ranked(&self, asked: &Profile, weights: &Weights) -> Vec<(usize, f64, Verdict)> {
        let mut ranked: Vec<_> = self
            .candidates(asked)
            .into_iter()
            .map(|at| (at, score(asked, &self.profiles[at], weights)))
            .map(|(at, score)| (at, score.bits, score.verdict))
            .collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked
    }
}

#[test]
fn a_mixed_set_of_slips_is_found_again_among_the_first_five() {
    let (stored, companies) = Stored::new(20_000);
    let weights = Weights::default();
    let mut dice = Dice::new(11);
    let mut tally: BTreeMap<Slip, [usize; 5]> = BTreeMap::new();
    for _ in 0..4_000 {
        let at = dice.below(companies.len());
        let slip = mixed(&mut dice);
        let asked = profile(&slipped(&companies[at], slip, &mut dice));
        let candidates = stored.candidates(&asked);
        let ranked = stored.ranked(&asked, &weights);
        let same_name = |other: usize| stored.profiles[other].name() == stored.profiles[at].name();
        let rank = ranked.iter().position(|(other, ..)| *other == at || same_name(*other));
        let row = tally.entry(slip).or_default();
        row[0] += 1;
        row[1] += usize::from(candidates.contains(&at));
        row[2] += usize::from(rank.is_some_and(|rank| rank < 5));
        row[3] += usize::from(rank.is_some_and(|rank| ranked[rank].2 >= Verdict::Review));
        row[4] += candidates.len();
    }
    println!("slip: asked, among candidates, in the first five, verdict at least review, candidates each");
    let mut sum = [0; 5];
    for (slip, row) in &tally {
        println!("{slip:?}: {row:?} {:.1}", row[4] as f64 / row[0] as f64);
        sum.iter_mut().zip(row).for_each(|(sum, part)| *sum += part);
    }
    let share = |part: usize| part as f64 / sum[0] as f64;
    println!(
        "all: {sum:?}: {:.4} {:.4} {:.4}, {:.1}",
        share(sum[1]),
        share(sum[2]),
        share(sum[3]),
        share(sum[4])
    );
    assert!(share(sum[1]) >= 0.99, "candidates {}", share(sum[1]));
    assert!(share(sum[2]) >= 0.98, "first five {}", share(sum[2]));
}

#[test]
fn the_name_index_finds_a_single_slip_among_the_first_ten() {
    let (stored, companies) = Stored::new(20_000);
    let mut index = matching::index::NameIndex::new();
    for (at, profile) in stored.profiles.iter().enumerate() {
        index.insert(at, &profile.searchable());
    }
    let mut dice = Dice::new(5);
    let mut found = 0;
    for _ in 0..2_000 {
        let at = dice.below(companies.len());
        let asked = profile(&slipped(&companies[at], Slip::Typo, &mut dice)).searchable();
        let hits = index.query(&asked, 10);
        found +=
            usize::from(hits.iter().any(|hit| stored.profiles[hit.id].name() == stored.profiles[at].name()));
    }
    println!("name index: {found} of 2000");
    assert!(found >= 1_960, "{found}");
}

#[test]
fn few_strangers_are_taken_for_somebody() {
    let (stored, _) = Stored::new(20_000);
    let weights = Weights::default();
    let mut dice = Dice::new(1_000_003);
    let mut alarms = [0_usize; 2];
    let known: HashSet<String> = stored.profiles.iter().map(Profile::searchable).collect();
    let strangers =
        (0..).map(|_| profile(&company(&mut dice))).filter(|one| !known.contains(&one.searchable()));
    for stranger in strangers.take(2_000) {
        let worst = stored.ranked(&stranger, &weights).first().map(|best| best.2);
        alarms[0] += usize::from(worst == Some(Verdict::Match));
        alarms[1] += usize::from(worst == Some(Verdict::Review));
    }
    println!("of 2000 strangers: match {}, review {}", alarms[0], alarms[1]);
    assert_eq!(alarms[0], 0);
    assert!(alarms[1] <= 200, "review {}", alarms[1]);
}
