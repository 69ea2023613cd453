//! Decisions and what the partner does about them.
use base::db::Engine;
use base::{Problem, Span};
use rstest::rstest;

use super::{active, claim, company, euros, market, proof, submit, submitted};
use crate::{
    AmendDeal, Amount, AppealDeal, ApproveDeal, Deal, DealState, Do, EditDeal, GetDeal, GrantExtension,
    ListDealEvents, ListDealVersions, RejectDeal, RejectionReason, RequestExtension, ReturnDeal,
    RevocationReason, RevokeDeal, RuleOnDispute, Ruling, Status, WithdrawDeal,
};

fn give_back(deal: &Deal) -> ReturnDeal {
    ReturnDeal { id: deal.id, fields: vec!["value".into()], note: "Which amount?".into(), version: None }
}

fn reject(deal: &Deal) -> RejectDeal {
    RejectDeal { id: deal.id, reason: RejectionReason::NotQualified, note: "No budget".into(), version: None }
}

#[rstest]
#[tokio::test]
async fn a_returned_deal_keeps_its_priority_and_only_what_was_asked_can_change(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let actor = &market.alpine.sales;
    let deal = submitted(&world, actor, claim(&market, company("Acme", "acme.example"), 48_000)).await;
    world.ask(&market.manager, give_back(&deal)).await.unwrap();
    world.advance(Span::days(1));
    let notes = EditDeal { notes: Some("hello".into()), ..EditDeal::new(deal.id) };
    assert_eq!(world.ask(actor, notes).await.unwrap_err().code(), "field_not_asked");
    let value = EditDeal { value: Some(Amount::from(euros(50_000))), ..EditDeal::new(deal.id) };
    world.ask(actor, value).await.unwrap();
    let again = world.ask(actor, submit(&deal)).await.unwrap();
    assert_eq!((again.status, again.priority()), (Status::InReview, deal.priority()));
    assert_eq!(again.rounds, 1);
    let timeline = world.ask(actor, ListDealEvents { id: deal.id }).await.unwrap().items;
    let returned = timeline.iter().find(|entry| entry.kind == "deal.returned").unwrap();
    assert_eq!((returned.from, returned.status), (Some(Status::InReview), Some(Status::Returned)));
    assert_eq!(
        (&returned.data["note"], &returned.data["fields"][0]),
        (&"Which amount?".into(), &"value".into())
    );
}

#[rstest]
#[tokio::test]
async fn a_returned_deal_lapses_when_the_grace_is_over(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let actor = &market.alpine.sales;
    let deal = submitted(&world, actor, claim(&market, company("Acme", "acme.example"), 48_000)).await;
    let returned = world.ask(&market.manager, give_back(&deal)).await.unwrap();
    let DealState::Returned { grace_until, .. } = returned.state else { panic!("was returned") };
    world.advance(Span(grace_until.0 - base::testing::BEGINNING.0 - 1));
    world.run_jobs().await;
    assert_eq!(world.ask(actor, GetDeal { id: deal.id }).await.unwrap().status, Status::Returned);
    world.advance(Span(1));
    assert_eq!(world.ask(actor, submit(&deal)).await.unwrap_err().code(), "grace_over");
    world.run_jobs().await;
    let lapsed = world.ask(actor, GetDeal { id: deal.id }).await.unwrap();
    assert_eq!((lapsed.status, lapsed.priority_at), (Status::Lapsed, None));
}

#[rstest]
#[tokio::test]
async fn a_rejection_says_why_and_by_which_rule_and_can_be_appealed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let actor = &market.alpine.sales;
    let deal = submitted(&world, actor, claim(&market, company("Acme", "acme.example"), 48_000)).await;
    let rejected = world.ask(&market.manager, reject(&deal)).await.unwrap();
    let DealState::Rejected { reason, rule, note, .. } = &rejected.state else { panic!("was rejected") };
    assert_eq!((*reason, rule.map(|rule| rule.code())), (RejectionReason::NotQualified, Some("ROE-14")));
    assert_eq!(note, "No budget");
    let appeal =
        AppealDeal { id: deal.id, note: "Here is the order".into(), evidence: vec![proof()], version: None };
    assert_eq!(world.ask(actor, appeal).await.unwrap().status, Status::Disputed);
    let ruling = RuleOnDispute {
        id: deal.id,
        ruling: Ruling::Approved,
        share_percent: None,
        note: "The order is real".into(),
        version: None,
    };
    let own = world.ask(&market.manager, ruling.clone()).await.unwrap_err();
    assert_eq!(own.code(), "own_decision", "whoever decided does not rule on it");
    assert_eq!(world.ask(&market.owner, ruling).await.unwrap().status, Status::Approved);
    let timeline = world.ask(actor, ListDealEvents { id: deal.id }).await.unwrap().items;
    let appealed = timeline.iter().find(|entry| entry.kind == "deal.disputed").unwrap();
    assert_eq!(appealed.data["evidence"][0]["note"], "Signed by both");
}

#[rstest]
#[tokio::test]
async fn a_split_shares_the_benefit_with_the_holder(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let acme = || claim(&market, company("Acme", "acme.example"), 48_000);
    let holder = submitted(&world, &market.alpine.sales, acme()).await;
    world.ask(&market.manager, ApproveDeal { id: holder.id, version: None }).await.unwrap();
    let second = submitted(&world, &market.bluepeak.sales, acme()).await;
    world.ask(&market.manager, reject(&second)).await.unwrap();
    let appeal =
        AppealDeal { id: second.id, note: "We did the work".into(), evidence: Vec::new(), version: None };
    world.ask(&market.bluepeak.sales, appeal).await.unwrap();
    let ruling = RuleOnDispute {
        id: second.id,
        ruling: Ruling::Split,
        share_percent: Some(30),
        note: "Both worked on it".into(),
        version: None,
    };
    let second = world.ask(&market.owner, ruling).await.unwrap();
    assert!(matches!(second.state, DealState::Approved { share_percent: 30, .. }));
    let holder = world.ask(&market.alpine.sales, GetDeal { id: holder.id }).await.unwrap();
    assert!(matches!(holder.state, DealState::Approved { share_percent: 70, .. }));
}

#[rstest]
#[tokio::test]
async fn an_extension_moves_the_end_of_the_protection(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let actor = &market.alpine.sales;
    let deal = submitted(&world, actor, claim(&market, company("Acme", "acme.example"), 900)).await;
    for _ in 0..4 {
        world.advance(Span::days(20));
        active(&world, actor, deal.id).await;
    }
    world.advance(Span::days(9));
    let ask = RequestExtension {
        id: deal.id,
        note: "The pilot runs".into(),
        evidence: vec![proof()],
        version: None,
    };
    world.ask(actor, ask).await.unwrap();
    let granted = GrantExtension { id: deal.id, granted: true, note: "Well done".into(), version: None };
    let longer = world.ask(&market.manager, granted).await.unwrap();
    assert_eq!(longer.protection.unwrap().expiry, deal.protection.unwrap().expiry + Span::days(30));
    world.advance(Span::days(1));
    world.run_jobs().await;
    assert_eq!(world.ask(actor, GetDeal { id: deal.id }).await.unwrap().status, Status::Approved);
    active(&world, actor, deal.id).await;
    world.advance(Span::days(29));
    world.run_jobs().await;
    active(&world, actor, deal.id).await;
    world.advance(Span::days(1));
    world.run_jobs().await;
    assert_eq!(world.ask(actor, GetDeal { id: deal.id }).await.unwrap().status, Status::Expired);
}

#[rstest]
#[tokio::test]
async fn an_amendment_is_reviewed_again_only_when_it_is_material(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let actor = &market.alpine.sales;
    let deal = submitted(&world, actor, claim(&market, company("Acme", "acme.example"), 1_000)).await;
    let amend = |value| AmendDeal { value: Some(Amount::from(euros(value))), ..AmendDeal::new(deal.id) };
    assert_eq!(world.ask(actor, amend(1_200)).await.unwrap().status, Status::Approved);
    let again = world.ask(actor, amend(2_000)).await.unwrap();
    assert_eq!((again.status, again.protection, again.priority()), (Status::InReview, None, deal.priority()));
    let versions = world.ask(actor, ListDealVersions { id: deal.id }).await.unwrap().items;
    let values: Vec<_> = versions
        .iter()
        .map(|version| version.changes.iter().map(|change| change.after.clone()).collect::<Vec<_>>())
        .collect();
    assert_eq!(values, [vec![], vec!["1200.00 EUR".to_owned()], vec!["2000.00 EUR".to_owned()]]);
    let timeline = world.ask(actor, ListDealEvents { id: deal.id }).await.unwrap().items;
    let amended = timeline.iter().rfind(|entry| entry.kind == "deal.amended").unwrap();
    assert_eq!(amended.data["changes"][0]["before"], "1200.00 EUR");
}

#[rstest]
#[tokio::test]
async fn a_revocation_frees_the_customer_for_others(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let acme = |value| claim(&market, company("Acme", "acme.example"), value);
    let deal = submitted(&world, &market.alpine.sales, acme(900)).await;
    let revoke =
        RevokeDeal { id: deal.id, reason: RevocationReason::NoActivity, note: String::new(), version: None };
    let revoked = world.ask(&market.manager, revoke).await.unwrap();
    assert_eq!((revoked.status, revoked.protection), (Status::Cancelled, None));
    assert_eq!(submitted(&world, &market.bluepeak.sales, acme(900)).await.status, Status::Approved);
}

#[rstest]
#[tokio::test]
async fn every_move_is_offered_or_says_why_not(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let deal =
        submitted(&world, &market.alpine.sales, claim(&market, company("Acme", "acme.example"), 48_000))
            .await;
    let code =
        |deal: &Deal, action| deal.may(action).map(|step| step.refused.as_ref().map(|why| why.code.clone()));
    assert_eq!(code(&deal, Do::Withdraw), Some(None));
    assert_eq!(code(&deal, Do::Submit), Some(Some("already_submitted".into())));
    assert_eq!(code(&deal, Do::Approve), None, "a partner is not shown the vendor's moves");
    let seen = world.ask(&market.manager, GetDeal { id: deal.id }).await.unwrap();
    assert_eq!(code(&seen, Do::Approve), Some(None));
    assert_eq!(code(&seen, Do::Rule), Some(Some("not_in_dispute".into())));
    let seen = world.ask(&market.analyst, GetDeal { id: deal.id }).await.unwrap();
    assert_eq!(code(&seen, Do::Approve), Some(Some("role".into())));
}

#[rstest]
#[tokio::test]
async fn a_withdrawn_deal_is_final_and_a_decided_one_cannot_be_withdrawn(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let actor = &market.alpine.sales;
    let withdraw = |deal: &Deal| WithdrawDeal { id: deal.id, version: None };
    let one = submitted(&world, actor, claim(&market, company("Acme", "acme.example"), 48_000)).await;
    assert_eq!(world.ask(actor, withdraw(&one)).await.unwrap().status, Status::Withdrawn);
    assert_eq!(world.ask(actor, withdraw(&one)).await.unwrap_err().code(), "final");
    let two = submitted(&world, actor, claim(&market, company("Zoomit", "zoomit.example"), 900)).await;
    assert_eq!(world.ask(actor, withdraw(&two)).await.unwrap_err().code(), "already_decided");
    let without_note = RejectDeal { reason: RejectionReason::Other, note: " ".into(), ..reject(&two) };
    assert!(matches!(world.ask(&market.manager, without_note).await, Err(Problem::Invalid { .. })));
}
