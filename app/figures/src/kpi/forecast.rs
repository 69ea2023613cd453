//! Where a sum will stand at the end of its period if things go on as they did.
use serde::{Deserialize, Serialize};

/// Where a sum is likely to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Forecast {
    pub expected: i64,
    /// In one case of ten it ends below.
    pub low: i64,
    /// In one case of ten it ends above.
    pub high: i64,
}

/// Fewer weeks say nothing about how much weeks differ.
pub const WEEKS_NEEDED: usize = 4;

/// What there is, plus the mean of past weeks for each week to come (`weeks_left`, may be a part), with an interval of
/// 80 %. None with fewer than [`WEEKS_NEEDED`] past weeks. A sum of what happens cannot fall: nothing ends below `actual`.
///
/// The mean method with the uncertainty of the mean itself: for the sum of `n` steps after `k` known ones the spread is
/// `s · √(n + n² ÷ k)`, which for one step is the well-known `s · √(1 + 1 ÷ k)`, times the quantile of Student's t with
/// `k − 1` degrees of freedom (R. J. Hyndman and G. Athanasopoulos, Forecasting: Principles and Practice, 2nd edition,
/// section 3.5, <https://otexts.com/fpp2/prediction-intervals.html>; `meanf` of the R package `forecast`). It takes the
/// weeks for independent of each other and without season.
#[must_use]
pub fn forecast(actual: i64, past: &[i64], weeks_left: f64) -> Option<Forecast> {
    let known = past.len();
    if known < WEEKS_NEEDED || !weeks_left.is_finite() {
        return None;
    }
    let left = weeks_left.max(0.0);
    let mean = past.iter().map(|week| *week as f64).sum::<f64>() / known as f64;
    let squares: f64 = past.iter().map(|week| (*week as f64 - mean).powi(2)).sum();
    let deviation = (squares / (known - 1) as f64).sqrt();
    let half = t_90(known - 1) * deviation * (left + left * left / known as f64).sqrt();
    let expected = actual as f64 + mean * left;
    let floor = |value: f64| (value.round() as i64).max(actual);
    Some(Forecast { expected: floor(expected), low: floor(expected - half), high: floor(expected + half) })
}

/// The 90 % quantile of Student's t by degrees of freedom (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2,
/// <https://www.itl.nist.gov/div898/handbook/eda/section3/eda3672.htm>); that of the normal distribution above 30.
fn t_90(freedom: usize) -> f64 {
    const TABLE: [f64; 30] = [
        3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.350, 1.345,
        1.341, 1.337, 1.333, 1.330, 1.328, 1.325, 1.323, 1.321, 1.319, 1.318, 1.316, 1.315, 1.314, 1.313,
        1.311, 1.310,
    ];
    TABLE.get(freedom.saturating_sub(1)).copied().unwrap_or(1.282)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_step_is_what_the_textbook_s_mean_method_gives() {
        // `meanf(c(10, 20, 30, 40), h = 1)`: mean 25, s = 12.91, qt(0.9, 3) = 1.638, times √(1 + 1 ÷ 4): 25 ± 23.6.
        let one = forecast(0, &[10, 20, 30, 40], 1.0).unwrap();
        assert_eq!(one, Forecast { expected: 25, low: 1, high: 49 });
    }

    #[test]
    fn steady_weeks_leave_no_doubt_and_the_end_is_what_there_is() {
        let steady = forecast(100, &[7; 13], 3.0).unwrap();
        assert_eq!(steady, Forecast { expected: 121, low: 121, high: 121 });
        assert_eq!(
            forecast(100, &[1, 9, 4, 6], 0.0).unwrap(),
            Forecast { expected: 100, low: 100, high: 100 }
        );
        assert_eq!(forecast(100, &[1, 9, 4], 2.0), None);
    }

    proptest! {
        #[test]
        fn the_interval_holds_what_is_expected_and_grows(
            actual in 0_i64..1_000_000_000,
            past in prop::collection::vec(0_i64..50_000_000, 4..30),
            weeks in 0.0_f64..60.0,
        ) {
            let now = forecast(actual, &past, weeks).unwrap();
            prop_assert!(actual <= now.low && now.low <= now.expected && now.expected <= now.high);
            let later = forecast(actual, &past, weeks + 1.0).unwrap();
            prop_assert!(later.high - later.expected >= now.high - now.expected - 1);
        }
    }
}
