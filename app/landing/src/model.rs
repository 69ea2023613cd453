//! How often a landing page was opened.
use base::{CampaignId, Date};
use serde::{Deserialize, Serialize};

/// Visits of a landing page on one day (UTC).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct VisitDay {
    pub on: Date,
    pub visits: u64,
    /// People, as far as address and browser told them apart on that day; neither was kept.
    pub visitors: u64,
}

/// Visits of a campaign's landing page. Machines that read for others are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Visits {
    pub campaign: CampaignId,
    /// In all.
    pub visits: u64,
    /// The sum of the days: whoever came on two days counts twice.
    pub visitors: u64,
    /// Forms that were filled.
    pub answers: u64,
    /// The latest first, at most 92; days without a visit are left out.
    pub days: Vec<VisitDay>,
}
