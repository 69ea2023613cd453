//! Who sees and does what: other partners and other vendors learn nothing.
use base::Problem;
use base::db::Engine;
use rstest::rstest;

use super::{claim, company, draft, market, submitted};
use crate::{
    ApproveDeal, CheckDeal, CountDeals, EditDeal, GetDeal, GetReceipt, ListConflicts, ListDealEvents,
    ListDeals, RegisterDeal, Status,
};

#[rstest]
#[tokio::test]
async fn a_partner_sees_only_its_own_deals(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let id = submitted(&world, &market.alpine.sales, claim(&market, company("Acme", "acme.example"), 900))
        .await
        .id;
    for actor in [&market.bluepeak.sales, &market.foreign.manager, &market.foreign.partner.sales] {
        assert_eq!(world.ask(actor, GetDeal { id }).await, Err(Problem::NotFound));
        assert_eq!(world.ask(actor, ListDealEvents { id }).await, Err(Problem::NotFound));
        assert_eq!(world.ask(actor, ListConflicts { id }).await, Err(Problem::NotFound));
        assert_eq!(world.ask(actor, GetReceipt { id }).await, Err(Problem::NotFound));
        assert_eq!(world.ask(actor, ListDeals::default()).await.unwrap().total, 0);
        assert_eq!(world.ask(actor, CountDeals::default()).await.unwrap(), crate::Counts::default());
    }
    assert_eq!(world.ask(&market.bluepeak.sales, EditDeal::new(id)).await, Err(Problem::NotFound));
    let foreign = ApproveDeal { id, version: None };
    assert_eq!(world.ask(&market.foreign.manager, foreign).await, Err(Problem::NotFound));
    assert_eq!(world.ask(&market.manager, ListDeals::default()).await.unwrap().total, 1);
}

#[rstest]
#[tokio::test]
async fn a_foreign_program_does_not_exist(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let there = RegisterDeal::new(market.foreign.program);
    assert_eq!(world.ask(&market.alpine.sales, there).await, Err(Problem::NotFound));
    let there = CheckDeal::new(market.foreign.program);
    assert_eq!(world.ask(&market.alpine.sales, there).await.unwrap_err(), Problem::NotFound);
    // What a foreign vendor knows is not compared with.
    let mut ask = claim(&market, company("Acme", "acme.example"), 900);
    ask.program = market.foreign.program;
    ask.products = Some(vec![crate::LineAsk { product: "FAR".into(), ..crate::LineAsk::default() }]);
    submitted(&world, &market.foreign.partner.sales, ask).await;
    let here =
        CheckDeal { customer: Some(company("Acme", "acme.example")), ..CheckDeal::new(market.program) };
    assert_eq!(world.ask(&market.alpine.sales, here).await.unwrap().compared, 0);
}

#[rstest]
#[tokio::test]
async fn the_vendor_registers_on_a_partner_s_behalf(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let ask = claim(&market, company("Acme", "acme.example"), 900);
    let problem = world.ask(&market.manager, ask.clone()).await.unwrap_err();
    assert_eq!(problem.of_field("partner").unwrap().code, "required");
    let foreign = RegisterDeal { partner: Some(market.foreign.partner.id), ..ask.clone() };
    assert_eq!(
        world.ask(&market.manager, foreign).await.unwrap_err().of_field("partner").unwrap().code,
        "unknown"
    );
    let deal =
        submitted(&world, &market.manager, RegisterDeal { partner: Some(market.alpine.id), ..ask }).await;
    assert_eq!((deal.status, deal.partner), (Status::Approved, market.alpine.id));
    assert!(world.ask(&market.alpine.sales, GetDeal { id: deal.id }).await.is_ok());
}

#[rstest]
#[tokio::test]
async fn roles_are_kept(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let deal = draft(&world, &market.alpine.sales, RegisterDeal::new(market.program)).await;
    let learner = &market.alpine.learner;
    assert_eq!(world.ask(learner, ListDeals::default()).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(learner, GetDeal { id: deal.id }).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(learner, RegisterDeal::new(market.program)).await.unwrap_err().code(), "role");
    let approve = ApproveDeal { id: deal.id, version: None };
    assert_eq!(world.ask(&market.analyst, approve.clone()).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(&market.alpine.owner, approve.clone()).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(&market.manager, approve).await.unwrap_err().code(), "not_submitted");
    assert!(world.ask(&market.analyst, GetDeal { id: deal.id }).await.is_ok());
}
