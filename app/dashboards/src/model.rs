//! What a dashboard is made of: tiles, series, breakdowns.
use base::{Money, OrganizationId, Timestamp};
use figures::kpi::{Band, Sign};
use partners::Tier;

pub use crate::measure::{By, Measure};
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
    /// Calendar days.
    Days,
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
    /// The same for the days that are compared with; none where nothing precedes.
    pub previous: Option<i64>,
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
    /// ISO 4217 code of the money values.
    pub currency: String,
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
    /// What it is compared with: `before` or `last_year`.
    pub against: String,
    /// ISO 4217 code of all money values.
    pub currency: String,
    /// Codes of other currencies whose money is counted in that one, each month at the vendor's rate.
    #[serde(default)]
    pub converted: Vec<String>,
    pub tiles: Vec<Tile>,
    pub series: Vec<Series>,
    /// Registrations by state now.
    pub states: Vec<State>,
    pub products: Vec<Share>,
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

/// How far the active partners of a vendor have come, each step counting those who took it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Activation {
    /// When the figures were read.
    pub as_of: Timestamp,
    pub recruited: i64,
    /// Have registered a deal.
    pub registered: i64,
    /// Have had one approved.
    pub approved: i64,
    /// Have sold.
    pub won: i64,
    /// Registered of recruited, in basis points; none while nobody is recruited.
    pub share: Option<i64>,
    /// Days after which half of them have registered a first deal, by the estimator of Kaplan and Meier: those who have not
    /// count as waiting still. None when fewer than half have.
    pub median_days: Option<i64>,
}

/// A partner that may be lost, and what shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct AtRisk {
    pub partner: OrganizationId,
    pub name: String,
    /// Worst first; never empty.
    pub signs: Vec<Sign>,
    /// ISO day of its last registration.
    pub last_registered: Option<String>,
}

/// One figure told apart by one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Exploration {
    /// When the figures were read.
    pub as_of: Timestamp,
    pub measure: Measure,
    pub by: By,
    pub unit: Unit,
    /// The period that was used, as in `VendorDashboard`.
    pub period: String,
    /// What it is compared with: `before` or `last_year`.
    pub against: String,
    /// ISO 4217 code of all money values.
    pub currency: String,
    /// As in `Dashboard`.
    #[serde(default)]
    pub converted: Vec<String>,
    /// All rows together, as the figure counts them: a rate of all is not the sum of rates.
    pub total: Option<i64>,
    /// The same for the days that are compared with.
    pub previous: Option<i64>,
    /// The months of the rows' `cells`, the last 24 at most; empty when they were not asked for.
    #[serde(default)]
    pub months: Vec<String>,
    /// Largest first; months and days in their order.
    pub rows: Vec<Slice>,
}

/// What one product, partner or month has of a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Slice {
    /// Id of the record, or the text that tells it apart; empty for what belongs to none.
    pub key: String,
    /// Name of the record; empty where the key says it, or there is none.
    pub name: String,
    /// None when there is nothing to compute it from.
    pub value: Option<i64>,
    pub previous: Option<i64>,
    /// The same in each of the `months`; none where there is nothing to compute it from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<Option<i64>>,
    /// The records behind it, with the same filter.
    pub records_url: Option<String>,
}

/// How a partner compares with those of the same tier in a program, without saying who they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Peers {
    /// None when the partner takes part in no such program.
    pub program_name: Option<String>,
    pub tier: Option<Tier>,
    /// The period that was used.
    pub period: Option<String>,
    /// Only figures with at least eight peers that have it.
    pub bands: Vec<Peer>,
}

/// The quarter of its peers in which a partner lies with one figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Peer {
    /// As of the tile: `won_value`.
    pub key: String,
    pub band: Band,
}
