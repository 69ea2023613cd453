//! Performs the verbs of deals: one function, one unit of work.
mod ask;
mod case;
mod claim;
mod jobs;
mod moves;
mod register;
mod screening;
mod store;
#[cfg(test)]
mod tests;

use base::db::Migrations;
use base::http::{Mounted, mounted};

use crate::verbs::*;
pub use jobs::JOBS;

/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || base::migrations!();

/// What can be asked over the wire.
pub const VERBS: &[Mounted] = &[
    mounted::<ListDeals>(),
    mounted::<RegisterDeal>(),
    mounted::<CheckDeal>(),
    mounted::<CountDeals>(),
    mounted::<GetDeal>(),
    mounted::<EditDeal>(),
    mounted::<ListDealEvents>(),
    mounted::<ListConflicts>(),
    mounted::<GetReceipt>(),
    mounted::<SubmitDeal>(),
    mounted::<WithdrawDeal>(),
    mounted::<AmendDeal>(),
    mounted::<AppealDeal>(),
    mounted::<RequestExtension>(),
    mounted::<ApproveDeal>(),
    mounted::<RejectDeal>(),
    mounted::<ReturnDeal>(),
    mounted::<RuleOnDispute>(),
    mounted::<RevokeDeal>(),
    mounted::<GrantExtension>(),
];
