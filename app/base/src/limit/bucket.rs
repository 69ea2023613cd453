//! The law of a token bucket: what is let through, and when more will be. Pure; time is passed in.
use crate::Timestamp;

/// How much is let through: `burst` at once, `per_minute` in the long run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    pub per_minute: u32,
    pub burst: u32,
}

impl Rate {
    /// A rate; nothing of it may be zero, so zero counts as one.
    #[must_use]
    pub const fn new(per_minute: u32, burst: u32) -> Self {
        let per_minute = if per_minute == 0 { 1 } else { per_minute };
        Self { per_minute, burst: if burst == 0 { 1 } else { burst } }
    }

    /// Microseconds until one more is let through.
    const fn interval_us(self) -> i64 {
        60_000_000 / self.per_minute as i64
    }

    /// Seconds in which an empty bucket fills, rounded up.
    #[must_use]
    pub const fn window_s(self) -> u32 {
        seconds(self.interval_us() * self.burst as i64)
    }
}

/// A bucket, kept as the instant at which it will be full again, in Unix microseconds: one number says all, and a
/// full bucket is worth as much as none (the generic cell rate algorithm, ITU-T I.371, in its virtual scheduling form).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    full_at_us: i64,
}

/// What is left in a bucket after it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// How many more would be let through at once.
    pub remaining: u32,
    /// Seconds until the bucket is full, rounded up.
    pub full_in_s: u32,
}

impl Bucket {
    /// A bucket of which nothing was taken.
    #[must_use]
    pub const fn full() -> Self {
        Self { full_at_us: i64::MIN }
    }

    /// Whether nothing is missing, so that it need not be kept.
    #[must_use]
    pub const fn is_full(self, now: Timestamp) -> bool {
        self.full_at_us <= micros(now)
    }

    /// Takes one; or, when it is empty, nothing, with the seconds until there is one (at least 1).
    ///
    /// # Errors
    /// How many seconds to wait.
    pub fn take(&mut self, rate: Rate, now: Timestamp) -> Result<Left, u32> {
        let now = micros(now);
        let from = self.full_at_us.max(now);
        let wait = from + rate.interval_us() - now - rate.interval_us() * i64::from(rate.burst);
        if wait > 0 {
            return Err(seconds(wait).max(1));
        }
        self.full_at_us = from + rate.interval_us();
        Ok(self.left(rate, now))
    }

    fn left(self, rate: Rate, now_us: i64) -> Left {
        let missing_us = (self.full_at_us - now_us).max(0);
        // A part of one that is missing is one that cannot be taken.
        let missing = (missing_us + rate.interval_us() - 1) / rate.interval_us();
        Left {
            remaining: rate.burst.saturating_sub(u32::try_from(missing).unwrap_or(u32::MAX)),
            full_in_s: seconds(missing_us),
        }
    }
}

const fn micros(at: Timestamp) -> i64 {
    at.0.saturating_mul(1000)
}

/// Microseconds as seconds, rounded up.
const fn seconds(us: i64) -> u32 {
    let seconds = (us + 999_999) / 1_000_000;
    if seconds > u32::MAX as i64 { u32::MAX } else { seconds as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;
    use proptest::prelude::*;

    const NOON: Timestamp = Timestamp(1_793_620_800_000);

    #[test]
    fn a_burst_passes_and_then_one_at_a_time() {
        let rate = Rate::new(60, 3);
        let mut bucket = Bucket::full();
        let left: Vec<_> = (0..3).map(|_| bucket.take(rate, NOON).unwrap().remaining).collect();
        assert_eq!(left, [2, 1, 0]);
        assert_eq!(bucket.take(rate, NOON), Err(1));
        assert_eq!(bucket.take(rate, NOON + Span(999)), Err(1), "not a moment early");
        assert!(bucket.take(rate, NOON + Span(1000)).is_ok());
        assert_eq!(bucket.take(rate, NOON + Span(1000)), Err(1));
    }

    #[test]
    fn an_empty_bucket_fills_in_its_window() {
        let rate = Rate::new(30, 20);
        let mut bucket = Bucket::full();
        for _ in 0..20 {
            assert!(bucket.take(rate, NOON).is_ok());
        }
        assert_eq!(rate.window_s(), 40);
        assert!(!bucket.is_full(NOON + Span::seconds(39)));
        assert!(bucket.is_full(NOON + Span::seconds(40)));
    }

    #[test]
    fn a_clock_that_goes_back_lets_nobody_wait_longer_than_the_window() {
        let rate = Rate::new(60, 2);
        let mut bucket = Bucket::full();
        bucket.take(rate, NOON).unwrap();
        assert!(bucket.take(rate, NOON - Span::seconds(1)).is_err_and(|wait| wait <= 2));
    }

    proptest! {
        #[test]
        fn never_more_than_burst_and_rate_allow(
            per_minute in 1u32..600, burst in 1u32..50, steps in prop::collection::vec(0i64..5_000, 1..200)
        ) {
            let rate = Rate::new(per_minute, burst);
            let (mut bucket, mut now, mut passed) = (Bucket::full(), NOON, 0i64);
            for step in steps {
                now = now + Span(step);
                match bucket.take(rate, now) {
                    Ok(left) => {
                        passed += 1;
                        prop_assert!(left.remaining < burst);
                    }
                    Err(wait) => {
                        prop_assert!(wait >= 1);
                        let mut later = bucket;
                        prop_assert!(later.take(rate, now + Span::seconds(i64::from(wait))).is_ok());
                    }
                }
            }
            // Whole intervals: the rate divides a minute, rounded down to a microsecond.
            let since_us = (now - NOON).0 * 1000;
            prop_assert!(passed <= i64::from(burst) + since_us / (60_000_000 / i64::from(per_minute)));
        }
    }
}
