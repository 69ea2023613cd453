//! Performs merges and their undoing: each one unit of work with one event.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, CustomerId, OrganizationId, Page, Parts, Problem, Timestamp};
use matching::{Aliases, Profile, score};
use serde_json::json;

use super::store::merges::StoredMerge;
use super::store::pairs::Pair;
use super::store::{aliases, customers, keys, merges, pairs, weights};
use super::{domain, standing, tell_more};
use crate::access::Do;
use crate::model::{Customer, Merge, MergeId, PairState};
use crate::rules::{filled, taken_back};
use crate::verbs::{KeepApart, ListMerges, MergeCustomers, UndoMerge};

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
    if ask.version.is_some_and(|seen| seen != kept.version) {
        return Err(Problem::Stale);
    }
    let now = parts.clock().now();
    let id = MergeId(parts.id(now));
    let mut after = filled(&kept, &gone);
    after.domain = domain(after.website.as_deref());
    take_names(tx, vendor, &after, &gone, id, now).await?;
    let moved = merges::move_opportunities(tx, gone.id, kept.id).await?;
    customers::set_merged(tx, gone.id, Some(kept.id)).await?;
    keys::replace(tx, vendor, keys::Kind::Customer, gone.id.0, &[]).await?;
    let updated = customers::update(tx, vendor, &after).await?;
    remember(tx, vendor, (&kept, &gone), now).await?;
    let merge = Merge {
        id,
        kept: kept.id,
        kept_name: kept.name.clone(),
        gone: gone.id,
        gone_name: gone.name,
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

/// What the record that goes is known by, the staying one is known by from now on.
async fn take_names(
    tx: &mut Tx,
    vendor: OrganizationId,
    kept: &Customer,
    gone: &Customer,
    merge: MergeId,
    now: Timestamp,
) -> Result<(), Problem> {
    let mut known = aliases::of(tx, gone.id).await?;
    known.names.insert(0, gone.name.clone());
    known.websites.extend(gone.website.clone());
    aliases::add(tx, vendor, kept, &known, Some(merge.0), now).await
}

/// A merged pair is what weights are fitted to: how it compared is kept, found by the search or not.
async fn remember(
    tx: &mut Tx,
    vendor: OrganizationId,
    (kept, gone): (&Customer, &Customer),
    now: Timestamp,
) -> Result<(), Problem> {
    compare(tx, vendor, (kept, gone), now).await?;
    pairs::decide(tx, (kept.id, gone.id), PairState::Merged).await.map(drop)
}

async fn compare(
    tx: &mut Tx,
    vendor: OrganizationId,
    (one, other): (&Customer, &Customer),
    now: Timestamp,
) -> Result<(), Problem> {
    let (one, other) = if one.id < other.id { (one, other) } else { (other, one) };
    let weights = weights::in_force(tx, vendor).await?.weights;
    let profile = |customer: &Customer| Profile::new(&customers::company(customer), &Aliases::default());
    let score = score(&profile(one), &profile(other), &weights);
    pairs::offer(tx, vendor, &[Pair::new(one.id, other.id, score, now)]).await.map(drop)
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
    compare(tx, vendor, (&one, &other), parts.clock().now()).await?;
    if pairs::decide(tx, (one.id, other.id), PairState::Apart).await? {
        let data = json!({ "other": other.id });
        tell_more(tx, parts, actor, vendor, "customer.kept_apart", one.id, data).await?;
    }
    Ok(())
}
