//! Rules tried on past registrations.
use base::db::Engine;
use base::testing::World;
use base::{Problem, Span};
use partners::fixtures::Market;
use programs::{
    EditRulesDraft, Engagement, GetRulesDraft, PublishRulesDraft, RuleId, RulesForm, SaveRulesDraft,
};
use rstest::rstest;

use super::{claim, company, market, submitted};
use crate::{ApproveDeal, DryRun, DryRunRules, Ending};

async fn draft(world: &World, market: &Market, change: impl Fn(&mut Engagement)) {
    let id = market.program;
    let mut engagement = world.ask(&market.owner, GetRulesDraft { id }).await.unwrap().in_force.engagement;
    change(&mut engagement);
    world.ask(&market.owner, SaveRulesDraft { id, version: None, engagement }).await.unwrap();
}

fn ask(market: &Market) -> DryRunRules {
    DryRunRules { program: market.program, edition: None, months: None, cursor: None, limit: None }
}

async fn run(world: &World, market: &Market) -> DryRun {
    world.ask(&market.owner, ask(market)).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn the_same_rules_change_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let sales = &market.alpine.sales;
    submitted(&world, sales, claim(&market, company("Acme", "acme.example"), 5_000)).await;
    let large = submitted(&world, sales, claim(&market, company("Globex", "globex.example"), 50_000)).await;
    world.ask(&market.manager, ApproveDeal { id: large.id, version: None }).await.unwrap();
    let bluepeak = &market.bluepeak.sales;
    submitted(&world, bluepeak, claim(&market, company("Acme", "acme.example"), 5_000)).await;
    world.advance(Span::days(40));
    let run = run(&world, &market).await;
    assert_eq!((run.replayed, run.changed.total), (3, 0));
    let of = |ending| {
        run.tally.iter().find(|tally| tally.ending == ending).map(|tally| (tally.before, tally.after))
    };
    assert_eq!(of(Ending::ApprovedAtOnce), Some((1, 1)));
    assert_eq!(of(Ending::Reviewed), Some((1, 1)));
    assert_eq!(of(Ending::Conflict), Some((1, 1)));
}

#[rstest]
#[tokio::test]
async fn each_registration_that_would_change_is_named_with_the_rule(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let sales = &market.alpine.sales;
    let small = submitted(&world, sales, claim(&market, company("Acme", "acme.example"), 5_000)).await;
    submitted(&world, sales, claim(&market, company("Globex", "globex.example"), 50_000)).await;
    draft(&world, &market, |rules| rules.minimum_value_minor = 1_000_000).await;
    let run = run(&world, &market).await;
    assert_eq!((run.replayed, run.changed.total), (2, 1));
    let row = &run.changed.items[0];
    assert_eq!((row.id, row.before, row.after), (small.id, Ending::ApprovedAtOnce, Ending::ReviewedAgainst));
    assert_eq!(row.rules, [RuleId::MinimumValue]);
    assert_eq!(row.facts[0], ("minimum".to_owned(), "10000.00 EUR".to_owned()));
}

#[rstest]
#[tokio::test]
async fn what_follows_for_those_behind_in_line_is_replayed_too(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let acme = || claim(&market, company("Acme", "acme.example"), 5_000);
    let first = submitted(&world, &market.alpine.sales, acme()).await;
    world.advance(Span::minutes(1));
    submitted(&world, &market.alpine.sales, claim(&market, company("Globex", "globex.example"), 5_000)).await;
    world.advance(Span::days(20));
    let rival = submitted(&world, &market.bluepeak.sales, acme()).await;
    // Ten days of protection: by then the customer would have been free again.
    draft(&world, &market, |rules| rules.protection_days = Some(10)).await;
    let run = run(&world, &market).await;
    let of = |id| run.changed.items.iter().find(|row| row.id == id).unwrap();
    assert_eq!(of(first.id).after, Ending::Expired);
    assert_eq!(of(first.id).rules, [RuleId::Protection]);
    assert_eq!((of(rival.id).before, of(rival.id).after), (Ending::Conflict, Ending::ApprovedAtOnce));
    assert!(of(rival.id).rules.contains(&RuleId::OneApproval));
}

#[rstest]
#[tokio::test]
async fn a_lower_limit_of_open_registrations_takes_fewer(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    for (name, website) in
        [("Acme", "acme.example"), ("Globex", "globex.example"), ("Initech", "initech.example")]
    {
        submitted(&world, &market.alpine.sales, claim(&market, company(name, website), 50_000)).await;
        world.advance(Span::minutes(1));
    }
    draft(&world, &market, |rules| rules.max_open_registrations = 1).await;
    let whole = run(&world, &market).await;
    assert_eq!(whole.changed.total, 2);
    assert!(whole.changed.items.iter().all(|row| row.after == Ending::NotTaken));
    let first =
        world.ask(&market.owner, DryRunRules { limit: Some(1), ..ask(&market) }).await.unwrap().changed;
    let next = DryRunRules { limit: Some(1), cursor: first.next_cursor, ..ask(&market) };
    let second = world.ask(&market.owner, next).await.unwrap().changed;
    assert_eq!([&first.items[0], &second.items[0]], [&whole.changed.items[0], &whole.changed.items[1]]);
    assert_eq!(second.next_cursor, None);
}

#[rstest]
#[tokio::test]
async fn the_past_is_held_against_the_rules_of_its_time(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let id = market.program;
    submitted(&world, &market.alpine.sales, claim(&market, company("Acme", "acme.example"), 5_000)).await;
    world.advance(Span::days(1));
    draft(&world, &market, |rules| rules.auto_approve.enabled = false).await;
    let publish = PublishRulesDraft { id, version: None, in_force_on: None, note: None };
    world.ask(&market.owner, publish).await.unwrap();
    world.advance(Span::days(1));
    submitted(&world, &market.alpine.sales, claim(&market, company("Globex", "globex.example"), 5_000)).await;
    // Without a draft the rules in force are tried: only what came before them goes differently.
    let run = run(&world, &market).await;
    assert_eq!((run.replayed, run.changed.total), (2, 1));
    assert_eq!(run.changed.items[0].customer_name, "Acme");
    assert_eq!(run.changed.items[0].rules, [RuleId::AutoApproval]);
}

#[rstest]
#[tokio::test]
async fn only_those_who_write_rules_may_try_them(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    for other in [&market.manager, &market.analyst, &market.alpine.owner] {
        assert_eq!(world.ask(other, ask(&market)).await.unwrap_err().status(), 403);
    }
    assert_eq!(world.ask(&market.foreign.owner, ask(&market)).await, Err(Problem::NotFound));
}

#[rstest]
#[tokio::test]
async fn a_territory_is_drafted_by_its_partner_s_name(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let typed = |line: &str| {
        let mut form = RulesForm::default();
        form.excluded.exclusive_territories = Some(line.to_owned());
        EditRulesDraft { id: market.program, version: None, form }
    };
    let kept = world.ask(&market.owner, typed("de | alpine systems | 2026-01-01")).await.unwrap();
    assert_eq!(kept.engagement.excluded.exclusive_territories[0].partner, market.alpine.id);
    assert_eq!(kept.partners[0].name, "Alpine Systems");
    for stranger in ["Nobody", "Delta Dealers"] {
        let line = format!("DE | {stranger} | 2026-01-01");
        let problem = world.ask(&market.owner, typed(&line)).await.unwrap_err();
        assert_eq!(problem.of_field("excluded.exclusive_territories").unwrap().code, "unknown");
    }
}
