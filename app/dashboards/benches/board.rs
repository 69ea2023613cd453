//! What a vendor's dashboard costs with more and more history behind it: twelve tiles and a series of twelve months, as the
//! verb gives them. `cargo bench -p dashboards --bench board -- 10000 100000 1000000`; with `RIALTO_TEST_POSTGRES` on both
//! engines.
#![expect(clippy::print_stdout, reason = "a benchmark says what it measured")]
use std::collections::HashMap;
use std::time::{Duration, Instant};

use base::Date;
use base::db::{Bind, Engine, Tx};
use base::testing::World;
use base::{Datelike, bound, execute};
use dashboards::VendorDashboard;
use figures::kpi::answer_bucket;
use partners::fixtures::{Market, market};
use sqlx::AssertSqlSafe;
use sqlx::types::Uuid;

/// Partners of the vendor.
const PARTNERS: u64 = 2000;
/// Days of history before today.
const DAYS: u64 = 540;
/// How often the dashboard is asked.
const ASKED: usize = 400;

/// A small generator (`SplitMix64`): the same history every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }
}

/// Whose, grain, metric, time, dimension, currency.
type Place = (Uuid, &'static str, &'static str, String, String, &'static str);

/// The sums of so many deals, as the observer of events would have kept them.
fn history(market: &Market, deals: u64, today: Date) -> HashMap<Place, (i64, i64)> {
    let mut dice = Dice(deals);
    let mut sums: HashMap<Place, (i64, i64)> = HashMap::new();
    let products = market.products.map(|id| id.0.simple().to_string());
    for _ in 0..deals {
        let partner =
            Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(dice.below(PARTNERS)));
        let day = today.num_days_from_ce() - dice.below(DAYS) as i32;
        let day = Date::from_num_days_from_ce_opt(day).unwrap_or(today).to_string();
        let value = 100_000 + dice.below(9_000_000) as i64;
        let product = &products[dice.below(3) as usize];
        let bucket = answer_bucket(dice.below(200_000_000) as i64).to_string();
        let mut flow = |metric, dim: &str, currency, minor| {
            for whose in [market.vendor.0, partner] {
                for (grain, at) in [("day", day.as_str()), ("month", &day[..7])] {
                    let place = (whose, grain, metric, at.to_owned(), dim.to_owned(), currency);
                    let sum = sums.entry(place).or_default();
                    sum.0 += 1;
                    sum.1 += minor;
                }
            }
        };
        flow("deal.submitted", "", "", 0);
        flow("deal.answered", &bucket, "", 0);
        flow("deal.sla", if dice.below(10) == 0 { "late" } else { "kept" }, "", 0);
        match dice.below(3) {
            0 => flow("opp.lost", product, "EUR", value),
            1 => {
                flow("opp.won", product, "EUR", value);
                flow("opp.cycle", "", "", 14 + (value % 90));
            }
            _ => flow("deal.conflict", "", "", 0),
        }
        let status = ["approved", "in_review", "won", "lost", "expired"][dice.below(5) as usize];
        for (metric, dim) in [("deal.state", status), ("opp.open", product.as_str())] {
            for whose in [market.vendor.0, partner] {
                let sum =
                    sums.entry((whose, "now", metric, String::new(), dim.to_owned(), "EUR")).or_default();
                sum.0 += 1;
                sum.1 += value;
            }
        }
    }
    sums
}

async fn store(world: &World, market: &Market, sums: HashMap<Place, (i64, i64)>) {
    let (vendor, program) = (market.vendor.0, market.program.0);
    let rows: Vec<_> = sums.into_iter().collect();
    for chunk in rows.chunks(1500) {
        let chunk = chunk.to_vec();
        let work = async move |tx: &mut Tx| {
            let values = (0..chunk.len())
                .map(|n| {
                    let own = |from: usize, count: usize| {
                        (from..from + count)
                            .map(|place| format!("${}", 3 + n * 8 + place))
                            .collect::<Vec<_>>()
                            .join(", ")
                    };
                    format!("({}, $1, $2, {})", own(0, 4), own(4, 4))
                })
                .collect::<Vec<_>>()
                .join(", ");
            let sql = format!("insert into figure values {values}");
            let mut binds = vec![Bind::Id(vendor), Bind::Id(program)];
            for ((whose, grain, metric, at, dim, currency), (count, minor)) in chunk {
                binds.push(Bind::Id(whose));
                binds.extend([grain, metric, &at, &dim, currency].map(|text| Bind::Text(text.to_owned())));
                binds.extend([count, minor].map(Bind::Number));
            }
            execute!(tx, bound!(sqlx::query(AssertSqlSafe(sql.as_str())), &binds))?;
            Ok(())
        };
        world.parts.db().write(work).await.expect("sums are stored");
    }
}

/// User and system time of this process so far.
fn cpu() -> Duration {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |place: usize| fields.get(place).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}

async fn measure(engine: Engine, deals: u64) {
    let mut tables = deals::server::tables();
    tables.extend([rates::MIGRATIONS(), figures::MIGRATIONS()]);
    let Some(world) = World::try_new(engine, &tables).await else { return };
    let market = market(&world).await;
    let today = world.parts.clock().now().date();
    let sums = history(&market, deals, today);
    let rows = sums.len();
    store(&world, &market, sums).await;
    if engine == Engine::Postgres {
        // As autovacuum does within a minute of so many new rows; without it the planner knows nothing of the tables.
        let analyze = async |tx: &mut Tx| {
            execute!(tx, sqlx::query("analyze"))?;
            Ok(())
        };
        world.parts.db().write(analyze).await.expect("the tables are analysed");
    }
    for period in ["30d", "12m", "all"] {
        let ask = || VendorDashboard { period: Some(period.to_owned()), ..VendorDashboard::default() };
        for _ in 0..10 {
            world.ask(&market.manager, ask()).await.expect("a dashboard");
        }
        let (mut times, before) = (Vec::with_capacity(ASKED), cpu());
        for _ in 0..ASKED {
            let start = Instant::now();
            let board = world.ask(&market.manager, ask()).await.expect("a dashboard");
            times.push(start.elapsed());
            assert!(board.tiles.len() >= 12 && !board.series.is_empty());
        }
        let used = cpu().saturating_sub(before).as_secs_f64() * 1000.0 / ASKED as f64;
        times.sort_unstable();
        let ms = |at: usize| times[at].as_secs_f64() * 1000.0;
        println!(
            "| {deals} | {engine:?} | {period} | {rows} | {:.2} | {:.2} | {used:.2} |",
            ms(ASKED / 2),
            ms(ASKED * 99 / 100)
        );
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let asked = std::env::args().filter_map(|text| text.parse().ok()).collect::<Vec<u64>>();
    let sizes = if asked.is_empty() { vec![10_000] } else { asked };
    println!(
        "| deals | engine | period | sums | median ms | p99 ms | CPU ms |\n|---:|---|---|---:|---:|---:|---:|"
    );
    for deals in sizes {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            measure(engine, deals).await;
        }
    }
}
