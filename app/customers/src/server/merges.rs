//! Performs merges and their undoing: each one unit of work with one event.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, CustomerId, OrganizationId, Page, Parts, Problem, Timestamp};
use matching::Matcher;
use serde_json::json;

use super::store::merges::StoredMerge;
use super::store::pairs::Pair;
use super::store::{aliases, customers, keys, merges, pairs, weights};
use super::{domain, standing, tell_more};
use crate::access::Do;
use crate::model::{Customer, Duplicate, Merge, MergeId, PairState};
use crate::rules::{differing, merged, taken_back};
use crate::verbs::{CompareCustomers, KeepApart, ListMerges, MergeCustomers, ReconsiderPair, UndoMerge};

impl Perform for ListMerges {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Merge>, Problem> {
        Do::ReadCustomers.by(actor)?;
        let mut tx = parts.db().read().await?;
        merges::list(&mut tx, &self, actor.organization()?).await
    }
}

impl Perform for MergeCustomers {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Merge, Problem> {
        Do::EditCustomers.by(actor)?;
        let vendor = actor.organization()?;
        if self.id == self.other {
            return Err(Problem::field("other", "same", "A record cannot be merged into itself."));
        }
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts.db().write(async move |tx: &mut Tx| merge(tx, &parts_, &actor_, vendor, self).await).await
    }
}

async fn merge(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    vendor: OrganizationId,
    ask: MergeCustomers,
) -> Result<Merge, Problem> {
    if let Some(done) = merges::of(tx, vendor, ask.id, ask.other).await? {
        return Ok(done.merge);
    }
    let kept = standing(tx, vendor, ask.id).await?;
    let gone = standing(tx, vendor, ask.other).await?;
    let is_stale = |seen: Option<u32>, version: u32| seen.is_some_and(|seen| seen != version);
    if is_stale(ask.version, kept.version) || is_stale(ask.other_version, gone.version) {
        return Err(Problem::Stale);
    }
    let now = parts.clock().now();
    let taken = differing(&kept, &gone, &ask.take);
    let id = MergeId(parts.id(now));
    let mut after = merged(&kept, &gone, &taken);
    after.domain = domain(after.website.as_deref());
    take_names(tx, vendor, &after, (&kept, &gone), id, now).await?;
    let moved = merges::move_opportunities(tx, gone.id, kept.id).await?;
    customers::set_merged(tx, gone.id, Some(kept.id)).await?;
    keys::replace(tx, vendor, keys::Kind::Customer, gone.id.0, &[]).await?;
    let updated = customers::update(tx, vendor, &after).await?;
    remember(tx, vendor, (&kept, &gone), now).await?;
    let merge = Merge {
        id,
        kept: kept.id,
        kept_name: after.name.clone(),
        gone: gone.id,
        gone_name: gone.name,
        taken,
        opportunities: moved.len() as u64,
        merged_at: now,
        merged_by: actor.name.clone(),
        undone_at: None,
    };
    let stored = StoredMerge { merge: merge.clone(), before: kept, after, moved };
    merges::insert(tx, vendor, &stored).await?;
    let data = json!({ "merge": id, "gone": merge.gone, "version": updated.version });
    tell_more(tx, parts, actor, vendor, "customer.merged", merge.kept, data).await?;
    Ok(merge)
}

/// What the record that goes is known by, the staying one is known by from now on, and what it was called itself.
async fn take_names(
    tx: &mut Tx,
    vendor: OrganizationId,
    after: &Customer,
    (kept, gone): (&Customer, &Customer),
    merge: MergeId,
    now: Timestamp,
) -> Result<(), Problem> {
    let mut known = aliases::of(tx, gone.id).await?;
    known.names.splice(0..0, [gone.name.clone(), kept.name.clone()]);
    known.websites.extend([&gone.website, &kept.website].into_iter().flatten().cloned());
    aliases::add(tx, vendor, after, &known, Some(merge.0), now).await
}

/// A merged pair is what weights are fitted to: how it compared is kept, found by the search or not.
async fn remember(
    tx: &mut Tx,
    vendor: OrganizationId,
    (kept, gone): (&Customer, &Customer),
    now: Timestamp,
) -> Result<(), Problem> {
    offer(tx, vendor, (kept, gone), now).await?;
    pairs::decide(tx, (kept.id, gone.id), PairState::Merged).await.map(drop)
}

/// Two records compared by what they state themselves; the smaller id first.
async fn compared(
    tx: &mut Tx,
    vendor: OrganizationId,
    (one, other): (&Customer, &Customer),
    now: Timestamp,
) -> Result<Pair, Problem> {
    let (one, other) = if one.id < other.id { (one, other) } else { (other, one) };
    let matcher = Matcher { weights: weights::in_force(tx, vendor).await?.weights, ..Matcher::default() };
    let profile = |customer: &Customer| matcher.profile(&customers::company(customer));
    Ok(Pair::new(one.id, other.id, matcher.score(&profile(one), &profile(other)), now))
}

async fn offer(
    tx: &mut Tx,
    vendor: OrganizationId,
    both: (&Customer, &Customer),
    now: Timestamp,
) -> Result<(), Problem> {
    let pair = compared(tx, vendor, both, now).await?;
    pairs::offer(tx, vendor, &[pair]).await.map(drop)
}

impl Perform for CompareCustomers {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Duplicate, Problem> {
        Do::ReadCustomers.by(actor)?;
        let vendor = actor.organization()?;
        let mut tx = parts.db().read().await?;
        let one = customers::find(&mut tx, self.id, actor.scope()).await?.ok_or(Problem::NotFound)?;
        let other = customers::find(&mut tx, self.other, actor.scope()).await?.ok_or(Problem::NotFound)?;
        if one.id == other.id {
            return Err(Problem::field("other", "same", "Name two records."));
        }
        let now = pairs::one(&mut tx, (one.id, other.id)).await?;
        let pair = compared(&mut tx, vendor, (&one, &other), parts.clock().now()).await?;
        let (state, found_at) = now.map_or((PairState::Open, pair.found_at), |known| known);
        let mut evidence = pair.evidence;
        if pair.one != one.id {
            // The record that was named first stands on the left.
            evidence.iter_mut().for_each(|one| std::mem::swap(&mut one.left, &mut one.right));
        }
        Ok(Duplicate { one, other, state, verdict: pair.verdict, bits: pair.bits, evidence, found_at })
    }
}

impl Perform for UndoMerge {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Merge, Problem> {
        Do::EditCustomers.by(actor)?;
        let vendor = actor.organization()?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts.db().write(async move |tx: &mut Tx| undo(tx, &parts_, &actor_, vendor, self.id).await).await
    }
}

async fn undo(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    vendor: OrganizationId,
    id: MergeId,
) -> Result<Merge, Problem> {
    let stored = merges::find(tx, vendor, id).await?.ok_or(Problem::NotFound)?;
    let StoredMerge { merge, before, after, moved } = stored;
    if merge.undone_at.is_some() {
        return Ok(merge);
    }
    let kept = standing(tx, vendor, merge.kept).await?;
    let now = parts.clock().now();
    let mut undone = taken_back(&kept, &before, &after);
    undone.domain = domain(undone.website.as_deref());
    aliases::drop_of_merge(tx, kept.id, id.0).await?;
    merges::move_back(tx, kept.id, merge.gone, &moved).await?;
    customers::set_merged(tx, merge.gone, None).await?;
    let undone = customers::update(tx, vendor, &undone).await?;
    let gone = standing(tx, vendor, merge.gone).await?;
    customers::rekey(tx, vendor, &gone).await?;
    pairs::decide(tx, (kept.id, gone.id), PairState::Open).await?;
    merges::undone(tx, id, now).await?;
    let data = json!({ "merge": id, "gone": gone.id, "version": undone.version });
    tell_more(tx, parts, actor, vendor, "customer.merge_undone", kept.id, data).await?;
    Ok(Merge { undone_at: Some(now), ..merge })
}

impl Perform for KeepApart {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<(), Problem> {
        Do::EditCustomers.by(actor)?;
        let vendor = actor.organization()?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work =
            async move |tx: &mut Tx| keep_apart(tx, &parts_, &actor_, vendor, self.id, self.other).await;
        parts.db().write(work).await
    }
}

async fn keep_apart(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    vendor: OrganizationId,
    one: CustomerId,
    other: CustomerId,
) -> Result<(), Problem> {
    let (one, other) = (standing(tx, vendor, one).await?, standing(tx, vendor, other).await?);
    if one.id == other.id {
        return Err(Problem::field("other", "same", "Name two records."));
    }
    offer(tx, vendor, (&one, &other), parts.clock().now()).await?;
    if pairs::decide(tx, (one.id, other.id), PairState::Apart).await? {
        let data = json!({ "other": other.id });
        tell_more(tx, parts, actor, vendor, "customer.kept_apart", one.id, data).await?;
    }
    Ok(())
}

impl Perform for ReconsiderPair {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<(), Problem> {
        Do::EditCustomers.by(actor)?;
        let vendor = actor.organization()?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let one = standing(tx, vendor, self.id).await?;
            let other = standing(tx, vendor, self.other).await?;
            let state = pairs::one(tx, (one.id, other.id)).await?.map(|(state, _)| state);
            if state == Some(PairState::Apart) {
                pairs::decide(tx, (one.id, other.id), PairState::Open).await?;
                let data = json!({ "other": other.id });
                tell_more(tx, &parts_, &actor_, vendor, "customer.reconsidered", one.id, data).await?;
            }
            Ok(())
        };
        parts.db().write(work).await
    }
}
