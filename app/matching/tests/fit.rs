//! The fit finds the probabilities that made-up pairs were drawn with.

mod synthetic;

use matching::{Feature, FitFault, Grade, Observed, Odds, Pattern, Weights, fit};
use std::collections::BTreeMap;
use synthetic::Dice;

/// Shares in hundredths of per cent, so that nothing is lost in drawing.
const WHOLE: usize = 10_000;

/// Weights to be found again: sharper and duller than the published ones.
fn truth() -> Weights {
    let mut weights = Weights { name_share: 1.0, ..Weights::default() };
    let set = |odds: &mut BTreeMap<Grade, Odds>, values: &[(f64, f64)]| {
        for (odds, (m, u)) in odds.values_mut().zip(values) {
            *odds = Odds { m: *m, u: *u };
        }
    };
    for (feature, odds) in &mut weights.odds {
        match feature {
            Feature::Domain => set(odds, &[(0.60, 0.01), (0.15, 0.04), (0.25, 0.95)]),
            Feature::RegistrationNumber => set(odds, &[(0.80, 0.01), (0.10, 0.02), (0.10, 0.97)]),
            Feature::Phone => set(odds, &[(0.50, 0.02), (0.10, 0.03), (0.40, 0.95)]),
            Feature::Country => set(odds, &[(0.95, 0.50), (0.05, 0.50)]),
            _ => set(odds, &[(0.40, 0.02), (0.25, 0.03), (0.15, 0.05), (0.12, 0.20), (0.08, 0.70)]),
        }
    }
    weights
}

fn drawn(pairs: usize, share: usize, stated: usize, decided: bool) -> Vec<Observed> {
    let (truth, mut dice) = (truth(), Dice::new(2026));
    let mut tally: BTreeMap<(Vec<(Feature, Grade)>, Option<bool>), u64> = BTreeMap::new();
    for at in 0..pairs {
        let same = dice.below(WHOLE) < share;
        let mut pattern = Vec::new();
        for (feature, grades) in &truth.odds {
            if dice.below(WHOLE) >= stated {
                continue;
            }
            let mut left = dice.below(WHOLE) as f64 / WHOLE as f64;
            let part = |odds: &Odds| if same { odds.m } else { odds.u };
            let grade = grades.iter().find(|(_, odds)| {
                left -= part(odds);
                left < 0.0
            });
            pattern.extend(grade.map(|(grade, _)| (*feature, *grade)));
        }
        let known = (decided && at % 20 == 0).then_some(same);
        *tally.entry((pattern, known)).or_default() += 1;
    }
    let observed = |((pattern, same), pairs): ((Vec<_>, _), _)| Observed {
        pattern: pattern.into_iter().collect::<Pattern>(),
        pairs,
        same,
    };
    tally.into_iter().map(observed).collect()
}

fn start() -> Weights {
    Weights { name_share: 1.0, ..Weights::default() }
}

/// The largest distance of a fitted probability from the true one.
fn worst(fitted: &Weights) -> f64 {
    let truth = truth();
    let apart = |feature: &Feature, grade: &Grade, found: &Odds| {
        let true_one = &truth.odds[feature][grade];
        (found.m - true_one.m).abs().max((found.u - true_one.u).abs())
    };
    let all = fitted
        .odds
        .iter()
        .flat_map(|(feature, grades)| grades.iter().map(move |(grade, odds)| (feature, grade, odds)));
    all.map(|(feature, grade, odds)| apart(feature, grade, odds)).fold(0.0, f64::max)
}

#[test]
fn the_probabilities_that_pairs_were_drawn_with_are_found_again() {
    let fitted = fit(&drawn(40_000, 1_000, WHOLE, false), &start(), "own-1").unwrap();
    assert!((fitted.share - 0.1).abs() < 0.01, "{}", fitted.share);
    assert!(worst(&fitted.weights) < 0.03, "{}", worst(&fitted.weights));
    assert_eq!(fitted.weights.check(), Ok(()));
    assert_eq!((fitted.weights.version.as_str(), fitted.pairs, fitted.decided), ("own-1", 40_000, 0));
}

#[test]
fn pairs_that_leave_out_half_are_enough() {
    let fitted = fit(&drawn(80_000, 2_000, WHOLE / 2, false), &start(), "own-1").unwrap();
    assert!((fitted.share - 0.2).abs() < 0.02, "{}", fitted.share);
    assert!(worst(&fitted.weights) < 0.05, "{}", worst(&fitted.weights));
}

#[test]
fn decisions_of_people_are_counted_as_they_are() {
    let observed = drawn(4_000, 1_000, WHOLE, true);
    let fitted = fit(&observed, &start(), "own-1").unwrap();
    assert_eq!(fitted.decided, 200);
    let free: Vec<Observed> = observed.iter().map(|one| Observed { same: None, ..one.clone() }).collect();
    assert!(worst(&fitted.weights) <= worst(&fit(&free, &start(), "own-1").unwrap().weights) + 0.01);
}

#[test]
fn the_same_pairs_give_the_same_weights_in_any_order() {
    let mut observed = drawn(2_000, 1_000, WHOLE, false);
    let one = fit(&observed, &start(), "own-1").unwrap();
    assert_eq!(fit(&observed, &start(), "own-1").unwrap(), one);
    observed.reverse();
    let other = fit(&observed, &start(), "own-1").unwrap();
    assert!((other.likelihood - one.likelihood).abs() < 1e-6);
}

#[test]
fn what_cannot_be_fitted_is_said() {
    let few = drawn(150, 1_000, WHOLE, false);
    assert_eq!(fit(&few, &start(), "own-1"), Err(FitFault::TooFew { pairs: 150 }));
    let pattern: Pattern = [(Feature::Domain, Grade::Different), (Feature::Country, Grade::Same)].into();
    let apart: Vec<Observed> = [(Grade::Same, false), (Grade::Different, true)]
        .into_iter()
        .map(|(grade, same)| Observed {
            pattern: [(Feature::Phone, grade)].into_iter().chain(pattern.clone()).collect(),
            pairs: 500,
            same: Some(same),
        })
        .collect();
    assert!(matches!(fit(&apart, &start(), "own-1"), Err(FitFault::NotSeparated { .. })));
}

#[test]
fn a_feature_that_nobody_states_keeps_its_weights() {
    let observed: Vec<Observed> = drawn(2_000, 1_000, WHOLE, false)
        .into_iter()
        .map(|mut one| {
            one.pattern.remove(&Feature::RegistrationNumber);
            one
        })
        .collect();
    let fitted = fit(&observed, &start(), "own-1").unwrap();
    let (found, before) =
        (&fitted.weights.odds[&Feature::RegistrationNumber], &start().odds[&Feature::RegistrationNumber]);
    assert!(found.iter().all(|(grade, odds)| (odds.m - before[grade].m).abs() < 1e-9));
}
