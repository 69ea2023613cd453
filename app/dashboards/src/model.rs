//! What a dashboard is made of: tiles, series, breakdowns.
use base::{Money, OrganizationId, Timestamp};
use serde::{Deserialize, Serialize};

/// How a value is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A number of records.
    Count,
    /// Minor units of the dashboard's currency.
    Money,
    /// Parts of ten thousand: 4,125 is 41.25 %.
    BasisPoints,
    /// Seconds of business time.
    Seconds,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Tile {
    /// Stable: `won_value`. Events name the tiles that they move by this key.
    pub key: String,
    pub unit: Unit,
    /// None when there is nothing to compute it from.
    pub value: Option<i64>,
    /// The same for the period before; none where nothing precedes.
    pub previous: Option<i64>,
    /// What was agreed to reach; none when nothing was.
    pub goal: Option<i64>,
    /// How many records are behind a sum of money.
    pub count: Option<i64>,
    /// Sums in other currencies, which are never added to the value.
    pub others: Vec<Money>,
    /// The records behind it, with the same filter.
    pub records_url: Option<String>,
}

/// A figure over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Series {
    pub key: String,
    pub unit: Unit,
    pub points: Vec<Point>,
}

/// One month of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Point {
    /// `2026-11`.
    pub at: String,
    pub value: i64,
}

/// One row of a table: a product, a partner, a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Share {
    /// Id of the record, or the state's name.
    pub key: String,
    pub name: String,
    pub won: i64,
    pub lost: i64,
    pub open: i64,
    /// Minor units won.
    pub won_minor: i64,
    /// Minor units open.
    pub open_minor: i64,
    /// Basis points; none while nothing is decided.
    pub win_rate: Option<i64>,
    pub records_url: Option<String>,
}

/// A dashboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Dashboard {
    /// When the figures were read.
    pub as_of: Timestamp,
    /// The period that was used: `30d`, `90d`, `12m`, `year`, `all`.
    pub period: String,
    /// ISO 4217 code of all money values.
    pub currency: String,
    pub tiles: Vec<Tile>,
    pub series: Vec<Series>,
    /// Registrations by state now.
    pub states: Vec<State>,
    pub products: Vec<Share>,
    /// Best first, at most ten; empty for partners.
    pub partners: Vec<Share>,
}

/// How many registrations are in a state, and what they are worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct State {
    /// A deal's status.
    pub status: String,
    pub count: i64,
    pub value_minor: i64,
}

impl Dashboard {
    /// A tile by its key.
    #[must_use]
    pub fn tile(&self, key: &str) -> Option<&Tile> {
        self.tiles.iter().find(|tile| tile.key == key)
    }
}

/// Whose figures are asked for; already checked against the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Vendor(OrganizationId),
    Partner(OrganizationId),
}
