//! Rows of goals and of exchange rates. What their slices check themselves is left to them.
use base::Date;
use customers::rules::name_key;
use goals::{GoalEntry, Metric};
use rates::SetRate;

use super::columns::Cells;
use super::rows::{Row, Verdict};
use super::values;

/// Reads a row of goals.
pub(crate) fn goal(cells: Cells<'_>) -> Verdict<GoalEntry> {
    let mut row = Row::new(cells);
    let metric = row.read("metric", "unknown_metric", metric);
    let from = row.read("from", "not_a_date", values::date);
    let until = row.read("until", "not_a_date", values::date);
    for field in ["metric", "from", "until"] {
        if cells.get(field).is_none() {
            row.refuse("required", field);
        }
    }
    let entry = GoalEntry {
        partner: row.text("partner", 200).unwrap_or_default(),
        territory: row.text("territory", 120).unwrap_or_default(),
        metric: metric.unwrap_or(Metric::WonValue),
        target: row.name("target", 40),
        from: from.unwrap_or(Date::MIN),
        until: until.unwrap_or(Date::MIN),
        note: row.text("note", 2000).unwrap_or_default(),
    };
    row.verdict(entry)
}

/// Reads a row of rates.
pub(crate) fn rate(cells: Cells<'_>) -> Verdict<SetRate> {
    let mut row = Row::new(cells);
    let rate = SetRate {
        currency: row.name("currency", 10),
        month: row.name("month", 20),
        per_euro: row.name("per_euro", 20),
    };
    row.verdict(rate)
}

/// What a goal counts, in our words or those of common plans.
fn metric(text: &str) -> Option<Metric> {
    match name_key(text).as_str() {
        "wonvalue" | "revenue" | "wonrevenue" | "sales" | "umsatz" => Some(Metric::WonValue),
        "woncount" | "salescount" | "wondeals" | "verkäufe" => Some(Metric::WonCount),
        "registrations" | "deals" | "dealregistrations" | "registrierungen" => Some(Metric::Registrations),
        _ => None,
    }
}

/// A goal stands once for whom it is, what it counts and when.
pub(super) fn goal_key(cells: Cells<'_>) -> Option<String> {
    let of = |field| cells.get(field).unwrap_or_default().to_lowercase();
    let key = ["partner", "territory", "metric", "from", "until"].map(of).join("\n");
    (!key.trim().is_empty()).then_some(key)
}

/// A currency has one rate a month.
pub(super) fn rate_key(cells: Cells<'_>) -> Option<String> {
    let month = cells.get("month").and_then(rates::rules::read_month)?;
    cells.get("currency").map(|code| format!("{} {month}", code.to_uppercase()))
}
