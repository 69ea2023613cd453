//! A file as a table: sizes are limited, nothing in it can make this fail hard.
use base::Problem;
use csv::{ReaderBuilder, StringRecord};

use crate::Format;
use crate::text::{decoded, delimiter};
use crate::workbook;

/// The largest file.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// The most rows of a file.
pub const MOST_ROWS: usize = 500_000;
pub(crate) const MOST_COLUMNS: usize = 200;

/// A table with headings.
#[derive(Debug)]
pub struct Sheet {
    pub format: Format,
    pub headers: Vec<String>,
    /// Rows with the line of the file they begin at.
    pub rows: Vec<(u64, StringRecord)>,
}

/// Reads CSV in UTF-8, UTF-16 or Windows-1252 with commas, semicolons or tabs, or the first sheet of an Excel workbook.
///
/// # Errors
/// `TooLarge`, or `Invalid` on `file` when it is no table.
pub fn read(bytes: &[u8]) -> Result<Sheet, Problem> {
    if bytes.len() > MOST_BYTES {
        return Err(Problem::TooLarge { detail: "A file may have up to 20 MB.".to_owned() });
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(refused(
            "not_a_table",
            "This is a workbook of an old or a protected kind. Save it as .xlsx without a password, or as CSV.",
        ));
    }
    let is_workbook = bytes.starts_with(b"PK\x03\x04");
    let format = if is_workbook { Format::Xlsx } else { Format::Csv };
    let (headers, rows) = if is_workbook { workbook::rows(bytes)? } else { plain(bytes)? };
    if headers.iter().all(String::is_empty) {
        return Err(refused("empty", "The file is empty."));
    }
    if headers.len() > MOST_COLUMNS {
        return Err(refused("too_many_columns", "A file may have up to 200 columns."));
    }
    Ok(Sheet { format, headers, rows })
}

/// Headings, and rows with their lines.
pub(crate) type Table = (Vec<String>, Vec<(u64, StringRecord)>);

fn plain(bytes: &[u8]) -> Result<Table, Problem> {
    let text = decoded(bytes);
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter(&text)).flexible(true).from_reader(text.as_bytes());
    let headers: Vec<String> = match reader.headers() {
        Ok(headers) => headers.iter().map(|header| header.trim().to_owned()).collect(),
        Err(_) => return Err(refused("not_csv", "This is not a CSV file.")),
    };
    let mut rows = Vec::new();
    for record in reader.into_records() {
        let Ok(record) = record else { return Err(refused("not_csv", "This is not a CSV file.")) };
        if rows.len() == MOST_ROWS {
            return Err(too_many_rows());
        }
        rows.push((record.position().map_or(0, csv::Position::line), record));
    }
    Ok((headers, rows))
}

pub(crate) fn too_many_rows() -> Problem {
    refused("too_many_rows", "A file may have up to 500,000 rows. Split it in two.")
}

pub(crate) fn refused(code: &'static str, message: &str) -> Problem {
    Problem::field("file", code, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let sheet = read(bytes).unwrap();
        let rows = sheet.rows.iter().map(|(_, row)| row.iter().map(str::to_owned).collect());
        std::iter::once(sheet.headers.clone()).chain(rows).collect()
    }

    #[test]
    fn separators_and_character_sets_are_found_out() {
        let expected = [["Firma", "Ort"], ["Müller, Söhne", "Köln"]];
        assert_eq!(cells("\u{feff}Firma;Ort\r\n\"Müller, Söhne\";Köln\r\n".as_bytes()), expected);
        assert_eq!(cells("Firma\tOrt\nMüller, Söhne\tKöln".as_bytes()), expected);
        assert_eq!(cells(b"Firma,Ort\n\"M\xfcller, S\xf6hne\",K\xf6ln\n"), expected);
        let wide: Vec<u8> =
            "\u{feff}Firma;Ort\nMüller, Söhne;Köln".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(cells(&wide), expected);
    }

    #[test]
    fn what_is_no_table_is_turned_back_with_a_reason() {
        let code =
            |bytes: &[u8]| read(bytes).unwrap_err().of_field("file").map(|error| error.code.to_string());
        assert_eq!(code(b"").as_deref(), Some("empty"));
        assert_eq!(code(b"PK\x03\x04rest").as_deref(), Some("not_a_table"));
        assert_eq!(code(b"\xd0\xcf\x11\xe0\xa1").as_deref(), Some("not_a_table"));
        assert_eq!(code(&b"a,".repeat(300)).as_deref(), Some("too_many_columns"));
        assert_eq!(read(&vec![b'a'; MOST_BYTES + 1]).unwrap_err().status(), 413);
    }

    proptest! {
        #[test]
        fn no_bytes_make_reading_fail_hard(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&bytes);
        }
    }
}
