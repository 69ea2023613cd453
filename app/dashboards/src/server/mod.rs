//! Performs the dashboards' verbs from the sums; never from raw records.
mod board;
mod links;
mod partners;
mod shares;
mod sums;
#[cfg(test)]
mod tests;
mod tiles;

use base::http::{Mounted, Perform, mounted};
use base::{Actor, Parts, Problem};
use figures::server::{Filter, Whose};

use crate::access;
use crate::model::Dashboard;
use crate::verbs::{
    ListAtRisk, ListLeaders, PartnerDashboard, PartnerPeers, VendorActivation, VendorDashboard,
};

/// Everything that can be asked of this slice.
pub const VERBS: &[Mounted] = &[
    mounted::<PartnerDashboard>(),
    mounted::<PartnerPeers>(),
    mounted::<VendorDashboard>(),
    mounted::<VendorActivation>(),
    mounted::<ListLeaders>(),
    mounted::<ListAtRisk>(),
];

impl Perform for PartnerDashboard {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Dashboard, Problem> {
        let whose = Whose::Partner(access::partner(actor)?);
        let filter = Filter { whose, program: self.program, partner: None };
        board::dashboard(parts, filter, self.period.as_deref(), self.against.as_deref()).await
    }
}

impl Perform for VendorDashboard {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Dashboard, Problem> {
        let whose = Whose::Vendor(access::vendor(actor)?);
        let filter = Filter { whose, program: self.program, partner: self.partner };
        board::dashboard(parts, filter, self.period.as_deref(), self.against.as_deref()).await
    }
}
