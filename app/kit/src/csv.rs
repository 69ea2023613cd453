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
    let digits = format!("{:0width$}", value.amount_minor, width = places + 1);
    if places == 0 {
        digits
    } else {
        format!("{}.{}", &digits[..digits.len() - places], &digits[digits.len() - places..])
    }
}

/// A cell that no spreadsheet takes for a formula, quoted where CSV needs it.
fn quoted(text: &str) -> String {
    let text =
        if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', ';', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Currency;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(quoted("-2"), "'-2");
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
    }
}
