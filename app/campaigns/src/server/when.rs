//! Times that people choose, in a zone of theirs.
use base::{Problem, Span, Timestamp};
use chrono::{NaiveDateTime, TimeZone};
use chrono_tz::Tz;

/// Reads `2026-12-01T09:30` in a zone. A time that a change of clocks leaves out is the one an hour later, one that comes
/// twice is the first.
///
/// # Errors
/// `Invalid` at `send_on` or `time_zone`.
pub(super) fn read(text: &str, zone: &str) -> Result<Timestamp, Problem> {
    let zone: Tz = zone.parse().map_err(|_| unknown_zone())?;
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .ok_or_else(|| {
            Problem::field("send_on", "not_a_time", "Give a day and a time like 2026-12-01T09:30.")
        })?;
    let hour = chrono::Duration::hours(1);
    let at = zone
        .from_local_datetime(&local)
        .earliest()
        .or_else(|| zone.from_local_datetime(&(local + hour)).earliest());
    at.map(|at| Timestamp(at.timestamp_millis()))
        .ok_or_else(|| Problem::field("send_on", "not_a_time", "There is no such time."))
}

/// The other way round.
pub(super) fn written(at: Timestamp, zone: &str) -> String {
    let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
    let utc = chrono::DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    utc.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string()
}

/// A zone must be one.
pub(super) fn unknown_zone() -> Problem {
    Problem::field("time_zone", "unknown", "Give the name of a time zone like Europe/Berlin.")
}

/// Whether a name is that of a zone.
pub(super) fn is_zone(zone: &str) -> bool {
    zone.parse::<Tz>().is_ok()
}

/// How long before now a time may lie that was chosen a moment ago.
pub(super) const GRACE: Span = Span::minutes(10);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_in_its_zone() {
        let at = |text: &str| read(text, "Europe/Berlin").unwrap().to_string();
        assert_eq!(at("2026-12-01T09:30"), "2026-12-01T08:30:00.000Z");
        assert_eq!(at("2026-07-01T09:30"), "2026-07-01T07:30:00.000Z");
        assert_eq!(at("2027-03-28T02:30"), "2027-03-28T01:30:00.000Z", "the hour that is left out");
        assert_eq!(at("2026-10-25T02:30"), "2026-10-25T00:30:00.000Z", "the first of two");
        let noon = read("2026-12-01T09:30", "Europe/Berlin").unwrap();
        assert_eq!(written(noon, "Europe/Berlin"), "2026-12-01T09:30");
        assert!(read("soon", "Europe/Berlin").is_err() && read("2026-12-01T09:30", "Mars/Base").is_err());
    }
}
