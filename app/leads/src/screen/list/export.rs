//! Leads as a file for spreadsheets, made in the browser from the list's own pages.
use base::{Problem, Timestamp};
use kit::Toasts;
use leptos::prelude::*;

use crate::model::LeadRow;
use crate::t;
use crate::verbs::ListLeads;

/// Rows of a page while exporting: the most that a page may have.
const PAGE: u32 = 200;

/// Fetches every page of a list and gives the file.
pub(super) fn all(ask: ListLeads, busy: RwSignal<bool>) {
    let toasts = use_context::<Toasts>();
    busy.set(true);
    leptos::task::spawn_local(async move {
        let fetched = pages(ask).await;
        let _ = busy.try_set(false);
        match fetched {
            Ok(rows) => kit::save_file("leads.csv", "text/csv;charset=utf-8", &csv(&rows)),
            Err(problem) => {
                if let Some(toasts) = toasts {
                    toasts.fail(kit::sentence(&problem));
                }
            }
        }
    });
}

async fn pages(ask: ListLeads) -> Result<Vec<LeadRow>, Problem> {
    let mut rows = Vec::new();
    let mut cursor = None;
    loop {
        let page = kit::ask(ListLeads { cursor, limit: Some(PAGE), ..ask.clone() }).await?;
        rows.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(rows);
        }
    }
}

/// The rows as CSV, in UTF-8 with the mark that spreadsheets look for.
fn csv(rows: &[LeadRow]) -> String {
    let heads = [
        t::col_number(),
        t::col_customer(),
        t::field_country(),
        t::col_status(),
        t::fact_wanted(),
        t::fact_value(),
        t::col_currency(),
        t::fact_source(),
        t::fact_partner(),
        t::fact_program(),
        t::fact_answer_by(),
        t::col_created(),
        t::col_updated(),
    ];
    let mut out = kit::CSV_MARK.to_owned();
    kit::csv_line(&mut out, &heads.map(str::to_owned));
    for row in rows {
        kit::csv_line(
            &mut out,
            &[
                row.number.clone(),
                row.customer_name.clone(),
                row.country.clone().unwrap_or_default(),
                row.status.words().to_owned(),
                row.product.clone(),
                row.value.map(kit::csv_amount).unwrap_or_default(),
                row.value.map(|value| value.currency.code().to_owned()).unwrap_or_default(),
                row.source.words().to_owned(),
                row.partner_name.clone().unwrap_or_default(),
                row.program_name.clone(),
                row.answer_by.map(|at: Timestamp| at.to_string()).unwrap_or_default(),
                row.created_at.to_string(),
                row.updated_at.to_string(),
            ],
        );
    }
    out
}
