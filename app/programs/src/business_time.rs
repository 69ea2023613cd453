//! Arithmetic in business time. Every result is an instant in which business is done: `[opens, closes)` is half-open.
use base::{Date, Datelike, Span, Timestamp};
use chrono::{DateTime, Days, MappedLocalTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::{Calendar, ClockTime, Workday};

/// Whether this is the IANA name of a zone.
#[must_use]
pub fn is_time_zone(name: &str) -> bool {
    name.parse::<Tz>().is_ok()
}

impl Calendar {
    /// Whether business is done at an instant.
    #[must_use]
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.interval(self.local_date(at)).is_some_and(|(opens, closes)| opens <= at && at < closes)
    }

    /// The instant itself when business is done then, else the next opening.
    #[must_use]
    pub fn next_open(&self, at: Timestamp) -> Timestamp {
        self.intervals(at).next().map_or(at, |(opens, _)| opens.max(at))
    }

    /// The instant after so many hours of business time. What would end at closing time ends at the next opening.
    #[must_use]
    pub fn add_business_hours(&self, from: Timestamp, hours: u32) -> Timestamp {
        self.add_business_time(from, Span::hours(i64::from(hours)))
    }

    /// The instant after a span of business time; a negative span counts as none.
    #[must_use]
    pub fn add_business_time(&self, from: Timestamp, span: Span) -> Timestamp {
        let mut left = span.max(Span(0));
        for (opens, closes) in self.intervals(from) {
            let start = opens.max(from);
            if left < closes - start {
                return start + left;
            }
            left = Span(left.0 - (closes - start).0);
        }
        from + span
    }

    /// The same time of business so many business days later. Outside business time the count starts at the next
    /// opening; a day that is cut short by a change of clocks ends at the next opening.
    #[must_use]
    pub fn add_business_days(&self, from: Timestamp, days: u32) -> Timestamp {
        let mut intervals = self.intervals(from);
        let Some((opens, _)) = intervals.next() else { return from + Span::days(i64::from(days)) };
        let into_day = opens.max(from) - opens;
        let landing = match days {
            0 => Some((opens, opens + into_day + Span(1))),
            n => intervals.nth(n as usize - 1),
        };
        match landing {
            Some((opens, closes)) if opens + into_day < closes => opens + into_day,
            Some(_) => intervals.next().map_or(from, |(opens, _)| opens),
            None => from + Span::days(i64::from(days)),
        }
    }

    /// The first instant of a day in the calendar's zone.
    #[must_use]
    pub fn start_of(&self, day: Date) -> Timestamp {
        self.instant(day, ClockTime::hour(0)).unwrap_or_else(|| Timestamp::from_date(day))
    }

    /// The day that an instant falls on in the calendar's zone.
    #[must_use]
    pub fn day_of(&self, at: Timestamp) -> Date {
        self.local_date(at)
    }

    /// How much business time lies in `[from, until)`; none when it ends before it begins.
    #[must_use]
    pub fn business_time_between(&self, from: Timestamp, until: Timestamp) -> Span {
        let within = self.intervals(from).take_while(|(opens, _)| *opens < until);
        Span(within.map(|(opens, closes)| (closes.min(until) - opens.max(from)).0).sum())
    }

    /// Business intervals that end after an instant, in order, within the reach of the calendar's dates.
    fn intervals(&self, from: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        // A zone's date differs from its neighbours' by a day at most.
        let first = self.local_date(from).checked_sub_days(Days::new(1)).unwrap_or_default();
        first
            .iter_days()
            .take(self.reach())
            .filter_map(|day| self.interval(day))
            .skip_while(move |(_, closes)| *closes <= from)
    }

    /// How many days are looked at before a calendar that never opens is given up: 40 years and its holidays.
    fn reach(&self) -> usize {
        40 * 366 + self.holidays.len()
    }

    fn interval(&self, day: Date) -> Option<(Timestamp, Timestamp)> {
        let weekday = Workday::ALL[day.weekday().num_days_from_monday() as usize];
        if !self.workdays.contains(&weekday) || self.holidays.contains(&day) {
            return None;
        }
        let (opens, closes) = (self.instant(day, self.opens)?, self.instant(day, self.closes)?);
        (opens < closes).then_some((opens, closes))
    }

    /// A local time as an instant. A time that a change of clocks repeats is its first occurrence, one that it
    /// skips is an hour later; `None` when the zone skips the day.
    fn instant(&self, day: Date, time: ClockTime) -> Option<Timestamp> {
        let midnight = day.and_hms_opt(0, 0, 0)?;
        let local = midnight.checked_add_signed(TimeDelta::minutes(i64::from(time.minutes())))?;
        self.resolve(local).or_else(|| self.resolve(local.checked_add_signed(TimeDelta::hours(1))?))
    }

    fn resolve(&self, local: NaiveDateTime) -> Option<Timestamp> {
        match local.and_local_timezone(self.zone()) {
            MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => {
                Some(Timestamp(at.timestamp_millis()))
            }
            MappedLocalTime::None => None,
        }
    }

    fn local_date(&self, at: Timestamp) -> Date {
        let utc = DateTime::<Utc>::from_timestamp_millis(at.0).unwrap_or_default();
        utc.with_timezone(&self.zone()).date_naive()
    }

    /// The zone. Publishing refuses a name that is none, so UTC stands in only for data that was not published.
    fn zone(&self) -> Tz {
        self.time_zone.parse().unwrap_or(Tz::UTC)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn berlin() -> Calendar {
        Calendar { time_zone: "Europe/Berlin".to_owned(), ..Calendar::default() }
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn a_weekend_and_a_holiday_do_not_count() {
        let calendar = Calendar { holidays: vec![Date::from_ymd_opt(2026, 11, 24).unwrap()], ..berlin() };
        // Friday 16:00 in Berlin; Monday counts, Tuesday is a holiday, Wednesday counts.
        let due = calendar.add_business_days(at("2026-11-20T15:00:00Z"), 2);
        assert_eq!(due, at("2026-11-25T15:00:00Z"));
        assert_eq!(calendar.add_business_hours(at("2026-11-20T15:00:00Z"), 2), at("2026-11-23T09:00:00Z"));
    }

    #[test]
    fn what_would_end_at_closing_time_ends_at_the_next_opening() {
        assert_eq!(berlin().add_business_hours(at("2026-11-20T15:00:00Z"), 1), at("2026-11-23T08:00:00Z"));
    }

    #[test]
    fn clocks_that_change_do_not_move_the_hour_of_the_day() {
        // Summer time ends on Sunday, 25 October 2026: 10:00 stays 10:00.
        assert_eq!(berlin().add_business_days(at("2026-10-23T08:00:00Z"), 1), at("2026-10-26T09:00:00Z"));
    }

    #[test]
    fn an_evening_counts_from_the_next_opening() {
        assert_eq!(berlin().add_business_days(at("2026-11-19T22:00:00Z"), 1), at("2026-11-23T08:00:00Z"));
        assert_eq!(berlin().next_open(at("2026-11-21T12:00:00Z")), at("2026-11-23T08:00:00Z"));
    }

    #[test]
    fn a_calendar_that_never_opens_counts_plain_days() {
        let never = Calendar { workdays: vec![], ..berlin() };
        let noon = at("2026-11-20T12:00:00Z");
        assert_eq!(never.add_business_days(noon, 3), noon + Span::days(3));
    }

    prop_compose! {
        fn calendars()(
            zone in prop::sample::select(vec!["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia"]),
            days in prop::sample::subsequence(Workday::ALL.to_vec(), 1..=7),
            opens in 0u16..23, length in 1u16..24, holidays in prop::collection::vec(0u64..2000, 0..20),
        ) -> Calendar {
            let first = Date::from_ymd_opt(2022, 1, 1).unwrap();
            Calendar {
                time_zone: zone.to_owned(),
                workdays: days,
                opens: ClockTime::hour(opens),
                closes: ClockTime::hour((opens + length).min(24)),
                holidays: holidays.into_iter().map(|day| first + Days::new(day)).collect(),
            }
        }
    }

    /// Instants from 2022 to 2026, to the minute.
    fn instants() -> impl Strategy<Value = Timestamp> {
        (27_350_000i64..29_450_000).prop_map(|minute| Timestamp(minute * 60_000))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn every_result_is_in_business_time(calendar in calendars(), from in instants(), n in 0u32..40) {
            prop_assert!(calendar.is_open(calendar.next_open(from)));
            prop_assert!(calendar.is_open(calendar.add_business_hours(from, n)));
            prop_assert!(calendar.is_open(calendar.add_business_days(from, n)));
        }

        #[test]
        fn later_never_gives_an_earlier_result(calendar in calendars(), a in instants(), b in instants(), n in 0u32..20) {
            let (a, b) = (a.min(b), a.max(b));
            prop_assert!(calendar.add_business_days(a, n) <= calendar.add_business_days(b, n));
            prop_assert!(calendar.add_business_hours(a, n) <= calendar.add_business_hours(b, n));
            prop_assert!(calendar.add_business_days(a, n) < calendar.add_business_days(a, n + 1));
            prop_assert!(calendar.add_business_hours(a, n) < calendar.add_business_hours(a, n + 1));
        }

        #[test]
        fn the_time_that_was_added_is_the_time_between(calendar in calendars(), from in instants(), n in 0i64..3000) {
            let span = Span::minutes(n);
            let until = calendar.add_business_time(from, span);
            prop_assert_eq!(calendar.business_time_between(from, until), span);
        }

        #[test]
        fn hours_can_be_added_in_parts(calendar in calendars(), from in instants(), a in 0u32..30, b in 0u32..30) {
            let parts = calendar.add_business_hours(calendar.add_business_hours(from, a), b);
            prop_assert_eq!(parts, calendar.add_business_hours(from, a + b));
        }
    }
}
