//! What a look-up costs with the database in it, beside pg_trgm and rapidfuzz, on the same names and questions.
//!
//! `cargo bench -p customers --bench lookup -- 10000 100000 1000000`; PostgreSQL is the cluster of `RIALTO_TEST_POSTGRES`,
//! rapidfuzz runs in the environment that the quality benchmark of `matching` makes.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a report for people")]

#[path = "lookup/others.rs"]
mod others;
#[path = "../../matching/tests/synthetic/mod.rs"]
mod synthetic;

use base::db::{Engine, Tx};
use base::testing::World;
use base::{CustomerId, OrganizationId, Side};
use customers::Customer;
use customers::server::{described, insert_customers, keys, matcher};
use matching::Company;
use organizations::Organization;
use std::time::{Duration, Instant};
use synthetic::{Dice, companies, mixed, slipped};

/// Questions; a slower rival is asked fewer.
const ASKED: usize = 2_000;
/// Records that are compared in full.
const COMPARED: u32 = 60;
/// Customers of one transaction while the table is filled.
const BATCH: usize = 5_000;

fn main() {
    let mut sizes: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    if sizes.is_empty() {
        sizes.push(10_000);
    }
    println!(
        "| customers | way | asked | recall@5 | median ms | p99 ms | mean ms |\n|---|---|---|---|---|---|---|"
    );
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    for size in sizes {
        let (companies, questions) = questions(size);
        for engine in [Engine::Sqlite, Engine::Postgres] {
            runtime.block_on(measure(engine, &companies, &questions));
        }
        others::rapidfuzz(&companies, &questions);
    }
}

/// A company typed again, and which one it is.
struct Question {
    company: Company,
    at: usize,
}

fn questions(size: usize) -> (Vec<Company>, Vec<Question>) {
    let companies = companies(size);
    let mut dice = Dice::new(11);
    let mut ask = || {
        let (at, slip) = (dice.below(size), mixed(&mut dice));
        Question { company: slipped(&companies[at], slip, &mut dice), at }
    };
    let questions = (0..ASKED).map(|_| ask()).collect();
    (companies, questions)
}

async fn measure(engine: Engine, companies: &[Company], questions: &[Question]) {
    let slices =
        [organizations::MIGRATIONS(), access::MIGRATIONS(), programs::MIGRATIONS(), customers::MIGRATIONS()];
    let Some(world) = World::try_new(engine, &slices).await else { return };
    let vendor = fill(&world, companies).await;
    let name = if engine == Engine::Sqlite { "SQLite" } else { "PostgreSQL" };
    let mut tx = world.parts.db().read().await.unwrap();
    let (mut times, mut found) = (Vec::new(), 0);
    // The first questions prepare the statements and warm the pages.
    for question in questions.iter().take(questions.len() / 10) {
        look(&mut tx, vendor, &question.company).await;
    }
    for question in questions {
        let begun = Instant::now();
        let best = look(&mut tx, vendor, &question.company).await;
        times.push(begun.elapsed());
        let meant = &companies[question.at].name;
        found +=
            usize::from(best.iter().take(5).any(|(id, name)| *id == id_of(question.at) || name == meant));
    }
    line(companies.len(), name, found, &mut times);
    if engine == Engine::Postgres {
        others::pg_trgm(&mut tx, vendor, companies, questions).await;
    }
}

/// What a check does: other names, candidates, what is known of them, scores; best first.
async fn look(tx: &mut Tx, vendor: OrganizationId, company: &Company) -> Vec<(CustomerId, String)> {
    let matcher = matcher(tx, vendor, company).await.unwrap();
    let asked = matcher.profile(company);
    let candidates = keys::candidates(tx, vendor, &matching::probes(&asked), COMPARED).await.unwrap();
    let mut scored: Vec<_> = described(tx, vendor, &candidates)
        .await
        .unwrap()
        .into_iter()
        .map(|one| (matcher.score(&asked, &matcher.profile(&one.company)), one))
        .collect();
    scored.sort_by(|one, other| other.0.bits.total_cmp(&one.0.bits));
    scored.into_iter().map(|(_, one)| (CustomerId(one.record), one.company.name)).collect()
}

fn id_of(at: usize) -> CustomerId {
    CustomerId(sqlx::types::Uuid::from_u128(1 + at as u128))
}

async fn fill(world: &World, companies: &[Company]) -> OrganizationId {
    let parts = &world.parts;
    let vendor = OrganizationId(parts.id(parts.clock().now()));
    let organization = Organization::new(vendor, Side::Vendor, "Northwind");
    let work = async move |tx: &mut Tx| organizations::server::insert(tx, &organization).await;
    parts.db().write(work).await.unwrap();
    for (batch, chunk) in companies.chunks(BATCH).enumerate() {
        let customer = |(at, company): (usize, &Company)| Customer {
            id: id_of(batch * BATCH + at),
            name: company.name.clone(),
            website: company.website.clone(),
            domain: customers::server::domain(company.website.as_deref()),
            country: company.country.clone(),
            city: company.city.clone(),
            postal_code: company.postal_code.clone(),
            ..Customer::default()
        };
        let all: Vec<Customer> = chunk.iter().enumerate().map(customer).collect();
        let work = async move |tx: &mut Tx| insert_customers(tx, vendor, &all).await;
        parts.db().write(work).await.unwrap();
    }
    let mut tx = parts.db().read().await.unwrap();
    if tx.engine() == Engine::Postgres {
        tx.run("analyze").await.unwrap();
    }
    vendor
}

/// One row of the report.
fn line(size: usize, way: &str, found: usize, times: &mut [Duration]) {
    times.sort_unstable();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    let at = |share: f64| ms(times[((times.len() as f64 * share) as usize).min(times.len() - 1)]);
    let mean = ms(times.iter().sum::<Duration>()) / times.len() as f64;
    println!(
        "| {size} | {way} | {} | {:.4} | {:.3} | {:.3} | {mean:.3} |",
        times.len(),
        found as f64 / times.len() as f64,
        at(0.5),
        at(0.99),
    );
}
