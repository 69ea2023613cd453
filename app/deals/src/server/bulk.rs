//! Performs decisions about many deals: held for a moment, then made one by one.
use base::db::Tx;
use base::events::{self, Happened};
use base::http::Perform;
use base::jobs::{Job, enqueue};
use base::{Actor, DealId, OrganizationId, Page, Parts, Problem, Side, Span, Timestamp};
use programs::PriorityMode;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::case::under_rules;
use super::decide::{Decision, decide};
use super::screening::screened_deal;
use super::store;
use super::store::bulk::{self, Kept};
use crate::access::Do;
use crate::model::{Bulk, BulkAction, BulkId, Held, ItemState, Person, RejectionReason};
use crate::rules::{HeldDecision, HeldStep, Past, Refusal, apply, held, missing, terms};
use crate::verbs::{BulkDeal, DecideDeals, GetBulk, ListHeld, UndoBulk};

/// How long it can be looked up what became of a decision.
const KEPT: Span = Span::days(30);

impl DecideDeals {
    fn decision(&self) -> Decision {
        let note = self.note.clone();
        match self.action {
            BulkAction::Approve => Decision::Approve,
            BulkAction::Reject => {
                Decision::Reject { reason: self.reason.unwrap_or(RejectionReason::Other), note }
            }
            BulkAction::Return => Decision::Return { fields: self.fields.clone(), note },
            BulkAction::Withdraw => Decision::Withdraw,
            BulkAction::Submit => Decision::Submit,
            BulkAction::GrantExtension => {
                Decision::GrantExtension { granted: self.granted.unwrap_or(true), note }
            }
            BulkAction::RequestExtension => Decision::RequestExtension { note, evidence: Vec::new() },
        }
    }
}

impl Perform for DecideDeals {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Bulk, Problem> {
        self.action.action().by(actor, None)?;
        let organization = actor.organization()?;
        let decision = self.decision();
        let looked = look_at(parts, actor, &self.deals, &decision).await?;
        let now = parts.clock().now();
        let seconds = self.undo_seconds.filter(|_| self.action.is_held()).unwrap_or_default();
        let until = now + Span::seconds(i64::from(seconds));
        let id = BulkId(parts.id(now));
        let kept = Kept { id, organization, actor: actor.clone(), decision, made_at: now, until };
        let parts_ = parts.clone();
        // Asked again under the same idempotency key, the id of the first time comes back.
        let id = parts.db().write(async move |tx: &mut Tx| hold(tx, &parts_, &kept, looked).await).await?;
        if seconds == 0 {
            take_effect(parts, id).await?;
        }
        told(parts, actor, id).await
    }
}

/// What can be seen before anything is written: deals that cannot be decided like this are refused at once.
async fn look_at(
    parts: &Parts,
    actor: &Actor,
    deals: &[BulkDeal],
    decision: &Decision,
) -> Result<Vec<(DealId, Result<u32, Problem>)>, Problem> {
    let now = parts.clock().now();
    let mut tx = parts.db().read().await?;
    let mut looked = Vec::with_capacity(deals.len());
    for deal in deals {
        let found = look(&mut tx, actor, deal, decision, now).await;
        if let Err(problem @ (Problem::Unavailable | Problem::Internal { .. })) = found {
            return Err(problem);
        }
        looked.push((deal.id, found));
    }
    let nothing = looked.iter().all(|(_, found)| matches!(found, Err(Problem::NotFound)));
    if nothing { Err(Problem::NotFound) } else { Ok(looked) }
}

/// The version of a deal that can be decided like this, as far as reading tells.
async fn look(
    tx: &mut Tx,
    actor: &Actor,
    asked: &BulkDeal,
    decision: &Decision,
    now: Timestamp,
) -> Result<u32, Problem> {
    let deal = store::find(tx, asked.id, actor.scope()).await?.ok_or(Problem::NotFound)?;
    decision.action().by(actor, Some(&deal))?;
    if asked.version.is_some_and(|seen| seen != deal.version) {
        return Err(Problem::Stale);
    }
    let (_, _, rules) = under_rules(tx, &deal).await?;
    let past = Past { rounds: deal.rounds, extensions: deal.extensions };
    apply(&deal.state, &decision.step(&deal.state), past, &terms(&rules, now, Person::from(actor)))?;
    if *decision == Decision::Submit {
        let errors = missing(&deal.claim(), rules.evidence_required, now.date());
        if !errors.is_empty() {
            return Err(Problem::Invalid { errors });
        }
    }
    if *decision == Decision::Approve
        && rules.priority_mode != PriorityMode::Split
        && screened_deal(tx, &deal, now).await?.meets_protected()
    {
        return Err(Refusal::RivalProtected.into());
    }
    Ok(deal.version)
}

async fn hold(
    tx: &mut Tx,
    parts: &Parts,
    kept: &Kept,
    looked: Vec<(DealId, Result<u32, Problem>)>,
) -> Result<BulkId, Problem> {
    bulk::insert(tx, kept).await?;
    let mut count = 0;
    for (place, (deal, found)) in looked.into_iter().enumerate() {
        let refused = match found {
            Ok(version) if bulk::hold(tx, kept.id, place, (deal, version)).await? => None,
            Ok(_) => Some(Refusal::DecisionHeld.into()),
            Err(problem) => Some(problem),
        };
        match refused {
            None => count += 1,
            Some(problem) => {
                bulk::refuse(tx, kept.id, place, deal, (&problem, kept.made_at)).await?;
            }
        }
    }
    // What takes effect at once is in the log under its own name.
    if count > 0 && kept.until > kept.made_at {
        let data = json!({ "action": kept.decision.action(), "deals": count, "until": kept.until });
        tell(tx, parts, kept, (&kept.actor, "decisions.held"), data).await?;
    }
    // Also for what takes effect at once: should this node stop on the way, another one goes on.
    enqueue(tx, parts, &TakeEffect { bulk: kept.id }, kept.until, None).await?;
    Ok(kept.id)
}

/// Says what happens with a decision to the side that made it, in its own chain: the other side learns of what takes
/// effect, and of nothing else.
async fn tell(
    tx: &mut Tx,
    parts: &Parts,
    kept: &Kept,
    (actor, kind): (&Actor, &'static str),
    data: serde_json::Value,
) -> Result<(), Problem> {
    let happened = Happened {
        vendor: kept.organization,
        kind,
        subject: kept.id.to_string(),
        program: None,
        partner: (kept.actor.side() == Some(Side::Partner)).then_some(kept.organization),
        keys: ["deals", "queue"].map(str::to_owned).to_vec(),
        data,
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}

/// Makes a decision that was held.
#[derive(Serialize, Deserialize)]
pub(super) struct TakeEffect {
    bulk: BulkId,
}

impl Job for TakeEffect {
    const NAME: &'static str = "deals.take_effect";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        take_effect(parts, self.bulk).await
    }
}

/// Decides on each deal that is still held, in a unit of work of its own; what is refused now is kept with its reason.
async fn take_effect(parts: &Parts, id: BulkId) -> Result<(), Problem> {
    let mut tx = parts.db().read().await?;
    let Some(kept) = bulk::find(&mut tx, id).await? else { return Ok(()) };
    let waiting = bulk::held_of(&mut tx, id).await?;
    drop(tx);
    let now = parts.clock().now();
    let whole = HeldDecision { state: ItemState::Held, by: Person::from(&kept.actor), until: kept.until };
    let done = held(&whole, HeldStep::TakeEffect, &Person::from(&Actor::system()), now)?;
    for (place, deal, seen) in waiting {
        let (parts_, actor, decision) = (parts.clone(), kept.actor.clone(), kept.decision.clone());
        let decided = async move |tx: &mut Tx| {
            // First, so that it happens once, and not at all when it was taken back meanwhile.
            if bulk::end(tx, id, place, (done, None), now).await? {
                decide(tx, &parts_, &actor, (deal, seen), decision).await?;
            }
            Ok(())
        };
        match parts.db().write(decided).await {
            Ok(()) => {}
            Err(problem @ (Problem::Unavailable | Problem::Internal { .. })) => return Err(problem),
            Err(problem) => refuse(parts, id, (place, deal), problem).await?,
        }
    }
    Ok(())
}

async fn refuse(
    parts: &Parts,
    id: BulkId,
    (place, deal): (i64, DealId),
    problem: Problem,
) -> Result<(), Problem> {
    let parts_ = parts.clone();
    let work = async move |tx: &mut Tx| {
        let now = parts_.clock().now();
        if !bulk::end(tx, id, place, (ItemState::Refused, Some(&problem)), now).await? {
            return Ok(());
        }
        let Some(kept) = bulk::find(tx, id).await? else { return Ok(()) };
        let data = json!({ "action": kept.decision.action(), "deal": deal, "code": problem.code() });
        tell(tx, &parts_, &kept, (&kept.actor, "decisions.refused"), data).await
    };
    parts.db().write(work).await
}

/// A decision of the actor's own organisation.
async fn own(tx: &mut Tx, actor: &Actor, id: BulkId) -> Result<Kept, Problem> {
    let kept = bulk::find(tx, id).await?.ok_or(Problem::NotFound)?;
    let own: OrganizationId = actor.organization()?;
    if kept.organization == own { Ok(kept) } else { Err(Problem::NotFound) }
}

async fn told(parts: &Parts, actor: &Actor, id: BulkId) -> Result<Bulk, Problem> {
    let mut tx = parts.db().read().await?;
    let kept = own(&mut tx, actor, id).await?;
    bulk::told(&mut tx, &kept, actor.scope()).await
}

impl Perform for GetBulk {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Bulk, Problem> {
        Do::List.by(actor, None)?;
        told(parts, actor, self.id).await
    }
}

impl Perform for UndoBulk {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Bulk, Problem> {
        Do::List.by(actor, None)?;
        let (parts_, actor_, id) = (parts.clone(), actor.clone(), self.id);
        let work = async move |tx: &mut Tx| {
            let kept = own(tx, &actor_, id).await?;
            let now = parts_.clock().now();
            let waiting = bulk::held_of(tx, id).await?;
            let state = if waiting.is_empty() { ItemState::Done } else { ItemState::Held };
            let whole = HeldDecision { state, by: Person::from(&kept.actor), until: kept.until };
            let undone = held(&whole, HeldStep::Undo, &Person::from(&actor_), now)?;
            let data = json!({ "action": kept.decision.action(), "deals": waiting.len() });
            for (place, ..) in waiting {
                bulk::end(tx, id, place, (undone, None), now).await?;
            }
            tell(tx, &parts_, &kept, (&actor_, "decisions.undone"), data).await
        };
        parts.db().write(work).await?;
        told(parts, actor, self.id).await
    }
}

impl Perform for ListHeld {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Held>, Problem> {
        Do::List.by(actor, None)?;
        let mut tx = parts.db().read().await?;
        Ok(Page::whole(bulk::held(&mut tx, actor.organization()?).await?))
    }
}

/// Lets go of decisions of long ago; what they did stays in the log.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn forget_old_bulks(parts: &Parts) -> Result<(), Problem> {
    let before = parts.clock().now() - KEPT;
    parts.db().write(async move |tx: &mut Tx| bulk::forget(tx, before).await).await
}
