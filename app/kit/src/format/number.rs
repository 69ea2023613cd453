//! Plain numbers and percentages.
use super::{Locale, MINUS, TIE};

/// Groups the digits of a whole number: `41,208`, in German `41.208`.
#[must_use]
pub fn number(n: i64, language: Locale) -> String {
    let sign = if n < 0 { MINUS.to_string() } else { String::new() };
    sign + &grouped(n.unsigned_abs(), language)
}

/// A number with exactly so many decimals, halves rounded away from zero: `1.28`, in German `1,28`.
#[must_use]
pub fn decimal(n: f64, places: u32, language: Locale) -> String {
    let unit = 10f64.powi(places as i32);
    let scaled = (n.abs() * unit).round() as u64;
    let sign = if n < 0.0 && scaled > 0 { MINUS.to_string() } else { String::new() };
    sign + &placed(scaled, places, language)
}

/// A share as a percentage: 0.183 is `18 %`; below ten per cent one decimal is kept unless it is zero.
#[must_use]
pub fn percent(share: f64, language: Locale) -> String {
    let value = share * 100.0;
    let tenths = (value.abs() * 10.0).round() as u64;
    let places = u32::from(tenths < 100 && !tenths.is_multiple_of(10));
    format!("{}{TIE}%", decimal(value, places, language))
}

/// A change with its sign: `+18 %`, `−4 %`, `±0 %`.
#[must_use]
pub fn change(share: f64, language: Locale) -> String {
    let text = percent(share, language);
    if text.starts_with(MINUS) {
        text
    } else if text.starts_with("0\u{a0}") {
        format!("±{text}")
    } else {
        format!("+{text}")
    }
}

/// A whole number in few characters: `950`, `12.4 k`, `1.28 m`; in German `12,4 Tsd.`, `1,28 Mio.`
#[must_use]
pub fn compact(n: i64, language: Locale) -> String {
    let size = n.unsigned_abs();
    let step =
        |unit: u64, word: &str| format!("{}{TIE}{word}", significant(n as f64 / unit as f64, language));
    let [thousand, million, billion] = words(language);
    match size {
        0..10_000 => number(n, language),
        10_000..999_500 => step(1_000, thousand),
        999_500..999_500_000 => step(1_000_000, million),
        _ => step(1_000_000_000, billion),
    }
}

pub(super) const fn words(language: Locale) -> [&'static str; 3] {
    match language {
        Locale::En => ["k", "m", "bn"],
        Locale::De => ["Tsd.", "Mio.", "Mrd."],
        Locale::Fr => ["k", "M", "Md"],
        Locale::Es => ["mil", "M", "mil\u{a0}M"],
        Locale::Ar => ["ألف", "مليون", "مليار"],
    }
}

/// Three significant digits, without zeros that say nothing: `1.28`, `12.4`, `128`, `1.5`.
pub(super) fn significant(n: f64, language: Locale) -> String {
    let places = match n.abs() {
        size if size < 9.995 => 2,
        size if size < 99.95 => 1,
        _ => 0,
    };
    let text = decimal(n, places, language);
    if places == 0 {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches(decimal_mark(language)).to_owned()
}

pub(super) const fn decimal_mark(language: Locale) -> char {
    match language {
        Locale::En | Locale::Ar => '.',
        Locale::De | Locale::Fr | Locale::Es => ',',
    }
}

const fn group_mark(language: Locale) -> char {
    match language {
        Locale::En | Locale::Ar => ',',
        Locale::De | Locale::Es => '.',
        // The narrow space that does not break.
        Locale::Fr => '\u{202f}',
    }
}

fn grouped(n: u64, language: Locale) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(group_mark(language));
        }
        out.push(digit);
    }
    out
}

/// A number given in its smallest decimal unit: 128 with two places is `1.28`.
pub(super) fn placed(scaled: u64, places: u32, language: Locale) -> String {
    if places == 0 {
        return grouped(scaled, language);
    }
    let unit = 10u64.pow(places);
    let (whole, rest) = (grouped(scaled / unit, language), scaled % unit);
    format!("{whole}{}{rest:0width$}", decimal_mark(language), width = places as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Locale::{De, En};

    #[test]
    fn digits_are_grouped_the_way_of_the_language() {
        assert_eq!(number(1_234_567, En), "1,234,567");
        assert_eq!(number(1_234_567, De), "1.234.567");
        assert_eq!(number(1_234_567, Locale::Fr), "1\u{202f}234\u{202f}567");
        assert_eq!(number(1_234_567, Locale::Es), "1.234.567");
        assert_eq!(number(1_234_567, Locale::Ar), "1,234,567");
        assert_eq!(number(-999, En), "−999");
        assert_eq!(number(i64::MIN, En), "−9,223,372,036,854,775,808");
    }

    #[test]
    fn percentages_keep_a_decimal_only_where_it_says_something() {
        assert_eq!(percent(0.183, En), "18\u{a0}%");
        assert_eq!(percent(0.041, De), "4,1\u{a0}%");
        assert_eq!(percent(0.04, En), "4\u{a0}%");
        assert_eq!(change(0.18, En), "+18\u{a0}%");
        assert_eq!(change(-0.5, En), "−50\u{a0}%");
        assert_eq!(change(0.0, En), "±0\u{a0}%");
    }

    #[test]
    fn large_numbers_shrink_to_three_digits() {
        assert_eq!(compact(950, En), "950");
        assert_eq!(compact(12_350, En), "12.4\u{a0}k");
        assert_eq!(compact(999_499, En), "999\u{a0}k");
        assert_eq!(compact(999_500, En), "1\u{a0}m");
        assert_eq!(compact(1_284_000, De), "1,28\u{a0}Mio.");
        assert_eq!(compact(-2_500_000_000, En), "−2.5\u{a0}bn");
    }
}
