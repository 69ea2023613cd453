//! Performs the verbs of deals: one function, one unit of work.
mod answers;
mod ask;
mod board;
mod bulk;
mod case;
mod claim;
mod crm;
mod dated;
mod decide;
mod dry_run;
mod export;
mod fishing;
mod jobs;
mod life;
mod moves;
mod register;
mod rekey;
mod scorecard;
mod screening;
mod shares;
mod store;
mod taken;
#[cfg(test)]
mod tests;
mod told;
mod views;

use base::db::{Migrations, Tx};
use base::http::{Mounted, mounted};
use base::{DealId, Problem, Scope};

use crate::model::Deal;
use crate::verbs::*;
pub use answers::ANSWERS;
pub use bulk::forget_old_bulks;
pub use claim::product_line;
pub use crm::OBSERVER;
pub use dated::{DateKind, Dated, dated};
pub use export::{openapi, routes};
pub use fishing::forget_old_checks;
pub use jobs::JOBS;
pub use register::register;
pub use rekey::rebuild_keys;
pub use taken::{Taken, TakenRow, take_row};

/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || base::migrations!();

/// The tables of deals and of all slices that they stand on, for worlds of tests and benches.
#[must_use]
pub fn tables() -> Vec<Migrations> {
    vec![
        organizations::MIGRATIONS(),
        access::MIGRATIONS(),
        programs::MIGRATIONS(),
        partners::MIGRATIONS(),
        customers::MIGRATIONS(),
        log::MIGRATIONS(),
        MIGRATIONS(),
    ]
}

/// A deal, if the scope sees it, without what its reader could do with it.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn deal_in(tx: &mut Tx, id: DealId, scope: Scope) -> Result<Option<Deal>, Problem> {
    store::find(tx, id, scope).await
}

/// What can be asked over the wire.
pub const VERBS: &[Mounted] = &[
    mounted::<DryRunRules>(),
    mounted::<GetScorecard>(),
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
    mounted::<ShowActivity>(),
    mounted::<ConvertDeal>(),
    mounted::<CloseDeal>(),
    mounted::<ListDealVersions>(),
    mounted::<WriteMessage>(),
    mounted::<DecideDeals>(),
    mounted::<GetBulk>(),
    mounted::<UndoBulk>(),
    mounted::<ListHeld>(),
    mounted::<ListDealViews>(),
    mounted::<SaveDealView>(),
    mounted::<ChangeDealView>(),
    mounted::<DeleteDealView>(),
    mounted::<RestoreDealView>(),
    mounted::<ShowBoard>(),
];
