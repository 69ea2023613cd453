//! Money: whole minor units of one currency; nothing is ever rounded behind the reader's back.
use std::fmt;

pub use iso_currency::Currency;
use serde::{Deserialize, Serialize};

/// An amount in minor units (cents, yen, fils) of an ISO 4217 currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Whole minor units; may be negative for a correction.
    pub amount_minor: i64,
    /// ISO 4217 code.
    pub currency: Currency,
}

impl Money {
    /// An amount of minor units.
    #[must_use]
    pub const fn new(amount_minor: i64, currency: Currency) -> Self {
        Self { amount_minor, currency }
    }

    /// Nothing, in a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The sum; `None` when the currencies differ or the sum leaves 64 bits.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        (self.currency == other.currency)
            .then(|| self.amount_minor.checked_add(other.amount_minor))
            .flatten()
            .map(|amount| Self::new(amount, self.currency))
    }

    /// How many decimal places the currency has (0 to 4).
    #[must_use]
    pub fn places(self) -> u32 {
        places(self.currency)
    }

    /// Splits into shares by weight so that the shares add up to the whole: each share is rounded towards
    /// zero and the minor units left over go to the largest remainders, first come first served on a tie
    /// (Hamilton's method). Empty or all-zero weights give an empty list.
    #[must_use]
    pub fn split(self, weights: &[u32]) -> Vec<Self> {
        let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        if total == 0 {
            return Vec::new();
        }
        let whole = i128::from(self.amount_minor);
        let mut shares: Vec<(usize, i128, i128)> = weights
            .iter()
            .enumerate()
            .map(|(place, weight)| {
                let exact = whole * i128::from(*weight);
                (place, exact / total, (exact % total).abs())
            })
            .collect();
        let mut left = whole - shares.iter().map(|(_, share, _)| share).sum::<i128>();
        shares.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
        for share in &mut shares {
            if left == 0 {
                break;
            }
            share.1 += left.signum();
            left -= left.signum();
        }
        shares.sort_by_key(|(place, ..)| *place);
        shares.into_iter().map(|(_, share, _)| Self::new(share as i64, self.currency)).collect()
    }

    /// Reads what a person types: `1234.5`, `1,234.50`, `1.234,50`, `1 234`, with or without a currency sign.
    /// The last dot or comma is a decimal mark when at most the currency's places follow it; `None` when
    /// the text is not a number, has too many places or leaves 64 bits.
    #[must_use]
    pub fn parse(text: &str, currency: Currency) -> Option<Self> {
        let kept: String =
            text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-')).collect();
        let rest = text.chars().filter(|c| c.is_alphabetic()).count();
        let negative = kept.starts_with('-');
        let digits = kept.trim_start_matches('-');
        if digits.is_empty() || digits.contains('-') || rest > 3 {
            return None;
        }
        let places = places(currency) as usize;
        let (whole, cents) = match digits.rfind(['.', ',']) {
            Some(mark) if places > 0 && (1..=places).contains(&(digits.len() - mark - 1)) => {
                (&digits[..mark], &digits[mark + 1..])
            }
            _ => (digits, ""),
        };
        let groups: Vec<&str> = whole.split(['.', ',']).collect();
        let well_grouped = groups.len() == 1
            || (groups[1..].iter().all(|group| group.len() == 3) && (1..=3).contains(&groups[0].len()));
        if !well_grouped {
            return None;
        }
        let whole: String = groups.concat();
        let minor: i64 = format!("{whole}{cents:0<places$}").parse().ok()?;
        Some(Self::new(if negative { -minor } else { minor }, currency))
    }
}

/// How many decimal places a currency has; those without minor units count as 0.
#[must_use]
pub fn places(currency: Currency) -> u32 {
    currency.exponent().map_or(0, u32::from)
}

/// Plain and exact, for logs and exports: `48000.00 EUR`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = self.places() as usize;
        let sign = if self.amount_minor < 0 { "-" } else { "" };
        let amount = self.amount_minor.unsigned_abs();
        let unit = 10u64.pow(places as u32);
        if places == 0 {
            write!(f, "{sign}{amount} {}", self.currency.code())
        } else {
            write!(f, "{sign}{}.{:0places$} {}", amount / unit, amount % unit, self.currency.code())
        }
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl garde::Validate for Money {
    type Context = ();
    fn validate_into(&self, _: &(), _: &mut dyn FnMut() -> garde::Path, _: &mut garde::Report) {}
}

#[cfg(feature = "ssr")]
impl schemars::JsonSchema for Money {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Money".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "description": "Whole minor units of an ISO 4217 currency.",
            "properties": {
                "amount_minor": { "type": "integer", "format": "int64" },
                "currency": { "type": "string", "pattern": "^[A-Z]{3}$", "examples": ["EUR"] }
            },
            "required": ["amount_minor", "currency"]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn people_type_amounts_in_many_ways() {
        let eur = |text| Money::parse(text, Currency::EUR).map(|money| money.amount_minor);
        assert_eq!(eur("48000"), Some(4_800_000));
        assert_eq!(eur("48,000.00"), Some(4_800_000));
        assert_eq!(eur("48.000,00 €"), Some(4_800_000));
        assert_eq!(eur("48.000"), Some(4_800_000));
        assert_eq!(eur("12,5"), Some(1250));
        assert_eq!(eur("1,23,4"), None);
        assert_eq!(eur("about ten"), None);
        assert_eq!(eur(""), None);
        assert_eq!(Money::parse("1,000", Currency::JPY).unwrap().amount_minor, 1000);
    }

    proptest! {
        #[test]
        fn a_split_loses_and_invents_nothing(amount: i64, weights in prop::collection::vec(0u32..1000, 1..9)) {
            prop_assume!(weights.iter().any(|weight| *weight > 0));
            let shares = Money::new(amount, Currency::EUR).split(&weights);
            prop_assert_eq!(shares.iter().map(|share| i128::from(share.amount_minor)).sum::<i128>(), i128::from(amount));
        }

        #[test]
        fn exact_text_is_read_back(amount in -1_000_000_000_000i64..1_000_000_000_000) {
            let money = Money::new(amount, Currency::EUR);
            prop_assert_eq!(Money::parse(&money.to_string(), Currency::EUR), Some(money));
        }
    }
}
