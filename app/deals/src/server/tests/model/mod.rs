//! Random commands by several people, clock jumps included: the real verbs and a pure model of them always agree.
mod commands;
mod dice;
mod pure;

use base::db::Engine;
use base::testing::World;
use base::{DealId, Problem, Span};
use partners::fixtures::Market;
use programs::{Engagement, Exclusions, PublishProgramVersion};
use rstest::rstest;

use commands::{Command, random};
pub(super) use dice::Dice;
use pure::{Model, Told};

use super::cases;
use crate::server::tables;
use crate::{Deal, GetDeal};

/// Sequences that one world takes before a new one is made, so that no table grows large.
const PER_WORLD: u64 = 100;
/// Commands of a sequence.
const LENGTH: usize = 24;

#[rstest]
#[case::sqlite(Engine::Sqlite, 120)]
#[case::postgres(Engine::Postgres, 20)]
#[tokio::test]
async fn random_commands_come_to_the_same_end_in_the_model_and_in_the_store(
    #[case] engine: Engine,
    #[case] usual: u64,
) {
    let sequences = cases("RIALTO_MODEL_SEQUENCES", usual);
    let mut next = sequences.start;
    while next < sequences.end {
        let Some(world) = World::try_new(engine, &tables()).await else { return };
        let world = world.with_jobs(crate::JOBS);
        let market = partners::fixtures::market(&world).await;
        let rules = rules();
        publish(&world, &market, &rules).await;
        for seed in next..sequences.end.min(next + PER_WORLD) {
            // What is left of the sequence before ends by itself.
            world.advance(Span::days(400));
            world.run_jobs().await;
            play(&world, &market, &rules, seed).await;
        }
        next += PER_WORLD;
    }
}

/// The default rules, but for what would need a model of the CRM.
fn rules() -> Engagement {
    Engagement {
        max_open_registrations: 100_000,
        excluded: Exclusions {
            open_opportunities: false,
            existing_customers: false,
            ..Exclusions::default()
        },
        ..Engagement::default()
    }
}

async fn publish(world: &World, market: &Market, rules: &Engagement) {
    let ask = serde_json::json!({ "id": market.program, "engagement": rules });
    let ask: PublishProgramVersion = serde_json::from_value(ask).unwrap();
    world.ask(&market.owner, ask).await.unwrap();
}

async fn play(world: &World, market: &Market, rules: &Engagement, seed: u64) {
    let mut dice = Dice::new(seed);
    let names: Vec<String> = (0..2).map(|_| dice.word()).collect();
    let mut model = Model::new(rules.clone());
    let mut ids: Vec<DealId> = Vec::new();
    let mut history = Vec::new();
    for _ in 0..LENGTH {
        let command = random(&mut dice, ids.len());
        history.push(format!("{command:?}"));
        let told = || format!("sequence {seed}:\n{}", history.join("\n"));
        if let Command::Wait(span) = command {
            world.advance(span);
        }
        let now = world.parts.clock().now();
        let expected = model.make(&command, market, now);
        let done = commands::ask(world, market, &command, &names, &ids).await;
        match (&expected, &done) {
            (Ok(_), Ok(made)) => {
                if let (Some(made), true) = (made, command.registers()) {
                    ids.push(made.id);
                }
            }
            (Err(expected), Err(problem)) => {
                assert_eq!(*expected, problem.code(), "{problem:?} in {}", told());
            }
            _ => panic!("the model says {expected:?}, the verb {done:?}, in {}", told()),
        }
        world.run_jobs().await;
        model.settle(now);
        for (place, id) in ids.iter().enumerate() {
            let deal = world.ask(&market.manager, GetDeal { id: *id }).await.unwrap();
            assert_eq!(seen(&deal), model.told(place), "deal {place} in {}", told());
        }
    }
}

/// What the model knows of a deal, as the store has it.
fn seen(deal: &Deal) -> Told {
    Told {
        status: deal.status,
        protected_until: deal.protection.map(|window| window.expiry),
        rounds: deal.rounds,
        extensions: deal.extensions,
        share_percent: deal.state.share_percent(),
        is_in_line: deal.priority_at.is_some(),
        lapses_at: deal.lapses_at,
    }
}

type Done = Result<Option<Deal>, Problem>;
