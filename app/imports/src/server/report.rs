//! The report of an import: rows that were turned back, ready to be mended and sent again, then what was corrected.
use base::Problem;
use sheets::{Format, Value};

use super::store::Rejected;
use crate::model::Remark;
use crate::rules::Reason;

/// Columns before those of the file.
const OURS: [&str; 4] = ["result", "line", "reasons", "explanation"];

/// Writes the report, as the kind of file that was sent.
pub(super) fn write(
    format: Format,
    headers: &[String],
    rejected: &[Rejected],
    remarks: &[Remark],
) -> Result<Vec<u8>, Problem> {
    let heads: Vec<String> =
        OURS.iter().map(|name| (*name).to_owned()).chain(headers.iter().cloned()).collect();
    let mut rows = Vec::with_capacity(rejected.len() + remarks.len());
    for row in rejected {
        let codes: Vec<String> =
            row.reasons.iter().map(|reason| format!("{}: {}", reason.field, reason.code)).collect();
        let words: Vec<String> = row.reasons.iter().map(sentence).collect();
        let mut cells: Vec<Value> = vec![
            "rejected".into(),
            Value::Whole(row.line as i64),
            codes.join("; ").into(),
            words.join(" ").into(),
        ];
        // Texts, so that an identifier with zeros in front comes back as it was.
        cells.extend((0..headers.len()).map(|at| row.cells.get(at).cloned().into()));
        rows.push(cells);
    }
    for remark in remarks {
        let is_notice = remark.used.is_empty() || remark.code == "kept_as_draft";
        let result = if is_notice { "notice" } else { "corrected" };
        let code = format!("{}: {}", remark.field, remark.code);
        rows.push(vec![
            result.into(),
            Value::Whole(remark.first_line as i64),
            code.into(),
            told(remark).into(),
        ]);
    }
    sheets::write(format, "Report", &heads, &rows)
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
        "amount" => format!("{field} is not an amount above zero: \"{value}\"."),
        "number" => format!("{field} is not a whole number above zero: \"{value}\"."),
        "range" => format!("{field} must be above zero: \"{value}\"."),
        "order" => format!("{field} lies before the first day: \"{value}\"."),
        "either" => "Give a partner or a territory, not both.".to_owned(),
        "unknown_metric" => {
            format!("{field} is none of won_value, won_count, registrations: \"{value}\".")
        }
        "euro" => "A euro is always worth one euro.".to_owned(),
        "not_a_month" => format!("{field} is not a month like 2026-11: \"{value}\"."),
        "not_a_rate" => format!("{field} is not a rate like 1.0842, with six decimals at most: \"{value}\"."),
        "unknown_stage" => format!("{field} is none of Prospecting, Engaging, Won, Lost: \"{value}\"."),
        "closed_before_opened" => format!("{field} lies before the day it was opened: \"{value}\"."),
        "unknown" => format!("There is no {field} \"{value}\". Import it first, or correct the spelling."),
        "ambiguous" => {
            format!("There are several called \"{value}\" ({field}). Give an id, or tell them apart by name.")
        }
        "unknown_country" => format!("{field} is no country we know: \"{value}\"."),
        "unknown_currency" => format!("{field} is no currency we know (ISO 4217): \"{value}\"."),
        "not_yes_or_no" => format!("{field} is neither yes nor no: \"{value}\"."),
        "not_yours" => format!("{field} is not your organisation: \"{value}\". Leave the column out."),
        "not_enrolled" => "The partner is not a member of this program.".to_owned(),
        "already_submitted" => {
            "This registration was submitted already; change it in the portal, not by a file.".to_owned()
        }
        "final" => "This registration has ended. Give the row another reference to register anew.".to_owned(),
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
        "kept_as_draft" if remark.used.is_empty() => {
            format!("{rows} stay drafts, because submitting was refused: {}.", remark.found)
        }
        "kept_as_draft" => format!("{rows} stay drafts: {} ({}).", remark.used, remark.found),
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
        let text = String::from_utf8(
            write(Format::Csv, &["id".into(), "engage_date".into()], &[row], &[remark]).unwrap(),
        )
        .unwrap();
        let text = text.trim_start_matches('\u{feff}');
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "result,line,reasons,explanation,id,engage_date");
        assert_eq!(
            lines[1],
            "rejected,7,opened_on: not_a_date,\"opened_on is not a date: \"\"soon\"\".\",'=cmd|' /C calc'!A0,soon"
        );
        assert!(
            lines[2].starts_with("corrected,3,product: respelt,") && lines[2].contains("GTX Pro"),
            "{text}"
        );
    }
}
