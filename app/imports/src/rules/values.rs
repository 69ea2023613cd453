//! Cells that are dates, numbers and amounts. Pure, and exact: no amount passes through a float.
use base::{Currency, Date, Money};

/// Days of a CRM lie between these years.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2100;

/// A day: `2017-03-01`, US `3/1/2017` (month first), German `1.3.2017`. A two-digit year says nothing.
pub(crate) fn date(text: &str) -> Option<Date> {
    let text = text.split(['T', ' ']).next().unwrap_or_default();
    let numbers = |sign: char| -> Option<[u32; 3]> {
        let mut parts = text.split(sign).map(|part| {
            (!part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse().ok())
                .flatten()
        });
        let found = [parts.next()??, parts.next()??, parts.next()??];
        parts.next().is_none().then_some(found)
    };
    let [year, month, day] = match (numbers('-'), numbers('/'), numbers('.')) {
        (Some(found), ..) => found,
        (_, Some([month, day, year]), _) | (.., Some([day, month, year])) => [year, month, day],
        _ => return None,
    };
    let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    Date::from_ymd_opt(year, month, day)
}

/// A whole number, with or without signs between thousands.
pub(crate) fn whole(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | ',' | '.' | '\u{a0}' | '\'')).collect();
    let grouped = text.split([' ', ',', '.', '\u{a0}', '\'']).skip(1).all(|group| group.len() == 3);
    (grouped && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

/// An amount as people and systems write it.
pub(crate) fn amount(text: &str, currency: Currency) -> Option<Money> {
    Money::parse(text, currency)
}

/// An amount in millions: `1100.04` are 1,100,040,000 units. More decimals than the currency can hold are refused.
pub(crate) fn millions(text: &str, currency: Currency) -> Option<Money> {
    let (units, decimals) = text.split_once('.').unwrap_or((text, ""));
    let places = 6 + base::places(currency) as usize;
    let plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if units.is_empty() || !plain(units) || !plain(decimals) || decimals.len() > places {
        return None;
    }
    Some(Money::new(format!("{units}{decimals:0<places$}").parse().ok()?, currency))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("3/1/2017", "2017-03-01")]
    #[case("10/20/2016", "2016-10-20")]
    #[case("2017-03-01", "2017-03-01")]
    #[case("2017-03-01T10:00:00Z", "2017-03-01")]
    #[case("1.3.2017", "2017-03-01")]
    fn days_are_read_as_systems_write_them(#[case] text: &str, #[case] day: &str) {
        assert_eq!(date(text), day.parse().ok());
    }

    #[rstest]
    #[case("20/10/2016")]
    #[case("2/30/2017")]
    #[case("3/1/17")]
    #[case("0/1/2017")]
    #[case("3/1/2017/4")]
    #[case("-3-1-2017")]
    #[case("yesterday")]
    #[case("")]
    fn what_is_no_day_is_not_guessed(#[case] text: &str) {
        assert_eq!(date(text), None);
    }

    #[test]
    fn a_revenue_in_millions_is_exact() {
        assert_eq!(millions("1100.04", Currency::USD).unwrap().amount_minor, 110_004_000_000);
        assert_eq!(millions("4269.9", Currency::USD).unwrap().amount_minor, 426_990_000_000);
        assert_eq!(millions("7", Currency::JPY).unwrap().amount_minor, 7_000_000);
        assert_eq!(millions("-1", Currency::USD), None);
        assert_eq!(millions("1.123456789", Currency::USD), None);
    }

    #[test]
    fn whole_numbers_may_be_grouped_but_not_broken() {
        assert_eq!(whole("2822"), Some(2822));
        assert_eq!(whole("2,822"), Some(2822));
        assert_eq!(whole("28.5"), None);
        assert_eq!(whole("-4"), None);
        assert_eq!(whole("99999999999999999999"), None);
    }
}
