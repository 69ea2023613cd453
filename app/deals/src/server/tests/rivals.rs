//! Two partners and one customer: who is told what, who waits, who gets it.
use base::db::Engine;
use customers::CreateCustomer;
use rstest::rstest;

use super::{active, claim, company, market, submitted};
use crate::{
    ApproveDeal, CheckDeal, CheckVerdict, DealState, GetDeal, LineAsk, ListConflicts, ReasonCode, RecordKind,
    RegisterDeal, Status, WithdrawDeal,
};

fn approve(deal: &crate::Deal) -> ApproveDeal {
    ApproveDeal { id: deal.id, version: None }
}

#[rstest]
#[tokio::test]
async fn a_customer_that_a_rival_holds_is_a_conflict_while_typing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    submitted(&world, &market.alpine.sales, claim(&market, company("Acme GmbH", "acme.example"), 9_000))
        .await;
    let ask = CheckDeal {
        customer: Some(company("ACME Corp", "https://www.acme.example/contact")),
        ..CheckDeal::new(market.program)
    };
    let check = world.ask(&market.bluepeak.sales, ask).await.unwrap();
    let codes: Vec<_> = check.reasons.iter().map(|reason| reason.code).collect();
    assert_eq!(check.verdict, CheckVerdict::Conflict);
    assert!(
        codes.starts_with(&[ReasonCode::RivalProtected]) && codes.contains(&ReasonCode::SameDomain),
        "{codes:?}"
    );
    let told = serde_json::to_string(&check).unwrap();
    assert!(!told.contains("Alpine") && !told.contains("9000") && !told.contains("DR-"), "{told}");
}

#[rstest]
#[tokio::test]
async fn another_product_family_is_no_conflict(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let acme = || company("Acme GmbH", "acme.example");
    submitted(&world, &market.alpine.sales, claim(&market, acme(), 9_000)).await;
    let other = RegisterDeal {
        products: Some(vec![LineAsk { product: "MG Special".into(), ..LineAsk::default() }]),
        ..claim(&market, acme(), 500)
    };
    assert_eq!(submitted(&world, &market.bluepeak.sales, other).await.status, Status::Approved);
}

#[rstest]
#[tokio::test]
async fn a_like_name_alone_opens_a_review_and_never_decides(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    submitted(
        &world,
        &market.alpine.sales,
        claim(&market, company("Betasoloin", "betasoloin.example"), 9_000),
    )
    .await;
    let rival = claim(&market, company("Betasolion", "beta-group.example"), 500);
    let deal = submitted(&world, &market.bluepeak.sales, rival).await;
    assert_eq!(deal.status, Status::InReview);
}

#[rstest]
#[tokio::test]
async fn two_claims_on_one_customer_freeze_each_other(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let acme = |value| claim(&market, company("Acme GmbH", "acme.example"), value);
    let first = submitted(&world, &market.alpine.sales, acme(48_000)).await;
    assert_eq!(first.status, Status::InReview);
    let second = submitted(&world, &market.bluepeak.sales, acme(9_000)).await;
    assert_eq!(second.status, Status::Conflict);
    assert_eq!(
        second.state,
        DealState::Conflict {
            since: second.priority_at.unwrap(),
            answer_due: second.answer_due.unwrap(),
            rivals: vec![],
            appeal_until: None,
        },
        "a partner does not learn who"
    );
    world.run_jobs().await;
    let first = world.ask(&market.manager, GetDeal { id: first.id }).await.unwrap();
    assert!(matches!(&first.state, DealState::Conflict { rivals, .. } if *rivals == [second.id]));
    world.ask(&market.bluepeak.sales, WithdrawDeal { id: second.id, version: None }).await.unwrap();
    world.run_jobs().await;
    let first = world.ask(&market.manager, GetDeal { id: first.id }).await.unwrap();
    assert_eq!(first.status, Status::InReview, "the conflict ends with the rival");
}

#[rstest]
#[tokio::test]
async fn while_one_is_protected_its_rival_cannot_be_approved(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let acme = |value| claim(&market, company("Acme GmbH", "acme.example"), value);
    let first = submitted(&world, &market.alpine.sales, acme(48_000)).await;
    let second = submitted(&world, &market.bluepeak.sales, acme(60_000)).await;
    world.ask(&market.manager, approve(&first)).await.unwrap();
    let problem = world.ask(&market.manager, approve(&second)).await.unwrap_err();
    assert_eq!(problem.code(), "rival_protected");
    for _ in 0..3 {
        world.advance(base::Span::days(29));
        active(&world, &market.alpine.sales, first.id).await;
    }
    world.advance(base::Span::days(3));
    world.run_jobs().await;
    assert_eq!(world.ask(&market.manager, GetDeal { id: first.id }).await.unwrap().status, Status::Expired);
    assert_eq!(world.ask(&market.manager, approve(&second)).await.unwrap().status, Status::Approved);
}

#[rstest]
#[tokio::test]
async fn a_rival_is_found_again_after_the_keys_were_written_anew(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let acme = |value| claim(&market, company("Acme GmbH", "acme.example"), value);
    submitted(&world, &market.alpine.sales, acme(48_000)).await;
    world
        .parts
        .db()
        .write(async move |tx: &mut base::db::Tx| {
            base::execute!(tx, sqlx::query("update match_key set key = 'x:' || key"))?;
            Ok(())
        })
        .await
        .unwrap();
    let vendor = market.manager.organization().unwrap();
    assert_eq!(crate::server::rebuild_keys(&world.parts, vendor).await.unwrap(), 1);
    let second = submitted(&world, &market.bluepeak.sales, acme(9_000)).await;
    let seen = world.ask(&market.manager, ListConflicts { id: second.id }).await.unwrap().items;
    assert_eq!(seen.len(), 1);
}

#[rstest]
#[tokio::test]
async fn the_vendor_sees_the_rival_and_the_partner_only_what_agrees(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let acme = |value| claim(&market, company("Acme GmbH", "acme.example"), value);
    submitted(&world, &market.alpine.sales, acme(48_000)).await;
    let second = submitted(&world, &market.bluepeak.sales, acme(9_000)).await;
    let ask = ListConflicts { id: second.id };
    let seen = world.ask(&market.manager, ask.clone()).await.unwrap().items;
    let rival = seen[0].rival.clone().unwrap();
    assert_eq!((seen[0].kind, seen[0].stands_against, seen[0].came_first), (RecordKind::Deal, true, true));
    assert_eq!(rival.partner_name.as_deref(), Some("Alpine Systems"));
    let told = world.ask(&market.bluepeak.sales, ask).await.unwrap().items;
    assert!(told[0].rival.is_none() && told[0].bits.is_none());
    assert!(told[0].features.iter().all(|feature| feature.recorded.is_none() && feature.weight.is_none()));
    let text = serde_json::to_string(&told).unwrap();
    assert!(!text.contains("Alpine") && !text.contains("4800000"), "{text}");
}

#[rstest]
#[tokio::test]
async fn a_customer_of_the_crm_is_compared_too(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let customer: CreateCustomer = serde_json::from_value(
        serde_json::json!({ "name": "Acme GmbH", "website": "acme.example", "country": "DE" }),
    )
    .unwrap();
    world.ask(&market.owner, customer).await.unwrap();
    let deal =
        submitted(&world, &market.alpine.sales, claim(&market, company("Acme", "acme.example"), 48_000))
            .await;
    let seen = world.ask(&market.manager, ListConflicts { id: deal.id }).await.unwrap().items;
    assert_eq!((seen[0].kind, seen[0].stands_against), (RecordKind::Customer, false));
    let told = world.ask(&market.alpine.sales, ListConflicts { id: deal.id }).await.unwrap().items;
    assert!(told.is_empty(), "a customer that bought nothing stands in nobody's way");
}
