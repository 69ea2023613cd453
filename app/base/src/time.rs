//! Instants in Unix milliseconds and plain dates; the text form is RFC 3339 in UTC.
use std::fmt;
use std::ops::{Add, Sub};

use chrono::{DateTime, SecondsFormat, Utc};
pub use chrono::{Datelike, NaiveDate as Date};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant, in milliseconds since 1970-01-01T00:00:00Z; negative before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);

/// A span of time in milliseconds; may be negative.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Span(pub i64);

impl Span {
    #[must_use]
    pub const fn seconds(n: i64) -> Self {
        Self(n * 1000)
    }
    #[must_use]
    pub const fn minutes(n: i64) -> Self {
        Self::seconds(n * 60)
    }
    #[must_use]
    pub const fn hours(n: i64) -> Self {
        Self::minutes(n * 60)
    }
    /// Days of 24 hours.
    #[must_use]
    pub const fn days(n: i64) -> Self {
        Self::hours(n * 24)
    }
}

impl Timestamp {
    /// The calendar day in UTC.
    #[must_use]
    pub fn date(self) -> Date {
        DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or_default().date_naive()
    }

    /// Midnight UTC at the start of a day.
    #[must_use]
    pub fn from_date(date: Date) -> Self {
        Self(date.and_hms_opt(0, 0, 0).unwrap_or_default().and_utc().timestamp_millis())
    }

    /// Reads RFC 3339; `None` when it is anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|at| Self(at.timestamp_millis()))
    }
}

impl Add<Span> for Timestamp {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub<Span> for Timestamp {
    type Output = Self;
    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

impl Sub for Timestamp {
    type Output = Span;
    fn sub(self, other: Self) -> Span {
        Span(self.0.saturating_sub(other.0))
    }
}

impl Timestamp {
    /// Its text, for years of four digits: a list writes hundreds of them, and chrono's general way takes ten times
    /// as long.
    fn digits(self) -> Option<[u8; 24]> {
        let date = DateTime::<Utc>::from_timestamp_millis(self.0)?.date_naive();
        let year = u32::try_from(date.year()).ok().filter(|year| *year <= 9999)?;
        let of_day = u32::try_from(self.0.rem_euclid(86_400_000)).ok()?;
        let mut text = *b"0000-00-00T00:00:00.000Z";
        let mut put = |from: usize, width: usize, mut number: u32| {
            for at in (from..from + width).rev() {
                text[at] = b'0' + (number % 10) as u8;
                number /= 10;
            }
        };
        put(0, 4, year);
        put(5, 2, date.month());
        put(8, 2, date.day());
        put(11, 2, of_day / 3_600_000);
        put(14, 2, of_day / 60_000 % 60);
        put(17, 2, of_day / 1000 % 60);
        put(20, 3, of_day % 1000);
        Some(text)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(digits) = self.digits()
            && let Ok(text) = std::str::from_utf8(&digits)
        {
            return f.write_str(text);
        }
        let at = DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or_default();
        f.write_str(&at.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an RFC 3339 time"))
    }
}

impl garde::Validate for Timestamp {
    type Context = ();
    fn validate_into(&self, _: &(), _: &mut dyn FnMut() -> garde::Path, _: &mut garde::Report) {}
}

#[cfg(feature = "ssr")]
impl schemars::JsonSchema for Timestamp {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date-time" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_keeps_every_millisecond(ms in -62_135_596_800_000i64..253_402_300_799_999) {
            prop_assert_eq!(Timestamp::parse(&Timestamp(ms).to_string()), Some(Timestamp(ms)));
            let upstream = DateTime::<Utc>::from_timestamp_millis(ms).unwrap();
            prop_assert_eq!(Timestamp(ms).to_string(), upstream.to_rfc3339_opts(SecondsFormat::Millis, true));
        }
    }
}
