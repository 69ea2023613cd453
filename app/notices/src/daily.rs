//! When the daily summary comes.
#[cfg(feature = "ssr")]
use base::{Span, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The hour of the summary for whoever has not chosen, in the person's time zone.
pub const USUAL_HOUR: u8 = 8;

/// The hour of the daily summary in the person's time zone, or none. On the wire `"08:00"` or `"off"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Daily(pub Option<u8>);

impl Default for Daily {
    fn default() -> Self {
        Self(Some(USUAL_HOUR))
    }
}

impl std::fmt::Display for Daily {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(hour) => write!(f, "{hour:02}:00"),
            None => f.write_str("off"),
        }
    }
}

impl Daily {
    /// Reads the wire form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "off" {
            return Some(Self(None));
        }
        let hour = text.strip_suffix(":00").filter(|hour| hour.len() == 2)?.parse().ok()?;
        (hour < 24).then_some(Self(Some(hour)))
    }
}

impl Serialize for Daily {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Daily {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an hour like 08:00, nor off"))
    }
}

#[cfg(feature = "ssr")]
impl schemars::JsonSchema for Daily {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Daily".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^(([01][0-9]|2[0-3]):00|off)$" })
    }
}

/// The next time after `now` at which clocks show the full `hour` where `offset` (minutes east of UTC at an instant)
/// holds. Where that hour is left out on a day, the summary comes with the hour after it.
#[must_use]
#[cfg(feature = "ssr")]
pub fn next_at(now: Timestamp, hour: u8, offset: impl Fn(Timestamp) -> i32) -> Timestamp {
    const DAY: i64 = 86_400_000;
    let shift = |at: Timestamp| i64::from(offset(at)) * 60_000;
    let today = (now.0 + shift(now)).div_euclid(DAY) * DAY + i64::from(hour) * 3_600_000;
    // From yesterday on, because the offset may be another one by then.
    (-1..=2)
        .map(|days| {
            let local = today + days * DAY;
            let near = Timestamp(local - shift(now));
            Timestamp(local - shift(near))
        })
        .find(|at| *at > now)
        .unwrap_or(now + Span::days(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_hour_is_read_back_from_its_text() {
        for daily in [Daily(None), Daily(Some(0)), Daily(Some(23))] {
            assert_eq!(Daily::parse(&daily.to_string()), Some(daily));
        }
        for odd in ["", "8:00", "24:00", "08:30", "-1:00", "OFF"] {
            assert_eq!(Daily::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn the_summary_comes_at_the_hour_of_the_person_s_clock() {
        let at = |text: &str| Timestamp::parse(text).unwrap();
        let east = |_| 60;
        assert_eq!(next_at(at("2026-11-02T06:59:00Z"), 8, east), at("2026-11-02T07:00:00Z"));
        assert_eq!(next_at(at("2026-11-02T07:00:00Z"), 8, east), at("2026-11-03T07:00:00Z"));
        // Los Angeles: eight o'clock of the second is still to come.
        assert_eq!(next_at(at("2026-11-02T09:00:00Z"), 8, |_| -480), at("2026-11-02T16:00:00Z"));
        // Over the night in which Berlin leaves summer time.
        let change = at("2026-10-25T01:00:00Z");
        let berlin = |at: Timestamp| if at < change { 120 } else { 60 };
        assert_eq!(next_at(at("2026-10-24T20:00:00Z"), 8, berlin), at("2026-10-25T07:00:00Z"));
    }

    proptest! {
        #[test]
        fn it_is_always_to_come_and_never_more_than_a_day_off(now in 0..4_000_000_000_000i64, hour in 0u8..24, offset in -720i32..=840) {
            let next = next_at(Timestamp(now), hour, |_| offset);
            prop_assert!(next.0 > now && next.0 - now <= 86_400_000);
            let local = next.0 + i64::from(offset) * 60_000;
            prop_assert_eq!(local.rem_euclid(86_400_000), i64::from(hour) * 3_600_000);
        }
    }
}
