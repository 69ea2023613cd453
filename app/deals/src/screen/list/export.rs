//! Deals as a file for spreadsheets, made in the browser from the list's own pages.
use base::Problem;
use kit::Toasts;
use leptos::prelude::*;

use crate::model::DealRow;
use crate::t;
use crate::verbs::ListDeals;

/// Rows of a page while exporting: the most that a page may have.
const PAGE: u32 = 200;

/// Fetches every page of a list and gives the file.
pub(super) fn all(ask: ListDeals, busy: RwSignal<bool>) {
    let toasts = use_context::<Toasts>();
    busy.set(true);
    leptos::task::spawn_local(async move {
        let fetched = pages(ask).await;
        let _ = busy.try_set(false);
        match fetched {
            Ok(rows) => give(&csv(&rows)),
            Err(problem) => {
                if let Some(toasts) = toasts {
                    toasts.fail(kit::sentence(&problem));
                }
            }
        }
    });
}

async fn pages(ask: ListDeals) -> Result<Vec<DealRow>, Problem> {
    let mut rows = Vec::new();
    let mut cursor = None;
    loop {
        let page = kit::ask(ListDeals { cursor, limit: Some(PAGE), ..ask.clone() }).await?;
        rows.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(rows);
        }
    }
}

/// The rows as CSV (RFC 4180), in UTF-8 with the mark that spreadsheets look for.
pub(super) fn csv(rows: &[DealRow]) -> String {
    let heads = [
        t::col_number(),
        t::col_customer(),
        t::fact_country(),
        t::col_status(),
        t::fact_products(),
        t::col_value(),
        t::col_currency(),
        t::fact_close(),
        t::fact_partner(),
        t::fact_program(),
        t::col_registered(),
        t::fact_answer_due(),
        t::col_ends(),
    ];
    let mut out = String::from("\u{feff}");
    line(&mut out, heads.map(str::to_owned));
    for row in rows {
        let moment = |at: Option<base::Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
        let amount = row.value.map(plain).unwrap_or_default();
        line(
            &mut out,
            [
                row.number.clone(),
                row.customer_name.clone(),
                row.country.clone().unwrap_or_default(),
                row.status.words().to_owned(),
                row.products.clone(),
                amount,
                row.value.map(|value| value.currency.code().to_owned()).unwrap_or_default(),
                row.expected_close.map(|day| day.to_string()).unwrap_or_default(),
                row.partner_name.clone(),
                row.program_name.clone(),
                moment(row.priority_at),
                moment(row.answer_due),
                moment(row.expires_at),
            ],
        );
    }
    out
}

/// With a point and without groups, so that every spreadsheet reads a number.
fn plain(value: base::Money) -> String {
    let places = value.places() as usize;
    let digits = format!("{:0width$}", value.amount_minor, width = places + 1);
    if places == 0 {
        digits
    } else {
        format!("{}.{}", &digits[..digits.len() - places], &digits[digits.len() - places..])
    }
}

fn line<const N: usize>(out: &mut String, cells: [String; N]) {
    out.push_str(&cells.map(|cell| quoted(&cell)).join(","));
    out.push_str("\r\n");
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

/// Lets the browser keep a text as a file.
pub(super) fn give(text: &str) {
    kit::save_file("deals.csv", "text/csv;charset=utf-8", text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{Currency, Money};

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
        assert_eq!(plain(Money::new(4_800_050, Currency::EUR)), "48000.50");
        assert_eq!(plain(Money::new(5, Currency::EUR)), "0.05");
        assert_eq!(plain(Money::new(1500, Currency::JPY)), "1500");
    }
}
