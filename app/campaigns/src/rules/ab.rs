//! Which of two subjects is better: a two-proportion z-test with a pooled standard error.
//!
//! Worked example: Penn State, STAT 415, lesson 9.4, "Comparing Two Proportions": of 605 people who do not smoke 351 say
//! yes, of 195 who smoke 41 do; pooled 392 / 800 = 0.49, z = (0.5802 - 0.2103) / 0.0412 = 8.99.
use base::words;
use serde::{Deserialize, Serialize};

/// How sure one is before one speaks of a difference: 95 %, on both sides.
pub const CRITICAL_Z: f64 = 1.959_964;
/// With fewer clicks, or fewer mails without one, on either side the normal approximation does not hold.
pub const LEAST: u64 = 5;

words! {
    /// What the test says.
    Better {
        A = "a",
        B = "b",
        /// No difference that could not be chance.
        Neither = "neither",
        /// Too few to say anything.
        TooFew = "too_few",
    }
}

/// What the test says, with its figures.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "SubjectVerdict"))]
pub struct Verdict {
    pub better: Better,
    /// Positive where A is ahead; 0 where there are too few.
    pub z: f64,
    /// How likely a difference this large is by chance alone; 1 where there are too few.
    pub p: f64,
}

/// Compares clicks of mails: `(clicked, sent)` of each.
#[must_use]
pub fn test(a: (u64, u64), b: (u64, u64)) -> Verdict {
    let enough = |(clicked, sent): (u64, u64)| clicked >= LEAST && sent.saturating_sub(clicked) >= LEAST;
    if !enough(a) || !enough(b) {
        return Verdict { better: Better::TooFew, z: 0.0, p: 1.0 };
    }
    let (xa, na, xb, nb) = (a.0 as f64, a.1 as f64, b.0 as f64, b.1 as f64);
    let pooled = (xa + xb) / (na + nb);
    let error = (pooled * (1.0 - pooled) * (1.0 / na + 1.0 / nb)).sqrt();
    let z = (xa / na - xb / nb) / error;
    let better = if z > CRITICAL_Z {
        Better::A
    } else if z < -CRITICAL_Z {
        Better::B
    } else {
        Better::Neither
    };
    Verdict { better, z, p: two_sided(z) }
}

/// The chance of a value at least as far from 0 as `z` in a standard normal distribution.
fn two_sided(z: f64) -> f64 {
    (1.0 - error_function(z.abs() / std::f64::consts::SQRT_2)).clamp(0.0, 1.0)
}

/// Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26; within 1.5e-7.
fn error_function(x: f64) -> f64 {
    const A: [f64; 5] = [0.254_829_592, -0.284_496_736, 1.421_413_741, -1.453_152_027, 1.061_405_429];
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let sum = A.iter().rev().fold(0.0, |sum, factor| (sum + factor) * t);
    1.0 - sum * (-x * x).exp()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_worked_example_comes_out() {
        let verdict = test((351, 605), (41, 195));
        assert!((verdict.z - 8.99).abs() < 0.01, "{verdict:?}");
        assert_eq!(verdict.better, Better::A);
        // 72 / 700 = 0.1029; -0.03 / 0.0232.
        let verdict = test((36, 400), (36, 300));
        assert!((verdict.z - -1.29).abs() < 0.01, "{verdict:?}");
        assert_eq!(verdict.better, Better::Neither);
        assert!((verdict.p - 0.196).abs() < 0.005, "{verdict:?}");
    }

    #[test]
    fn a_clear_difference_is_named_and_a_small_number_is_not() {
        assert_eq!(test((120, 1000), (70, 1000)).better, Better::A);
        assert_eq!(test((70, 1000), (120, 1000)).better, Better::B);
        assert_eq!(test((4, 10), (1, 10)).better, Better::TooFew);
        assert_eq!(test((0, 0), (0, 0)).better, Better::TooFew);
        assert_eq!(test((10, 10), (5, 10)).better, Better::TooFew, "all of few is no proof");
    }

    #[test]
    fn the_normal_distribution_is_known() {
        assert!((two_sided(CRITICAL_Z) - 0.05).abs() < 1e-5);
        assert!((two_sided(0.0) - 1.0).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn the_order_of_the_two_does_not_matter(xa in 0u64..500, na in 0u64..5000, xb in 0u64..500, nb in 0u64..5000) {
            let (a, b) = ((xa.min(na), na), (xb.min(nb), nb));
            let (one, other) = (test(a, b), test(b, a));
            prop_assert!((one.z + other.z).abs() < 1e-9 && (one.p - other.p).abs() < 1e-9);
            prop_assert!((0.0..=1.0).contains(&one.p) && one.z.is_finite());
        }
    }
}
