//! A file as a table: character set and separators are found out, sizes are limited, nothing in it can make this fail hard.
use base::Problem;
use csv::{ReaderBuilder, StringRecord};

/// The largest file.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// The most rows of a file.
pub const MOST_ROWS: usize = 500_000;
const MOST_COLUMNS: usize = 200;

/// A table with headings.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) headers: Vec<String>,
    /// Rows with the line of the file they begin at.
    pub(super) rows: Vec<(u64, StringRecord)>,
}

impl Sheet {
    /// Reads CSV in UTF-8, UTF-16 or Windows-1252, with commas, semicolons or tabs.
    ///
    /// # Errors
    /// `TooLarge`, or `Invalid` on `file` when it is no table.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Problem> {
        if bytes.len() > MOST_BYTES {
            return Err(Problem::TooLarge { detail: "A file may have up to 20 MB.".to_owned() });
        }
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(refused(
                "not_csv",
                "This is a workbook. Save it as CSV (UTF-8) and choose that file.",
            ));
        }
        let text = decoded(bytes);
        let mut reader =
            ReaderBuilder::new().delimiter(delimiter(&text)).flexible(true).from_reader(text.as_bytes());
        let headers: Vec<String> = match reader.headers() {
            Ok(headers) => headers.iter().map(|header| header.trim().to_owned()).collect(),
            Err(_) => return Err(refused("not_csv", "This is not a CSV file.")),
        };
        if headers.iter().all(String::is_empty) {
            return Err(refused("empty", "The file is empty."));
        }
        if headers.len() > MOST_COLUMNS {
            return Err(refused("too_many_columns", "A file may have up to 200 columns."));
        }
        let mut rows = Vec::new();
        for record in reader.into_records() {
            let Ok(record) = record else { return Err(refused("not_csv", "This is not a CSV file.")) };
            if rows.len() == MOST_ROWS {
                return Err(refused("too_many_rows", "A file may have up to 500,000 rows. Split it in two."));
            }
            rows.push((record.position().map_or(0, csv::Position::line), record));
        }
        Ok(Self { headers, rows })
    }
}

fn refused(code: &'static str, message: &str) -> Problem {
    Problem::field("file", code, message)
}

/// The sign that separates the headings: the one of comma, semicolon and tab that is there most often, outside quotes.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0_u32), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| *sign == byte) {
                    *count += 1;
                }
            }
        }
    }
    // Of equals the first one stays.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}

/// The text of a file: by its byte order mark, else UTF-8, else Windows-1252, in which every byte means something.
fn decoded(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
        },
    }
}

/// Windows-1252 is Latin-1 with printable signs at 0x80 to 0x9F.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let sheet = Sheet::read(bytes).unwrap();
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
        let code = |bytes: &[u8]| {
            Sheet::read(bytes).unwrap_err().of_field("file").map(|error| error.code.to_string())
        };
        assert_eq!(code(b"").as_deref(), Some("empty"));
        assert_eq!(code(b"PK\x03\x04rest").as_deref(), Some("not_csv"));
        assert_eq!(code(&b"a,".repeat(300)).as_deref(), Some("too_many_columns"));
        assert_eq!(Sheet::read(&vec![b'a'; MOST_BYTES + 1]).unwrap_err().status(), 413);
    }

    proptest! {
        #[test]
        fn no_bytes_make_reading_fail_hard(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = Sheet::read(&bytes);
        }
    }
}
