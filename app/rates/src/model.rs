//! Nouns: a rate, and what became of rates that were set together.
use base::{Currency, FieldError, Timestamp};
use serde::{Deserialize, Serialize};

/// What one euro is worth in a currency from a month on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Rate {
    #[cfg_attr(feature = "ssr", schemars(with = "String"))]
    pub currency: Currency,
    /// `2026-11`. The rate holds until the next month that has one.
    pub month: String,
    /// Units of the currency for one euro, exact: `1.0842`. Six decimals at most.
    pub per_euro: String,
    pub changed_by_name: String,
    pub changed_at: Timestamp,
}

/// What became of one of several rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Created,
    Changed,
    Unchanged,
    Rejected,
}

/// One row of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct RateRow {
    /// Place among the rows, from 0.
    pub place: u32,
    pub outcome: Outcome,
    /// Why it was rejected.
    pub errors: Vec<FieldError>,
}

/// What became of rates that were set together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct RatesReport {
    pub created: u32,
    pub changed: u32,
    pub unchanged: u32,
    pub rejected: u32,
    pub rows: Vec<RateRow>,
}
