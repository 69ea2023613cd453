//! Weights fitted to a vendor's own pairs of records, without anybody having to label them.

use crate::evidence::{Feature, Grade, Score};
use crate::weights::{Odds, Weights};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Pairs below which a fit says more about chance than about the records.
pub const FEWEST_PAIRS: u64 = 200;
/// Rounds after which the estimate is taken as it is.
const MOST_ROUNDS: u32 = 200;
/// Change of the mean log-likelihood of a pair, in nats, below which more rounds change nothing.
const SETTLED: f64 = 1e-9;
/// Pairs that the weights begun with are worth: few records move them a little, many replace them.
const PRIOR_PAIRS: f64 = 20.0;
/// What no probability falls below, so that one odd pair never decides alone.
const LEAST: f64 = 1e-6;

/// How far a pair of records agrees, by the features that both state.
pub type Pattern = BTreeMap<Feature, Grade>;

/// So many pairs of records that agree alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    pub pattern: Pattern,
    pub pairs: u64,
    /// What a person decided about them: the same company (merged), another (kept apart), or nothing yet.
    pub same: Option<bool>,
}

/// Weights fitted to pairs, and how the fit went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Fitted {
    pub weights: Weights,
    /// Pairs it was fitted to.
    pub pairs: u64,
    /// Of them, those that a person had decided.
    pub decided: u64,
    /// Share of the pairs that are the same company, 0 to 1.
    pub share: f64,
    pub rounds: u32,
    /// Mean log-likelihood of a pair, in nats; higher is better. Comparable between fits to the same pairs only.
    pub likelihood: f64,
}

/// Why nothing could be fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum FitFault {
    /// Fewer than [`FEWEST_PAIRS`] pairs.
    TooFew { pairs: u64 },
    /// The pairs fall into no two groups that differ: agreement would count against a feature.
    NotSeparated { feature: Feature },
}

impl Score {
    /// The pattern of this comparison.
    pub fn pattern(&self) -> Pattern {
        self.evidence.iter().map(|evidence| (evidence.feature, evidence.grade)).collect()
    }
}

/// Estimates how often each grade is seen among pairs of the same and of different companies, by expectation
/// maximisation (Dempster, Laird, Rubin, JRSS B 39 (1977), p. 1–38; for record linkage Winkler, "Using the EM Algorithm
/// for Weight Computation in the Fellegi–Sunter Model", ASA 1988).
///
/// Features are taken as independent given the class, the three views of a name at their share. A feature that a pair does
/// not state says nothing. Decided pairs keep their class. `start` gives the first estimate, the prior and the
/// thresholds; the order of `observed` does not count beyond rounding, and the same input gives the same answer.
///
/// # Errors
/// [`FitFault`]: too few pairs, or pairs that do not fall into two groups.
pub fn fit(observed: &[Observed], start: &Weights, version: &str) -> Result<Fitted, FitFault> {
    let pairs: u64 = observed.iter().map(|one| one.pairs).sum();
    if pairs < FEWEST_PAIRS {
        return Err(FitFault::TooFew { pairs });
    }
    let decided = observed.iter().filter(|one| one.same.is_some()).map(|one| one.pairs).sum();
    let mut weights = Weights { version: version.to_owned(), ..start.clone() };
    let (mut share, mut likelihood, mut rounds) = (0.1, f64::NEG_INFINITY, 0);
    while rounds < MOST_ROUNDS {
        rounds += 1;
        let expected = Expected::of(observed, &weights, share);
        weights.odds = expected.odds(start);
        share = expected.share();
        let mean = expected.likelihood / pairs as f64;
        let settled = (mean - likelihood).abs() < SETTLED;
        likelihood = mean;
        if settled {
            break;
        }
    }
    match turned(&weights) {
        Some(feature) => Err(FitFault::NotSeparated { feature }),
        None => Ok(Fitted { weights, pairs, decided, share, rounds, likelihood }),
    }
}

/// A feature whose best grade speaks against the same company: the two groups have not been told apart. Country and
/// address may: where all customers live in one country it is the candidates that agree on it.
fn turned(weights: &Weights) -> Option<Feature> {
    let speaks_against =
        |grades: &BTreeMap<Grade, Odds>| grades.values().next().is_some_and(|best| best.m < best.u);
    let tells = |feature: Feature| !matches!(feature, Feature::Country | Feature::Address);
    let turned = weights.odds.iter().find(|(feature, grades)| tells(**feature) && speaks_against(grades));
    turned.map(|(feature, _)| *feature)
}

/// Pairs counted by feature and grade, each by how likely it is of either class.
#[derive(Default)]
struct Expected {
    counts: BTreeMap<Feature, BTreeMap<Grade, (f64, f64)>>,
    same: f64,
    other: f64,
    likelihood: f64,
}

impl Expected {
    fn of(observed: &[Observed], weights: &Weights, share: f64) -> Self {
        let mut expected = Self::default();
        for one in observed {
            let (m, u) = likelihoods(&one.pattern, weights);
            let (same, other) = (share.ln() + m, (1.0 - share).ln() + u);
            let all = same.max(other) + (-(same - other).abs()).exp().ln_1p();
            let pairs = one.pairs as f64;
            let (probability, log) = match one.same {
                Some(true) => (1.0, same),
                Some(false) => (0.0, other),
                None => ((same - all).exp(), all),
            };
            expected.likelihood += pairs * log;
            expected.same += pairs * probability;
            expected.other += pairs * (1.0 - probability);
            for (feature, grade) in &one.pattern {
                let count = expected.counts.entry(*feature).or_default().entry(*grade).or_default();
                count.0 += pairs * probability;
                count.1 += pairs * (1.0 - probability);
            }
        }
        expected
    }

    fn share(&self) -> f64 {
        // One pair of each class is taken for granted.
        (self.same + 1.0) / (self.same + self.other + 2.0)
    }

    /// Relative frequencies, with the starting weights as [`PRIOR_PAIRS`] pairs more. A feature nobody states stays.
    fn odds(&self, start: &Weights) -> BTreeMap<Feature, BTreeMap<Grade, Odds>> {
        let estimated = |(feature, grades): (&Feature, &BTreeMap<Grade, Odds>)| {
            let counts = self.counts.get(feature);
            let seen = |part: fn(&(f64, f64)) -> f64| {
                counts
                    .map_or(0.0, |counts| grades.keys().filter_map(|grade| counts.get(grade)).map(part).sum())
            };
            let (same, other): (f64, f64) = (seen(|count| count.0), seen(|count| count.1));
            let odds = |(grade, before): (&Grade, &Odds)| {
                let count = counts.and_then(|counts| counts.get(grade)).copied().unwrap_or_default();
                let m = (count.0 + PRIOR_PAIRS * before.m) / (same + PRIOR_PAIRS);
                let u = (count.1 + PRIOR_PAIRS * before.u) / (other + PRIOR_PAIRS);
                (*grade, Odds { m: m.max(LEAST), u: u.max(LEAST) })
            };
            (*feature, grades.iter().map(odds).collect())
        };
        start.odds.iter().map(estimated).collect()
    }
}

/// Natural logarithm of how likely a pattern is among pairs of the same and of different companies.
fn likelihoods(pattern: &Pattern, weights: &Weights) -> (f64, f64) {
    let logs = pattern.iter().filter_map(|(feature, grade)| {
        let odds = weights.odds.get(feature)?.get(grade)?;
        let share = if feature.is_name() { weights.name_share } else { 1.0 };
        Some((share * odds.m.max(LEAST).ln(), share * odds.u.max(LEAST).ln()))
    });
    logs.fold((0.0, 0.0), |sum, log| (sum.0 + log.0, sum.1 + log.1))
}
