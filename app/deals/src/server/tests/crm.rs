//! Deals and the CRM: an opportunity is found, made, imported, won, lost.
use base::db::{Engine, Tx};
use base::events::{self, Happened};
use base::testing::World;
use base::{Actor, Date, Money, OpportunityId, OrganizationId, Span};
use customers::server::{StoredOpportunity, known_opportunities, save_opportunities};
use customers::{CreateCustomer, ListOpportunities, Stage};
use partners::fixtures::Market;
use rstest::rstest;

use super::{claim, company, euros, market, submitted};
use crate::{CloseDeal, ConvertDeal, Deal, DealOutcome, GetDeal, ListDealEvents, OBSERVER, Status};

fn convert(deal: &Deal) -> ConvertDeal {
    ConvertDeal { id: deal.id, opportunity: None, version: None }
}

/// As an import leaves it: opportunities saved, then told of.
async fn imported(
    world: &World,
    market: &Market,
    new: Vec<StoredOpportunity>,
    changed: Vec<StoredOpportunity>,
) {
    let (parts, vendor, program) = (world.parts.clone(), market.vendor, market.program);
    let work = async move |tx: &mut Tx| {
        save_opportunities(tx, vendor, &new, &changed).await?;
        let happened = Happened {
            vendor,
            kind: "opportunities.imported",
            subject: "imp_1".into(),
            program: Some(program),
            partner: None,
            keys: vec![],
            data: serde_json::json!({}),
        };
        events::append(tx, &parts, &Actor::system(), happened).await.map(drop)
    };
    world.parts.db().write(work).await.unwrap();
    world.run_jobs().await;
}

async fn acme(world: &World, market: &Market) -> base::CustomerId {
    let customer: CreateCustomer = serde_json::from_value(
        serde_json::json!({ "name": "Acme GmbH", "website": "acme.example", "country": "DE" }),
    )
    .unwrap();
    world.ask(&market.owner, customer).await.unwrap().id
}

async fn opportunity(
    world: &World,
    market: &Market,
    external: &str,
    partner: Option<OrganizationId>,
) -> StoredOpportunity {
    StoredOpportunity {
        id: OpportunityId(world.parts.id(world.parts.clock().now())),
        program: market.program,
        external_id: Some(external.into()),
        customer: Some(acme(world, market).await),
        customer_name: Some("Acme GmbH".into()),
        partner,
        product: Some(market.products[1]),
        stage: Stage::Engaging,
        value: euros(900),
        opened_on: None,
        closed_on: None,
        created_at: world.parts.clock().now(),
        version: 1,
    }
}

async fn status(world: &World, market: &Market, deal: &Deal) -> Status {
    world.ask(&market.alpine.sales, GetDeal { id: deal.id }).await.unwrap().status
}

#[rstest]
#[tokio::test]
async fn an_import_converts_the_deal_it_matches_and_closes_it_when_the_crm_does(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    world.parts.observe(vec![OBSERVER]);
    let (alpine, blue) = (Some(market.alpine.id), Some(market.bluepeak.id));
    let deal =
        submitted(&world, &market.alpine.sales, claim(&market, company("Acme", "acme.example"), 900)).await;
    let theirs = opportunity(&world, &market, "X-1", blue).await;
    let nobodys =
        StoredOpportunity { customer: theirs.customer, ..opportunity(&world, &market, "X-2", None).await };
    imported(&world, &market, vec![theirs.clone(), nobodys], vec![]).await;
    assert_eq!(status(&world, &market, &deal).await, Status::Approved, "not this partner's");
    let ours =
        StoredOpportunity { customer: theirs.customer, ..opportunity(&world, &market, "X-3", alpine).await };
    imported(&world, &market, vec![ours.clone()], vec![]).await;
    let converted = world.ask(&market.alpine.sales, GetDeal { id: deal.id }).await.unwrap();
    assert_eq!((converted.status, converted.opportunity), (Status::Converted, Some(ours.id)));
    let won = StoredOpportunity { stage: Stage::Won, value: Money::new(1, euros(1).currency), ..ours };
    imported(&world, &market, vec![], vec![won]).await;
    assert_eq!(status(&world, &market, &deal).await, Status::Won);
    let timeline = world.ask(&market.alpine.sales, ListDealEvents { id: deal.id }).await.unwrap().items;
    let kinds: Vec<_> = timeline.iter().map(|entry| entry.kind.as_str()).collect();
    assert!(kinds.ends_with(&["deal.converted", "deal.won"]), "{kinds:?}");
}

#[rstest]
#[tokio::test]
async fn of_several_that_match_a_person_chooses(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    world.parts.observe(vec![OBSERVER]);
    let alpine = Some(market.alpine.id);
    let deal =
        submitted(&world, &market.alpine.sales, claim(&market, company("Acme", "acme.example"), 900)).await;
    let one = opportunity(&world, &market, "X-1", alpine).await;
    let other =
        StoredOpportunity { customer: one.customer, ..opportunity(&world, &market, "X-2", alpine).await };
    imported(&world, &market, vec![one.clone(), other], vec![]).await;
    assert_eq!(status(&world, &market, &deal).await, Status::Approved);
    let problem = world.ask(&market.manager, convert(&deal)).await.unwrap_err();
    assert_eq!(problem.code(), "several_opportunities");
    let chosen = ConvertDeal { opportunity: Some(one.id), ..convert(&deal) };
    assert_eq!(world.ask(&market.manager, chosen.clone()).await.unwrap().opportunity, Some(one.id));
    assert_eq!(world.ask(&market.manager, chosen).await.unwrap_err().code(), "opportunity_taken");
}

#[rstest]
#[tokio::test]
async fn where_the_crm_knows_nothing_an_opportunity_is_made_and_closed_with_the_deal(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let deal =
        submitted(&world, &market.alpine.sales, claim(&market, company("Acme", "acme.example"), 900)).await;
    let close = CloseDeal { id: deal.id, outcome: DealOutcome::Won, note: "Signed".into(), version: None };
    assert_eq!(world.ask(&market.manager, close.clone()).await.unwrap_err().code(), "not_converted");
    let converted = world.ask(&market.manager, convert(&deal)).await.unwrap();
    assert_eq!(converted.status, Status::Converted);
    world.advance(Span::days(1));
    assert_eq!(world.ask(&market.manager, close).await.unwrap().status, Status::Won);
    let made = world.ask(&market.alpine.owner, ListOpportunities::default()).await.unwrap().items;
    assert_eq!((made.len(), made[0].stage, made[0].value), (1, Stage::Won, euros(900)));
    assert_eq!(made[0].closed_on, Some("2026-11-03".parse::<Date>().unwrap()));
    let mut tx = world.parts.db().read().await.unwrap();
    let known =
        known_opportunities(&mut tx, market.vendor, std::slice::from_ref(&deal.number)).await.unwrap();
    assert_eq!(known.len(), 1, "the CRM can take it over under the deal's number");
}

#[rstest]
#[tokio::test]
async fn a_foreign_opportunity_does_not_exist(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let deal =
        submitted(&world, &market.alpine.sales, claim(&market, company("Acme", "acme.example"), 900)).await;
    let nowhere = Some(OpportunityId(world.parts.id(world.parts.clock().now())));
    let problem = world.ask(&market.manager, ConvertDeal { opportunity: nowhere, ..convert(&deal) }).await;
    assert_eq!(problem.unwrap_err().of_field("opportunity").unwrap().code, "unknown");
}
