//! What can be asked of dashboards.
use base::{OrganizationId, ProgramId, verb};
use serde::{Deserialize, Serialize};

use crate::model::Dashboard;

/// A partner's own figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct PartnerDashboard {
    /// `30d`, `90d`, `12m`, `year` or `all`; without it 12 months, or everything when they are empty.
    #[garde(inner(custom(known)))]
    pub period: Option<String>,
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
    /// `30d`, `90d`, `12m`, `year` or `all`; without it 12 months, or everything when they are empty.
    #[garde(inner(custom(known)))]
    pub period: Option<String>,
    /// Only this program.
    #[garde(skip)]
    pub program: Option<ProgramId>,
    /// Only this partner.
    #[garde(skip)]
    pub partner: Option<OrganizationId>,
}
verb!(VendorDashboard: GET "/dashboards/vendor" -> Dashboard);

fn known(period: &str, (): &()) -> garde::Result {
    if crate::Period::parse(period).is_some() {
        return Ok(());
    }
    Err(garde::Error::new("unknown_period: Use 30d, 90d, 12m, year or all."))
}
