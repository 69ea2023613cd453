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

impl Period {
    /// In the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Days30, Self::Days90, Self::Months12, Self::Year, Self::All];

    /// As in the address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Days30 => "30d",
            Self::Days90 => "90d",
            Self::Months12 => "12m",
            Self::Year => "year",
            Self::All => "all",
        }
    }

    /// Reads the address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.as_str() == text)
    }

    /// The days of the period that ends with `today`.
    #[must_use]
    pub fn days(self, today: Date) -> Days {
        let end = today.succ_opt().unwrap_or(today);
        Days::new(self.start(today), end)
    }

    /// The days that the period is compared with; none for everything.
    #[must_use]
    pub fn compared(self, against: Against, today: Date) -> Option<Days> {
        match (self, against) {
            (Self::All, _) => None,
            (_, Against::Before) => self.before(today),
            (_, Against::LastYear) => {
                let end = today.succ_opt().unwrap_or(today);
                Some(Days::new(back_a_year(self.start(today)), back_a_year(end)))
            }
        }
    }

    /// The equally long period before; none for everything.
    #[must_use]
    pub fn before(self, today: Date) -> Option<Days> {
        if self == Self::All {
            return None;
        }
        let start = self.start(today);
        let before = match self {
            Self::Months12 | Self::Year => back_a_year(start),
            _ => start - (today.succ_opt().unwrap_or(today) - start),
        };
        let end = match self {
            // To the same day of last year, so that a part of a year is compared with the same part.
            Self::Year => back_a_year(today.succ_opt().unwrap_or(today)),
            _ => start,
        };
        Some(Days::new(before, end))
    }

    fn start(self, today: Date) -> Date {
        let end = today.succ_opt().unwrap_or(today);
        match self {
            Self::Days30 => day_before(end, 30),
            Self::Days90 => day_before(end, 90),
            Self::Months12 => back_a_year(end),
            Self::Year => Date::from_ymd_opt(today.year(), 1, 1).unwrap_or(today),
            Self::All => Date::MIN,
        }
    }
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
}
