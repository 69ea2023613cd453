//! Goals and exchange rates: each row is judged by the slice that it belongs to.
use base::db::Tx;
use base::{FieldError, Problem};
use csv::StringRecord;
use goals::server::Taken;
use rates::{Outcome as Set, SetRate};

use super::{Line, Outcome, Target, reason};
use crate::rules::{Reason, goal, rate};
use crate::server::store::Tally;

/// What is wrong with a row, as a report says it.
fn reasons(errors: &[FieldError], value: impl Fn(&str) -> String) -> Vec<Reason> {
    errors.iter().map(|error| reason(&error.code, &error.field, &value(&error.field))).collect()
}

pub(super) async fn goals(
    tx: &mut Tx,
    target: &Target,
    rows: &[(u64, StringRecord)],
) -> Result<Tally, Problem> {
    let mut tally = Tally::default();
    for Line { number, record, values } in target.read(rows, &mut tally, goal) {
        match goals::server::take(tx, &target.parts, &target.actor, &target.program, &values).await {
            Ok(Taken::Set(_)) => tally.count(Outcome::Created),
            Ok(Taken::There(_)) => tally.count(Outcome::Unchanged),
            Err(Problem::Invalid { errors }) => {
                let value = |field: &str| match field {
                    "partner" => values.partner.clone(),
                    "territory" => values.territory.clone(),
                    "target" => values.target.clone(),
                    "from" => values.from.to_string(),
                    "until" => values.until.to_string(),
                    _ => String::new(),
                };
                tally.reject(number, record, reasons(&errors, value));
            }
            Err(problem) => return Err(problem),
        }
    }
    Ok(tally)
}

pub(super) async fn rates(
    tx: &mut Tx,
    target: &Target,
    rows: &[(u64, StringRecord)],
) -> Result<Tally, Problem> {
    let mut tally = Tally::default();
    let lines = target.read(rows, &mut tally, rate);
    let asked: Vec<SetRate> = lines.iter().map(|line| line.values.clone()).collect();
    let report = rates::server::take(tx, &target.parts, &target.actor, target.vendor, &asked).await?;
    for (line, row) in lines.into_iter().zip(report.rows) {
        match row.outcome {
            Set::Created => tally.count(Outcome::Created),
            Set::Changed => tally.count(Outcome::Updated),
            Set::Unchanged => tally.count(Outcome::Unchanged),
            Set::Rejected => {
                let values = &line.values;
                let value = |field: &str| match field {
                    "currency" => values.currency.clone(),
                    "month" => values.month.clone(),
                    _ => values.per_euro.clone(),
                };
                tally.reject(line.number, line.record, reasons(&row.errors, value));
            }
        }
    }
    Ok(tally)
}
