//! Sets rates and takes them away: one unit of work with one event in it.
use base::db::Tx;
use base::events::{self, Happened};
use base::http::Perform;
use base::{Actor, Currency, FieldError, OrganizationId, Parts, Problem, check_fields};
use serde_json::json;

use super::store;
use crate::access::Do;
use crate::model::{Outcome, Rate, RateRow, RatesReport};
use crate::rules::{read_month, read_rate, write_rate};
use crate::verbs::{RemoveRate, SetRate, SetRates};

/// What a row says, or everything that is wrong with it.
fn read(row: &SetRate) -> Result<(Currency, String, i64), Problem> {
    check_fields(row)?;
    let currency = Currency::from_code(&row.currency.trim().to_uppercase());
    let (month, micro) = (read_month(&row.month), read_rate(&row.per_euro));
    let mut errors = Vec::new();
    match currency {
        Some(Currency::EUR) => {
            errors.push(FieldError::new("currency", "euro", "A euro is always worth one euro."));
        }
        Some(_) => {}
        None => errors.push(FieldError::new("currency", "unknown", "Give a code of ISO 4217 like USD.")),
    }
    if month.is_none() {
        errors.push(FieldError::new("month", "not_a_month", "Give a month like 2026-11."));
    }
    if micro.is_none() {
        let words = "Give what one euro is worth, like 1.0842, with six decimals at most.";
        errors.push(FieldError::new("per_euro", "not_a_rate", words));
    }
    match (currency, month, micro) {
        (Some(currency), Some(month), Some(micro)) if errors.is_empty() => Ok((currency, month, micro)),
        _ => Err(Problem::Invalid { errors }),
    }
}

/// Sets rates of a vendor within a unit of work; each row by itself, so that a wrong one holds up no other.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn take(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    vendor: OrganizationId,
    rows: &[SetRate],
) -> Result<RatesReport, Problem> {
    let mut report = RatesReport::default();
    let mut moved = Vec::new();
    for (place, row) in (0..).zip(rows) {
        let (outcome, errors) = match read(row) {
            Ok((currency, month, micro)) => {
                let rate = Rate {
                    currency,
                    month,
                    per_euro: write_rate(micro),
                    changed_by_name: actor.name.clone(),
                    changed_at: parts.clock().now(),
                };
                let before = store::micro(tx, vendor, currency, &rate.month).await?;
                if before != Some(micro) {
                    store::put(tx, vendor, &rate, micro).await?;
                    moved.push(said(&rate, before));
                }
                let outcome = match before {
                    None => Outcome::Created,
                    Some(before) if before == micro => Outcome::Unchanged,
                    Some(_) => Outcome::Changed,
                };
                (outcome, Vec::new())
            }
            Err(Problem::Invalid { errors }) => (Outcome::Rejected, errors),
            Err(problem) => return Err(problem),
        };
        match outcome {
            Outcome::Created => report.created += 1,
            Outcome::Changed => report.changed += 1,
            Outcome::Unchanged => report.unchanged += 1,
            Outcome::Rejected => report.rejected += 1,
        }
        report.rows.push(RateRow { place, outcome, errors });
    }
    if !moved.is_empty() {
        store::make_factors(tx, vendor).await?;
        tell(tx, parts, actor, vendor, "rates.set", moved).await?;
    }
    Ok(report)
}

/// A rate as the event tells it, with what it was before.
fn said(rate: &Rate, before: Option<i64>) -> serde_json::Value {
    json!({ "currency": rate.currency.code(), "month": rate.month, "per_euro": rate.per_euro,
        "before": before.map(write_rate) })
}

/// Says in the log what changed; moves every page that shows money of several currencies.
async fn tell(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    vendor: OrganizationId,
    kind: &'static str,
    rates: Vec<serde_json::Value>,
) -> Result<(), Problem> {
    let happened = Happened {
        vendor,
        kind,
        subject: vendor.to_string(),
        program: None,
        partner: None,
        keys: ["rates", "overview", "goals"].map(str::to_owned).to_vec(),
        data: json!({ "rates": rates }),
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}

impl Perform for SetRate {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Rate, Problem> {
        Do::Set.by(actor)?;
        let vendor = actor.organization()?;
        let (currency, month, _) = read(&self)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            take(tx, &parts_, &actor_, vendor, std::slice::from_ref(&self)).await?;
            store::find(tx, vendor, currency, &month).await?.ok_or(Problem::NotFound)
        };
        parts.db().write(work).await
    }
}

impl Perform for SetRates {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<RatesReport, Problem> {
        Do::Set.by(actor)?;
        let vendor = actor.organization()?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts.db().write(async move |tx: &mut Tx| take(tx, &parts_, &actor_, vendor, &self.rates).await).await
    }
}

impl Perform for RemoveRate {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Rate, Problem> {
        Do::Set.by(actor)?;
        let vendor = actor.organization()?;
        let currency = Currency::from_code(&self.currency.to_uppercase()).ok_or(Problem::NotFound)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let rate = store::find(tx, vendor, currency, &self.month).await?.ok_or(Problem::NotFound)?;
            store::remove(tx, vendor, currency, &rate.month).await?;
            store::make_factors(tx, vendor).await?;
            let said = vec![said(&rate, None)];
            tell(tx, &parts_, &actor_, vendor, "rates.removed", said).await?;
            Ok(rate)
        };
        parts.db().write(work).await
    }
}
