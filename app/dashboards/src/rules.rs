//! When views are sent.
use base::{Datelike, Span, Timestamp};

use crate::view::Rhythm;

/// The next time after `now` at which a view is sent: at the full `hour` where `offset` (minutes east of UTC at an
/// instant) holds, each day, on Mondays, or on the first. Where that hour is left out on a day, with the hour after it.
#[must_use]
pub fn next_sending(
    now: Timestamp,
    rhythm: Rhythm,
    hour: u8,
    offset: impl Fn(Timestamp) -> i32,
) -> Option<Timestamp> {
    const DAY: i64 = 86_400_000;
    /// A month and two days: a first of a month is always among them.
    const LOOKED: i64 = 33;
    let shift = |at: Timestamp| i64::from(offset(at)) * 60_000;
    let today = (now.0 + shift(now)).div_euclid(DAY);
    let is_due = |day: i64| {
        let date = (Timestamp(0) + Span::days(day)).date();
        match rhythm {
            Rhythm::Never => false,
            Rhythm::Daily => true,
            Rhythm::Weekly => date.weekday().num_days_from_monday() == 0,
            Rhythm::Monthly => date.day() == 1,
        }
    };
    (today - 1..=today + LOOKED)
        .filter(|day| is_due(*day))
        .map(|day| {
            let local = day * DAY + i64::from(hour) * 3_600_000;
            // Twice, because the offset may be another one by then.
            let near = Timestamp(local - shift(now));
            Timestamp(local - shift(near))
        })
        .find(|at| *at > now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn a_view_is_sent_by_the_person_s_clock_and_calendar() {
        let berlin = |at: Timestamp| {
            let (summer, winter) =
                (Timestamp::parse("2026-03-29T01:00:00Z"), Timestamp::parse("2026-10-25T01:00:00Z"));
            if at >= summer.unwrap() && at < winter.unwrap() { 120 } else { 60 }
        };
        let next = |now: &str, rhythm| next_sending(at(now), rhythm, 8, berlin);
        // The 27th of November 2026 is a Friday.
        assert_eq!(next("2026-11-27T06:59:00Z", Rhythm::Daily), Some(at("2026-11-27T07:00:00Z")));
        assert_eq!(next("2026-11-27T07:00:00Z", Rhythm::Daily), Some(at("2026-11-28T07:00:00Z")));
        assert_eq!(next("2026-11-27T07:00:00Z", Rhythm::Weekly), Some(at("2026-11-30T07:00:00Z")));
        assert_eq!(next("2026-11-30T07:00:00Z", Rhythm::Weekly), Some(at("2026-12-07T07:00:00Z")));
        assert_eq!(next("2026-11-27T07:00:00Z", Rhythm::Monthly), Some(at("2026-12-01T07:00:00Z")));
        assert_eq!(
            next("2026-10-20T07:00:00Z", Rhythm::Weekly),
            Some(at("2026-10-26T07:00:00Z")),
            "summer time has ended"
        );
        assert_eq!(next("2026-11-27T07:00:00Z", Rhythm::Never), None);
    }

    proptest! {
        #[test]
        fn it_is_always_to_come_and_never_too_far(now in 0..4_000_000_000_000_i64, hour in 0_u8..24, offset in -720_i32..=840) {
            for (rhythm, days) in [(Rhythm::Daily, 1), (Rhythm::Weekly, 7), (Rhythm::Monthly, 31)] {
                let next = next_sending(Timestamp(now), rhythm, hour, |_| offset).unwrap();
                prop_assert!(next.0 > now && next.0 - now <= days * 86_400_000);
            }
        }
    }
}
