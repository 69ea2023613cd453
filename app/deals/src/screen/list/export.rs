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
    let mut out = kit::CSV_MARK.to_owned();
    kit::csv_line(&mut out, &heads.map(str::to_owned));
    for row in rows {
        let moment = |at: Option<base::Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
        let amount = row.value.map(kit::csv_amount).unwrap_or_default();
        kit::csv_line(
            &mut out,
            &[
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

/// Lets the browser keep a text as a file.
pub(super) fn give(text: &str) {
    kit::save_file("deals.csv", "text/csv;charset=utf-8", text);
}
