//! Quiet hours: when somebody may be written to, in their own time zone.
use base::{Span, Timestamp};
use chrono::{DateTime, Days, NaiveTime, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

use crate::model::QuietHours;

/// The first instant from `at` on that lies in no quiet hour of a zone. An unknown zone is UTC.
#[must_use]
pub fn next_allowed(at: Timestamp, quiet: Option<QuietHours>, zone: &str) -> Timestamp {
    let Some(QuietHours { from, until }) = quiet.filter(|quiet| quiet.from != quiet.until) else { return at };
    let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
    let Some(utc) = DateTime::<Utc>::from_timestamp_millis(at.0) else { return at };
    let local = utc.with_timezone(&zone);
    let hour = local.hour() as u8;
    let over_midnight = from > until;
    let is_quiet = if over_midnight { hour >= from || hour < until } else { (from..until).contains(&hour) };
    if !is_quiet {
        return at;
    }
    let days = u64::from(over_midnight && hour >= from);
    let (Some(day), Some(time)) = (
        local.date_naive().checked_add_days(Days::new(days)),
        NaiveTime::from_hms_opt(u32::from(until), 0, 0),
    ) else {
        return at;
    };
    let end = day.and_time(time);
    // An hour that a clock leaps over ends when the next one begins.
    let end = zone
        .from_local_datetime(&end)
        .earliest()
        .or_else(|| zone.from_local_datetime(&(end + chrono::Duration::hours(1))).earliest());
    end.map_or(at + Span::hours(1), |end| Timestamp(end.timestamp_millis()).max(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NIGHT: QuietHours = QuietHours { from: 20, until: 8 };

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn nobody_is_woken() {
        for (sent, zone, wanted) in [
            ("2026-11-02T09:00:00Z", "Europe/Berlin", "2026-11-02T09:00:00Z"),
            ("2026-11-02T19:30:00Z", "Europe/Berlin", "2026-11-03T07:00:00Z"),
            ("2026-11-02T02:00:00Z", "Europe/Berlin", "2026-11-02T07:00:00Z"),
            ("2026-11-02T09:00:00Z", "America/New_York", "2026-11-02T13:00:00Z"),
            ("2026-11-02T09:00:00Z", "Asia/Kolkata", "2026-11-02T09:00:00Z"),
            ("2026-11-02T19:30:00Z", "Nowhere/Land", "2026-11-02T19:30:00Z"),
            ("2026-11-02T21:30:00Z", "Nowhere/Land", "2026-11-03T08:00:00Z"),
            // Clocks go forward at night in Berlin: 08:00 is an hour sooner.
            ("2026-03-28T21:00:00Z", "Europe/Berlin", "2026-03-29T06:00:00Z"),
        ] {
            assert_eq!(next_allowed(at(sent), Some(NIGHT), zone), at(wanted), "{sent} {zone}");
        }
        assert_eq!(next_allowed(at("2026-11-02T23:00:00Z"), None, "UTC"), at("2026-11-02T23:00:00Z"));
        let noon = QuietHours { from: 12, until: 14 };
        assert_eq!(next_allowed(at("2026-11-02T12:10:00Z"), Some(noon), "UTC"), at("2026-11-02T14:00:00Z"));
        // The quiet ends in an hour that there is not.
        let gap = QuietHours { from: 0, until: 2 };
        assert_eq!(
            next_allowed(at("2026-03-29T00:30:00+01:00"), Some(gap), "Europe/Berlin"),
            at("2026-03-29T03:00:00+02:00")
        );
    }

    proptest! {
        #[test]
        fn the_answer_is_never_quiet_and_never_more_than_a_day_off(
            ms in 1_700_000_000_000i64..1_900_000_000_000, from in 0u8..24, until in 0u8..24, zone in 0usize..5
        ) {
            // One hour a day that is not quiet may be the one that a clock leaps over.
            prop_assume!(from != (until + 1) % 24);
            let zone = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"][zone];
            let quiet = Some(QuietHours { from, until });
            let then = next_allowed(Timestamp(ms), quiet, zone);
            prop_assert!(then >= Timestamp(ms) && then <= Timestamp(ms) + Span::hours(26));
            prop_assert_eq!(next_allowed(then, quiet, zone), then);
        }
    }
}
