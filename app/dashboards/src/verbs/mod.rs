//! What can be asked of dashboards.
mod views;

use base::{OrganizationId, Page, ProgramId, verb};
use partners::Segment;
use serde::{Deserialize, Serialize};

pub use views::*;

use crate::model::{Activation, AtRisk, By, Dashboard, Exploration, Measure, Peers, Share};

/// A partner's own figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct PartnerDashboard {
    /// `30d`, `90d`, `12m`, `year`, `all`, a year (`2025`), a month (`2025-11`), a day, or days
    /// (`2025-11-03..2025-11-09`); without it 12 months, or everything when they are empty.
    #[garde(inner(custom(known)))]
    pub period: Option<String>,
    /// `before` (the equally long time before, as when left out) or `last_year` (the same days of last year).
    #[garde(inner(custom(known_comparison)))]
    pub against: Option<String>,
    /// Only this program.
    #[garde(skip)]
    pub program: Option<ProgramId>,
}
verb!(PartnerDashboard: GET "/dashboards/partner" -> Dashboard);

/// A vendor's figures over all partners, or for one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct VendorDashboard {
    /// `30d`, `90d`, `12m`, `year`, `all`, a year (`2025`), a month (`2025-11`), a day, or days
    /// (`2025-11-03..2025-11-09`); without it 12 months, or everything when they are empty.
    #[garde(inner(custom(known)))]
    pub period: Option<String>,
    /// `before` (the equally long time before, as when left out) or `last_year` (the same days of last year).
    #[garde(inner(custom(known_comparison)))]
    pub against: Option<String>,
    /// Only this program.
    #[garde(skip)]
    pub program: Option<ProgramId>,
    /// Only this partner.
    #[garde(skip)]
    pub partner: Option<OrganizationId>,
    #[serde(flatten)]
    #[garde(dive)]
    pub segment: Segment,
}
verb!(VendorDashboard: GET "/dashboards/vendor" -> Dashboard);

/// How a partner compares with those of the same tier in a program. Nothing is told with fewer than eight of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct PartnerPeers {
    /// `30d`, `90d`, `12m`, `year`, `all`, a year (`2025`), a month (`2025-11`), a day, or days
    /// (`2025-11-03..2025-11-09`); without it 12 months, or everything when they are empty.
    #[garde(inner(custom(known)))]
    pub period: Option<String>,
    /// In this program; without it in the first that the partner joined.
    #[garde(skip)]
    pub program: Option<ProgramId>,
}
verb!(PartnerPeers: GET "/dashboards/peers" -> Peers);

/// One figure told apart by one thing: sales won by month, conflicts by tier, registrations by partner. To a partner its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ExploreFigures {
    /// Without it `won_value`.
    #[garde(skip)]
    pub measure: Option<Measure>,
    /// Without it `month`, or `product` for a figure that has no days. A figure that cannot be told apart by it is refused
    /// (`by`, `does_not_fit`).
    #[garde(skip)]
    pub by: Option<By>,
    /// Tells each row month by month besides; not for what stands now, nor by month or day.
    #[garde(skip)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months: Option<bool>,
    /// As in `VendorDashboard`.
    #[garde(inner(custom(known)))]
    pub period: Option<String>,
    /// `before` (the equally long time before, as when left out) or `last_year` (the same days of last year).
    #[garde(inner(custom(known_comparison)))]
    pub against: Option<String>,
    /// Only this program.
    #[garde(skip)]
    pub program: Option<ProgramId>,
    /// Only this partner.
    #[garde(skip)]
    pub partner: Option<OrganizationId>,
    #[serde(flatten)]
    #[garde(dive)]
    pub segment: Segment,
}
verb!(ExploreFigures: GET "/dashboards/explore" -> Exploration);

/// How many of the active partners have begun, and how long it takes them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct VendorActivation {
    /// Only this program.
    #[garde(skip)]
    pub program: Option<ProgramId>,
    #[serde(flatten)]
    #[garde(dive)]
    pub segment: Segment,
}
verb!(VendorActivation: GET "/dashboards/activation" -> Activation);

/// Lists the partners by what they won in a period, those who won most first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListLeaders {
    /// `30d`, `90d`, `12m`, `year`, `all`, a year (`2025`), a month (`2025-11`), a day, or days
    /// (`2025-11-03..2025-11-09`); without it 12 months, or everything when they are empty.
    #[garde(inner(custom(known)))]
    pub period: Option<String>,
    /// Only this program.
    #[garde(skip)]
    pub program: Option<ProgramId>,
    #[garde(length(max = 100))]
    pub cursor: Option<String>,
    /// Rows of a page, at most 200.
    #[garde(skip)]
    pub limit: Option<u32>,
    #[serde(flatten)]
    #[garde(dive)]
    pub segment: Segment,
}
verb!(ListLeaders: GET "/dashboards/leaders" -> Page<Share>);

/// Lists the active partners that may be lost, with what shows it; those with most signs first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListAtRisk {
    /// Only this program.
    #[garde(skip)]
    pub program: Option<ProgramId>,
    #[garde(length(max = 100))]
    pub cursor: Option<String>,
    /// Rows of a page, at most 200.
    #[garde(skip)]
    pub limit: Option<u32>,
    #[serde(flatten)]
    #[garde(dive)]
    pub segment: Segment,
}
verb!(ListAtRisk: GET "/dashboards/risks" -> Page<AtRisk>);

fn known(period: &str, (): &()) -> garde::Result {
    if figures::Period::parse(period).is_some() {
        return Ok(());
    }
    Err(garde::Error::new(
        "unknown_period: Use 30d, 90d, 12m, year, all, 2025, 2025-11 or 2025-11-03..2025-11-09.",
    ))
}

fn known_comparison(against: &str, (): &()) -> garde::Result {
    if figures::Against::parse(against).is_some() {
        return Ok(());
    }
    Err(garde::Error::new("unknown_comparison: Use before or last_year."))
}
