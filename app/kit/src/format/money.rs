//! Money: exact where it is owed, short where it is compared.
use base::{Currency, Money};

use super::number::{number, placed, significant, words};
use super::{Locale, MINUS, TIE};

/// To the minor unit: `€48,000.00`, in German `48.000,00 €`.
#[must_use]
pub fn money(money: Money, language: Locale) -> String {
    let amount = placed(money.amount_minor.unsigned_abs(), money.places(), language);
    signed(money, &amount, language)
}

/// Without minor units when there are none: `€48,000`, but `€48,000.50`.
#[must_use]
pub fn money_plain(value: Money, language: Locale) -> String {
    let unit = 10i64.pow(value.places());
    if value.amount_minor % unit == 0 {
        let amount = number((value.amount_minor / unit).saturating_abs(), language);
        signed(value, &amount, language)
    } else {
        money(value, language)
    }
}

/// For figures: whole units below a million, then three digits: `€38,460`, `€1.28 m`, in German `1,28 Mio. €`.
#[must_use]
pub fn money_compact(money: Money, language: Locale) -> String {
    short(money, 1_000_000, language)
}

/// For axes and tight places: three digits from ten thousand on: `€500 k`.
#[must_use]
pub fn money_short(money: Money, language: Locale) -> String {
    short(money, 10_000, language)
}

fn short(money: Money, from: u64, language: Locale) -> String {
    let units = (money.amount_minor as f64 / 10f64.powi(money.places() as i32)).round().abs();
    let [thousand, million, billion] = words(language);
    let step = |unit: f64, word: &str| format!("{}{TIE}{word}", significant(units / unit, language));
    let amount = match units as u64 {
        n if n < from => number(n as i64, language),
        ..999_500 => step(1e3, thousand),
        999_500..999_500_000 => step(1e6, million),
        _ => step(1e9, billion),
    };
    signed(money, &amount, language)
}

/// The number alone, as it is typed into a field: `48,000.00`, in German `48.000,00`.
#[must_use]
pub fn amount(money: Money, language: Locale) -> String {
    let amount = placed(money.amount_minor.unsigned_abs(), money.places(), language);
    if money.amount_minor < 0 { format!("-{amount}") } else { amount }
}

/// The sign of a currency, or its code where the sign says too little.
#[must_use]
pub fn sign(currency: Currency) -> &'static str {
    match currency {
        Currency::EUR => "€",
        Currency::USD => "$",
        Currency::GBP => "£",
        Currency::JPY => "¥",
        other => other.code(),
    }
}

fn signed(money: Money, amount: &str, language: Locale) -> String {
    let sign = sign(money.currency);
    let minus = if money.amount_minor < 0 { MINUS.to_string() } else { String::new() };
    match language {
        Locale::En if sign.len() == 3 && sign.is_ascii() => format!("{minus}{sign}{TIE}{amount}"),
        Locale::En => format!("{minus}{sign}{amount}"),
        Locale::De | Locale::Fr | Locale::Es | Locale::Ar => format!("{minus}{amount}{TIE}{sign}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Locale::{De, En};

    const fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    #[test]
    fn exact_amounts_show_every_minor_unit_of_their_currency() {
        assert_eq!(money(eur(4_800_000), En), "€48,000.00");
        assert_eq!(money(eur(4_800_000), De), "48.000,00\u{a0}€");
        assert_eq!(money(eur(-5), En), "−€0.05");
        assert_eq!(money(Money::new(1500, Currency::JPY), En), "¥1,500");
        assert_eq!(money(Money::new(123_450, Currency::CHF), En), "CHF\u{a0}1,234.50");
        assert_eq!(money_plain(eur(4_800_000), En), "€48,000");
        assert_eq!(money_plain(eur(4_800_050), En), "€48,000.50");
    }

    #[test]
    fn figures_get_shorter_from_a_million_on() {
        assert_eq!(money_compact(eur(3_846_012), En), "€38,460");
        assert_eq!(money_compact(eur(99_949_900), En), "€999,499");
        assert_eq!(money_compact(eur(128_400_000), En), "€1.28\u{a0}m");
        assert_eq!(money_compact(eur(128_400_000), De), "1,28\u{a0}Mio.\u{a0}€");
        assert_eq!(money_compact(eur(-250_000_000_000), En), "−€2.5\u{a0}bn");
        assert_eq!(money_short(eur(50_000_000), En), "€500\u{a0}k");
    }

    #[test]
    fn what_a_field_shows_can_be_read_back() {
        for language in Locale::ALL {
            for minor in [0, 5, 1250, 4_800_000, -123_456_789] {
                let typed = amount(eur(minor), language);
                assert_eq!(Money::parse(&typed, Currency::EUR), Some(eur(minor)), "{typed}");
            }
        }
    }
}
