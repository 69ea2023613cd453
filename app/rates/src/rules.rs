//! Reading rates, and making fractions of them by which sums are converted. Pure, and exact: nothing passes through a float.
use base::{Currency, places};

/// Millionths in one.
const MICRO: i64 = 1_000_000;
/// The largest rate: a million units for one euro.
const LARGEST: i64 = 1_000_000 * MICRO;
/// Numerators and denominators stay below, so that a product of one with a rest of the other fits into 63 bits.
const LIMIT: i128 = 1 << 31;
/// After the last month.
pub const EVER: &str = "9999-99";

/// Millionths of a currency for one euro from `1.0842` or `1,0842`; none for what is no rate, is not above zero, is larger
/// than a million, or has more than six decimals.
#[must_use]
pub fn read_rate(text: &str) -> Option<i64> {
    let text = text.trim().replace(',', ".");
    let (units, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if units.is_empty() && decimals.is_empty() || !digits(units) || !digits(decimals) {
        return None;
    }
    // Zeros at the end say nothing.
    let decimals = decimals.trim_end_matches('0');
    if decimals.len() > 6 || units.len() > 12 {
        return None;
    }
    let micro: i64 = format!("{units}{decimals:0<6}").parse().ok()?;
    (1..=LARGEST).contains(&micro).then_some(micro)
}

/// The rate as it is written, without zeros at the end: `1.0842`.
#[must_use]
pub fn write_rate(micro: i64) -> String {
    let text = format!("{}.{:06}", micro / MICRO, micro % MICRO);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A month as `2026-11`; none for what is none. `2026-11-05` and `11/2026` are the month, too.
#[must_use]
pub fn read_month(text: &str) -> Option<String> {
    let text = text.trim();
    let (year, month) = match text.split_once(['/', '.']) {
        Some((month, year)) => (year, month),
        None => {
            let (year, rest) = text.split_once('-')?;
            (year, rest.split_once('-').map_or(rest, |(month, _)| month))
        }
    };
    let month: u32 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    let year: u32 = year.parse().ok().filter(|year| (1990..=2100).contains(year))?;
    Some(format!("{year}-{month:02}"))
}

/// A factor between amounts in minor units, as a fraction of two numbers from 1 to below 2³¹.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    pub numerator: i64,
    pub denominator: i64,
}

impl Ratio {
    /// The factor from amounts of one currency to those of another. Each comes with its millionths for one euro. Where the
    /// fraction has too many digits it is the nearest of its convergents (continued fractions), off by less than 10⁻⁹ of
    /// itself for rates from 10⁻⁴ to 10⁴. None for a factor that cannot be written so.
    #[must_use]
    pub fn between(source: (Currency, i64), target: (Currency, i64)) -> Option<Self> {
        let scale = |currency: Currency| 10_i128.pow(places(currency));
        let numerator = i128::from(target.1) * scale(target.0);
        let denominator = i128::from(source.1) * scale(source.0);
        if numerator <= 0 || denominator <= 0 {
            return None;
        }
        // Convergents p/q of the continued fraction.
        let (mut a, mut b) = (numerator, denominator);
        let (mut last, mut best) = ((0_i128, 1_i128), (1_i128, 0_i128));
        while b != 0 {
            let whole = a / b;
            let next = (
                whole.checked_mul(best.0)?.checked_add(last.0)?,
                whole.checked_mul(best.1)?.checked_add(last.1)?,
            );
            if next.0 >= LIMIT || next.1 >= LIMIT {
                break;
            }
            (last, best) = (best, next);
            (a, b) = (b, a % b);
        }
        let (numerator, denominator) = best;
        (numerator > 0 && denominator > 0)
            .then_some(Self { numerator: numerator as i64, denominator: denominator as i64 })
    }

    /// An amount converted, rounded half away from zero: as the statement of `server::converted` does it.
    #[must_use]
    pub fn of(self, minor: i64) -> i64 {
        let Self { numerator, denominator } = self;
        let half = if minor < 0 { -(denominator / 2) } else { denominator / 2 };
        (minor / denominator) * numerator + ((minor % denominator) * numerator + half) / denominator
    }
}

/// A factor that holds for some months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub source: Currency,
    pub target: Currency,
    /// `2026-11`.
    pub from: String,
    /// The first month in which it does not hold.
    pub until: String,
    pub ratio: Ratio,
}

/// All factors from the currencies that have rates, and from the euro, into some currencies. `rates` are currency, month and
/// millionths for one euro, by currency and month.
#[must_use]
pub fn factors(rates: &[(Currency, String, i64)], targets: &[Currency]) -> Vec<Held> {
    let mut currencies: Vec<Currency> = rates.iter().map(|(currency, ..)| *currency).collect();
    currencies.dedup();
    if !currencies.contains(&Currency::EUR) {
        currencies.push(Currency::EUR);
    }
    let mut all = Vec::new();
    for &target in targets {
        for &source in currencies.iter().filter(|source| **source != target) {
            let mut months: Vec<&String> = rates
                .iter()
                .filter(|(currency, ..)| *currency == source || *currency == target)
                .map(|(_, month, _)| month)
                .collect();
            months.sort();
            months.dedup();
            for (place, month) in months.iter().enumerate() {
                let (Some(a), Some(b)) = (at(rates, source, month), at(rates, target, month)) else {
                    continue;
                };
                let Some(ratio) = Ratio::between((source, a), (target, b)) else { continue };
                let until = months.get(place + 1).map_or(EVER, |month| month.as_str()).to_owned();
                all.push(Held { source, target, from: (*month).clone(), until, ratio });
            }
        }
    }
    all
}

/// The rate that holds in a month; the euro's is always one.
fn at(rates: &[(Currency, String, i64)], currency: Currency, month: &str) -> Option<i64> {
    if currency == Currency::EUR {
        return Some(MICRO);
    }
    let known = rates.iter().filter(|(of, from, _)| *of == currency && from.as_str() <= month);
    known.max_by(|a, b| a.1.cmp(&b.1)).map(|(_, _, micro)| *micro)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rates_are_read_and_written_exactly() {
        for (text, micro, written) in [
            ("1.0842", 1_084_200, "1.0842"),
            ("0,85", 850_000, "0.85"),
            ("160", 160_000_000, "160"),
            ("1.0000010", 1_000_001, "1.000001"),
            (".5", 500_000, "0.5"),
        ] {
            assert_eq!(read_rate(text), Some(micro), "{text}");
            assert_eq!(write_rate(micro), written);
        }
        for text in ["", ".", "0", "-1", "1.0000001", "1e3", "1.2.3", "1000001", "one", "9999999999999"] {
            assert_eq!(read_rate(text), None, "{text}");
        }
    }

    #[test]
    fn months_are_read_as_people_write_them() {
        for text in ["2026-03", "2026-3", "2026-03-31", "3/2026", "03.2026", " 2026-03 "] {
            assert_eq!(read_month(text).as_deref(), Some("2026-03"), "{text}");
        }
        for text in ["", "2026", "2026-13", "2026-00", "26-03", "March", "2026-3x"] {
            assert_eq!(read_month(text), None, "{text}");
        }
    }

    #[test]
    fn minor_units_count() {
        // One euro is 160 yen, and a yen has no cents: 100 cents are 160 yen.
        let ratio = Ratio::between((Currency::EUR, MICRO), (Currency::JPY, 160 * MICRO)).unwrap();
        assert_eq!((ratio.numerator, ratio.denominator), (8, 5));
        assert_eq!((ratio.of(100), ratio.of(-100), ratio.of(1)), (160, -160, 2));
        // 1,000.00 dollars at 1.25 for a euro.
        let ratio = Ratio::between((Currency::USD, 1_250_000), (Currency::EUR, MICRO)).unwrap();
        assert_eq!(ratio.of(100_000), 80_000);
    }

    #[test]
    fn a_rate_holds_until_the_next() {
        let usd = |month: &str, micro| (Currency::USD, month.to_owned(), micro);
        let rates = [usd("2026-01", 1_250_000), usd("2026-03", 1_000_000)];
        let all = factors(&rates, &[Currency::EUR]);
        let said: Vec<_> = all
            .iter()
            .map(|one| (one.source.code(), one.from.as_str(), one.until.as_str(), one.ratio.of(500)))
            .collect();
        assert_eq!(said, [("USD", "2026-01", "2026-03", 400), ("USD", "2026-03", EVER, 500)]);
    }

    #[test]
    fn between_two_that_are_not_the_euro_both_must_be_known() {
        let rates = [
            (Currency::GBP, "2026-02".to_owned(), 800_000),
            (Currency::USD, "2026-01".to_owned(), 1_200_000),
            (Currency::USD, "2026-03".to_owned(), 1_000_000),
        ];
        let all = factors(&rates, &[Currency::USD]);
        let pounds: Vec<_> = all
            .iter()
            .filter(|one| one.source == Currency::GBP)
            .map(|one| (one.from.as_str(), one.until.as_str(), one.ratio.of(800)))
            .collect();
        assert_eq!(pounds, [("2026-02", "2026-03", 1200), ("2026-03", EVER, 1000)]);
        let euros: Vec<_> =
            all.iter().filter(|one| one.source == Currency::EUR).map(|one| one.ratio.of(100)).collect();
        assert_eq!(euros, [120, 100]);
    }

    proptest! {
        /// Beside the same in 128 bits: the fraction is nearly the rate, the rounding is to the nearest, nothing overflows.
        #[test]
        fn amounts_are_converted_to_the_nearest_minor_unit(
            source in 100_i64..10_000_000_000, target in 100_i64..10_000_000_000,
            minor in -1_000_000_000_000_i64..1_000_000_000_000,
        ) {
            let ratio = Ratio::between((Currency::USD, source), (Currency::EUR, target)).unwrap();
            prop_assert!((1..1 << 31).contains(&ratio.numerator) && (1..1 << 31).contains(&ratio.denominator));
            let exact = i128::from(minor) * i128::from(ratio.numerator);
            let off = exact - i128::from(ratio.of(minor)) * i128::from(ratio.denominator);
            prop_assert!(2 * off.abs() <= i128::from(ratio.denominator));
            // |p/q - t/s| ≤ 1e-9 · t/s for the usual factors
            let factor = target as f64 / source as f64;
            if (1e-4..1e4).contains(&factor) {
                let found = ratio.numerator as f64 / ratio.denominator as f64;
                prop_assert!((found / factor - 1.0).abs() < 1e-8, "{found} {factor}");
            }
        }
    }
}
