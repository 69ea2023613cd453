//! What agreement is worth: probabilities as data, and two thresholds.

use crate::evidence::{Feature, Grade};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Bits no single observation goes beyond, whatever the data says.
const MOST_BITS: f64 = 24.0;

/// How often a grade is seen: `m` among pairs of the same company, `u` among pairs of different companies.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Odds {
    pub m: f64,
    pub u: f64,
}

/// Bits from which a person looks at a pair, and from which it counts as the same company.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Thresholds {
    pub review: f64,
    #[serde(rename = "match")]
    pub same: f64,
}

/// A published set of weights. A grade that a feature does not list counts nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Weights {
    /// Names the set in every decision made by it.
    pub version: String,
    pub thresholds: Thresholds,
    /// Share at which each of the three views of a name counts. They see one string, so together they count about once.
    pub name_share: f64,
    pub odds: BTreeMap<Feature, BTreeMap<Grade, Odds>>,
}

/// Why a set of weights cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

/// Grades of a feature with `m` and `u`.
type Row = &'static [(Grade, f64, f64)];

/// The published defaults: `u` as found among candidates that share a blocking key, `m` estimated from CRM duplicates.
/// A program's own records replace them once there are enough decisions to fit.
const DEFAULTS: &[(Feature, Row)] = &[
    (
        Feature::Domain,
        &[
            (Grade::Same, 0.75, 0.0001),     // +12.9: a site has one owner; a group shares one
            (Grade::Part, 0.08, 0.0009),     //  +6.5: acme.de and acme.com, often but not always one house
            (Grade::Different, 0.17, 0.999), //  -2.6: second brands and moved sites are common
        ],
    ),
    (
        Feature::RegistrationNumber,
        &[
            (Grade::Same, 0.88, 0.000_001),   // +19.7
            (Grade::Near, 0.04, 0.0001),      //  +8.6: a digit mistyped
            (Grade::Different, 0.08, 0.9999), //  -3.6: branches and tax groups
        ],
    ),
    (
        Feature::Phone,
        &[
            (Grade::Same, 0.60, 0.0002),      // +11.6: shared offices answer for several
            (Grade::Part, 0.12, 0.001),       //  +6.9: one switchboard
            (Grade::Different, 0.28, 0.9988), //  -1.8: people give their own line
        ],
    ),
    (
        Feature::NameSpelling,
        &[
            (Grade::Same, 0.55, 0.0004),     // +10.4 before the share, +3.5 after it
            (Grade::Near, 0.20, 0.0016),     //  +7.0
            (Grade::Close, 0.10, 0.004),     //  +4.6
            (Grade::Part, 0.08, 0.05),       //  +0.7
            (Grade::Different, 0.07, 0.944), //  -3.8
        ],
    ),
    (
        Feature::NameTrigrams,
        &[
            (Grade::Same, 0.55, 0.0004),
            (Grade::Near, 0.20, 0.0016),
            (Grade::Close, 0.12, 0.008),    //  +3.9
            (Grade::Part, 0.07, 0.04),      //  +0.8
            (Grade::Different, 0.06, 0.95), //  -4.0
        ],
    ),
    (
        Feature::NameWords,
        &[
            (Grade::Same, 0.55, 0.0004),
            (Grade::Near, 0.17, 0.001),       //  +7.4: a slip in a word
            (Grade::Close, 0.13, 0.0024),     //  +5.8: a word more or less
            (Grade::Part, 0.07, 0.03),        //  +1.2
            (Grade::Different, 0.08, 0.9662), //  -3.6
        ],
    ),
    (
        Feature::Address,
        &[
            (Grade::Same, 0.45, 0.0005),      //  +9.8
            (Grade::Near, 0.15, 0.004),       //  +5.2: postal code, no street to compare
            (Grade::Part, 0.22, 0.06),        //  +1.9: the city
            (Grade::Different, 0.18, 0.9355), //  -2.4: branches
        ],
    ),
    (
        Feature::Country,
        &[
            (Grade::Same, 0.93, 0.30),      //  +1.6
            (Grade::Different, 0.07, 0.70), //  -3.3
        ],
    ),
];

impl Default for Weights {
    fn default() -> Self {
        let grades = |rows: &[(Grade, f64, f64)]| {
            rows.iter().map(|(grade, m, u)| (*grade, Odds { m: *m, u: *u })).collect()
        };
        Self {
            version: "2026-1".to_owned(),
            thresholds: Thresholds { review: 4.0, same: 12.0 },
            name_share: 1.0 / 3.0,
            odds: DEFAULTS.iter().map(|(feature, rows)| (*feature, grades(rows))).collect(),
        }
    }
}

#[cfg(test)]
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
