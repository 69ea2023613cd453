//! Performs the dashboards' verbs from the sums; never from raw records.
mod board;
mod explore;
mod file;
mod links;
mod mail;
mod measures;
mod partners;
mod shares;
mod store;
mod sums;
#[cfg(test)]
mod tests;
mod tiles;
mod views;

use base::db::Migrations;
use base::http::{Mounted, Perform, mounted};
use base::jobs::{JobKind, job};
use base::{Actor, Parts, Problem};
use figures::server::{Filter, Whose};

use crate::access;
use crate::model::Dashboard;
use crate::verbs::*;

/// The tables of saved views.
pub const MIGRATIONS: fn() -> Migrations = || base::migrations!();
/// Mails of saved views.
pub const JOBS: &[JobKind] = &[job::<mail::MailBoard>()];
/// Everything that can be asked of this slice.
pub const VERBS: &[Mounted] = &[
    mounted::<PartnerDashboard>(),
    mounted::<PartnerPeers>(),
    mounted::<VendorDashboard>(),
    mounted::<VendorActivation>(),
    mounted::<ListLeaders>(),
    mounted::<ListAtRisk>(),
    mounted::<ExploreFigures>(),
    mounted::<ListBoardViews>(),
    mounted::<SaveBoardView>(),
    mounted::<ChangeBoardView>(),
    mounted::<ChooseBoardView>(),
    mounted::<DeleteBoardView>(),
    mounted::<RestoreBoardView>(),
];

impl Perform for PartnerDashboard {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Dashboard, Problem> {
        let whose = Whose::Partner(access::partner(actor)?);
        let filter = Filter { program: self.program, ..Filter::of(whose) };
        board::dashboard(parts, filter, self.period.as_deref(), self.against.as_deref()).await
    }
}

impl Perform for VendorDashboard {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Dashboard, Problem> {
        let whose = Whose::Vendor(access::vendor(actor)?);
        let segment = Some(&self.segment);
        let filter = Filter { program: self.program, partner: self.partner, segment, ..Filter::of(whose) };
        board::dashboard(parts, filter, self.period.as_deref(), self.against.as_deref()).await
    }
}
