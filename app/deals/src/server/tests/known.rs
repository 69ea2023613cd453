//! What a vendor knows of its customers counts in screening: other names and domains, and its own weights.
use base::db::Engine;
use base::testing::World;
use base::{Actor, CustomerId};
use customers::{CreateCustomer, PublishMatchWeights, SetCustomerAliases};
use matching::{Thresholds, Verdict, Weights};
use partners::fixtures::Market;
use programs::{Edition, RuleId};
use rstest::rstest;

use super::{claim, company, market, submitted};
use crate::{
    ApproveDeal, CheckDeal, CheckVerdict, CustomerClaim, DryRunRules, GetDeal, ListConflicts, ReasonCode,
    Status,
};

async fn alphabet(world: &World, market: &Market) -> CustomerId {
    let ask = CreateCustomer {
        name: "Alphabet Inc.".into(),
        website: Some("alphabet.example".into()),
        country: Some("DE".into()),
        ..CreateCustomer::default()
    };
    world.ask(&market.manager, ask).await.unwrap().id
}

async fn is_google(world: &World, market: &Market, id: CustomerId) {
    let ask = SetCustomerAliases {
        id,
        names: vec!["Google LLC".into()],
        websites: vec!["google.example".into()],
        version: None,
    };
    world.ask(&market.manager, ask).await.unwrap();
}

async fn check(world: &World, market: &Market, actor: &Actor, customer: CustomerClaim) -> crate::Check {
    world.ask(actor, CheckDeal { customer: Some(customer), ..CheckDeal::new(market.program) }).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn a_rival_under_another_domain_of_the_customer_is_found(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let (first, second) = (&market.alpine.sales, &market.bluepeak.sales);
    let google = || company("Google", "google.example");
    let new = || company("Alphabet Holding", "www.alphabet.example");
    let held = submitted(&world, first, claim(&market, google(), 900)).await;
    assert_eq!(held.status, Status::Approved);
    assert_eq!(check(&world, &market, second, new()).await.verdict, CheckVerdict::Clear);
    let id = alphabet(&world, &market).await;
    is_google(&world, &market, id).await;
    let told = check(&world, &market, second, new()).await;
    let codes: Vec<_> = told.reasons.iter().map(|reason| reason.code).collect();
    assert_eq!(told.verdict, CheckVerdict::Conflict);
    assert!(
        codes.contains(&ReasonCode::RivalProtected) && codes.contains(&ReasonCode::SameDomain),
        "{codes:?}"
    );
    let lost = submitted(&world, second, claim(&market, new(), 900)).await;
    assert_eq!(lost.status, Status::Conflict);
    let seen = world.ask(&market.manager, ListConflicts { id: lost.id }).await.unwrap().items;
    assert_eq!(seen[0].weights_version.as_deref(), Some(Weights::published().version.as_str()));
    let rival =
        seen.iter().find_map(|one| one.rival.as_ref().filter(|rival| rival.number.is_some())).unwrap();
    assert_eq!(rival.id, held.id.to_string());
    let seen = world.ask(second, ListConflicts { id: lost.id }).await.unwrap().items;
    assert!(seen.iter().all(|one| one.weights_version.is_none() && one.rival.is_none()));
}

#[rstest]
#[tokio::test]
async fn a_hold_under_another_domain_of_the_customer_is_in_the_way(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let held =
        submitted(&world, &market.alpine.sales, claim(&market, company("Google", "google.example"), 900))
            .await;
    let new = company("Alphabet Holding", "alphabet.example");
    let waits = submitted(&world, &market.bluepeak.sales, claim(&market, new, 48_000)).await;
    assert_eq!((held.status, waits.status), (Status::Approved, Status::InReview));
    let id = alphabet(&world, &market).await;
    is_google(&world, &market, id).await;
    let refused = world.ask(&market.manager, ApproveDeal { id: waits.id, version: None }).await.unwrap_err();
    assert_eq!(refused.code(), "rival_protected");
}

#[rstest]
#[tokio::test]
async fn a_decision_is_made_by_the_vendors_own_weights_and_cites_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let acme = || company("Acme GmbH", "acme.example");
    submitted(&world, &market.alpine.sales, claim(&market, acme(), 900)).await;
    let by_published = check(&world, &market, &market.bluepeak.sales, acme()).await;
    assert_eq!(by_published.verdict, CheckVerdict::Conflict);
    assert_eq!(by_published.weights_version, Weights::published().version);
    // Nothing is sure by these: everything is for a person to decide.
    let own = Weights {
        version: "own-1".into(),
        thresholds: Thresholds { review: 4.0, same: 90.0 },
        ..Weights::default()
    };
    world.ask(&market.owner, PublishMatchWeights { weights: Some(own) }).await.unwrap();
    let by_own = check(&world, &market, &market.bluepeak.sales, acme()).await;
    assert_eq!((by_own.verdict, by_own.weights_version.as_str()), (CheckVerdict::PossibleConflict, "own-1"));
    let deal = submitted(&world, &market.bluepeak.sales, claim(&market, acme(), 900)).await;
    assert_eq!(deal.status, Status::InReview);
    let deal = world.ask(&market.manager, GetDeal { id: deal.id }).await.unwrap();
    let cited = deal.rules.iter().find(|rule| rule.rule == RuleId::OneApproval).unwrap();
    assert!(cited.facts.contains(&("weights".to_owned(), "own-1".to_owned())), "{cited:?}");
    let seen = world.ask(&market.manager, ListConflicts { id: deal.id }).await.unwrap().items;
    assert_eq!((seen[0].verdict, seen[0].weights_version.as_deref()), (Verdict::Review, Some("own-1")));
}

#[rstest]
#[tokio::test]
async fn a_dry_run_compares_as_screening_does(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let id = alphabet(&world, &market).await;
    is_google(&world, &market, id).await;
    let ask = |name, website| claim(&market, company(name, website), 900);
    submitted(&world, &market.alpine.sales, ask("Google", "google.example")).await;
    let lost = submitted(&world, &market.bluepeak.sales, ask("Alphabet Holding", "alphabet.example")).await;
    assert_eq!(lost.status, Status::Conflict);
    let ask = DryRunRules {
        program: market.program,
        edition: Some(Edition::Version(1)),
        months: None,
        cursor: None,
        limit: None,
    };
    let run = world.ask(&market.owner, ask).await.unwrap();
    let conflicts = run.tally.iter().find(|tally| tally.ending == crate::Ending::Conflict);
    assert_eq!((run.replayed, conflicts.map(|tally| tally.before)), (2, Some(1)), "{:?}", run.tally);
}
