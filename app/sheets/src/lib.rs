//! Tables as files: CSV and Excel workbooks read with limits, and written so that no spreadsheet runs what is in them.
mod read;
mod text;
mod workbook;
mod write;

pub use read::{MOST_BYTES, MOST_ROWS, Sheet, read};
pub use write::{Value, csv_head, csv_line, harmless, write};

/// Which kind of file a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180, in UTF-8 when written.
    Csv,
    /// Office Open XML, as Excel has written it since 2007.
    Xlsx,
}

impl Format {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Xlsx];

    /// The wire and storage form, which is also how such a file's name ends.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// Reads the wire form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == text)
    }

    /// The media type, for `Content-Type`.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}
