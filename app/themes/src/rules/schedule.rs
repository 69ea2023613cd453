//! When a theme may wait for its time, and how long a link shows one.
use base::{Problem, Span, Timestamp};

use crate::model::{BrandTheme, ThemeSchedule};

/// How far ahead a theme can be scheduled.
pub const MOST_AHEAD: Span = Span::days(366);
/// How long a link to a preview lives.
pub const LINK_LIVES: Span = Span::days(7);

/// A moment as a field for date and time gives it (`2026-12-01T09:30`), where the reader is; `offset` gives the reader's
/// minutes east of UTC at an instant. A time that a clock skips is taken as if it had not.
#[must_use]
pub fn instant(local: &str, offset: impl Fn(Timestamp) -> i32) -> Option<Timestamp> {
    let text = local.trim();
    let seconds = if text.matches(':').count() == 1 { ":00Z" } else { "Z" };
    let there = Timestamp::parse(&format!("{text}{seconds}"))?;
    let at = |by: Timestamp| there - Span::minutes(i64::from(offset(by)));
    // The offset of the moment itself counts, and that is known only of one that is near.
    Some(at(at(there)))
}

/// Whether a theme may wait until a moment.
///
/// # Errors
/// `past` or `too_far`, by the field `at`.
pub fn may_wait(at: Timestamp, now: Timestamp) -> Result<(), Problem> {
    if at <= now {
        return Err(Problem::field("at", "past", "This time is over. Choose a later one, or publish now."));
    }
    if at > now + MOST_AHEAD {
        return Err(Problem::field("at", "too_far", "Choose a time within a year."));
    }
    Ok(())
}

/// Whether a version was published since the schedule was made: what waits comes all the same, and takes its place.
#[must_use]
pub fn was_overtaken(of: &BrandTheme, waiting: &ThemeSchedule) -> bool {
    of.published.as_ref().is_some_and(|version| version.published_at >= waiting.scheduled_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_where_the_reader_is() {
        // Berlin until 25 October 2026, 01:00 UTC, is two hours ahead; after that one.
        let end = Timestamp::parse("2026-10-25T01:00:00Z").unwrap();
        let berlin = |at: Timestamp| if at < end { 120 } else { 60 };
        for (local, utc) in [
            ("2026-10-24T09:30", "2026-10-24T07:30:00Z"),
            ("2026-10-26T09:30", "2026-10-26T08:30:00Z"),
            ("2026-10-25T01:30", "2026-10-24T23:30:00Z"),
            ("2026-10-25T04:00:30", "2026-10-25T03:00:30Z"),
        ] {
            assert_eq!(instant(local, berlin), Timestamp::parse(utc), "{local}");
        }
        assert_eq!(instant("", berlin), None);
        assert_eq!(instant("2026-10-24", berlin), None);
        assert_eq!(instant("2026-13-24T09:30", berlin), None);
    }

    #[test]
    fn a_theme_waits_for_what_is_to_come_within_a_year() {
        let now = Timestamp(1_793_610_000_000);
        let code = |at: Timestamp| {
            may_wait(at, now)
                .err()
                .and_then(|problem| problem.of_field("at").map(|error| error.code.to_string()))
        };
        assert_eq!(code(now + Span::seconds(1)), None);
        assert_eq!(code(now + MOST_AHEAD), None);
        assert_eq!(code(now).as_deref(), Some("past"));
        assert_eq!(code(now - Span::days(1)).as_deref(), Some("past"));
        assert_eq!(code(now + MOST_AHEAD + Span::seconds(1)).as_deref(), Some("too_far"));
    }
}
