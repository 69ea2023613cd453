//! Days as programs count them: in their own time zones, so that a registration at half past midnight in Berlin counts
//! for the day that has begun there.
use base::{Date, Timestamp};
use programs::Calendar;

/// The calendar day of an instant in a zone (IANA name). A name that is none counts as UTC; publishing refuses those.
pub fn day(zone: &str, at: Timestamp) -> Date {
    Calendar { time_zone: zone.to_owned(), ..Calendar::default() }.day_of(at)
}

/// The day that is today for several programs together: the latest of theirs, so that nothing that has happened in one
/// of them lies in the future. UTC's where there is none.
pub fn today(zones: &[String], now: Timestamp) -> Date {
    zones.iter().map(|zone| day(zone, now)).max().unwrap_or_else(|| now.date())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn a_day_begins_at_the_program_s_midnight() {
        let late = at("2026-11-02T23:30:00Z");
        assert_eq!(day("Europe/Berlin", late).to_string(), "2026-11-03");
        assert_eq!(day("UTC", late).to_string(), "2026-11-02");
        assert_eq!(day("America/New_York", at("2026-11-03T04:30:00Z")).to_string(), "2026-11-02");
        assert_eq!(day("Nowhere", late).to_string(), "2026-11-02");
    }

    #[test]
    fn a_day_follows_summer_time() {
        assert_eq!(day("Europe/Berlin", at("2026-07-01T22:30:00Z")).to_string(), "2026-07-02");
        assert_eq!(day("Europe/Berlin", at("2026-12-01T22:30:00Z")).to_string(), "2026-12-01");
    }

    #[test]
    fn today_is_the_latest_day_of_all_programs() {
        let zones = ["America/Los_Angeles", "Asia/Tokyo", "UTC"].map(str::to_owned);
        assert_eq!(today(&zones, at("2026-11-02T16:00:00Z")).to_string(), "2026-11-03");
        assert_eq!(today(&[], at("2026-11-02T16:00:00Z")).to_string(), "2026-11-02");
    }
}
