//! Days as whole months and the days left over, so that a year is read from twelve sums and not from 365.
use base::{Date, Datelike};

use crate::period::{Days, iso};

/// How much time one sum holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// No time: what stands now.
    Now,
    Day,
    Month,
}

impl Grain {
    /// The storage form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Day => "day",
            Self::Month => "month",
        }
    }
}

/// Sums of a grain from a day or month (included) to another (excluded), as ISO text: `2026-11` or `2026-11-27`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    pub grain: Grain,
    pub from: String,
    pub until: String,
}

/// Below so many months their days are read alone: fewer rows than two edges and a few months.
const WORTH_MONTHS: i32 = 2;

/// The three ranges that hold each of the days once: the days before the first whole month, whole months, the days after
/// the last. Those that are not needed are empty.
#[must_use]
pub fn ranges(days: &Days) -> [Range; 3] {
    let range = |grain, from: String, until: String| Range { grain, from, until };
    let only_days = |days: &Days| {
        let end = days.end.clone();
        [
            range(Grain::Day, days.start.clone(), end.clone()),
            range(Grain::Month, String::new(), String::new()),
            range(Grain::Day, end.clone(), end),
        ]
    };
    let (Ok(start), Ok(end)) = (days.start.parse::<Date>(), days.end.parse::<Date>()) else {
        return only_days(days);
    };
    let (first, last) = (next_month(start), number(end));
    if last - first < WORTH_MONTHS {
        return only_days(days);
    }
    let day_of = |month: i32| format!("{}-01", month_text(month));
    [
        range(Grain::Day, days.start.clone(), day_of(first)),
        range(Grain::Month, month_text(first), month_text(last)),
        range(Grain::Day, day_of(last), iso(end)),
    ]
}

/// Months since year 0.
fn number(day: Date) -> i32 {
    day.year() * 12 + day.month0() as i32
}

/// The month that begins with the day, or the one after it.
fn next_month(day: Date) -> i32 {
    number(day) + i32::from(day.day() > 1)
}

fn month_text(month: i32) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(start: &str, end: &str) -> [Range; 3] {
        ranges(&Days { start: start.into(), end: end.into() })
    }

    #[test]
    fn a_year_is_eleven_months_and_two_edges() {
        let [before, months, after] = of("2025-11-23", "2026-11-23");
        assert_eq!((before.from.as_str(), before.until.as_str()), ("2025-11-23", "2025-12-01"));
        assert_eq!((months.from.as_str(), months.until.as_str()), ("2025-12", "2026-11"));
        assert_eq!((after.from.as_str(), after.until.as_str()), ("2026-11-01", "2026-11-23"));
    }

    #[test]
    fn a_short_period_is_read_by_days() {
        let [days, months, rest] = of("2026-10-24", "2026-11-23");
        assert_eq!((days.from.as_str(), days.until.as_str()), ("2026-10-24", "2026-11-23"));
        assert_eq!((months.from, rest.from), (String::new(), "2026-11-23".to_owned()));
    }

    proptest! {
        #[test]
        fn every_day_is_read_once(start in 0_i32..4000, length in 0_i32..2000, at in -50_i32..4100) {
            let day = |n: i32| Date::from_num_days_from_ce_opt(737_000 + n).unwrap();
            let days = Days { start: iso(day(start)), end: iso(day(start + length)) };
            let (text, month) = (iso(day(start + at)), iso(day(start + at))[..7].to_owned());
            let read = ranges(&days).iter().filter(|range| {
                let at = if range.grain == Grain::Month { &month } else { &text };
                *at >= range.from && *at < range.until
            }).count();
            prop_assert_eq!(read, usize::from(at >= 0 && at < length), "{:?}", days);
        }
    }
}
