//! When business is done: zone, days of the week, hours, holidays. The arithmetic runs on the server.
use std::fmt;

use base::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Workday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Workday {
    /// All, Monday first.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }
}

/// A time of day to the minute, `00:00` to `24:00`; the last is the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockTime(u16);

impl ClockTime {
    /// `None` beyond 24:00.
    #[must_use]
    pub const fn new(hour: u16, minute: u16) -> Option<Self> {
        if hour <= 24 && minute < 60 && hour * 60 + minute <= 1440 {
            Some(Self(hour * 60 + minute))
        } else {
            None
        }
    }

    /// A whole hour, at most 24.
    #[must_use]
    pub const fn hour(hour: u16) -> Self {
        Self(if hour > 24 { 1440 } else { hour * 60 })
    }

    /// Minutes after midnight, 0 to 1440.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }

    /// Reads `9:00` or `09:00`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        (minute.len() == 2).then(|| Self::new(hour.parse().ok()?, minute.parse().ok()?)).flatten()
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for ClockTime {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ClockTime {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a time of day like 09:00"))
    }
}

/// Business time: on workdays that are no holidays, in `[opens, closes)` of the zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct Calendar {
    /// IANA name: `Europe/Berlin`.
    #[garde(length(min = 1, max = 64))]
    pub time_zone: String,
    /// Days of the week on which business is done; at least one.
    #[garde(custom(some_days))]
    pub workdays: Vec<Workday>,
    /// First minute of business.
    #[cfg_attr(feature = "ssr", schemars(with = "String"))]
    pub opens: ClockTime,
    /// First minute after business; later than `opens`.
    #[garde(custom(later_than(self.opens)))]
    #[cfg_attr(feature = "ssr", schemars(with = "String"))]
    pub closes: ClockTime,
    /// Days without business.
    #[garde(custom(few_holidays))]
    pub holidays: Vec<Date>,
}

impl Default for Calendar {
    /// Monday to Friday, 9 to 17 o'clock, UTC, no holidays.
    fn default() -> Self {
        Self {
            time_zone: "UTC".to_owned(),
            workdays: Workday::ALL[..5].to_vec(),
            opens: ClockTime::hour(9),
            closes: ClockTime::hour(17),
            holidays: Vec::new(),
        }
    }
}

fn some_days<C>(days: &[Workday], _: &C) -> garde::Result {
    if days.is_empty() || days.len() > 7 {
        return Err(garde::Error::new("out_of_range: Choose one to seven days."));
    }
    Ok(())
}

fn later_than(opens: ClockTime) -> impl Fn(&ClockTime, &()) -> garde::Result {
    move |closes, (): &()| {
        if *closes <= opens {
            return Err(garde::Error::new("out_of_range: Closing is later than opening."));
        }
        Ok(())
    }
}

fn few_holidays<C>(days: &[Date], _: &C) -> garde::Result {
    if days.len() > 500 {
        return Err(garde::Error::new("too_long: At most 500 days."));
    }
    Ok(())
}
