//! A lead becomes a deal registration.
use base::db::Engine;
use deals::{EditDeal, Evidence, GetDeal, SubmitDeal, WithdrawDeal};
use rstest::rstest;

use super::{market, offered, seen};
use crate::{AcceptLead, Lead, LeadState, ListLeadEvents, RecycleLead, RegisterLead, Status};

async fn accepted(world: &base::testing::World, market: &partners::fixtures::Market) -> Lead {
    let made = offered(world, market, market.alpine.id, "Acme Werke").await;
    world.ask(&market.alpine.sales, AcceptLead { id: made.id, version: None }).await.unwrap()
}

fn register(lead: &Lead) -> RegisterLead {
    RegisterLead { id: lead.id, version: None }
}

#[rstest]
#[tokio::test]
async fn a_lead_becomes_a_draft_that_is_filled_and_is_registered_when_that_is_submitted(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let made = offered(&world, &market, market.alpine.id, "Acme Werke").await;
    assert_eq!(world.ask(&market.alpine.sales, register(&made)).await.unwrap_err().code(), "not_accepted");
    world.ask(&market.alpine.sales, AcceptLead { id: made.id, version: None }).await.unwrap();
    let begun = world.ask(&market.alpine.sales, register(&made)).await.unwrap();
    assert_eq!((begun.status, begun.deal_status), (Status::Working, Some(deals::Status::Draft)));
    let id = begun.deal.unwrap();
    assert_eq!(world.ask(&market.alpine.sales, register(&made)).await.unwrap().deal, Some(id));
    let deal = world.ask(&market.alpine.sales, GetDeal { id }).await.unwrap();
    assert_eq!(deal.customer.name, "Acme Werke");
    assert_eq!(deal.customer.website.as_deref(), Some("https://www.acme-werke.example"));
    assert_eq!(deal.products[0].name, "GTX Pro");
    assert_eq!(deal.value, made.value);
    assert_eq!(deal.source, made.id.to_string());
    assert!(deal.notes.contains("Ada Arndt, Head of IT, ada@example.com"), "{}", deal.notes);
    assert!(deal.notes.contains("Saw us at the fair"));
    let edit = EditDeal {
        expected_close: Some("2027-03-31".parse().unwrap()),
        evidence: Some(vec![Evidence { note: "Met Ada".into(), ..Evidence::default() }]),
        ..EditDeal::new(id)
    };
    world.ask(&market.alpine.sales, edit).await.unwrap();
    world.run_jobs().await;
    assert_eq!(seen(&world, &market.manager, &made).await.unwrap().status, Status::Working);
    world.ask(&market.alpine.sales, SubmitDeal { id, version: None }).await.unwrap();
    world.run_jobs().await;
    let done = seen(&world, &market.manager, &made).await.unwrap();
    assert!(matches!(done.state, LeadState::Registered { deal, .. } if deal == id));
    assert_eq!(done.deal_number.as_deref(), Some(deal.number.as_str()));
    let history = world.ask(&market.alpine.sales, ListLeadEvents { id: made.id }).await.unwrap().items;
    let kinds: Vec<_> = history.iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds, ["lead.offered", "lead.accepted", "lead.deal_begun", "lead.registered"]);
}

#[rstest]
#[tokio::test]
async fn a_draft_that_is_withdrawn_sets_its_lead_free(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let made = accepted(&world, &market).await;
    let begun = world.ask(&market.alpine.sales, register(&made)).await.unwrap();
    let recycle = RecycleLead { id: made.id, note: String::new(), version: None };
    assert_eq!(world.ask(&market.manager, recycle.clone()).await.unwrap_err().code(), "deal_begun");
    let id = begun.deal.unwrap();
    world.ask(&market.alpine.sales, WithdrawDeal { id, version: None }).await.unwrap();
    world.run_jobs().await;
    let free = seen(&world, &market.alpine.sales, &made).await.unwrap();
    assert_eq!((free.status, free.deal), (Status::Working, None));
    let again = world.ask(&market.alpine.sales, register(&made)).await.unwrap();
    assert_ne!(again.deal, Some(id));
}

#[rstest]
#[tokio::test]
async fn only_the_partner_s_sellers_register(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let made = accepted(&world, &market).await;
    assert_eq!(world.ask(&market.manager, register(&made)).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(&market.alpine.learner, register(&made)).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(&market.bluepeak.sales, register(&made)).await, Err(base::Problem::NotFound));
    assert_eq!(seen(&world, &market.alpine.sales, &made).await.unwrap().status, Status::Accepted);
}
