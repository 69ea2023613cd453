//! Periods: half-open ranges of days that end today, and the period before each.
use base::{Date, Datelike};

/// A period, as asked in the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    Days30,
    Days90,
    Months12,
    /// From the first of January.
    Year,
    /// Everything there is.
    All,
    /// A calendar year: `2025`.
    YearOf(i32),
    /// A calendar month, by its first day: `2025-11`.
    MonthOf(Date),
    /// From a day to a day, both included: `2025-11-03..2025-11-09`. A day alone is `2025-11-03`.
    Between(Date, Date),
}

/// What a period is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Against {
    /// The equally long time right before it.
    #[default]
    Before,
    /// The same days of last year, as it takes for what has seasons.
    LastYear,
}

impl Against {
    /// In the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Before, Self::LastYear];

    /// As in the address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::LastYear => "last_year",
        }
    }

    /// Reads the address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|against| against.as_str() == text)
    }
}

/// Days from `start` (included) to `end` (excluded), as ISO text, which sorts like the days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days {
    pub start: String,
    pub end: String,
}

impl Days {
    /// From a day to a day, the second excluded.
    #[must_use]
    pub fn new(start: Date, end: Date) -> Self {
        Self { start: iso(start), end: iso(end) }
    }

    /// As many days that end with `today` as asked.
    #[must_use]
    pub fn last(count: u32, today: Date) -> Self {
        let end = today.succ_opt().unwrap_or(today);
        Self::new(day_before(end, u64::from(count)), end)
    }
}

/// Years that can be asked for by number.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=9998;

impl Period {
    /// Those that are offered, in their order.
    pub const ALL: [Self; 5] = [Self::Days30, Self::Days90, Self::Months12, Self::Year, Self::All];

    /// As in the address.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Days30 => "30d".to_owned(),
            Self::Days90 => "90d".to_owned(),
            Self::Months12 => "12m".to_owned(),
            Self::Year => "year".to_owned(),
            Self::All => "all".to_owned(),
            Self::YearOf(year) => format!("{year:04}"),
            Self::MonthOf(first) => first.format("%Y-%m").to_string(),
            Self::Between(first, last) if first == last => iso(first),
            Self::Between(first, last) => format!("{}..{}", iso(first), iso(last)),
        }
    }

    /// Reads the address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(known) = Self::ALL.into_iter().find(|period| period.text() == text) {
            return Some(known);
        }
        let known = |day: Date| YEARS.contains(&day.year()).then_some(day);
        let day = |text: &str| (text.len() == 10).then(|| text.parse().ok()).flatten().and_then(known);
        if let Some((first, last)) = text.split_once("..") {
            return day(first)
                .zip(day(last))
                .filter(|(first, last)| first <= last)
                .map(|(a, b)| Self::Between(a, b));
        }
        match text.len() {
            4 => text.parse().ok().filter(|year| YEARS.contains(year)).map(Self::YearOf),
            7 => day(&format!("{text}-01")).map(Self::MonthOf),
            _ => day(text).map(|one| Self::Between(one, one)),
        }
    }

    /// The days of the period; those that are still to come are left out where there are others.
    #[must_use]
    pub fn days(self, today: Date) -> Days {
        let (start, end) = self.edges(today);
        Days::new(start, end)
    }

    /// The days that the period is compared with; none for everything.
    #[must_use]
    pub fn compared(self, against: Against, today: Date) -> Option<Days> {
        match (self, against) {
            (Self::All, _) => None,
            (_, Against::Before) => self.before(today),
            (_, Against::LastYear) => {
                let (start, end) = self.edges(today);
                Some(Days::new(back_a_year(start), back_a_year(end)))
            }
        }
    }

    /// The period before, equally long; of a part of a year or month the same part. None for everything.
    #[must_use]
    pub fn before(self, today: Date) -> Option<Days> {
        let (start, end) = self.edges(today);
        Some(match self {
            Self::All => return None,
            Self::Months12 => Days::new(back_a_year(start), start),
            Self::Year | Self::YearOf(_) => Days::new(back_a_year(start), back_a_year(end)),
            Self::MonthOf(_) => {
                let before = month_before(start);
                let is_whole = end == month_after(start);
                Days::new(before, if is_whole { start } else { (before + (end - start)).min(start) })
            }
            Self::Days30 | Self::Days90 | Self::Between(..) => Days::new(start - (end - start), start),
        })
    }

    /// Whether it reads few enough days to be shown day by day.
    #[must_use]
    pub fn is_short(self, today: Date) -> bool {
        let (start, end) = self.edges(today);
        (end - start).num_days() <= SHORT
    }

    /// First day, and the day after the last.
    fn edges(self, today: Date) -> (Date, Date) {
        let tomorrow = after(today);
        let until_today =
            |start: Date, end: Date| (start, if start < tomorrow { end.min(tomorrow) } else { end });
        match self {
            Self::Days30 => (day_before(tomorrow, 30), tomorrow),
            Self::Days90 => (day_before(tomorrow, 90), tomorrow),
            Self::Months12 => (back_a_year(tomorrow), tomorrow),
            Self::Year => (first_of(today.year()), tomorrow),
            Self::All => (Date::MIN, tomorrow),
            Self::YearOf(year) => until_today(first_of(year), first_of(year + 1)),
            Self::MonthOf(first) => until_today(first, month_after(first)),
            Self::Between(first, last) => until_today(first, after(last)),
        }
    }
}

/// Days that are shown one by one at most: a quarter.
const SHORT: i64 = 92;

fn after(day: Date) -> Date {
    day.succ_opt().unwrap_or(day)
}

fn first_of(year: i32) -> Date {
    Date::from_ymd_opt(year, 1, 1).unwrap_or(Date::MIN)
}

fn month_after(first: Date) -> Date {
    let (year, month) =
        if first.month() == 12 { (first.year() + 1, 1) } else { (first.year(), first.month() + 1) };
    Date::from_ymd_opt(year, month, 1).unwrap_or(first)
}

fn month_before(first: Date) -> Date {
    let (year, month) =
        if first.month() == 1 { (first.year() - 1, 12) } else { (first.year(), first.month() - 1) };
    Date::from_ymd_opt(year, month, 1).unwrap_or(first)
}

fn day_before(day: Date, days: u64) -> Date {
    (0..days).try_fold(day, |day, _| day.pred_opt()).unwrap_or(Date::MIN)
}

/// The same day a year before; 28 February for the 29th.
fn back_a_year(day: Date) -> Date {
    Date::from_ymd_opt(day.year() - 1, day.month(), day.day())
        .or_else(|| Date::from_ymd_opt(day.year() - 1, 2, 28))
        .unwrap_or(day)
}

/// ISO text; everything before our era counts as its beginning, so that texts keep sorting like days.
pub(crate) fn iso(day: Date) -> String {
    if day.year() < 1 { "0001-01-01".to_owned() } else { day.format("%Y-%m-%d").to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_ends_with_today_and_its_predecessor_where_it_starts() {
        let today = day("2026-11-22");
        for period in [Period::Days30, Period::Days90, Period::Months12] {
            let days = period.days(today);
            let before = period.before(today).unwrap();
            assert_eq!(days.end, "2026-11-23");
            assert_eq!(before.end, days.start, "{period:?}");
        }
        assert_eq!(Period::Days30.days(today).start, "2026-10-24");
        assert_eq!(Period::Months12.days(today).start, "2025-11-23");
        assert_eq!(Period::All.before(today), None);
    }

    #[test]
    fn last_year_is_the_same_days_a_year_before() {
        let of = |period: Period, today| {
            period.compared(Against::LastYear, day(today)).map(|days| format!("{} {}", days.start, days.end))
        };
        assert_eq!(of(Period::Days30, "2026-11-22").as_deref(), Some("2025-10-24 2025-11-23"));
        assert_eq!(of(Period::Year, "2026-11-22").as_deref(), Some("2025-01-01 2025-11-23"));
        assert_eq!(of(Period::Days90, "2028-02-28").as_deref(), Some("2026-12-01 2027-02-28"));
        assert_eq!(of(Period::All, "2026-11-22"), None);
        let today = day("2026-11-22");
        assert_eq!(Period::Days30.compared(Against::Before, today), Period::Days30.before(today));
    }

    #[test]
    fn a_part_of_a_year_is_compared_with_the_same_part() {
        let before = Period::Year.before(day("2024-02-29")).unwrap();
        assert_eq!((before.start.as_str(), before.end.as_str()), ("2023-01-01", "2023-03-01"));
    }

    #[test]
    fn calendar_periods_are_read_back_from_their_texts() {
        for text in ["30d", "12m", "all", "2025", "2025-11", "2025-11-03", "2025-11-03..2025-11-09"] {
            assert_eq!(Period::parse(text).map(Period::text).as_deref(), Some(text));
        }
        for odd in [
            "",
            "0",
            "2025-13",
            "2025-11-31",
            "2025-11-09..2025-11-03",
            "99999",
            "1d",
            "2025-1-3",
            "..",
            "0001",
        ] {
            assert_eq!(Period::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_calendar_period_ends_with_today_at_the_latest_and_is_compared_with_the_same_part() {
        let today = day("2026-11-22");
        let of = |text: &str| {
            let period = Period::parse(text).unwrap();
            let (days, before) = (period.days(today), period.before(today).unwrap());
            [days.start, days.end, before.start, before.end].join(" ")
        };
        assert_eq!(of("2025"), "2025-01-01 2026-01-01 2024-01-01 2025-01-01");
        assert_eq!(of("2026"), "2026-01-01 2026-11-23 2025-01-01 2025-11-23");
        assert_eq!(of("2026-10"), "2026-10-01 2026-11-01 2026-09-01 2026-10-01");
        assert_eq!(of("2026-11"), "2026-11-01 2026-11-23 2026-10-01 2026-10-23");
        assert_eq!(of("2026-01"), "2026-01-01 2026-02-01 2025-12-01 2026-01-01");
        assert_eq!(of("2026-11-03..2026-11-09"), "2026-11-03 2026-11-10 2026-10-27 2026-11-03");
        assert_eq!(of("2027-01"), "2027-01-01 2027-02-01 2026-12-01 2027-01-01", "what is to come is whole");
        assert!(Period::Days90.is_short(today) && !Period::Months12.is_short(today));
    }
}
