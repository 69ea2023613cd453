//! Tables written to files. A cell that a spreadsheet would run as a formula is text in both kinds of file.
use base::{Date, Datelike, Money, Problem, Timestamp};
use csv::{QuoteStyle, Terminator, WriterBuilder};
use rust_xlsxwriter::{ExcelDateTime, Format as Look, Workbook, Worksheet, XlsxError};

use crate::Format;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Empty,
    Text(String),
    /// An amount of a currency that stands in a cell of its own.
    Amount(Money),
    Whole(i64),
    Day(Date),
    /// In UTC.
    Moment(Timestamp),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl From<Date> for Value {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl From<Timestamp> for Value {
    fn from(at: Timestamp) -> Self {
        Self::Moment(at)
    }
}

impl From<Money> for Value {
    fn from(money: Money) -> Self {
        Self::Amount(money)
    }
}

impl Value {
    /// As CSV has it: numbers with a point and without groups, days and moments in ISO 8601.
    fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => harmless(text),
            Self::Amount(money) => number(*money),
            Self::Whole(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Moment(at) => at.to_string(),
        }
    }
}

fn number(money: Money) -> String {
    let text = money.to_string();
    text.split(' ').next().unwrap_or_default().to_owned()
}

/// A text that no spreadsheet runs (OWASP, "CSV Injection"): an apostrophe in front makes it text.
#[must_use]
pub fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// The beginning of a CSV file: the mark by which spreadsheets know UTF-8, and the headings.
#[must_use]
pub fn csv_head(headers: &[String]) -> Vec<u8> {
    let mut out = "\u{feff}".as_bytes().to_vec();
    out.extend(record(headers.iter().map(|header| harmless(header))));
    out
}

/// One line of a CSV file.
#[must_use]
pub fn csv_line(row: &[Value]) -> Vec<u8> {
    record(row.iter().map(Value::plain))
}

fn record(cells: impl Iterator<Item = String>) -> Vec<u8> {
    let mut csv = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = csv.write_record(cells);
    csv.into_inner().unwrap_or_default()
}

/// A whole file.
///
/// # Errors
/// `Internal` when a workbook cannot be put together, for which there is no known cause.
pub fn write(
    format: Format,
    name: &str,
    headers: &[String],
    rows: &[Vec<Value>],
) -> Result<Vec<u8>, Problem> {
    match format {
        Format::Csv => {
            let mut out = csv_head(headers);
            rows.iter().for_each(|row| out.extend(csv_line(row)));
            Ok(out)
        }
        Format::Xlsx => workbook(name, headers, rows).map_err(Problem::internal),
    }
}

/// How wide a column is when nothing in it is longer, and at most: in characters.
const WIDTHS: (usize, usize) = (8, 48);
/// The most characters of one cell (Excel's specification).
const LONGEST: usize = 32_767;

fn workbook(name: &str, headers: &[String], rows: &[Vec<Value>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    let bold = Look::new().set_bold();
    for (column, header) in headers.iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, header, &bold)?;
    }
    let looks = Looks {
        day: Look::new().set_num_format("yyyy-mm-dd"),
        moment: Look::new().set_num_format("yyyy-mm-dd hh:mm"),
        amounts: [
            Look::new().set_num_format("#,##0"),
            Look::new().set_num_format("#,##0.00"),
            Look::new().set_num_format("#,##0.000"),
        ],
    };
    let mut widths: Vec<usize> = headers.iter().map(|header| header.chars().count()).collect();
    for (line, row) in rows.iter().enumerate() {
        for (column, value) in row.iter().enumerate() {
            put(sheet, (line as u32 + 1, column as u16), value, &looks)?;
            let length = if let Value::Moment(_) = value { 16 } else { value.plain().chars().count() };
            if let Some(width) = widths.get_mut(column) {
                *width = (*width).max(length);
            }
        }
    }
    for (column, width) in widths.into_iter().enumerate() {
        sheet.set_column_width(column as u16, width.clamp(WIDTHS.0, WIDTHS.1) as f64 + 2.0)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    if !headers.is_empty() {
        sheet.autofilter(0, 0, rows.len() as u32, headers.len() as u16 - 1)?;
    }
    book.save_to_buffer()
}

struct Looks {
    day: Look,
    moment: Look,
    /// By decimal places.
    amounts: [Look; 3],
}

/// Texts are written as texts, never as formulas, so nothing has to be put in front of them.
fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match value {
        Value::Empty => {}
        Value::Text(text) => {
            let text: String = text.chars().take(LONGEST).collect();
            sheet.write_string(row, column, text)?;
        }
        Value::Amount(money) => {
            let look = &looks.amounts[match money.places() {
                0 => 0,
                1 | 2 => 1,
                _ => 2,
            }];
            sheet.write_number_with_format(
                row,
                column,
                number(*money).parse::<f64>().unwrap_or_default(),
                look,
            )?;
        }
        Value::Whole(number) => _ = sheet.write_number(row, column, *number as f64)?,
        Value::Day(day) => {
            let at = ExcelDateTime::from_ymd(day.year() as u16, day.month() as u8, day.day() as u8);
            // Days before 1900 are not known to Excel.
            match at {
                Ok(at) => _ = sheet.write_datetime_with_format(row, column, &at, &looks.day)?,
                Err(_) => _ = sheet.write_string(row, column, day.to_string())?,
            }
        }
        Value::Moment(at) => match ExcelDateTime::from_timestamp(at.0.div_euclid(1000)) {
            Ok(moment) => _ = sheet.write_datetime_with_format(row, column, &moment, &looks.moment)?,
            Err(_) => _ = sheet.write_string(row, column, at.to_string())?,
        },
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;
    use base::Currency;

    #[test]
    fn a_cell_is_never_a_formula() {
        for (text, safe) in [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-2", "'-2"), ("Acme", "Acme")] {
            assert_eq!(harmless(text), safe);
        }
        assert_eq!(csv_line(&["=1,2".into()]), b"\"'=1,2\"\r\n");
    }

    #[test]
    fn both_kinds_of_file_say_the_same_when_they_are_read_again() {
        let headers = ["name", "value", "close", "at"].map(str::to_owned);
        let row = vec![
            Value::from("=cmd|' /C calc'!A0, \"x\""),
            Value::from(Money::new(4_800_050, Currency::EUR)),
            Value::from("2027-03-31".parse::<Date>().unwrap()),
            Value::from(Timestamp::parse("2026-11-02T09:30:00Z").unwrap()),
        ];
        let [csv, xlsx] = Format::ALL.map(|format| {
            let bytes = write(format, "Deals", &headers, std::slice::from_ref(&row)).unwrap();
            let sheet = read(&bytes).unwrap();
            assert_eq!((sheet.format, &sheet.headers[..]), (format, &headers[..]));
            sheet.rows[0].1.iter().map(str::to_owned).collect::<Vec<_>>()
        });
        assert_eq!(csv[1..], ["48000.50", "2027-03-31", "2026-11-02T09:30:00.000Z"]);
        assert_eq!(xlsx[1..], ["48000.5", "2027-03-31", "2026-11-02T09:30:00"]);
        assert_eq!(
            (csv[0].as_str(), xlsx[0].as_str()),
            ("'=cmd|' /C calc'!A0, \"x\"", "=cmd|' /C calc'!A0, \"x\"")
        );
    }

    #[test]
    fn amounts_are_numbers_everywhere() {
        assert_eq!(number(Money::new(5, Currency::EUR)), "0.05");
        assert_eq!(number(Money::new(1500, Currency::JPY)), "1500");
    }
}
