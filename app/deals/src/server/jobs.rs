//! What happens later: protection ends, the grace of a returned deal passes, rivals are looked at anew.
use base::db::Tx;
use base::jobs::{Job, JobKind, job};
use base::{Actor, DealId, Parts, Problem, Scope};
use customers::server::matcher;
use matching::probes;
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::crm::FollowCrm;
use super::moves::found;
use super::screening::screened_deal;
use super::store;
use crate::access::Do;
use crate::model::{Deal, DealState, RecordKind, Status};
use crate::rules::{Match, Screening, Stand, Step, company, profile};

/// The jobs of this slice.
pub const JOBS: &[JobKind] = &[
    job::<ExpireProtection>(),
    job::<LapseReturned>(),
    job::<KeepAlive>(),
    job::<ScreenRivals>(),
    job::<FollowCrm>(),
    job::<super::answers::EscalateCase>(),
    job::<super::bulk::TakeEffect>(),
];

/// Ends the protection of a deal whose window has passed. The customer is then free for the next in line.
#[derive(Serialize, Deserialize)]
pub(super) struct ExpireProtection {
    pub(super) deal: DealId,
}

impl Job for ExpireProtection {
    const NAME: &'static str = "deals.expire_protection";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        catch_up(parts, self.deal).await
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
        catch_up(parts, self.deal).await
    }
}

/// Tells the partner of an approved deal that activity is due, and lets the deal lapse when none comes.
#[derive(Serialize, Deserialize)]
pub(super) struct KeepAlive {
    pub(super) deal: DealId,
}

impl Job for KeepAlive {
    const NAME: &'static str = "deals.keep_alive";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        catch_up(parts, self.deal).await
    }
}

/// Whatever time has made of a deal, by whichever clock. That nothing is due means that the deal has moved on.
async fn catch_up(parts: &Parts, deal: DealId) -> Result<(), Problem> {
    let parts_ = parts.clone();
    parts
        .db()
        .write(async move |tx: &mut Tx| {
            let actor = Actor::system();
            let mut case = Case::open(tx, &parts_, &actor, Do::Read, (deal, None)).await?;
            if case.catch_up()? {
                case.close(tx, &parts_, &actor).await?;
            }
            Ok(())
        })
        .await
}

/// Looks anew at everybody who claims the customer of a deal, after it came, went or was decided: a conflict begins
/// or ends with its rivals. With `offer`, the first of those who wait is then offered the customer.
#[derive(Serialize, Deserialize)]
pub(super) struct ScreenRivals {
    pub(super) deal: DealId,
    #[serde(default)]
    pub(super) offer: bool,
}

impl Job for ScreenRivals {
    const NAME: &'static str = "deals.screen_rivals";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let mut tx = parts.db().read().await?;
        let Some(deal) = store::find(&mut tx, self.deal, Scope::System).await? else { return Ok(()) };
        let now = parts.clock().now();
        let claim = deal.claim();
        let matcher = matcher(&mut tx, deal.vendor, &company(&claim.customer)).await?;
        let probes = probes(&profile(&claim, &matcher));
        let found = store::others(&mut tx, deal.vendor, deal.brand, &probes, Some(deal.id), now).await?;
        drop(tx);
        for found in found.into_iter().filter(|found| found.other.kind == RecordKind::Deal) {
            look_again(parts, DealId(found.other.id)).await?;
        }
        if self.offer { offer_next(parts, deal).await } else { Ok(()) }
    }
}

/// Lets a conflict begin, change or end. Most of those who are looked at stand as they should, so that is found out
/// before the vendor's turn is taken.
async fn look_again(parts: &Parts, id: DealId) -> Result<(), Problem> {
    let mut tx = parts.db().read().await?;
    let Some(deal) = store::find(&mut tx, id, Scope::System).await? else { return Ok(()) };
    if !matches!(deal.status, Status::InReview | Status::Conflict) {
        return Ok(());
    }
    let screening = screened_deal(&mut tx, &deal, parts.clock().now()).await?;
    drop(tx);
    if step_of(&deal.state, &screening).is_none() {
        return Ok(());
    }
    let parts_ = parts.clone();
    parts
        .db()
        .write(async move |tx: &mut Tx| {
            let actor = Actor::system();
            let mut case = Case::open(tx, &parts_, &actor, Do::Read, (id, None)).await?;
            let screening = case.screen(tx).await?;
            if let Some(step) = step_of(&case.deal.state, &screening) {
                case.step(&step)?;
                case.close(tx, &parts_, &actor).await?;
            }
            Ok(())
        })
        .await
}

/// What has to happen to a claim under review for it to tell the truth about its rivals.
fn step_of(state: &DealState, screening: &Screening) -> Option<Step> {
    match state {
        DealState::InReview { .. } if screening.is_hit() => Some(found(screening)),
        DealState::Conflict { .. } if !screening.is_hit() => Some(Step::ConflictGone),
        DealState::Conflict { rivals, appeal_until, .. }
            if *rivals != screening.rivals() || appeal_until.is_some() != screening.meets_protected() =>
        {
            Some(found(screening))
        }
        _ => None,
    }
}

/// Offers the customer that a deal held to the first who waits for it. One who is asked for information has the first
/// turn all the same: its answer is screened when it comes.
async fn offer_next(parts: &Parts, ended: Deal) -> Result<(), Problem> {
    let mut tx = parts.db().read().await?;
    let screening = screened_deal(&mut tx, &ended, parts.clock().now()).await?;
    drop(tx);
    let waits = |found: &&Match| found.stands_against() && found.other.stand == Stand::Waiting;
    let first = screening.matches.iter().filter(waits).min_by_key(|found| found.other.priority);
    let Some(first) = first.map(|found| DealId(found.other.id)) else { return Ok(()) };
    let parts_ = parts.clone();
    parts
        .db()
        .write(async move |tx: &mut Tx| {
            let actor = Actor::system();
            let mut case = Case::open(tx, &parts_, &actor, Do::Read, (first, None)).await?;
            if !matches!(case.deal.status, Status::InReview | Status::Conflict) {
                return Ok(());
            }
            let screening = case.screen(tx).await?;
            if screening.meets_protected() {
                return Ok(());
            }
            case.step(&Step::Offer { automatic: screening.is_automatic() })?;
            case.close(tx, &parts_, &actor).await?;
            Ok(())
        })
        .await
}
