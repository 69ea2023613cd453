//! How long answers took, counted in buckets so that any number of them is read at once.

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
    fn percentiles_take_the_nearest_rank() {
        let hour = answer_bucket(3_600_000);
        let day = answer_bucket(86_400_000);
        assert_eq!(answer_percentile(&[(hour, 9), (day, 1)], 50), Some(3600));
        assert_eq!(answer_percentile(&[(hour, 9), (day, 1)], 90), Some(3600));
        assert_eq!(answer_percentile(&[(hour, 9), (day, 1)], 91), Some(86_400));
        assert_eq!(answer_percentile(&[], 50), None);
    }

    #[test]
    fn the_nearest_rank_is_the_one_of_the_textbook() {
        // <https://en.wikipedia.org/wiki/Percentile#Worked_examples_of_the_nearest-rank_method>: of 15, 20, 35, 40 and
        // 50 the 30th and the 40th percentile are 20, the 50th is 35, the 100th 50. Here they are minutes, read from
        // buckets whose bounds are 15, 20, 40, 40 and 50.
        let minutes = [15, 20, 35, 40, 50].map(|minutes| (answer_bucket(minutes * 60_000), 1));
        let of = |percent| answer_percentile(&minutes, percent).map(|seconds| seconds / 60);
        assert_eq!([of(30), of(40), of(50), of(100)], [Some(20), Some(20), Some(40), Some(50)]);
    }
}
