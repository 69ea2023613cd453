//! The report of an import as CSV: rows that were turned back, ready to be mended and sent again, then what was corrected.
use base::Problem;
use csv::Writer;

use super::store::Rejected;
use crate::model::Remark;
use crate::rules::Reason;

/// Columns before those of the file.
const OURS: [&str; 4] = ["result", "line", "reasons", "explanation"];

/// Writes the report. Cells that a spreadsheet would run as a formula get an apostrophe in front.
pub(super) fn write(
    headers: &[String],
    rejected: &[Rejected],
    remarks: &[Remark],
) -> Result<Vec<u8>, Problem> {
    let mut csv = Writer::from_writer(Vec::new());
    csv.write_record(
        OURS.iter().map(|name| (*name).to_owned()).chain(headers.iter().map(|cell| harmless(cell))),
    )
    .map_err(Problem::internal)?;
    for row in rejected {
        let codes: Vec<String> =
            row.reasons.iter().map(|reason| format!("{}: {}", reason.field, reason.code)).collect();
        let words: Vec<String> = row.reasons.iter().map(sentence).collect();
        let ours =
            ["rejected".to_owned(), row.line.to_string(), codes.join("; "), harmless(&words.join(" "))];
        let cells =
            (0..headers.len()).map(|at| row.cells.get(at).map_or_else(String::new, |cell| harmless(cell)));
        csv.write_record(ours.into_iter().chain(cells)).map_err(Problem::internal)?;
    }
    for remark in remarks {
        let result = if remark.used.is_empty() { "notice" } else { "corrected" };
        let code = format!("{}: {}", remark.field, remark.code);
        let ours = [result.to_owned(), remark.first_line.to_string(), code, harmless(&told(remark))];
        csv.write_record(ours.into_iter().chain(headers.iter().map(|_| String::new())))
            .map_err(Problem::internal)?;
    }
    csv.into_inner().map_err(|error| Problem::internal(error.error()))
}

/// A cell that no spreadsheet runs (OWASP, "CSV Injection").
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

/// A reason in one English sentence.
pub(super) fn sentence(reason: &Reason) -> String {
    let Reason { code, field, value } = reason;
    match code.as_str() {
        "required" => format!("{field} is empty."),
        "required_when_closed" => format!("{field} is empty, but the opportunity is closed."),
        "too_long" => format!("{field} is too long."),
        "not_a_date" => format!("{field} is not a date: \"{value}\"."),
        "not_an_amount" => format!("{field} is not an amount: \"{value}\"."),
        "not_a_number" => format!("{field} is not a whole number: \"{value}\"."),
        "out_of_range" => format!("{field} is out of range: \"{value}\"."),
        "not_readable" => format!("{field} holds characters that are not text."),
        "unknown_stage" => format!("{field} is none of Prospecting, Engaging, Won, Lost: \"{value}\"."),
        "closed_before_opened" => format!("{field} lies before the day it was opened: \"{value}\"."),
        "unknown" => format!("There is no {field} \"{value}\". Import it first, or correct the spelling."),
        "ambiguous" => {
            format!("There are several called \"{value}\" ({field}). Give an id, or tell them apart by name.")
        }
        "taken" => format!("{field} is taken by somebody else: \"{value}\"."),
        "other_program" => format!("\"{value}\" belongs to another program. Import the file into that one."),
        "repeated" => format!("The same record stands in line {value} already."),
        "wrong_cells" => "The line has more cells than the file has columns.".to_owned(),
        _ => format!("{field} cannot be taken in: \"{value}\"."),
    }
}

fn told(remark: &Remark) -> String {
    let rows = if remark.rows == 1 { "1 row".to_owned() } else { format!("{} rows", remark.rows) };
    match remark.code.as_str() {
        "no_customer" => format!("{rows} name no customer; they were taken in without one."),
        "unknown_country" => {
            format!("\"{}\" is no country we know; {rows} were taken in without one.", remark.found)
        }
        _ => format!("{}: \"{}\" was read as \"{}\" in {rows}.", remark.field, remark.found, remark.used),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_runs_no_formula_and_keeps_the_columns_of_the_file() {
        let reason = Reason { code: "not_a_date".into(), field: "opened_on".into(), value: "soon".into() };
        let row = Rejected {
            line: 7,
            reasons: vec![reason],
            cells: vec!["=cmd|' /C calc'!A0".into(), "soon".into()],
        };
        let remark = Remark {
            code: "respelt".into(),
            field: "product".into(),
            found: "GTXPro".into(),
            used: "GTX Pro".into(),
            rows: 1480,
            first_line: 3,
        };
        let text = String::from_utf8(write(&["id".into(), "engage_date".into()], &[row], &[remark]).unwrap())
            .unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "result,line,reasons,explanation,id,engage_date");
        assert_eq!(
            lines[1],
            "rejected,7,opened_on: not_a_date,\"opened_on is not a date: \"\"soon\"\".\",'=cmd|' /C calc'!A0,soon"
        );
        assert!(lines[2].starts_with("corrected,3,product: respelt,") && lines[2].ends_with(",,"), "{text}");
    }
}
