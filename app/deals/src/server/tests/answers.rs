//! The vendor's clock: how long answers took, and what happens when none comes.
use base::Span;
use base::db::Engine;
use base::events;
use base::testing::World;
use partners::fixtures::Market;
use rstest::rstest;

use super::{claim, company, market, submitted};
use crate::{
    ApproveDeal, Deal, GetScorecard, ReturnDeal, RevocationReason, RevokeDeal, Scorecard, SubmitDeal,
};

async fn large(world: &World, market: &Market, name: &str) -> Deal {
    let website = format!("{}.example", name.to_lowercase());
    submitted(world, &market.alpine.sales, claim(market, company(name, &website), 50_000)).await
}

async fn card(world: &World, market: &Market) -> Scorecard {
    let ask = GetScorecard { program: Some(market.program), days: None };
    world.ask(&market.alpine.sales, ask).await.unwrap()
}

async fn escalations(world: &World, market: &Market, deal: &Deal) -> usize {
    let mut tx = world.parts.db().read().await.unwrap();
    let scope = base::Scope::Vendor(market.vendor);
    let events = events::by_subject(&mut tx, &deal.id.to_string(), scope).await.unwrap();
    events.iter().filter(|event| event.kind == "deal.escalated").count()
}

#[rstest]
#[tokio::test]
async fn answers_are_counted_in_business_time(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    world.parts.observe(vec![crate::ANSWERS]);
    assert_eq!(card(&world, &market).await.median_business_hours, None);
    // Monday, 10:00 in Berlin; answered at 13:00 and, after a night, at 11:00 on Tuesday.
    let (first, second) = (large(&world, &market, "Acme").await, large(&world, &market, "Globex").await);
    world.advance(Span::hours(3));
    world.ask(&market.manager, ApproveDeal { id: first.id, version: None }).await.unwrap();
    world.advance(Span::hours(22));
    world.ask(&market.manager, ApproveDeal { id: second.id, version: None }).await.unwrap();
    let small = claim(&market, company("Initech", "initech.example"), 500);
    submitted(&world, &market.alpine.sales, small).await;
    let figures = card(&world, &market).await;
    assert_eq!((figures.answers, figures.in_time, figures.automatic, figures.decided), (2, 2, 1, 3));
    assert_eq!((figures.median_business_hours, figures.p90_business_hours), (Some(3.0), Some(9.0)));
    let revoke =
        RevokeDeal { id: first.id, reason: RevocationReason::NoActivity, note: String::new(), version: None };
    world.ask(&market.manager, revoke).await.unwrap();
    assert_eq!(card(&world, &market).await.revoked, 1);
}

#[rstest]
#[tokio::test]
async fn a_case_past_its_time_is_escalated_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    world.parts.observe(vec![crate::ANSWERS]);
    let deal = large(&world, &market, "Acme").await;
    world.advance(Span::days(1));
    world.run_jobs().await;
    assert_eq!(escalations(&world, &market, &deal).await, 0);
    world.advance(Span::days(2));
    world.run_jobs().await;
    world.run_jobs().await;
    assert_eq!(escalations(&world, &market, &deal).await, 1);
    let figures = card(&world, &market).await;
    assert_eq!((figures.escalated, figures.waiting, figures.overdue), (1, 1, 1));
    world.ask(&market.manager, ApproveDeal { id: deal.id, version: None }).await.unwrap();
    let figures = card(&world, &market).await;
    assert_eq!((figures.answers, figures.in_time, figures.waiting), (1, 0, 0));
}

#[rstest]
#[tokio::test]
async fn the_clock_stands_still_while_a_deal_is_with_its_partner(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    world.parts.observe(vec![crate::ANSWERS]);
    let deal = large(&world, &market, "Acme").await;
    let back =
        ReturnDeal { id: deal.id, fields: vec!["evidence".into()], note: String::new(), version: None };
    world.ask(&market.manager, back).await.unwrap();
    world.advance(Span::days(4));
    world.run_jobs().await;
    assert_eq!(escalations(&world, &market, &deal).await, 0);
    world.ask(&market.alpine.sales, SubmitDeal { id: deal.id, version: None }).await.unwrap();
    world.advance(Span::days(4));
    world.run_jobs().await;
    assert_eq!(escalations(&world, &market, &deal).await, 1);
}

#[rstest]
#[tokio::test]
async fn partners_see_the_figures_of_their_programs_only(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let all = GetScorecard::default();
    assert!(world.ask(&market.owner, all.clone()).await.is_ok());
    let problem = world.ask(&market.alpine.sales, all).await.unwrap_err();
    assert_eq!(problem.of_field("program").unwrap().code, "required");
    let foreign = GetScorecard { program: Some(market.foreign.program), days: None };
    assert_eq!(world.ask(&market.alpine.sales, foreign.clone()).await, Err(base::Problem::NotFound));
    assert_eq!(world.ask(&market.owner, foreign).await, Err(base::Problem::NotFound));
}
