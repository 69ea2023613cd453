//! Decisions about many deals: each for itself, held for a moment, taken back in time.
use base::db::Engine;
use base::http::{IdempotencyKey, in_request};
use base::testing::World;
use base::{Actor, Problem, Span};
use partners::fixtures::Market;
use rstest::rstest;

use super::{claim, company, draft, market, submitted};
use crate::{
    ApproveDeal, Bulk, BulkAction, BulkDeal, Deal, DecideDeals, GetBulk, GetDeal, ItemState, ListDealEvents,
    ListHeld, RejectionReason, Status, UndoBulk,
};

const NAMES: [&str; 4] = ["Quarzwerke", "Zaunkoenig", "Ypsilon", "Bergbahn"];

async fn waiting(world: &World, market: &Market, count: usize) -> Vec<Deal> {
    let mut deals = Vec::new();
    for name in &NAMES[..count] {
        let host = format!("{}.example", name.to_lowercase());
        deals.push(submitted(world, &market.alpine.sales, claim(market, company(name, &host), 48_000)).await);
    }
    deals
}

fn seen(deals: &[Deal]) -> Vec<BulkDeal> {
    deals.iter().map(|deal| BulkDeal { id: deal.id, version: Some(deal.version) }).collect()
}

fn ask(action: BulkAction, deals: &[Deal]) -> DecideDeals {
    DecideDeals::new(action, seen(deals))
}

fn states(bulk: &Bulk) -> Vec<(ItemState, Option<&str>)> {
    bulk.items.iter().map(|item| (item.state, item.code.as_deref())).collect()
}

async fn statuses(world: &World, actor: &Actor, deals: &[Deal]) -> Vec<Status> {
    let mut all = Vec::new();
    for deal in deals {
        all.push(world.ask(actor, GetDeal { id: deal.id }).await.unwrap().status);
    }
    all
}

async fn kinds(world: &World, actor: &Actor, deal: &Deal) -> Vec<String> {
    let events = world.ask(actor, ListDealEvents { id: deal.id }).await.unwrap().items;
    events.into_iter().map(|entry| entry.kind).collect()
}

#[rstest]
#[tokio::test]
async fn each_deal_is_decided_for_itself_and_what_is_refused_says_why(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let mut deals = waiting(&world, &market, 3).await;
    world.ask(&market.manager, ApproveDeal { id: deals[1].id, version: None }).await.unwrap();
    deals.push(draft(&world, &market.alpine.sales, claim(&market, company("Draft", "d.example"), 1)).await);
    let done = world.ask(&market.manager, ask(BulkAction::Approve, &deals)).await.unwrap();
    assert_eq!(
        states(&done),
        [
            (ItemState::Done, None),
            (ItemState::Refused, Some("stale")),
            (ItemState::Done, None),
            (ItemState::Refused, Some("not_submitted")),
        ]
    );
    assert_eq!(done.items[0].number.as_deref(), Some(deals[0].number.as_str()));
    let now = statuses(&world, &market.manager, &deals).await;
    assert_eq!(now, [Status::Approved, Status::Approved, Status::Approved, Status::Draft]);
    assert_eq!(kinds(&world, &market.manager, &deals[0]).await.last().unwrap(), "deal.approved");
}

#[rstest]
#[tokio::test]
async fn a_held_decision_changes_nothing_until_its_moment_has_passed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let deals = waiting(&world, &market, 2).await;
    let held = DecideDeals { undo_seconds: Some(10), ..ask(BulkAction::Approve, &deals) };
    let held = world.ask(&market.manager, held).await.unwrap();
    assert_eq!(states(&held), [(ItemState::Held, None); 2]);
    let before = kinds(&world, &market.alpine.sales, &deals[0]).await;
    world.advance(Span(9_999));
    world.run_jobs().await;
    assert_eq!(statuses(&world, &market.alpine.sales, &deals).await, [Status::InReview; 2]);
    assert_eq!(kinds(&world, &market.alpine.sales, &deals[0]).await, before, "the partner is told nothing");
    let listed = world.ask(&market.owner, ListHeld {}).await.unwrap().items;
    assert_eq!((listed.len(), listed[0].by.user), (2, market.manager.user), "colleagues see it");
    assert_eq!(world.ask(&market.alpine.sales, ListHeld {}).await.unwrap().items, []);
    world.advance(Span(1));
    world.run_jobs().await;
    assert_eq!(statuses(&world, &market.alpine.sales, &deals).await, [Status::Approved; 2]);
    let after = world.ask(&market.manager, GetBulk { id: held.id }).await.unwrap();
    assert_eq!(states(&after), [(ItemState::Done, None); 2]);
    let late = world.ask(&market.manager, UndoBulk { id: held.id }).await.unwrap_err();
    assert_eq!(late.code(), "undo_over");
}

#[rstest]
#[tokio::test]
async fn a_decision_that_is_taken_back_leaves_no_trace_on_its_deals(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let deals = waiting(&world, &market, 2).await;
    let reject = DecideDeals {
        reason: Some(RejectionReason::NotQualified),
        undo_seconds: Some(10),
        ..ask(BulkAction::Reject, &deals)
    };
    let held = world.ask(&market.manager, reject).await.unwrap();
    let others = world.ask(&market.owner, UndoBulk { id: held.id }).await.unwrap_err();
    assert_eq!(others.code(), "not_your_decision");
    for stranger in [&market.foreign.manager, &market.alpine.sales] {
        assert_eq!(world.ask(stranger, UndoBulk { id: held.id }).await, Err(Problem::NotFound));
        assert_eq!(world.ask(stranger, GetBulk { id: held.id }).await, Err(Problem::NotFound));
    }
    let undone = world.ask(&market.manager, UndoBulk { id: held.id }).await.unwrap();
    assert_eq!(states(&undone), [(ItemState::Undone, None); 2]);
    world.advance(Span::minutes(5));
    world.run_jobs().await;
    for deal in &deals {
        let now = world.ask(&market.manager, GetDeal { id: deal.id }).await.unwrap();
        assert_eq!((now.status, now.version, &now.state), (deal.status, deal.version, &deal.state));
    }
    assert_eq!(kinds(&world, &market.manager, &deals[0]).await, ["deal.registered", "deal.submitted"]);
}

#[rstest]
#[tokio::test]
async fn what_somebody_else_decided_meanwhile_is_reported_and_not_overruled(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let deals = waiting(&world, &market, 2).await;
    let back = DecideDeals {
        fields: vec!["value".into()],
        undo_seconds: Some(10),
        ..ask(BulkAction::Return, &deals)
    };
    let held = world.ask(&market.manager, back).await.unwrap();
    let twice = world.ask(&market.owner, ask(BulkAction::Approve, &deals)).await.unwrap();
    assert_eq!(states(&twice), [(ItemState::Refused, Some("decision_held")); 2]);
    world.ask(&market.owner, ApproveDeal { id: deals[0].id, version: None }).await.unwrap();
    world.advance(Span::seconds(10));
    world.run_jobs().await;
    let after = world.ask(&market.manager, GetBulk { id: held.id }).await.unwrap();
    assert_eq!(states(&after), [(ItemState::Refused, Some("stale")), (ItemState::Done, None)]);
    let now = statuses(&world, &market.manager, &deals).await;
    assert_eq!(now, [Status::Approved, Status::Returned]);
}

#[rstest]
#[tokio::test]
async fn of_two_rivals_in_one_decision_the_second_is_refused(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let acme = || claim(&market, company("Acme", "acme.example"), 48_000);
    let mut deals = vec![submitted(&world, &market.alpine.sales, acme()).await];
    deals.push(submitted(&world, &market.bluepeak.sales, acme()).await);
    world.run_jobs().await;
    for deal in &mut deals {
        *deal = world.ask(&market.manager, GetDeal { id: deal.id }).await.unwrap();
    }
    let done = world.ask(&market.manager, ask(BulkAction::Approve, &deals)).await.unwrap();
    assert_eq!(states(&done), [(ItemState::Done, None), (ItemState::Refused, Some("rival_protected"))]);
}

#[rstest]
#[tokio::test]
async fn asked_again_under_its_key_a_decision_is_made_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let deals = waiting(&world, &market, 3).await;
    let ask = ask(BulkAction::Approve, &deals);
    let mut answers = Vec::new();
    for _ in 0..2 {
        let key = IdempotencyKey::new(
            &market.manager,
            "once",
            "DecideDeals",
            b"the same",
            world.parts.clock().now(),
        );
        let asked = world.ask(&market.manager, ask.clone());
        answers.push(in_request("r".into(), Some(key), asked).await.0.unwrap());
        world.advance(Span::seconds(1));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].count(ItemState::Done), 3);
    let approvals = kinds(&world, &market.manager, &deals[0]).await;
    assert_eq!(approvals.iter().filter(|kind| *kind == "deal.approved").count(), 1);
}

#[rstest]
#[tokio::test]
async fn a_partner_submits_and_withdraws_its_own_and_nobody_else_s(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let sales = &market.alpine.sales;
    let whole = draft(&world, sales, claim(&market, company("Quarzwerke", "q.example"), 48_000)).await;
    let empty = draft(&world, sales, crate::RegisterDeal::new(market.program)).await;
    let foreign =
        submitted(&world, &market.bluepeak.sales, claim(&market, company("Xylo", "x.example"), 48_000)).await;
    let submit = DecideDeals {
        undo_seconds: Some(10),
        ..ask(BulkAction::Submit, &[whole.clone(), empty.clone(), foreign.clone()])
    };
    let done = world.ask(sales, submit).await.unwrap();
    assert_eq!(
        states(&done),
        [
            (ItemState::Done, None),
            (ItemState::Refused, Some("invalid")),
            (ItemState::Refused, Some("not_found"))
        ],
        "a submit is never held: the place in line is the time of receipt"
    );
    assert_eq!(done.items[2].number, None, "a stranger's deal is not named");
    let alone = world.ask(sales, ask(BulkAction::Withdraw, &[foreign])).await;
    assert_eq!(alone, Err(Problem::NotFound));
    assert_eq!(
        world.ask(sales, ask(BulkAction::Approve, std::slice::from_ref(&whole))).await.unwrap_err().code(),
        "role"
    );
    let again = world.ask(sales, GetDeal { id: whole.id }).await.unwrap();
    let held = DecideDeals { undo_seconds: Some(10), ..ask(BulkAction::Withdraw, &[again, empty]) };
    let held = world.ask(sales, held).await.unwrap();
    assert_eq!(held.count(ItemState::Held), 2);
    world.advance(Span::seconds(10));
    world.run_jobs().await;
    assert_eq!(statuses(&world, sales, &[whole]).await, [Status::Withdrawn]);
}

#[rstest]
#[tokio::test]
async fn what_a_decision_needs_is_asked_for(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let deals = waiting(&world, &market, 1).await;
    for (action, field) in [
        (BulkAction::Reject, "reason"),
        (BulkAction::Return, "fields"),
        (BulkAction::RequestExtension, "note"),
    ] {
        let problem = world.ask(&market.manager, ask(action, &deals)).await.unwrap_err();
        assert!(problem.of_field(field).is_some(), "{action:?}: {problem:?}");
    }
    let many = DecideDeals::new(BulkAction::Approve, vec![seen(&deals).remove(0); 201]);
    assert!(world.ask(&market.manager, many).await.unwrap_err().of_field("deals").is_some());
}
