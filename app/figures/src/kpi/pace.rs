//! Whether a goal is being reached in time.
use base::Date;
use serde::{Deserialize, Serialize};

/// How a goal stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Its period has not begun.
    NotBegun,
    /// There is what was to be reached.
    Reached,
    /// More than today's share, by over a twentieth of the whole.
    Ahead,
    OnTrack,
    /// Less than today's share, by over a twentieth of the whole.
    Behind,
    /// Its period is over, and it was not reached.
    Missed,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::NotBegun, Self::Reached, Self::Ahead, Self::OnTrack, Self::Behind, Self::Missed];

    /// The wire and storage form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotBegun => "not_begun",
            Self::Reached => "reached",
            Self::Ahead => "ahead",
            Self::OnTrack => "on_track",
            Self::Behind => "behind",
            Self::Missed => "missed",
        }
    }

    /// Reads the storage form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.as_str() == text)
    }
}

/// How a goal stands, and what its line says for today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Pace {
    pub standing: Standing,
    /// What would be there tonight on a straight line from nothing to the target.
    pub due: i64,
    /// Of the target, in basis points; none without a target.
    pub share: Option<i64>,
    /// Days of the period that have begun.
    pub days_gone: i64,
    pub days_left: i64,
}

/// Compares what there is with a straight line over the days from `start` (included) to `end` (excluded), at the end of
/// `today`. The line leaves a twentieth of the target on either side, so that one late sale raises no alarm.
#[must_use]
pub fn pace(target: i64, actual: i64, (start, end): (Date, Date), today: Date) -> Pace {
    let whole = (end - start).num_days().max(1);
    let gone = ((today - start).num_days() + 1).clamp(0, whole);
    let due = (i128::from(target) * i128::from(gone) / i128::from(whole)) as i64;
    let slack = target / 20;
    let standing = if actual >= target && (gone > 0 || actual > 0) {
        Standing::Reached
    } else if gone == 0 {
        Standing::NotBegun
    } else if today >= end {
        Standing::Missed
    } else if actual > due + slack {
        Standing::Ahead
    } else if actual < due - slack {
        Standing::Behind
    } else {
        Standing::OnTrack
    };
    Pace { standing, due, share: super::ratio(actual, target), days_gone: gone, days_left: whole - gone }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn of(actual: i64, today: &str) -> Pace {
        pace(1000, actual, (day("2026-10-01"), day("2027-01-01")), day(today))
    }

    #[test]
    fn half_of_the_quarter_wants_half_of_the_target() {
        let half = of(500, "2026-11-15");
        assert_eq!((half.due, half.days_gone, half.days_left, half.share), (500, 46, 46, Some(5000)));
        assert_eq!(half.standing, Standing::OnTrack);
        assert_eq!(of(449, "2026-11-15").standing, Standing::Behind);
        assert_eq!(of(551, "2026-11-15").standing, Standing::Ahead);
    }

    #[test]
    fn a_period_begins_and_ends() {
        assert_eq!(of(0, "2026-09-30").standing, Standing::NotBegun);
        assert_eq!(of(0, "2026-10-01").standing, Standing::OnTrack);
        assert_eq!(of(999, "2026-12-31").standing, Standing::OnTrack);
        assert_eq!(of(999, "2027-01-01").standing, Standing::Missed);
        assert_eq!(of(1000, "2026-10-02").standing, Standing::Reached);
    }

    proptest! {
        #[test]
        fn more_is_never_worse(target in 1_i64..1_000_000_000, actual in 0_i64..1_000_000_000, more in 0_i64..1000, today in 0_i64..120) {
            let begin = day("2026-10-01");
            let today = base::Date::from_num_days_from_ce_opt(base::Datelike::num_days_from_ce(&begin) - 10 + today as i32).unwrap();
            let rank = |actual| {
                let standing = pace(target, actual, (begin, day("2027-01-01")), today).standing;
                [Standing::Missed, Standing::NotBegun, Standing::Behind, Standing::OnTrack, Standing::Ahead, Standing::Reached]
                    .iter().position(|one| *one == standing)
            };
            prop_assert!(rank(actual + more) >= rank(actual));
        }
    }
}
