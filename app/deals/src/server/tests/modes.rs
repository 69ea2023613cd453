//! Whose claim goes first, by the program's mode, and who has which part of the benefit.
use base::db::Engine;
use base::testing::World;
use base::{Actor, DealId, Span};
use partners::fixtures::Market;
use programs::{Engagement, PriorityMode, PublishProgramVersion};
use rstest::rstest;

use super::{active, claim, company, market, proof, submitted};
use crate::{
    ApproveDeal, Deal, EvidenceKind, GetDeal, ListConflicts, RejectDeal, RejectionReason, RevocationReason,
    RevokeDeal, ShowActivity, Status,
};

async fn under(world: &World, market: &Market, rules: Engagement) {
    let ask: PublishProgramVersion = serde_json::from_value(serde_json::json!({
        "id": market.program, "program": market.program, "engagement": rules,
    }))
    .unwrap();
    world.ask(&market.owner, ask).await.unwrap();
}

fn by(mode: PriorityMode) -> Engagement {
    Engagement { priority_mode: mode, ..Engagement::default() }
}

async fn share(world: &World, actor: &Actor, id: DealId) -> Option<u32> {
    world.ask(actor, GetDeal { id }).await.unwrap().state.share_percent()
}

async fn came_first(world: &World, market: &Market, deal: &Deal) -> bool {
    let seen = world.ask(&market.manager, ListConflicts { id: deal.id }).await.unwrap().items;
    !seen[0].came_first
}

async fn two(world: &World, market: &Market, value: i64) -> (Deal, Deal) {
    let acme = || claim(market, company("Acme GmbH", "acme.example"), value);
    let first = submitted(world, &market.alpine.sales, acme()).await;
    (first, submitted(world, &market.bluepeak.sales, acme()).await)
}

#[rstest]
#[tokio::test]
async fn whoever_first_has_a_qualified_opportunity_goes_first(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    under(&world, &market, by(PriorityMode::FirstQualified)).await;
    let (first, second) = two(&world, &market, 900).await;
    assert_eq!(first.status, Status::InReview, "who may be overtaken is not approved at once");
    assert!(came_first(&world, &market, &first).await && first.qualified_at.is_none());
    world.advance(Span::hours(1));
    let met = ShowActivity { id: second.id, kind: EvidenceKind::Meeting, on: None, note: "Met them".into() };
    let second = world.ask(&market.bluepeak.sales, met).await.unwrap();
    assert!(second.qualified_at > second.priority_at);
    assert!(came_first(&world, &market, &second).await);
    assert!(!came_first(&world, &market, &first).await);
}

#[rstest]
#[tokio::test]
async fn whoever_contributed_most_goes_first(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    under(&world, &market, by(PriorityMode::ContributionWeighted)).await;
    let (first, second) = two(&world, &market, 48_000).await;
    assert_eq!((first.contribution, second.contribution), (1, 1));
    assert!(came_first(&world, &market, &first).await, "between equals the receipt decides");
    let second = active(&world, &market.bluepeak.sales, second.id).await;
    assert_eq!(second.contribution, 3);
    assert!(came_first(&world, &market, &second).await);
}

#[rstest]
#[tokio::test]
async fn where_benefits_are_split_rivals_are_approved_beside_each_other(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    under(&world, &market, by(PriorityMode::Split)).await;
    let (first, second) = two(&world, &market, 48_000).await;
    let approve = |deal: &Deal| ApproveDeal { id: deal.id, version: None };
    world.ask(&market.manager, approve(&first)).await.unwrap();
    let second = world.ask(&market.manager, approve(&second)).await.unwrap();
    assert_eq!(second.state.share_percent(), Some(50));
    assert_eq!(share(&world, &market.alpine.sales, first.id).await, Some(50));
    // The holder goes: the other one has the customer and all of the benefit.
    let reason = RevocationReason::CustomerRequest;
    let revoke = RevokeDeal { id: first.id, reason, note: String::new(), version: None };
    world.ask(&market.manager, revoke).await.unwrap();
    world.run_jobs().await;
    assert_eq!(share(&world, &market.bluepeak.sales, second.id).await, Some(100));
    let again =
        submitted(&world, &market.alpine.owner, claim(&market, company("Acme GmbH", "acme.example"), 900))
            .await;
    assert_eq!(again.status, Status::Conflict, "it holds the customer now");
}

#[rstest]
#[tokio::test]
async fn the_second_to_register_has_the_part_that_the_program_gives(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    under(&world, &market, Engagement { secondary_share_percent: 15, ..Engagement::default() }).await;
    let (first, second) = two(&world, &market, 900).await;
    assert_eq!((first.status, second.status), (Status::Approved, Status::Conflict));
    let reject =
        |id| RejectDeal { id, reason: RejectionReason::RivalFirst, note: String::new(), version: None };
    let second = world.ask(&market.manager, reject(second.id)).await.unwrap();
    let state = serde_json::to_value(&second.state).unwrap();
    assert_eq!(state["secondary_percent"], 15);
    assert_eq!(share(&world, &market.alpine.sales, first.id).await, Some(85));
    // A third one has none.
    let acme = claim(&market, company("Acme GmbH", "acme.example"), 700);
    let third = submitted(&world, &market.bluepeak.owner, acme).await;
    let third = world.ask(&market.manager, reject(third.id)).await.unwrap();
    assert_eq!(serde_json::to_value(&third.state).unwrap().get("secondary_percent"), None);
    // Who appeals gives the part back until it is ruled on.
    let appeal = crate::AppealDeal {
        id: second.id,
        note: "We were first".into(),
        evidence: vec![proof()],
        version: None,
    };
    world.ask(&market.bluepeak.sales, appeal).await.unwrap();
    assert_eq!(share(&world, &market.alpine.sales, first.id).await, Some(100));
}
