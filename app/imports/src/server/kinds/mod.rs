//! Taking a batch of rows into the slice it belongs to.
mod customers;
mod deals;
mod opportunities;
mod partners;
mod plans;
mod products;

use std::collections::HashMap;

use base::db::Tx;
use base::{Actor, OrganizationId, Parts, Problem};
use csv::StringRecord;
use programs::Program;

use super::store::{Rejected, Tally};
use crate::model::Kind;
use crate::rules::{Cells, Columns, Correction, Reason, Verdict, row_key};

/// What the rows of a file belong to.
pub(super) struct Target {
    pub(super) parts: Parts,
    pub(super) actor: Actor,
    pub(super) vendor: OrganizationId,
    pub(super) program: Program,
    pub(super) kind: Kind,
    /// Whose own file it is.
    pub(super) partner: Option<OrganizationId>,
    /// Whether rows that say nothing about it are submitted.
    pub(super) submits: bool,
    pub(super) columns: Columns,
    pub(super) width: usize,
    /// At which line a record stands first; a second line about it is turned back.
    pub(super) first_lines: HashMap<String, u64>,
}

/// Takes rows in: each becomes a record, changes one, finds it as it is, or is turned back with its reasons.
///
/// # Errors
/// Only what concerns no single row: the engine, or a record that somebody else changed at the same time.
pub(super) async fn take(
    tx: &mut Tx,
    target: &Target,
    rows: &[(u64, StringRecord)],
) -> Result<Tally, Problem> {
    match target.kind {
        Kind::Customers => customers::take(tx, target, rows).await,
        Kind::Products => products::take(tx, target, rows).await,
        Kind::Partners => partners::take(tx, target, rows).await,
        Kind::Opportunities => opportunities::take(tx, target, rows).await,
        Kind::Deals => deals::take(tx, target, rows).await,
        Kind::Goals => plans::goals(tx, target, rows).await,
        Kind::Rates => plans::rates(tx, target, rows).await,
    }
}

/// A row that could be read.
struct Line<'a, T> {
    number: u64,
    record: &'a StringRecord,
    values: T,
}

impl Target {
    /// Reads the rows; those that cannot be taken in go to the tally.
    fn read<'a, T>(
        &self,
        rows: &'a [(u64, StringRecord)],
        tally: &mut Tally,
        read: impl Fn(Cells<'_>) -> Verdict<T>,
    ) -> Vec<Line<'a, T>> {
        let mut lines = Vec::with_capacity(rows.len());
        for (number, record) in rows {
            let cells = Cells { columns: &self.columns, record };
            match self.repeated(*number, cells).map_or_else(|| read(cells), |reason| Err(vec![reason])) {
                Ok((values, corrections)) => {
                    tally.corrections.extend(corrections.into_iter().map(|correction| (*number, correction)));
                    lines.push(Line { number: *number, record, values });
                }
                Err(reasons) => tally.reject(*number, record, reasons),
            }
        }
        lines
    }

    fn repeated(&self, number: u64, cells: Cells<'_>) -> Option<Reason> {
        if cells.record.iter().skip(self.width).any(|cell| !cell.trim().is_empty()) {
            return Some(reason("wrong_cells", "line", ""));
        }
        let first = self.first_lines.get(&row_key(self.kind, cells)?)?;
        (*first != number).then(|| reason("repeated", "line", &first.to_string()))
    }
}

impl Tally {
    /// Turns a row back; what was mended in it does not count then.
    fn reject(&mut self, line: u64, record: &StringRecord, reasons: Vec<Reason>) {
        self.corrections.retain(|(corrected, _)| *corrected != line);
        self.rejected.push(Rejected { line, reasons, cells: record.iter().map(str::to_owned).collect() });
    }

    fn correct(&mut self, line: u64, field: &'static str, found: &str, used: &str) {
        let correction =
            Correction { code: "respelt", field, found: found.to_owned(), used: used.to_owned() };
        self.corrections.push((line, correction));
    }

    /// Notes that a record of a partner's is another one now.
    fn touch(&mut self, partner: Option<OrganizationId>) {
        if let Some(partner) = partner {
            *self.partners.entry(partner).or_default() += 1;
        }
    }

    fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Created => self.created += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Unchanged => self.unchanged += 1,
        }
    }
}

/// What a row did.
enum Outcome {
    Created,
    Updated,
    Unchanged,
}

fn reason(code: &str, field: &str, value: &str) -> Reason {
    Reason { code: code.to_owned(), field: field.to_owned(), value: value.to_owned() }
}
