//! A benefit that is shared: who joins the holder of a customer, who is second, and what is left when somebody goes.
use base::db::Tx;
use base::{Actor, DealId, Parts, Problem};
use serde_json::json;

use super::case::Case;
use super::store::{self, Part, Sharer};
use crate::access::Do;
use crate::model::{Deal, DealState};
use crate::rules::{Effect, Match, Stand, equal_shares};

/// Lets a deal that is being approved share the customer with its holder: with a share that was ruled, or, without
/// one, with equal parts for all who share it.
pub(super) async fn join(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    case: &mut Case,
    (holder, ruled): (DealId, Option<u32>),
) -> Result<(), Problem> {
    // A rival may itself be a sharer; all of them share with the one who holds.
    let holder = store::holder_of(tx, holder).await?.unwrap_or(holder);
    case.keep_effects(|effect| *effect != Effect::TakeHolds);
    let own = match ruled {
        Some(percent) => percent.min(100),
        None => {
            let others = split_of(tx, holder).await?;
            let shares = equal_shares(others.len() as u32 + 2);
            for (sharer, percent) in others.iter().zip(&shares[1..]) {
                store::keep_sharer(tx, holder, Sharer { percent: *percent, ..*sharer }).await?;
                set_share(tx, parts, actor, sharer.deal, *percent).await?;
            }
            shares.last().copied().unwrap_or_default()
        }
    };
    let mine = Sharer { deal: case.deal.id, part: Part::Split, percent: own };
    store::keep_sharer(tx, holder, mine).await?;
    if let DealState::Approved { share_percent, .. } = &mut case.deal.state {
        *share_percent = own;
    }
    // It holds nothing, but from now on it stands in the way of others.
    case.screen_rivals(tx, parts).await?;
    settle(tx, parts, actor, holder).await
}

/// Gives the first who is rejected in favour of the holder the part that the program has for the second to register.
pub(super) async fn second(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    case: &mut Case,
) -> Result<(), Problem> {
    let percent = case.rules.secondary_share_percent;
    let screening = case.screen(tx).await?;
    let held = |found: &&Match| found.stands_against() && found.other.stand == Stand::Protected;
    let Some(holder) = screening.matches.iter().find(held).map(|found| DealId(found.other.id)) else {
        return Ok(());
    };
    if store::sharers(tx, holder).await?.iter().any(|sharer| sharer.part == Part::Secondary) {
        return Ok(());
    }
    let mine = Sharer { deal: case.deal.id, part: Part::Secondary, percent };
    store::keep_sharer(tx, holder, mine).await?;
    if let DealState::Rejected { secondary_percent, .. } = &mut case.deal.state {
        *secondary_percent = Some(percent);
    }
    settle(tx, parts, actor, holder).await
}

/// Takes a deal out of what it shares. Who is left has the rest; when the holder goes, the first of them holds.
pub(super) async fn leave(tx: &mut Tx, parts: &Parts, deal: &Deal) -> Result<(), Problem> {
    let actor = Actor::system();
    if let Some(holder) = store::holder_of(tx, deal.id).await? {
        store::drop_sharer(tx, deal.id).await?;
        return settle(tx, parts, &actor, holder).await;
    }
    for second in store::sharers(tx, deal.id).await?.iter().filter(|sharer| sharer.part == Part::Secondary) {
        store::drop_sharer(tx, second.deal).await?;
    }
    let left = split_of(tx, deal.id).await?;
    let Some((first, rest)) = left.split_first() else { return Ok(()) };
    store::drop_sharer(tx, first.deal).await?;
    store::drop_holds(tx, deal.id).await?;
    let shares = equal_shares(left.len() as u32);
    for (sharer, percent) in rest.iter().zip(&shares[1..]) {
        store::keep_sharer(tx, first.deal, Sharer { percent: *percent, ..*sharer }).await?;
        set_share(tx, parts, &actor, sharer.deal, *percent).await?;
    }
    let Some(next) = store::find(tx, first.deal, base::Scope::System).await? else { return Ok(()) };
    store::take_free_holds(tx, &next).await?;
    settle(tx, parts, &actor, first.deal).await
}

/// Those who are approved beside a holder.
async fn split_of(tx: &mut Tx, holder: DealId) -> Result<Vec<Sharer>, Problem> {
    let all = store::sharers(tx, holder).await?;
    Ok(all.into_iter().filter(|sharer| sharer.part == Part::Split).collect())
}

/// Gives the holder what the others leave it.
async fn settle(tx: &mut Tx, parts: &Parts, actor: &Actor, holder: DealId) -> Result<(), Problem> {
    let given: u32 = store::sharers(tx, holder).await?.iter().map(|sharer| sharer.percent).sum();
    set_share(tx, parts, actor, holder, 100_u32.saturating_sub(given)).await
}

/// Writes the share of a deal that is approved or converted, and tells its partner when it moved.
async fn set_share(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    deal: DealId,
    percent: u32,
) -> Result<(), Problem> {
    let mut case = Case::open(tx, parts, actor, Do::Read, (deal, None)).await?;
    match &mut case.deal.state {
        DealState::Approved { share_percent, .. } | DealState::Converted { share_percent, .. }
            if *share_percent != percent =>
        {
            *share_percent = percent;
        }
        _ => return Ok(()),
    }
    case.announce("deal.shared", json!({ "share_percent": percent }));
    Box::pin(case.close(tx, parts, actor)).await?;
    Ok(())
}
