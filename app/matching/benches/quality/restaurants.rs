//! Fodor's and Zagat's restaurants: thresholds are chosen on one half and reported on the other, twenty times.

use crate::rows;
use crate::synthetic::Dice;
use matching::{Aliases, Company, Observed, Pattern, Profile, Score, Weights, fit, keys, probes, score};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

/// Ways to split the records in two.
const SPLITS: u64 = 20;

struct Set {
    left: Vec<Profile>,
    right: Vec<Profile>,
    same: HashSet<(usize, usize)>,
}

/// True pairs found, pairs found, true pairs.
#[derive(Clone, Copy, Default)]
struct Tally {
    hits: usize,
    found: usize,
    truth: usize,
}

impl Tally {
    fn precision(self) -> f64 {
        self.hits as f64 / self.found.max(1) as f64
    }

    fn recall(self) -> f64 {
        self.hits as f64 / self.truth.max(1) as f64
    }

    fn f1(self) -> f64 {
        2.0 * self.hits as f64 / (self.found + self.truth).max(1) as f64
    }
}

/// A pair with its bits and whether it is one restaurant.
type Scored = (usize, f64, bool);

/// The best pair of each record: neither list names a restaurant twice. Best first, and what is taken is taken.
fn one_to_one(mut pairs: Vec<(usize, usize, f64)>) -> Vec<(usize, usize, f64)> {
    pairs.sort_by(|one, other| other.2.total_cmp(&one.2).then((one.0, one.1).cmp(&(other.0, other.1))));
    let (mut left, mut right) = (HashSet::new(), HashSet::new());
    pairs.retain(|(l, r, _)| {
        let free = !left.contains(l) && !right.contains(r);
        if free {
            left.insert(*l);
            right.insert(*r);
        }
        free
    });
    pairs
}

pub fn report(folder: &Path) {
    println!(
        "Fodor's and Zagat's: 533 and 331 records, 112 true pairs; thresholds of one half, figures of the other"
    );
    let set = Set::read(folder, |company| company);
    let bare = |company: Company| Company { name: company.name, ..Company::default() };
    let names = Set::read(folder, bare);
    println!(
        "true pairs that share a key: {} of {}; by the name alone {}",
        set.kept(),
        set.same.len(),
        names.kept()
    );
    let published = Weights::published();
    println!(
        "| compared | weights | threshold | precision | recall | F1 | worst F1 |\n|---|---|---|---|---|---|---|"
    );
    for (once, pairs) in [(false, "every pair"), (true, "one to one")] {
        let compared = format!("name, address, telephone; {pairs}");
        let halves = set.halves();
        set.row(&compared, "published", once, &halves, |_| published.clone());
        set.row(&compared, "fitted to the half, unlabelled", once, &halves, |half| set.fitted(half));
        names.row(&format!("name alone; {pairs}"), "published", once, &halves, |_| published.clone());
        // What is compared was decided by looking at every other record: here are the others alone.
        let seen: HashSet<usize> = (0..set.left.len()).step_by(2).collect();
        set.row(&format!("{compared}; the records not looked at"), "published", once, &[seen], |_| {
            published.clone()
        });
    }
}

impl Set {
    fn read(folder: &Path, known: impl Fn(Company) -> Company) -> Self {
        let table = |file: &str| rows(&folder.join(file), ["id", "name", "addr", "city", "phone"]);
        let (left, right) = (table("fodors.csv"), table("zagats.csv"));
        let place = |rows: &[[String; 5]], id: &str| rows.iter().position(|row| row[0] == id);
        let pairs = rows(&folder.join("matches.csv"), ["fodors_id", "zagats_id"]);
        let same = pairs.iter().filter_map(|[l, r]| Some((place(&left, l)?, place(&right, r)?))).collect();
        let profile = |[_, name, street, city, phone]: [String; 5]| {
            let company = Company {
                name,
                country: Some("US".into()),
                street: Some(street),
                city: Some(city),
                phone: Some(phone),
                ..Company::default()
            };
            Profile::new(&known(company), &Aliases::default())
        };
        Self {
            left: left.into_iter().map(profile).collect(),
            right: right.into_iter().map(profile).collect(),
            same,
        }
    }

    /// True pairs that would be compared at all.
    fn kept(&self) -> usize {
        let share = |(l, r): &&(usize, usize)| {
            let stored = keys(&self.right[*r]);
            probes(&self.left[*l]).iter().any(|key| stored.contains(key))
        };
        self.same.iter().filter(share).count()
    }

    fn scores<'a>(&'a self, weights: &'a Weights) -> impl Iterator<Item = (usize, usize, Score)> + 'a {
        self.left.iter().enumerate().flat_map(move |(l, left)| {
            self.right.iter().enumerate().map(move |(r, right)| (l, r, score(left, right, weights)))
        })
    }

    /// Weights fitted to the pairs of some records that share a key, without their labels.
    fn fitted(&self, half: &HashSet<usize>) -> Weights {
        let published = Weights::published();
        let mut seen: BTreeMap<Vec<_>, (Pattern, u64)> = BTreeMap::new();
        let stored: Vec<HashSet<_>> =
            self.right.iter().map(|right| keys(right).into_iter().collect()).collect();
        for l in half {
            let asked = probes(&self.left[*l]);
            for (r, right) in self.right.iter().enumerate() {
                if asked.iter().any(|key| stored[r].contains(key)) {
                    let pattern = score(&self.left[*l], right, published).pattern();
                    let key = pattern.iter().map(|(feature, grade)| (*feature, *grade)).collect();
                    seen.entry(key).or_insert((pattern, 0)).1 += 1;
                }
            }
        }
        let observed: Vec<Observed> =
            seen.into_values().map(|(pattern, pairs)| Observed { pattern, pairs, same: None }).collect();
        fit(&observed, published, "half").map_or_else(|_| published.clone(), |fitted| fitted.weights)
    }

    /// Halves of the records at random.
    fn halves(&self) -> Vec<HashSet<usize>> {
        let half = |split| {
            let mut dice = Dice::new(split);
            (0..self.left.len()).filter(|_| dice.below(2) == 0).collect()
        };
        (0..SPLITS).map(half).collect()
    }

    fn row(
        &self,
        compared: &str,
        name: &str,
        once: bool,
        halves: &[HashSet<usize>],
        weights: impl Fn(&HashSet<usize>) -> Weights,
    ) {
        let (mut sum, mut worst, mut bits) = (Tally::default(), 1.0_f64, Vec::new());
        for half in halves {
            let weights = weights(half);
            let mut all: Vec<(usize, usize, f64)> =
                self.scores(&weights).map(|(l, r, score)| (l, r, score.bits)).collect();
            if once {
                all = one_to_one(all);
            }
            let all: Vec<Scored> =
                all.into_iter().map(|(l, r, bits)| (l, bits, self.same.contains(&(l, r)))).collect();
            let (chosen, reported): (Vec<Scored>, Vec<Scored>) =
                all.into_iter().partition(|(l, ..)| half.contains(l));
            let least = best(&chosen);
            let mut tally = tally(&reported, least);
            tally.truth = self.same.iter().filter(|(l, _)| !half.contains(l)).count();
            sum.hits += tally.hits;
            sum.found += tally.found;
            sum.truth += tally.truth;
            worst = worst.min(tally.f1());
            bits.push(least);
        }
        bits.sort_by(f64::total_cmp);
        println!(
            "| {compared} | {name} | {:.1} bits ({:.1} to {:.1}) | {:.4} | {:.4} | {:.4} | {worst:.4} |",
            bits[bits.len() / 2],
            bits[0],
            bits[bits.len() - 1],
            sum.precision(),
            sum.recall(),
            sum.f1(),
        );
    }
}

/// The threshold with the best F1; of equal ones the middle between the pairs it parts.
fn best(pairs: &[Scored]) -> f64 {
    let mut bits: Vec<f64> = pairs.iter().map(|pair| pair.1).filter(|bits| *bits > 0.0).collect();
    bits.sort_by(f64::total_cmp);
    bits.dedup();
    let middles = bits.windows(2).map(|two| f64::midpoint(two[0], two[1]));
    let rated: Vec<(f64, f64)> = middles.map(|least| (tally(pairs, least).f1(), least)).collect();
    let top = rated.iter().map(|(f1, _)| *f1).fold(0.0, f64::max);
    let equal: Vec<f64> = rated.iter().filter(|(f1, _)| *f1 >= top).map(|(_, least)| *least).collect();
    equal.get(equal.len() / 2).copied().unwrap_or(0.0)
}

fn tally(pairs: &[Scored], least: f64) -> Tally {
    let mut tally = Tally::default();
    for (_, bits, same) in pairs {
        let found = *bits >= least;
        tally.found += usize::from(found);
        tally.truth += usize::from(*same);
        tally.hits += usize::from(found && *same);
    }
    tally
}
