//! What keeps a deal alive, who comes next, and what both sides write.
use base::Span;
use base::db::Engine;
use rstest::rstest;

use super::{active, claim, company, market, proof, submitted};
use crate::{
    AppealDeal, ApproveDeal, Deal, DealState, EvidenceKind, GetDeal, LapseCause, ListDealEvents, ListDeals,
    RejectDeal, RejectionReason, RevocationReason, RevokeDeal, RuleOnDispute, Ruling, ShowActivity, Status,
    WriteMessage,
};

fn approve(deal: &Deal) -> ApproveDeal {
    ApproveDeal { id: deal.id, version: None }
}

#[rstest]
#[tokio::test]
async fn a_deal_without_activity_is_warned_and_then_lapses(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let actor = &market.alpine.sales;
    let deal = submitted(&world, actor, claim(&market, company("Acme", "acme.example"), 900)).await;
    let todo = ListDeals { needs_action: Some(true), ..ListDeals::default() };
    world.advance(Span(Span::days(21).0 - 1));
    world.run_jobs().await;
    assert_eq!(world.ask(actor, todo.clone()).await.unwrap().total, 0);
    world.advance(Span(1));
    world.run_jobs().await;
    assert_eq!(world.ask(actor, todo.clone()).await.unwrap().total, 1, "the partner has something to do");
    let heard = active(&world, actor, deal.id).await;
    assert_eq!(heard.lapses_at, Some(heard.updated_at + Span::days(30)));
    assert_eq!(world.ask(actor, todo).await.unwrap().total, 0);
    world.advance(Span(Span::days(30).0 - 1));
    world.run_jobs().await;
    assert_eq!(world.ask(actor, GetDeal { id: deal.id }).await.unwrap().status, Status::Approved);
    world.advance(Span(1));
    let late = ShowActivity { id: deal.id, kind: EvidenceKind::Call, on: None, note: "Called".into() };
    assert_eq!(world.ask(actor, late).await.unwrap_err().code(), "gone_quiet");
    world.run_jobs().await;
    let lapsed = world.ask(actor, GetDeal { id: deal.id }).await.unwrap();
    assert!(matches!(lapsed.state, DealState::Lapsed { cause: LapseCause::Inactive, .. }));
    let timeline = world.ask(actor, ListDealEvents { id: deal.id }).await.unwrap().items;
    let kinds: Vec<_> = timeline.iter().map(|entry| entry.kind.as_str()).collect();
    let told = ["deal.activity_due", "deal.activity", "deal.activity_due", "deal.lapsed"];
    assert!(kinds.ends_with(&told), "{kinds:?}");
    assert_eq!(timeline[4].data["evidence"][0]["note"], "Called");
    let free =
        submitted(&world, &market.bluepeak.sales, claim(&market, company("Acme", "acme.example"), 900));
    assert_eq!(free.await.status, Status::Approved);
}

#[rstest]
#[tokio::test]
async fn when_a_protection_ends_the_first_who_waits_is_offered_the_customer(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let acme = |value| claim(&market, company("Acme GmbH", "acme.example"), value);
    let holder = submitted(&world, &market.alpine.sales, acme(900)).await;
    let waiting = submitted(&world, &market.bluepeak.sales, acme(48_000)).await;
    assert_eq!(waiting.status, Status::Conflict);
    let revoke = RevokeDeal {
        id: holder.id,
        reason: RevocationReason::NoActivity,
        note: String::new(),
        version: None,
    };
    world.advance(Span::days(1));
    world.ask(&market.manager, revoke).await.unwrap();
    world.run_jobs().await;
    let offered = world.ask(&market.bluepeak.sales, GetDeal { id: waiting.id }).await.unwrap();
    assert_eq!(offered.status, Status::InReview, "it is worth too much to be approved at once");
    assert!(offered.answer_due > waiting.answer_due, "the vendor's clock starts anew");
    let timeline = world.ask(&market.bluepeak.sales, ListDealEvents { id: waiting.id }).await.unwrap().items;
    assert!(timeline.iter().any(|entry| entry.kind == "deal.offered"), "{timeline:?}");
}

#[rstest]
#[tokio::test]
async fn what_would_be_approved_at_once_is_approved_when_its_turn_comes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let acme = |value| claim(&market, company("Acme GmbH", "acme.example"), value);
    let holder = submitted(&world, &market.alpine.sales, acme(900)).await;
    let waiting = submitted(&world, &market.bluepeak.sales, acme(800)).await;
    world.advance(Span::days(30));
    world.run_jobs().await;
    assert_eq!(world.ask(&market.manager, GetDeal { id: holder.id }).await.unwrap().status, Status::Lapsed);
    let next = world.ask(&market.bluepeak.sales, GetDeal { id: waiting.id }).await.unwrap();
    assert_eq!(next.status, Status::Approved);
}

#[rstest]
#[tokio::test]
async fn the_approval_of_a_rival_is_appealed_with_what_shows_it_and_another_rules(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let acme = |value| claim(&market, company("Acme GmbH", "acme.example"), value);
    let first = submitted(&world, &market.alpine.sales, acme(48_000)).await;
    let second = submitted(&world, &market.bluepeak.sales, acme(60_000)).await;
    let appeal = |evidence| AppealDeal { id: second.id, note: "We met them".into(), evidence, version: None };
    let early = world.ask(&market.bluepeak.sales, appeal(vec![])).await.unwrap_err();
    assert_eq!(early.code(), "nothing_to_appeal", "nobody is protected yet");
    world.ask(&market.manager, approve(&first)).await.unwrap();
    world.run_jobs().await;
    let disputed = world.ask(&market.bluepeak.sales, appeal(vec![proof()])).await.unwrap();
    assert_eq!(disputed.status, Status::Disputed);
    let rule = |ruling, share_percent| RuleOnDispute {
        id: second.id,
        ruling,
        share_percent,
        note: "Both did the work".into(),
        version: None,
    };
    let taken = world.ask(&market.owner, rule(Ruling::Approved, None)).await.unwrap_err();
    assert_eq!(taken.code(), "rival_protected");
    let shared = world.ask(&market.owner, rule(Ruling::Split, Some(40))).await.unwrap();
    assert_eq!(shared.state.share_percent(), Some(40));
    let holder = world.ask(&market.alpine.sales, GetDeal { id: first.id }).await.unwrap();
    assert_eq!(holder.state.share_percent(), Some(60));
    // When the one who shares goes, the holder has it all again.
    let reason = RevocationReason::BreachOfRules;
    let revoke = RevokeDeal { id: second.id, reason, note: String::new(), version: None };
    world.ask(&market.manager, revoke).await.unwrap();
    let holder = world.ask(&market.alpine.sales, GetDeal { id: first.id }).await.unwrap();
    assert_eq!(holder.state.share_percent(), Some(100));
}

#[rstest]
#[tokio::test]
async fn messages_stand_in_the_timeline_of_both_sides_and_nowhere_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let deal =
        submitted(&world, &market.alpine.sales, claim(&market, company("Acme", "acme.example"), 48_000))
            .await;
    let write = |text: &str| WriteMessage { id: deal.id, text: text.into() };
    let asked = world.ask(&market.alpine.sales, write(" How long will it take? ")).await.unwrap();
    assert_eq!(
        (asked.kind.as_str(), &asked.data["note"]),
        ("deal.message_to_vendor", &"How long will it take?".into())
    );
    world.ask(&market.manager, write("Until tomorrow")).await.unwrap();
    for actor in [&market.alpine.owner, &market.analyst] {
        let timeline = world.ask(actor, ListDealEvents { id: deal.id }).await.unwrap().items;
        let notes: Vec<_> = timeline.iter().rev().take(2).map(|entry| entry.data["note"].clone()).collect();
        assert_eq!(notes, ["Until tomorrow", "How long will it take?"]);
    }
    let seen = world.ask(&market.alpine.sales, GetDeal { id: deal.id }).await.unwrap();
    assert_eq!(seen.version, deal.version, "talking does not get in the way of deciding");
    assert_eq!(world.ask(&market.bluepeak.sales, write("x")).await, Err(base::Problem::NotFound));
    assert_eq!(world.ask(&market.analyst, write("x")).await.unwrap_err().code(), "role");
    assert!(world.ask(&market.alpine.sales, write(" ")).await.is_err());
}

#[rstest]
#[tokio::test]
async fn evidence_is_of_what_has_happened(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let deal =
        submitted(&world, &market.alpine.sales, claim(&market, company("Acme", "acme.example"), 48_000))
            .await;
    let note = String::new();
    let reject = RejectDeal { id: deal.id, reason: RejectionReason::NotQualified, note, version: None };
    world.ask(&market.manager, reject).await.unwrap();
    let mut evidence = vec![proof(), proof()];
    evidence[1].on = Some("2027-01-01".parse().unwrap());
    let appeal = AppealDeal { id: deal.id, note: "Look".into(), evidence, version: None };
    let problem = world.ask(&market.alpine.sales, appeal).await.unwrap_err();
    assert_eq!(problem.of_field("evidence[1].on").unwrap().code, "in_the_future");
}
