//! Key figures: one documented function each, the same on server and in the browser.

/// Share of decided sales that were won, in basis points: `won ÷ (won + lost)`. None while nothing is decided.
/// Rounded half up.
#[must_use]
pub fn win_rate(won: i64, lost: i64) -> Option<i64> {
    ratio(won, won + lost)
}

/// `part ÷ whole` in basis points, rounded half up; none when the whole is not positive.
#[must_use]
pub fn ratio(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| ((i128::from(part) * 20_000 + i128::from(whole)) / (2 * i128::from(whole))) as i64)
}

/// Change against the period before in basis points; none when there was nothing before.
#[must_use]
pub fn change(now: i64, before: i64) -> Option<i64> {
    (before != 0).then(|| (i128::from(now - before) * 10_000 / i128::from(before.abs())) as i64)
}

/// Pipeline velocity in minor units a day: deals × average value × win rate ÷ cycle days, which is the open
/// value times the win rate by the length of a sales cycle. None without a cycle or a win rate.
#[must_use]
pub fn velocity(open_minor: i64, win_rate_bp: Option<i64>, cycle_days: Option<i64>) -> Option<i64> {
    let (rate, days) = (win_rate_bp?, cycle_days.filter(|days| *days > 0)?);
    Some((i128::from(open_minor) * i128::from(rate) / 10_000 / i128::from(days)) as i64)
}

/// Upper bounds of the answer-time buckets in minutes: each about a quarter longer than the one before, so that a
/// percentile read from them is at most a quarter too long.
pub const ANSWER_BUCKETS_MIN: [i64; 32] = [
    1,
    2,
    3,
    4,
    5,
    7,
    9,
    12,
    15,
    20,
    25,
    30,
    40,
    50,
    60,
    80,
    100,
    120,
    150,
    180,
    240,
    300,
    360,
    480,
    720,
    960,
    1440,
    2160,
    2880,
    4320,
    10_080,
    i64::MAX,
];

/// The bucket of an answer time in milliseconds.
#[must_use]
pub fn answer_bucket(ms: i64) -> usize {
    let minutes = (ms.max(0) + 59_999) / 60_000;
    ANSWER_BUCKETS_MIN.iter().position(|bound| minutes <= *bound).unwrap_or(ANSWER_BUCKETS_MIN.len() - 1)
}

/// The `percent`th percentile of bucketed answer times (nearest rank), in seconds; none without answers.
#[must_use]
pub fn answer_percentile(counts: &[(usize, i64)], percent: i64) -> Option<i64> {
    let total: i64 = counts.iter().map(|(_, count)| count).sum();
    if total <= 0 {
        return None;
    }
    let rank = (total * percent + 99) / 100;
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    let mut seen = 0;
    for (bucket, count) in sorted {
        seen += count;
        if seen >= rank {
            // The last bucket has no end; a week stands for it.
            let minutes = ANSWER_BUCKETS_MIN.get(bucket).copied().unwrap_or(i64::MAX).min(10_080);
            return Some(minutes * 60);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_win_rate_counts_decided_sales_only() {
        assert_eq!(win_rate(4238, 2473), Some(6315));
        assert_eq!(win_rate(0, 0), None);
        assert_eq!(win_rate(0, 3), Some(0));
        assert_eq!(win_rate(1, 1), Some(5000));
    }

    #[test]
    fn velocity_is_open_value_times_win_rate_by_cycle() {
        // 50 deals of 4,000.00 at 25 % in 60 days: 833.33 a day.
        assert_eq!(velocity(50 * 400_000, Some(2500), Some(60)), Some(83_333));
        assert_eq!(velocity(1, None, Some(3)), None);
        assert_eq!(velocity(1, Some(1), Some(0)), None);
    }

    #[test]
    fn percentiles_take_the_nearest_rank() {
        let hour = answer_bucket(3_600_000);
        let day = answer_bucket(86_400_000);
        assert_eq!(answer_percentile(&[(hour, 9), (day, 1)], 50), Some(3600));
        assert_eq!(answer_percentile(&[(hour, 9), (day, 1)], 90), Some(3600));
        assert_eq!(answer_percentile(&[(hour, 9), (day, 1)], 91), Some(86_400));
        assert_eq!(answer_percentile(&[], 50), None);
    }

    #[test]
    fn change_needs_something_before() {
        assert_eq!(change(118, 100), Some(1800));
        assert_eq!(change(5, 0), None);
    }
}
