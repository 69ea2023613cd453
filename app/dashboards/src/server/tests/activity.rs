//! Whether partners have begun, and whether they go on, on both engines.
use base::Span;
use base::db::Engine;
use base::testing::World;
use deals::ApproveDeal;
use figures::OBSERVER;
use figures::kpi::Sign;
use partners::fixtures::{Market, market};
use rstest::rstest;

use super::register;
use crate::{ListAtRisk, VendorActivation};

async fn at_risk(world: &World, market: &Market) -> Vec<(String, Vec<Sign>)> {
    let page = world.ask(&market.manager, ListAtRisk::default()).await.unwrap();
    page.items.into_iter().map(|one| (one.name, one.signs)).collect()
}

#[rstest]
#[tokio::test]
async fn who_has_begun_and_who_goes_on(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = installed!(engine);
    world.parts.observe(vec![OBSERVER]);
    let market = market(&world).await;
    let deal = register(&world, &market, &market.alpine.sales, "nordwerk").await;
    world.ask(&market.manager, ApproveDeal { id: deal.id, version: None }).await.unwrap();
    let activation = world.ask(&market.manager, VendorActivation::default()).await.unwrap();
    assert_eq!((activation.recruited, activation.registered), (2, 1));
    assert_eq!((activation.approved, activation.won, activation.share), (1, 0, Some(5000)));
    assert_eq!(at_risk(&world, &market).await, []);

    world.advance(Span::days(70));
    let never = |days| ("Bluepeak Consulting".to_owned(), vec![Sign::NeverBegan { days }]);
    assert_eq!(at_risk(&world, &market).await, [never(70)]);
    world.advance(Span::days(30));
    let silent = ("Alpine Systems".to_owned(), vec![Sign::Silent { days: 100 }]);
    assert_eq!(at_risk(&world, &market).await, [silent, never(100)], "who has most to lose comes first");
}
