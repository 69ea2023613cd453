//! Drafts, checks, submits and receipts.
use base::Problem;
use base::db::Engine;
use base::testing::BEGINNING;
use rstest::rstest;

use super::{claim, company, draft, euros, market, submit, submitted};
use crate::{
    Amount, CheckDeal, CheckVerdict, CustomerClaim, EditDeal, GetReceipt, LineAsk, ListDealEvents,
    RegisterDeal, Status,
};

#[rstest]
#[tokio::test]
async fn a_draft_may_be_empty_and_holds_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let deal = draft(&world, &market.alpine.sales, RegisterDeal::new(market.program)).await;
    assert_eq!((deal.status, deal.number.as_str(), deal.version), (Status::Draft, "DR-1001", 1));
    assert_eq!((deal.priority_at, deal.protection), (None, None));
    let next = draft(&world, &market.bluepeak.sales, RegisterDeal::new(market.program)).await;
    assert_eq!(next.number, "DR-1002");
}

#[rstest]
#[tokio::test]
async fn a_submit_names_every_field_that_is_missing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let deal = draft(&world, &market.alpine.sales, RegisterDeal::new(market.program)).await;
    let problem = world.ask(&market.alpine.sales, submit(&deal)).await.unwrap_err();
    for field in [
        "customer.name",
        "customer.website",
        "customer.country",
        "products",
        "value",
        "expected_close",
        "evidence",
    ] {
        assert_eq!(problem.of_field(field).map(|error| error.code.as_ref()), Some("required"), "{field}");
    }
}

#[rstest]
#[tokio::test]
async fn a_clear_deal_within_the_limit_is_approved_at_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let deal =
        submitted(&world, &market.alpine.sales, claim(&market, company("Acme", "acme.example"), 9_000)).await;
    assert_eq!((deal.status, deal.priority_at), (Status::Approved, Some(BEGINNING)));
    let window = deal.protection.unwrap();
    assert_eq!(window.start, BEGINNING);
    assert_eq!(window.expiry - window.start, base::Span::days(90));
    assert_eq!(deal.rules_version, Some(1));
    assert!(deal.rules.iter().all(|rule| rule.outcome == crate::Outcome::Passed), "{:?}", deal.rules);
    // Its own sales person submitted it, but nobody of the partner approved it.
    assert!(matches!(&deal.state, crate::DealState::Approved { by, .. } if by.user.is_none()));
    let history = world.ask(&market.alpine.sales, ListDealEvents { id: deal.id }).await.unwrap().items;
    let who = |kind: &str| history.iter().find(|event| event.kind == kind).map(|event| event.actor.user);
    assert_eq!(who("deal.submitted"), Some(market.alpine.sales.user));
    assert_eq!(who("deal.approved"), Some(None));
}

#[rstest]
#[tokio::test]
async fn a_deal_above_the_limit_waits_for_a_person(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let deal =
        submitted(&world, &market.alpine.sales, claim(&market, company("Acme", "acme.example"), 48_000))
            .await;
    assert_eq!((deal.status, deal.protection), (Status::InReview, None));
    // Two business days after Monday 10:00 in Berlin.
    assert_eq!(deal.answer_due, Some(BEGINNING + base::Span::days(2)));
}

#[rstest]
#[tokio::test]
async fn the_receipt_of_a_submit_proves_itself(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let actor = &market.alpine.sales;
    let deal = draft(&world, actor, claim(&market, company("Acme", "acme.example"), 48_000)).await;
    assert_eq!(world.ask(actor, GetReceipt { id: deal.id }).await, Err(Problem::NotFound));
    let deal = world.ask(actor, submit(&deal)).await.unwrap();
    let receipt = world.ask(actor, GetReceipt { id: deal.id }).await.unwrap();
    assert!(log::verify(&receipt, &[]).is_ok());
    assert_eq!(Some(receipt.priority_at), deal.priority_at);
    assert_eq!(Some(receipt.seq), deal.priority_seq);
    assert_eq!(receipt.claim["customer"]["name"], "Acme");
    assert_eq!(receipt.claim["number"], deal.number);
}

#[rstest]
#[tokio::test]
async fn a_second_submit_is_refused_and_changes_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let actor = &market.alpine.sales;
    let deal = submitted(&world, actor, claim(&market, company("Acme", "acme.example"), 48_000)).await;
    assert_eq!(world.ask(actor, submit(&deal)).await.unwrap_err().code(), "already_submitted");
    let kinds: Vec<String> = world
        .ask(actor, ListDealEvents { id: deal.id })
        .await
        .unwrap()
        .items
        .into_iter()
        .map(|entry| entry.kind)
        .collect();
    assert_eq!(kinds, ["deal.registered", "deal.submitted"]);
}

#[rstest]
#[tokio::test]
async fn products_are_known_by_id_sku_name_and_family(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let line = |product: &str| LineAsk { product: product.into(), ..LineAsk::default() };
    let id = market.products[1].to_string();
    let ask = RegisterDeal {
        products: Some(["GTXPro", "GTX-PRO", &id, "mg"].map(line).to_vec()),
        ..RegisterDeal::new(market.program)
    };
    let deal = draft(&world, &market.alpine.sales, ask).await;
    let names: Vec<_> = deal.products.iter().map(|line| (line.name.as_str(), line.family.as_str())).collect();
    assert_eq!(names, [("GTX Pro", "GTX"), ("GTX Pro", "GTX"), ("GTX Pro", "GTX"), ("MG", "MG")]);
    let ask = RegisterDeal { products: Some(vec![line("Far Pro")]), ..RegisterDeal::new(market.program) };
    let problem = world.ask(&market.alpine.sales, ask).await.unwrap_err();
    assert_eq!(problem.of_field("products[0].product").unwrap().code, "unknown");
}

#[rstest]
#[tokio::test]
async fn an_edit_changes_what_it_names_and_sees_a_stale_version(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let actor = &market.alpine.sales;
    let deal = draft(&world, actor, claim(&market, company("Acme", "acme.example"), 9_000)).await;
    let ask = EditDeal {
        value: Some(Amount::typed("12.500,00", base::Currency::EUR)),
        version: Some(deal.version),
        ..EditDeal::new(deal.id)
    };
    let edited = world.ask(actor, ask.clone()).await.unwrap();
    assert_eq!((edited.value, edited.customer.name.as_str()), (Some(euros(12_500)), "Acme"));
    assert_eq!(edited.version, deal.version + 1);
    assert_eq!(world.ask(actor, ask).await, Err(Problem::Stale));
}

#[rstest]
#[tokio::test]
async fn a_check_keeps_nothing_and_says_what_is_missing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let ask = CheckDeal {
        customer: Some(CustomerClaim { name: "Acme".into(), ..CustomerClaim::default() }),
        ..CheckDeal::new(market.program)
    };
    let check = world.ask(&market.alpine.sales, ask).await.unwrap();
    assert_eq!((check.verdict, check.compared), (CheckVerdict::Clear, 0));
    assert!(!check.is_complete() && !check.automatic);
    assert!(check.protection_until.is_some());
    let count = world.ask(&market.alpine.sales, crate::ListDeals::default()).await.unwrap().total;
    assert_eq!(count, 0);
}
