//! Lists as text for spreadsheets (RFC 4180).
use base::Money;

/// The sign by which spreadsheets know UTF-8; a file begins with it.
pub const CSV_MARK: &str = "\u{feff}";

/// Adds a line of cells.
pub fn csv_line(out: &mut String, cells: &[String]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        out.push_str(&quoted(cell));
    }
    out.push_str("\r\n");
}

/// An amount with a point and without groups, so that every spreadsheet reads a number.
#[must_use]
pub fn csv_amount(value: Money) -> String {
    let places = value.places() as usize;
    let sign = if value.amount_minor < 0 { "-" } else { "" };
    let digits = format!("{:0width$}", value.amount_minor.unsigned_abs(), width = places + 1);
    let (whole, rest) = digits.split_at(digits.len() - places);
    if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// A cell that no spreadsheet takes for a formula, quoted where CSV needs it.
fn quoted(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_negative(text);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', ';', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// Whether a text is a plain number below zero: as a formula that would be the same number.
fn is_negative(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|digits| {
        digits.starts_with(|first: char| first.is_ascii_digit())
            && digits.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Currency;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(quoted("-2+3"), "'-2+3");
        assert_eq!(quoted("-A1"), "'-A1");
        assert_eq!(quoted("-"), "'-");
        assert_eq!(quoted("-2"), "-2");
        assert_eq!(quoted("-0.05"), "-0.05");
        assert_eq!(quoted("Acme"), "Acme");
    }

    #[test]
    fn separators_and_quotes_are_quoted() {
        assert_eq!(quoted("Acme, \"Inc\""), "\"Acme, \"\"Inc\"\"\"");
        assert_eq!(quoted("a\nb"), "\"a\nb\"");
    }

    #[test]
    fn amounts_are_numbers_everywhere() {
        assert_eq!(csv_amount(Money::new(4_800_050, Currency::EUR)), "48000.50");
        assert_eq!(csv_amount(Money::new(5, Currency::EUR)), "0.05");
        assert_eq!(csv_amount(Money::new(1500, Currency::JPY)), "1500");
        assert_eq!(csv_amount(Money::new(-5, Currency::EUR)), "-0.05");
        assert_eq!(csv_amount(Money::new(-1500, Currency::JPY)), "-1500");
    }
}
