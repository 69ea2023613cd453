//! Crowds of partners for one customer, each spelling it in its own way: one gets it, the others are told why.
use base::db::{Engine, Tx};
use base::testing::World;
use base::{Actor, OrganizationId, Problem, Role, Side};
use futures::future::join_all;
use organizations::Organization;
use partners::fixtures::Market;
use partners::{CreateEnrollment, PartnerType};
use programs::{Engagement, PublishProgramVersion};
use rstest::rstest;

use super::model::Dice;
use super::{cases, claim};
use crate::server::tables;
use crate::{ApproveDeal, CustomerClaim, Deal, DealState, ListConflicts, ReasonCode, RegisterDeal, Status};

/// The largest crowd.
const MOST: usize = 64;
/// Races that one world takes before a new one is made, so that no table grows large.
const PER_WORLD: u64 = 100;

/// How many partners race: 2 to [`MOST`], `n` of them with a chance of 1 in `n²`. Mostly few meet, sometimes many.
fn racers(dice: &mut Dice) -> usize {
    const WHOLE: usize = 1 << 20;
    let weight = |count: usize| WHOLE / (count * count);
    let mut left = dice.below((2..=MOST).map(weight).sum());
    let chosen = (2..=MOST).find(|count| {
        let within = left < weight(*count);
        left = left.saturating_sub(weight(*count));
        within
    });
    chosen.unwrap_or(MOST)
}

/// A world with a market and a crowd in it.
async fn stage(engine: Engine) -> Option<(World, Market, Vec<Actor>)> {
    let world = World::try_new(engine, &tables()).await?.with_jobs(crate::JOBS);
    let market = partners::fixtures::market(&world).await;
    let rules = Engagement { max_open_registrations: 100_000, ..Engagement::default() };
    let ask = serde_json::json!({ "id": market.program, "engagement": rules });
    let ask: PublishProgramVersion = serde_json::from_value(ask).unwrap();
    world.ask(&market.owner, ask).await.unwrap();
    let crowd = crowd(&world, &market).await;
    Some((world, market, crowd))
}

#[rstest]
#[case::sqlite(Engine::Sqlite, 100)]
#[case::postgres(Engine::Postgres, 10)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_crowd_that_wants_one_customer_exactly_one_gets_it_and_the_others_are_told_why(
    #[case] engine: Engine,
    #[case] usual: u64,
) {
    let races = cases("RIALTO_RACES", usual);
    let mut next = races.start;
    while next < races.end {
        let Some((world, market, crowd)) = stage(engine).await else { return };
        let first = next;
        next += PER_WORLD;
        for race in first..races.end.min(next) {
            let mut dice = Dice::new(race);
            let customer = dice.word();
            by_submit(&world, &market, &crowd[..racers(&mut dice)], &customer, race).await;
        }
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite, 6)]
#[case::postgres(Engine::Postgres, 2)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_crowd_that_is_approved_at_one_instant_exactly_one_is_and_the_others_are_told_why(
    #[case] engine: Engine,
    #[case] races: u64,
) {
    let Some((world, market, crowd)) = stage(engine).await else { return };
    for race in 0..races {
        let mut dice = Dice::new(race);
        let customer = dice.word();
        by_approval(&world, &market, &crowd[..2 + dice.below(MOST / 2 - 1)], &customer, race).await;
    }
}

/// The customer as the partner at a place writes it: never twice in the same way, always the same company.
fn spelt(customer: &str, place: usize) -> CustomerClaim {
    let capital = customer[..1].to_uppercase() + &customer[1..];
    let name = match place % 6 {
        0 => format!("{capital} GmbH"),
        1 => customer.to_uppercase(),
        2 => format!("{capital} Gesellschaft mit beschränkter Haftung"),
        3 => format!("  {capital}  "),
        4 => format!("{capital} Deutschland GmbH"),
        _ => format!("Die {capital} GmbH & Co. KG"),
    };
    let website = match place / 6 % 6 {
        0 => format!("{customer}.example"),
        1 => format!("https://www.{customer}.example/kontakt?von={place}"),
        2 => format!("WWW.{}.EXAMPLE", customer.to_uppercase()),
        3 => format!("info@{customer}.example"),
        4 => format!("http://shop.{customer}.example:8080/"),
        _ => format!("https://{customer}.example/#{place}"),
    };
    let city = Some(format!("Stadt {place}"));
    CustomerClaim {
        name,
        website: Some(website),
        country: Some("DE".into()),
        city,
        ..CustomerClaim::default()
    }
}

async fn submit_all(
    world: &World,
    market: &Market,
    racers: &[Actor],
    customer: &str,
    value: i64,
) -> Vec<Deal> {
    let asks = racers.iter().enumerate().map(|(place, actor)| {
        let ask = claim(market, spelt(customer, place), value);
        world.ask(actor, RegisterDeal { submit: Some(true), ..ask })
    });
    join_all(asks).await.into_iter().map(|done| done.expect("a submit is taken")).collect()
}

/// All would be approved at once: who is received first is.
async fn by_submit(world: &World, market: &Market, racers: &[Actor], customer: &str, race: u64) {
    let deals = submit_all(world, market, racers, customer, 900).await;
    let (won, lost): (Vec<_>, Vec<_>) =
        deals.into_iter().zip(racers).partition(|(deal, _)| deal.status == Status::Approved);
    assert_eq!(won.len(), 1, "race {race}");
    // Who was screened before the first one was committed, as happens on PostgreSQL, is told by a job.
    let told =
        |(deal, _): &(Deal, _)| matches!(deal.state, DealState::Conflict { appeal_until: Some(_), .. });
    if !lost.iter().all(told) {
        world.run_jobs().await;
    }
    for (deal, actor) in lost {
        assert!(won[0].0.priority() < deal.priority(), "race {race}: who was first got it");
        told_why(world, actor, &deal, race).await;
    }
}

/// All wait for a person, and all are approved at the same instant.
async fn by_approval(world: &World, market: &Market, racers: &[Actor], customer: &str, race: u64) {
    let deals = submit_all(world, market, racers, customer, 48_000).await;
    let approvals =
        deals.iter().map(|deal| world.ask(&market.manager, ApproveDeal { id: deal.id, version: None }));
    let mut won = 0;
    let mut losers = Vec::new();
    for ((done, deal), actor) in join_all(approvals).await.into_iter().zip(&deals).zip(racers) {
        match done {
            Ok(_) => won += 1,
            Err(problem) => {
                assert_eq!(problem.code(), "rival_protected", "race {race}");
                losers.push((deal, actor));
            }
        }
    }
    assert_eq!(won, 1, "race {race}");
    world.run_jobs().await;
    for (deal, actor) in losers {
        told_why(world, actor, deal, race).await;
    }
}

/// A loser reads that somebody else is protected, and not who.
async fn told_why(world: &World, actor: &Actor, deal: &Deal, race: u64) {
    let deal = world.ask(actor, crate::GetDeal { id: deal.id }).await.unwrap();
    let DealState::Conflict { rivals, appeal_until, .. } = &deal.state else {
        panic!("race {race}: {:?}", deal.state);
    };
    assert!(rivals.is_empty() && appeal_until.is_some(), "race {race}");
    let seen = world.ask(actor, ListConflicts { id: deal.id }).await.unwrap().items;
    let reasons: Vec<_> = seen.iter().flat_map(|one| &one.reasons).map(|reason| reason.code).collect();
    assert!(reasons.contains(&ReasonCode::RivalProtected), "race {race}: {reasons:?}");
    assert!(seen.iter().all(|one| one.rival.is_none()), "race {race}");
}

/// The sales people of many partners.
async fn crowd(world: &World, market: &Market) -> Vec<Actor> {
    let (parts, program, vendor) = (world.parts.clone(), market.program, market.vendor);
    let work = async move |tx: &mut Tx| -> Result<Vec<Actor>, Problem> {
        let mut crowd = Vec::new();
        for place in 0..MOST {
            let id = OrganizationId(parts.id(parts.clock().now()));
            let name = format!("Partner {place}");
            organizations::server::insert(tx, &Organization::new(id, Side::Partner, &name)).await?;
            let email = format!("sales@partner{place}.example");
            let new = access::server::NewUser { email, name, password: None };
            let user = access::server::create_user(tx, &parts, new).await?.id;
            access::server::add_membership(tx, &parts, user, id, Role::Sales).await?;
            let asked = CreateEnrollment {
                program,
                partner: id,
                status: None,
                tier: None,
                partner_types: vec![PartnerType::Reseller],
                territory: None,
                channel_manager: None,
            };
            partners::server::enroll(tx, &parts, &Actor::system(), vendor, asked).await?;
            crowd.push(access::server::actor_of(tx, user, id).await?);
        }
        Ok(crowd)
    };
    world.parts.db().write(work).await.unwrap()
}
