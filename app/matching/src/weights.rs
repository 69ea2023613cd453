//! What agreement is worth: probabilities as data, and two thresholds.

use crate::evidence::{Feature, Grade};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
#[cfg(feature = "ssr")]
use std::sync::LazyLock;

/// Bits no single observation goes beyond, whatever the data says.
const MOST_BITS: f64 = 24.0;

/// How often a grade is seen: `m` among pairs of the same company, `u` among pairs of different companies.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Odds {
    pub m: f64,
    pub u: f64,
}

/// Bits from which a person looks at a pair, and from which it counts as the same company.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Thresholds {
    pub review: f64,
    #[serde(rename = "match")]
    pub same: f64,
}

/// A published set of weights. A grade that a feature does not list counts nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Weights {
    /// Names the set in every decision made by it.
    pub version: String,
    pub thresholds: Thresholds,
    /// Share at which each of the three views of a name counts. They see one string, so together they count about once.
    pub name_share: f64,
    pub odds: BTreeMap<Feature, BTreeMap<Grade, Odds>>,
}

/// Why a set of weights cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum WeightsFault {
    /// The probabilities of a feature must lie above 0 and add up to 1, for `m` and for `u`.
    NotADistribution { feature: Feature },
    /// The review threshold must be positive and not above that of a match.
    ThresholdsOutOfOrder,
    /// The share must lie between 0 and 1.
    NameShare,
}

impl Weights {
    /// Bits for a grade: log2(m/u), Fellegi and Sunter, "A Theory for Record Linkage", JASA 64 (1969), p. 1183–1210.
    pub fn bits(&self, feature: Feature, grade: Grade) -> f64 {
        let Some(odds) = self.odds.get(&feature).and_then(|grades| grades.get(&grade)) else { return 0.0 };
        let share = if feature.is_name() { self.name_share } else { 1.0 };
        let bits = share * (odds.m / odds.u).log2();
        if bits.is_nan() { 0.0 } else { bits.clamp(-MOST_BITS, MOST_BITS) }
    }

    /// Refuses probabilities that are none and thresholds that decide nothing.
    pub fn check(&self) -> Result<(), WeightsFault> {
        for (feature, grades) in &self.odds {
            let is_whole = |part: &dyn Fn(&Odds) -> f64| {
                let all_positive = grades.values().all(|odds| part(odds) > 0.0);
                all_positive && (grades.values().map(part).sum::<f64>() - 1.0).abs() < 0.01
            };
            if !is_whole(&|odds| odds.m) || !is_whole(&|odds| odds.u) {
                return Err(WeightsFault::NotADistribution { feature: *feature });
            }
        }
        let Thresholds { review, same } = self.thresholds;
        if !(review > 0.0 && review <= same && same.is_finite()) {
            return Err(WeightsFault::ThresholdsOutOfOrder);
        }
        if !(0.0..=1.0).contains(&self.name_share) {
            return Err(WeightsFault::NameShare);
        }
        Ok(())
    }
}

/// The published defaults, with the source of the formula and the reason for each figure.
#[cfg(feature = "ssr")]
const PUBLISHED: &str = include_str!("../weights.toml");

#[cfg(feature = "ssr")]
impl Weights {
    /// The published set.
    pub fn published() -> &'static Self {
        static PARSED: LazyLock<Weights> =
            LazyLock::new(|| toml::from_str(PUBLISHED).expect("a test reads the published weights"));
        &PARSED
    }
}

/// The published set: [`Weights::published`].
#[cfg(feature = "ssr")]
impl Default for Weights {
    fn default() -> Self {
        Self::published().clone()
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_published_defaults_are_probabilities_that_fall_with_the_grade() {
        let weights = Weights::default();
        assert_eq!(weights.check(), Ok(()));
        for (feature, grades) in &weights.odds {
            let bits: Vec<f64> = grades.keys().map(|grade| weights.bits(*feature, *grade)).collect();
            assert!(bits.is_sorted_by(|better, worse| better > worse), "{feature:?}: {bits:?}");
        }
    }

    #[test]
    fn weights_travel_as_data() {
        let weights = Weights::default();
        let text = serde_json::to_string(&weights).unwrap();
        assert_eq!(serde_json::from_str::<Weights>(&text).unwrap(), weights);
    }

    #[test]
    fn weights_that_decide_nothing_are_refused() {
        let crossed = Weights { thresholds: Thresholds { review: 9.0, same: 3.0 }, ..Weights::default() };
        assert_eq!(crossed.check(), Err(WeightsFault::ThresholdsOutOfOrder));
        let mut lopsided = Weights::default();
        lopsided.odds.get_mut(&Feature::Phone).unwrap().insert(Grade::Same, Odds { m: 1.5, u: 0.0 });
        assert_eq!(lopsided.check(), Err(WeightsFault::NotADistribution { feature: Feature::Phone }));
        assert!(lopsided.bits(Feature::Phone, Grade::Same) <= 24.0);
    }
}
