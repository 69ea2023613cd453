//! Two at the same instant: exactly one succeeds.
use base::db::Engine;
use rstest::rstest;

use super::{assign, created, lead, market, offered, publish, rule, seen};
use crate::{AcceptLead, AssignLead, Distribution, LeadRule, MarkLeadDead, Status};

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_people_who_accept_at_once_exactly_one_does(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    for round in 0..10 {
        let made = offered(&world, &market, market.alpine.id, &format!("Acme {round}")).await;
        let accept = AcceptLead { id: made.id, version: None };
        let (one, other) = tokio::join!(
            world.ask(&market.alpine.sales, accept.clone()),
            world.ask(&market.alpine.owner, accept)
        );
        let refused = match (one, other) {
            (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
            both => panic!("round {round}: exactly one succeeds: {both:?}"),
        };
        assert_eq!(refused.code(), "already_answered");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lead_is_offered_to_one_partner_however_many_offer_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    for round in 0..10 {
        let made = created(&world, &market.manager, lead(&market, &format!("Acme {round}"))).await;
        let by_hand = AssignLead { partner: Some(market.bluepeak.id), ..assign(&made) };
        let (one, other) =
            tokio::join!(world.ask(&market.manager, assign(&made)), world.ask(&market.owner, by_hand));
        let refused = match (one, other) {
            (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
            both => panic!("round {round}: exactly one succeeds: {both:?}"),
        };
        assert_eq!(refused.code(), "already_assigned");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_room_is_taken_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let only = LeadRule { partners: vec![market.alpine.id], max_open: Some(1), ..rule("only") };
    publish(&world, &market, Distribution { rules: vec![only], ..Distribution::default() }).await;
    for round in 0..10 {
        let one = created(&world, &market.manager, lead(&market, &format!("One {round}"))).await;
        let other = created(&world, &market.manager, lead(&market, &format!("Other {round}"))).await;
        let (a, b) =
            tokio::join!(world.ask(&market.manager, assign(&one)), world.ask(&market.owner, assign(&other)));
        let mut statuses = [a.unwrap().status, b.unwrap().status];
        statuses.sort_unstable();
        assert_eq!(statuses, [Status::Assigned, Status::Recycled], "round {round}");
        for made in [one, other] {
            let (id, reason) = (made.id, crate::DeadReason::Duplicate);
            world
                .ask(&market.manager, MarkLeadDead { id, reason, note: String::new(), version: None })
                .await
                .unwrap();
            assert_eq!(seen(&world, &market.manager, &made).await.unwrap().status, Status::Dead);
        }
    }
}
