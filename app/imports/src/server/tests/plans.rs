//! Files of goals and of exchange rates, on both engines.
use base::db::Engine;
use base::testing::World;
use goals::{ListGoals, Metric};
use partners::fixtures::{Market, market};
use rates::ListRates;
use rstest::rstest;

use super::counts;
use crate::model::{Import, Kind};
use crate::server::{MIGRATIONS, import_file, store};

/// A world with a market in it, or the end of the test where there is no PostgreSQL.
macro_rules! market {
    ($engine:expr) => {{
        let mut tables = ::deals::server::tables();
        tables.extend([rates::MIGRATIONS(), figures::MIGRATIONS(), goals::MIGRATIONS(), MIGRATIONS()]);
        let Some(world) = World::try_new($engine, &tables).await else { return };
        world.parts.observe(vec![rates::OBSERVER]);
        let market = market(&world).await;
        (world, market)
    }};
}

async fn import(world: &World, market: &Market, kind: Kind, file: &str) -> Import {
    let bytes = file.as_bytes().to_vec();
    import_file(&world.parts, &market.owner, kind, market.program, "plan.csv", bytes).await.unwrap()
}

/// The codes of what was turned back, by line.
async fn turned_back(world: &World, import: &Import) -> Vec<(u64, String)> {
    let mut tx = world.parts.db().read().await.unwrap();
    let rejected = store::rejections(&mut tx, import.id).await.unwrap();
    let codes = |row: &store::Rejected| {
        row.reasons
            .iter()
            .map(|reason| format!("{}: {}", reason.field, reason.code))
            .collect::<Vec<_>>()
            .join(", ")
    };
    rejected.iter().map(|row| (row.line, codes(row))).collect()
}

#[rstest]
#[tokio::test]
async fn goals_come_in_and_the_same_again_changes_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let alpine = "Alpine Systems";
    let file = format!(
        "Partner,Region,KPI,Goal,Start,End\n\
         {alpine},,Revenue,\"120,000\",2027-01-01,2027-12-31\n\
         ,DACH,registrations,40,2027-01-01,2027-03-31\n\
         ,,won_count,12,2027-01-01,2027-12-31\n\
         Nobody Ltd,,revenue,1,2027-01-01,2027-12-31\n\
         ,,happiness,ten,2027-01-01,soon\n\
         ,,revenue,0,2027-12-31,2027-01-01\n\
         ,,won_count,12,2027-01-01,2027-12-31\n"
    );
    let first = import(&world, &market, Kind::Goals, &file).await;
    assert_eq!(counts(&first), [7, 3, 0, 0, 4]);
    let said = turned_back(&world, &first).await;
    let said: Vec<(u64, &str)> = said.iter().map(|(line, codes)| (*line, codes.as_str())).collect();
    assert_eq!(
        said,
        [
            (5, "partner: unknown"),
            (6, "metric: unknown_metric, until: not_a_date"),
            (7, "target: range"),
            (8, "line: repeated"),
        ]
    );
    let mut goals = world.ask(&market.owner, ListGoals::default()).await.unwrap().items;
    goals.sort_by_key(|goal| goal.target);
    let seen: Vec<(Metric, i64, bool)> =
        goals.iter().map(|goal| (goal.metric, goal.target, goal.partner.is_some())).collect();
    assert_eq!(
        seen,
        [
            (Metric::WonCount, 12, false),
            (Metric::Registrations, 40, false),
            (Metric::WonValue, 12_000_000, true)
        ]
    );
    let again = import(&world, &market, Kind::Goals, &file).await;
    assert_eq!(counts(&again), [7, 0, 0, 3, 4]);
    // Another target for the same is a change that somebody should make on the goal itself.
    let other = file.replace("registrations,40", "registrations,50");
    let other = import(&world, &market, Kind::Goals, &other).await;
    assert_eq!(counts(&other), [7, 0, 0, 2, 5]);
}

#[rstest]
#[tokio::test]
async fn rates_come_in_as_central_banks_write_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let file = "CURRENCY,TIME_PERIOD,OBS_VALUE\nUSD,2026-01,1.0842\nUSD,2026-02,1.0901\nJPY,2026-01,160.5\n\
                USD,2026-01,1.1\nEUR,2026-01,1\nUSD,January,zero\n";
    let first = import(&world, &market, Kind::Rates, file).await;
    assert_eq!(counts(&first), [6, 3, 0, 0, 3]);
    let said = turned_back(&world, &first).await;
    let said: Vec<(u64, &str)> = said.iter().map(|(line, codes)| (*line, codes.as_str())).collect();
    assert_eq!(
        said,
        [(5, "line: repeated"), (6, "currency: euro"), (7, "month: not_a_month, per_euro: not_a_rate")]
    );
    let again = import(&world, &market, Kind::Rates, &file.replace("1.0901", "1.0902")).await;
    assert_eq!(counts(&again), [6, 0, 1, 2, 3]);
    assert_eq!(world.ask(&market.manager, ListRates::default()).await.unwrap().total, 3);
    // Channel managers set goals, not rates.
    let bytes = file.as_bytes().to_vec();
    let refused =
        import_file(&world.parts, &market.manager, Kind::Rates, market.program, "x.csv", bytes).await;
    assert_eq!(refused.unwrap_err().code(), "role");
}
