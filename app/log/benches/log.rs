//! What a receipt costs: appending one durably on SQLite, and checking one.
use base::db::{Engine, Tx};
use base::testing::World;
use base::{OrganizationId, reexport::uuid::Uuid};
use divan::Bencher;
use log::receipt::{Receipt, verify};
use log::server::{MIGRATIONS, append};
use serde_json::json;

fn main() {
    divan::main();
}

fn world(runtime: &tokio::runtime::Runtime) -> World {
    let world = runtime.block_on(World::try_new(Engine::Sqlite, &[MIGRATIONS()]));
    world.expect("SQLite is always there")
}

async fn claims(world: &World, count: i64) -> Receipt {
    let parts = world.parts.clone();
    let work = async move |tx: &mut Tx| {
        let claim = json!({ "customer": { "name": "Acme Corporation", "website": "acme.example" }, "value": 125_000 });
        let mut last = None;
        for n in 0..count {
            last = Some(append(tx, &parts, OrganizationId(Uuid::from_u128(1)), &claim, n).await?);
        }
        Ok(last)
    };
    world.parts.db().write(work).await.ok().flatten().expect("a claim is appended")
}

/// One hundred claims in one commit, so that the disk's sync weighs as it does under load.
#[divan::bench(args = [100])]
fn append_claims(bencher: Bencher, count: i64) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let world = world(&runtime);
    bencher.counter(count as u64).bench_local(|| runtime.block_on(claims(&world, count)));
}

#[divan::bench]
fn verify_receipt(bencher: Bencher) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let world = world(&runtime);
    let receipt = runtime.block_on(claims(&world, 1000));
    bencher.bench_local(|| verify(&receipt, &[]));
}
