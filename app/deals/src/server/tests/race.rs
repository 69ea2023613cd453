//! Two approvals of rivals at the same instant: exactly one succeeds.
use base::db::Engine;
use rstest::rstest;

use super::{claim, company, market, submitted};
use crate::{ApproveDeal, RevocationReason, RevokeDeal, Status, WithdrawDeal};

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_approvals_of_rivals_at_once_exactly_one_succeeds_a_hundred_times(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    for round in 0..100 {
        let customer = || company(&format!("Rounder {round}"), &format!("rounder{round}.example"));
        let one = submitted(&world, &market.alpine.sales, claim(&market, customer(), 48_000)).await;
        let other = submitted(&world, &market.bluepeak.sales, claim(&market, customer(), 52_000)).await;
        let (first, second) = (one.id, other.id);
        let approve =
            |deal: &crate::Deal| world.ask(&market.manager, ApproveDeal { id: deal.id, version: None });
        let (one, other) = tokio::join!(approve(&one), approve(&other));
        let (Ok(won), Err(refused)) = (if one.is_ok() { (one, other) } else { (other, one) }) else {
            panic!("round {round}: exactly one succeeds");
        };
        assert_eq!(refused.code(), "rival_protected", "round {round}");
        // Makes room: a partner may hold only so many registrations open.
        let reason = RevocationReason::CustomerRequest;
        let revoke = RevokeDeal { id: won.id, reason, note: String::new(), version: None };
        world.ask(&market.manager, revoke).await.unwrap();
        for (id, actor) in [(first, &market.alpine.sales), (second, &market.bluepeak.sales)] {
            if id != won.id {
                world.ask(actor, WithdrawDeal { id, version: None }).await.unwrap();
            }
        }
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_submits_at_once_that_would_be_approved_automatically_exactly_one_is(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    for round in 0..20 {
        let customer = || company(&format!("Rounder {round}"), &format!("rounder{round}.example"));
        let (one, other) = tokio::join!(
            submitted(&world, &market.alpine.sales, claim(&market, customer(), 900)),
            submitted(&world, &market.bluepeak.sales, claim(&market, customer(), 900)),
        );
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [Status::Conflict, Status::Approved], "round {round}");
        let (won, lost) = if one.status == Status::Approved { (one, other) } else { (other, one) };
        assert!(won.priority() < lost.priority(), "whoever was first got it");
    }
}

#[rstest]
#[tokio::test]
async fn the_database_itself_lets_one_deal_have_a_customer(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let ask = |website: &str, value| claim(&market, company("Acme GmbH", website), value);
    let one = submitted(&world, &market.alpine.sales, ask("acme.example", 48_000)).await;
    let other = submitted(&world, &market.bluepeak.sales, ask("shop.acme.example", 52_000)).await;
    let take = |deal: crate::Deal| {
        world
            .parts
            .db()
            .write(async move |tx: &mut base::db::Tx| crate::server::store::take_holds(tx, &deal).await)
    };
    assert_eq!(take(one).await, Ok(()));
    assert_eq!(take(other).await.unwrap_err().code(), "rival_protected");
}
