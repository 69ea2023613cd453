//! What happens later: protection ends, the grace of a returned deal passes, rivals are looked at anew.
use base::db::Tx;
use base::jobs::{Job, JobKind, job};
use base::{Actor, DealId, Parts, Problem, Scope};
use matching::probes;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::case::Case;
use super::store;
use crate::access::Do;
use crate::model::{DealState, RecordKind, Status};
use crate::rules::{Refusal, Step, profile};

/// The jobs of this slice.
pub const JOBS: &[JobKind] = &[job::<ExpireProtection>(), job::<LapseReturned>(), job::<ScreenRivals>()];

/// Ends the protection of a deal whose window has passed. The customer is then free for the next in line.
#[derive(Serialize, Deserialize)]
pub(super) struct ExpireProtection {
    pub(super) deal: DealId,
}

impl Job for ExpireProtection {
    const NAME: &'static str = "deals.expire_protection";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        step(parts, self.deal, Step::Expire).await
    }
}

/// Lets a returned deal lapse when its partner did not answer in time.
#[derive(Serialize, Deserialize)]
pub(super) struct LapseReturned {
    pub(super) deal: DealId,
}

impl Job for LapseReturned {
    const NAME: &'static str = "deals.lapse_returned";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        step(parts, self.deal, Step::GraceOver).await
    }
}

/// A step of the system. A refusal means that the deal has moved on: nothing is left to do.
async fn step(parts: &Parts, deal: DealId, step: Step) -> Result<(), Problem> {
    let parts_ = parts.clone();
    parts
        .db()
        .write(async move |tx: &mut Tx| {
            let actor = Actor::system();
            let mut case = Case::open(tx, &parts_, &actor, Do::Read, (deal, None)).await?;
            if case.step(&step).is_ok() {
                case.close(tx, &parts_, &actor).await?;
            }
            Ok(())
        })
        .await
}

/// Looks anew at everybody who claims the customer of a deal, after it came, went or was decided: a conflict begins
/// or ends with its rivals.
#[derive(Serialize, Deserialize)]
pub(super) struct ScreenRivals {
    pub(super) deal: DealId,
}

impl Job for ScreenRivals {
    const NAME: &'static str = "deals.screen_rivals";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let mut tx = parts.db().read().await?;
        let Some(deal) = store::find(&mut tx, self.deal, Scope::System).await? else { return Ok(()) };
        let now = parts.clock().now();
        let probes = probes(&profile(&deal.claim()));
        let found = store::others(&mut tx, deal.vendor, deal.brand, &probes, Some(deal.id), now).await?;
        drop(tx);
        for found in found.into_iter().filter(|found| found.other.kind == RecordKind::Deal) {
            look_again(parts, DealId(found.other.id)).await?;
        }
        Ok(())
    }
}

async fn look_again(parts: &Parts, deal: DealId) -> Result<(), Problem> {
    let parts_ = parts.clone();
    parts
        .db()
        .write(async move |tx: &mut Tx| {
            let actor = Actor::system();
            let mut case = Case::open(tx, &parts_, &actor, Do::Read, (deal, None)).await?;
            if !matches!(case.deal.status, Status::InReview | Status::Conflict) {
                return Ok(());
            }
            let screening = case.screen(tx).await?;
            let (rivals, hit) = (screening.rivals(), screening.is_hit());
            let step = match &mut case.deal.state {
                DealState::InReview { .. } if hit => Step::ConflictFound { rivals },
                DealState::Conflict { .. } if !hit => Step::ConflictGone,
                DealState::Conflict { rivals: known, .. } if *known != rivals => {
                    *known = rivals;
                    case.announce("deal.conflict_changed", json!({}));
                    case.close(tx, &parts_, &actor).await?;
                    return Ok(());
                }
                _ => return Ok(()),
            };
            case.step(&step).map_err(|refusal: Refusal| Problem::internal(refusal.code()))?;
            case.close(tx, &parts_, &actor).await?;
            Ok(())
        })
        .await
}
