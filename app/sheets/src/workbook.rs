//! Excel workbooks as tables. A workbook is an archive that can hold far more than it weighs, and a sheet can claim cells
//! at its far end; so both are measured before and while they are read.
use std::io::{Cursor, Read, copy, sink};

use base::Problem;
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use csv::StringRecord;
use zip::ZipArchive;

use crate::read::{MOST_COLUMNS, MOST_ROWS, Table, refused, too_many_rows};

/// The most that an archive may hold, unpacked: thirty times the largest file that is taken.
const MOST_UNPACKED: u64 = 300 * 1024 * 1024;
/// The most parts of an archive; a workbook has a dozen, and a few for each of its sheets.
const MOST_PARTS: usize = 2_000;
/// The most text in all cells together: cells share texts, so that a small workbook can be a very long table.
const MOST_TEXT: usize = 100 * 1024 * 1024;

/// The rows of the first sheet that has any; its first row with something in it gives the headings.
pub(crate) fn rows(bytes: &[u8]) -> Result<Table, Problem> {
    measure(bytes)?;
    let unreadable = |_| refused("not_a_table", "This workbook cannot be read. Save it again, or as CSV.");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    for name in book.sheet_names() {
        // Sheets that hold a chart have no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let mut table = Growing::default();
        while let Some(cell) = cells.next_cell().map_err(unreadable)? {
            table.put(cell.get_position(), shown(cell.get_value()))?;
        }
        if let Some(table) = table.finish() {
            return Ok(table);
        }
    }
    Ok((Vec::new(), Vec::new()))
}

/// Unpacks everything into nothing, only to see how much it is: what an archive says about that need not be true.
fn measure(bytes: &[u8]) -> Result<(), Problem> {
    let not_one = || refused("not_a_table", "This is neither a workbook nor a CSV file.");
    let too_large =
        || Problem::TooLarge { detail: "Unpacked, this workbook is too large. Split it in two.".to_owned() };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| not_one())?;
    if archive.len() > MOST_PARTS {
        return Err(too_large());
    }
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| not_one())?;
        let unpacked = copy(&mut part.take(left + 1), &mut sink()).map_err(|_| not_one())?;
        left = left.checked_sub(unpacked).ok_or_else(too_large)?;
    }
    Ok(())
}

/// A table while its cells come in, row by row.
#[derive(Default)]
struct Growing {
    headers: Option<Vec<String>>,
    rows: Vec<(u64, StringRecord)>,
    /// The line that is being read, counted from one.
    line: u64,
    row: Vec<String>,
    text: usize,
}

impl Growing {
    fn put(&mut self, (row, column): (u32, u32), text: String) -> Result<(), Problem> {
        let (line, column) = (u64::from(row) + 1, column as usize);
        if line != self.line {
            self.end_of_row()?;
            self.line = line;
        }
        if text.is_empty() {
            return Ok(());
        }
        if column >= MOST_COLUMNS {
            return Err(refused("too_many_columns", "A file may have up to 200 columns."));
        }
        self.text += text.len();
        if self.text > MOST_TEXT {
            return Err(Problem::TooLarge { detail: "This workbook holds too much text.".to_owned() });
        }
        if self.row.len() <= column {
            self.row.resize(column + 1, String::new());
        }
        self.row[column] = text;
        Ok(())
    }

    fn end_of_row(&mut self) -> Result<(), Problem> {
        let row = std::mem::take(&mut self.row);
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        if self.headers.is_none() {
            self.headers = Some(row.iter().map(|cell| cell.trim().to_owned()).collect());
        } else if self.rows.len() == MOST_ROWS {
            return Err(too_many_rows());
        } else {
            self.rows.push((self.line, StringRecord::from(row)));
        }
        Ok(())
    }

    fn finish(mut self) -> Option<Table> {
        self.end_of_row().ok()?;
        Some((self.headers?, self.rows))
    }
}

/// A cell as CSV would have it: days as ISO 8601, numbers with a point and without groups.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => decimal(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(at) => moment(at),
        // What a formula failed with: "#REF!". It is told as it stands, so that the row says what is wrong with it.
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// Exact for up to fifteen digits, which is what spreadsheets keep. Three decimals would look like thousands
/// (`1.234`), so a fourth says that they are not.
fn decimal(number: f64) -> String {
    let rounded = format!("{number:.10}");
    let text = rounded.trim_end_matches('0').trim_end_matches('.').to_owned();
    match text.split_once('.') {
        Some((_, decimals)) if decimals.len() == 3 => format!("{text}0"),
        _ => text,
    }
}

fn moment(at: &ExcelDateTime) -> String {
    if at.is_duration() {
        return decimal(at.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        date
    } else {
        format!("{date}T{hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use proptest::prelude::*;
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use crate::read;

    fn book(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
        let mut book = Workbook::new();
        fill(book.add_worksheet());
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn a_workbook_is_read_like_the_same_table_in_csv() {
        let bytes = book(|sheet| {
            for (column, name) in ["name", "value", "close", "note"].into_iter().enumerate() {
                sheet.write(2, column as u16, name).unwrap();
            }
            let day = ExcelDateTime::from_ymd(2027, 3, 31).unwrap();
            sheet.write(3, 0, "Müller").unwrap();
            sheet.write(3, 1, 48_000.5).unwrap();
            sheet.write_with_format(3, 2, &day, &Format::new().set_num_format("dd.mm.yyyy")).unwrap();
            sheet.write(5, 0, "Acme").unwrap();
            sheet.write(5, 1, 1.234).unwrap();
            sheet.write(5, 3, true).unwrap();
        });
        let sheet = read(&bytes).unwrap();
        assert_eq!(sheet.headers, ["name", "value", "close", "note"]);
        let rows: Vec<(u64, Vec<&str>)> =
            sheet.rows.iter().map(|(line, row)| (*line, row.iter().collect())).collect();
        assert_eq!(rows[0], (4, vec!["Müller", "48000.5", "2027-03-31"]));
        assert_eq!(rows[1], (6, vec!["Acme", "1.2340", "", "true"]));
    }

    #[test]
    fn a_cell_at_the_far_end_of_a_sheet_is_no_table_of_billions() {
        let bytes = book(|sheet| {
            sheet.write(0, 0, "name").unwrap();
            sheet.write(1_048_575, 0, "last").unwrap();
        });
        let sheet = read(&bytes).unwrap();
        assert_eq!((sheet.rows.len(), sheet.rows[0].0), (1, 1_048_576));
        let wide = book(|sheet| _ = sheet.write(0, 16_383, "x").unwrap());
        assert_eq!(read(&wide).unwrap_err().of_field("file").unwrap().code, "too_many_columns");
    }

    #[test]
    fn an_archive_that_unpacks_to_more_than_it_may_is_turned_back() {
        let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
        archive.start_file("xl/workbook.xml", SimpleFileOptions::default()).unwrap();
        let zeros = vec![0; 1024 * 1024];
        for _ in 0..301 {
            archive.write_all(&zeros).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 1024 * 1024, "small on the wire");
        assert_eq!(read(&bytes).unwrap_err().status(), 413);
    }

    #[test]
    fn a_text_that_every_cell_shares_does_not_fill_the_memory() {
        let long = "x".repeat(30_000);
        let bytes = book(|sheet| {
            for row in 0..4_000 {
                sheet.write(row, 0, &long).unwrap();
            }
        });
        assert!(bytes.len() < 1024 * 1024);
        assert_eq!(read(&bytes).unwrap_err().status(), 413);
    }

    proptest! {
        #[test]
        fn a_damaged_workbook_never_fails_hard(at in 0usize..6000, byte: u8) {
            let mut bytes = book(|sheet| _ = sheet.write(0, 0, "name").unwrap());
            let place = at % bytes.len();
            bytes[place] = byte;
            let _ = read(&bytes);
        }
    }
}
