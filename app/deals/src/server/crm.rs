//! Deals and the CRM: which opportunity stands for a deal, and what follows when the CRM closes it.
use base::db::Tx;
use base::events::{self, Event, Happened};
use base::jobs::{Job, enqueue};
use base::{Actor, DealId, Observer, OpportunityId, OrganizationId, Parts, Problem, ProductId};
use customers::Stage;
use customers::server::{StoredOpportunity, known_opportunities, save_opportunities};
use futures::future::LocalBoxFuture;
use matching::Verdict;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::case::Case;
use super::screening::screened_deal;
use super::store;
use crate::access::Do;
use crate::model::{Deal, RecordKind, Status};
use crate::rules::{Refusal, Screening, Step};

/// Looks at the deals of a vendor whose opportunities came in.
pub const OBSERVER: Observer = observe;

fn observe<'a>(
    tx: &'a mut Tx,
    parts: &'a Parts,
    event: &'a Event,
) -> LocalBoxFuture<'a, Result<(), Problem>> {
    Box::pin(async move {
        if event.kind != "opportunities.imported" {
            return Ok(());
        }
        let job = FollowCrm { vendor: event.vendor, after: None };
        enqueue(tx, parts, &job, event.at, Some(&format!("deals.follow_crm {}", event.vendor))).await
    })
}

/// Closes the converted deals whose opportunity the CRM closed, and converts the approved ones whose partner has an
/// open opportunity for the same customer and products; a batch at a time.
#[derive(Serialize, Deserialize)]
pub(super) struct FollowCrm {
    pub(super) vendor: OrganizationId,
    /// The last approved deal that was looked at.
    pub(super) after: Option<DealId>,
}

impl Job for FollowCrm {
    const NAME: &'static str = "deals.follow_crm";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        close_all(parts, self.vendor).await?;
        let deals = store::approved_after(&mut parts.db().read().await?, self.vendor, self.after).await?;
        for deal in &deals {
            convert_if_matched(parts, *deal).await?;
        }
        if deals.len() < store::BATCH {
            // What was converted with an opportunity that is closed meanwhile.
            return close_all(parts, self.vendor).await;
        }
        let next = Self { vendor: self.vendor, after: deals.last().copied() };
        let parts_ = parts.clone();
        let now = parts.clock().now();
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                enqueue(tx, &parts_, &next, now, Some(&format!("deals.follow_crm {}", next.vendor))).await
            })
            .await
    }
}

async fn close_all(parts: &Parts, vendor: OrganizationId) -> Result<(), Problem> {
    loop {
        let closed = store::closed(&mut parts.db().read().await?, vendor).await?;
        for (deal, won) in &closed {
            let (deal, won, parts_) = (*deal, *won, parts.clone());
            let work = async move |tx: &mut Tx| {
                let actor = Actor::system();
                let mut case = Case::open(tx, &parts_, &actor, Do::Read, (deal, None)).await?;
                if case.deal.status == Status::Converted {
                    case.step(if won { &Step::Win } else { &Step::Lose })?;
                    case.close(tx, &parts_, &actor).await?;
                }
                Ok(())
            };
            parts.db().write(work).await?;
        }
        if closed.len() < store::BATCH {
            return Ok(());
        }
    }
}

/// Converts a deal when exactly one open opportunity of its partner matches it. Without a partner in the CRM's record a
/// person has to say which one is meant.
async fn convert_if_matched(parts: &Parts, id: DealId) -> Result<(), Problem> {
    let mut tx = parts.db().read().await?;
    let Some(deal) = store::find(&mut tx, id, base::Scope::System).await? else { return Ok(()) };
    let screening = screened_deal(&mut tx, &deal, parts.clock().now()).await?;
    let matched = free(&mut tx, matching_opportunities(&screening, &deal)).await?;
    drop(tx);
    let [only] = matched.as_slice() else { return Ok(()) };
    let (only, parts_) = (*only, parts.clone());
    parts
        .db()
        .write(async move |tx: &mut Tx| {
            let actor = Actor::system();
            let mut case = Case::open(tx, &parts_, &actor, Do::Read, (id, None)).await?;
            if case.deal.status == Status::Approved && store::deal_of(tx, only).await?.is_none() {
                link(tx, &mut case, only).await?;
                case.close(tx, &parts_, &actor).await?;
            }
            Ok(())
        })
        .await
}

/// Open opportunities of the deal's partner for the same customer and product family.
fn matching_opportunities(screening: &Screening, deal: &Deal) -> Vec<OpportunityId> {
    let matches = screening.matches.iter().filter(|found| {
        found.other.kind == RecordKind::Opportunity
            && found.score.verdict == Verdict::Match
            && found.family_overlap
            && found.other.partner == Some(deal.partner)
    });
    matches.map(|found| OpportunityId(found.other.id)).collect()
}

/// Those that stand for no deal yet.
async fn free(tx: &mut Tx, all: Vec<OpportunityId>) -> Result<Vec<OpportunityId>, Problem> {
    let mut free = Vec::new();
    for one in all {
        if store::deal_of(tx, one).await?.is_none() {
            free.push(one);
        }
    }
    Ok(free)
}

/// Converts a deal as a person asked: with the opportunity that is named, the one that matches, or a new one.
pub(super) async fn convert(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    case: &mut Case,
    named: Option<OpportunityId>,
) -> Result<(), Problem> {
    if let Some(named) = named {
        let unknown = || Problem::field("opportunity", "unknown", "There is no such opportunity.");
        store::stage_of(tx, case.deal.vendor, named).await?.ok_or_else(unknown)?;
        if store::deal_of(tx, named).await?.is_some() {
            return Err(Refusal::OpportunityTaken.into());
        }
        return link(tx, case, named).await;
    }
    // Refuses before anything is made.
    case.may(&Step::Convert { opportunity: None })?;
    let screening = case.screen(tx).await?;
    let matched = free(tx, matching_opportunities(&screening, &case.deal)).await?;
    let opportunity = match matched.as_slice() {
        [only] => *only,
        [] => create(tx, parts, actor, case, &screening).await?,
        _ => return Err(Refusal::SeveralOpportunities.into()),
    };
    link(tx, case, opportunity).await
}

/// Lets an opportunity stand for the deal. One that is closed already closes the deal with it.
async fn link(tx: &mut Tx, case: &mut Case, opportunity: OpportunityId) -> Result<(), Problem> {
    case.step(&Step::Convert { opportunity: Some(opportunity) })?;
    case.deal.opportunity = Some(opportunity);
    match store::stage_of(tx, case.deal.vendor, opportunity).await? {
        Some((Stage::Won, _)) => case.step(&Step::Win)?,
        Some((Stage::Lost, _)) => case.step(&Step::Lose)?,
        Some((Stage::Prospecting | Stage::Engaging, _)) | None => {}
    }
    Ok(())
}

/// A new opportunity for a deal, named after its number, so that the CRM can take it over under that name.
async fn create(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    case: &Case,
    screening: &Screening,
) -> Result<OpportunityId, Problem> {
    let (deal, now) = (&case.deal, parts.clock().now());
    let same = |kind| {
        screening
            .matches
            .iter()
            .find(move |found| found.other.kind == kind && found.score.verdict == Verdict::Match)
    };
    let product = deal.products.first().and_then(|line| line.product.parse::<ProductId>().ok());
    let made = StoredOpportunity {
        id: OpportunityId(parts.id(now)),
        program: deal.program,
        external_id: Some(deal.number.clone()),
        customer: same(RecordKind::Customer).map(|found| base::CustomerId(found.other.id)),
        customer_name: Some(deal.customer.name.clone()),
        partner: Some(deal.partner),
        product,
        stage: Stage::Engaging,
        value: deal.value.unwrap_or_else(|| base::Money::zero(case.program.currency)),
        opened_on: Some(now.date()),
        closed_on: None,
        created_at: now,
        version: 1,
    };
    let id = made.id;
    save_opportunities(tx, deal.vendor, &[made], &[]).await?;
    tell(tx, parts, actor, deal, "opportunity.created", id).await?;
    Ok(id)
}

/// Closes the opportunity of a deal that a person closed.
pub(super) async fn close_opportunity(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    deal: &Deal,
    won: bool,
) -> Result<(), Problem> {
    let Some(opportunity) = deal.opportunity else { return Ok(()) };
    let external = match store::stage_of(tx, deal.vendor, opportunity).await? {
        Some((stage, Some(external))) if stage.is_open() => external,
        _ => return Ok(()),
    };
    let stage = if won { Stage::Won } else { Stage::Lost };
    let closed: Vec<StoredOpportunity> = known_opportunities(tx, deal.vendor, &[external])
        .await?
        .into_iter()
        .map(|known| StoredOpportunity { stage, closed_on: Some(parts.clock().now().date()), ..known })
        .collect();
    save_opportunities(tx, deal.vendor, &[], &closed).await?;
    tell(tx, parts, actor, deal, "opportunity.closed", opportunity).await
}

async fn tell(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    deal: &Deal,
    kind: &'static str,
    opportunity: OpportunityId,
) -> Result<(), Problem> {
    let happened = Happened {
        vendor: deal.vendor,
        kind,
        subject: opportunity.to_string(),
        program: Some(deal.program),
        partner: Some(deal.partner),
        keys: ["opportunities", "overview", "home"].map(str::to_owned).to_vec(),
        data: json!({ "deal": deal.id, "program": deal.program }),
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}
