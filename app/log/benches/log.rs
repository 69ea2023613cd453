//! What a receipt costs: appending one durably on SQLite, proving it and checking it, in small and in large logs.
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use base::db::{Engine, Tx};
use base::http::Perform;
use base::testing::World;
use base::{Actor, OrganizationId, reexport::uuid::Uuid};
use divan::Bencher;
use log::GetEvidence;
use log::examine::{Exhibit, Said, examine};
use log::merkle::{Peaks, leaf_hash};
use log::receipt::{Receipt, verify};
use log::server::{MIGRATIONS, append};
use serde_json::json;

const VENDOR: OrganizationId = OrganizationId(Uuid::from_u128(1));
/// Entries that are in the log before anything is measured.
const SIZES: [u64; 3] = [10_000, 100_000, 1_000_000];

fn main() {
    divan::main();
}

fn world(runtime: &tokio::runtime::Runtime) -> World {
    let world = runtime.block_on(World::try_new(Engine::Sqlite, &[MIGRATIONS()]));
    world.expect("SQLite is always there")
}

/// A world whose log has so many entries. Entries of the past are written straight into the tables: their texts are
/// nobody's, their hashes and the tree over them are as they would be.
fn grown(runtime: &tokio::runtime::Runtime, entries: u64) -> World {
    /// Rows of one statement.
    const STEP: u64 = 1000;
    let world = world(runtime);
    let vendor = hex::encode(VENDOR.0.as_bytes());
    let (mut tree, mut last) = (Peaks::default(), [0; 32]);
    for from in (0..entries).step_by(STEP as usize) {
        let mut leaves = String::from("insert into log_entry values ");
        let mut nodes = String::from("insert into log_node values ");
        for at in from..from + STEP {
            let hash = leaf_hash(&at.to_be_bytes());
            let comma = if at == from { "" } else { "," };
            let _ = write!(
                leaves,
                "{comma}(x'{vendor}',{at},{},0,'x',x'{}',x'{}')",
                at + 1,
                hex::encode(last),
                hex::encode(hash)
            );
            for (node, hash) in tree.push(hash) {
                let _ =
                    write!(nodes, "(x'{vendor}',{},{},x'{}'),", node.level, node.place, hex::encode(hash));
            }
            last = hash;
        }
        nodes.pop();
        run(runtime, &world, format!("{leaves}; {nodes}"));
    }
    let head = format!(
        "insert into log_head values (x'{vendor}',{entries},x'{}',0,x'{}','')",
        hex::encode(last),
        hex::encode(tree.to_bytes())
    );
    run(runtime, &world, head);
    world
}

fn run(runtime: &tokio::runtime::Runtime, world: &World, sql: String) {
    // The store takes only texts of the program; a bench runs once and ends.
    let sql: &'static str = Box::leak(sql.into_boxed_str());
    let work = async move |tx: &mut Tx| Ok(tx.run(sql).await?);
    runtime.block_on(world.parts.db().write(work)).expect("rows can be written");
}

async fn claims(world: &World, count: i64) -> Receipt {
    let parts = world.parts.clone();
    let work = async move |tx: &mut Tx| {
        let claim = json!({ "customer": { "name": "Acme Corporation", "website": "acme.example" }, "value": 125_000 });
        let mut last = None;
        for n in 0..count {
            last = Some(append(tx, &parts, VENDOR, &claim, n).await?);
        }
        Ok(last)
    };
    world.parts.db().write(work).await.ok().flatten().expect("a claim is appended")
}

/// The grown worlds are made once: a million rows take longer than everything that is measured on them.
fn on_grown<T>(entries: u64, work: impl FnOnce(&tokio::runtime::Runtime, &World) -> T) -> T {
    static MADE: Mutex<Vec<(u64, tokio::runtime::Runtime, World)>> = Mutex::new(Vec::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if !made.iter().any(|(size, ..)| *size == entries) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let world = grown(&runtime, entries);
        made.push((entries, runtime, world));
    }
    let (_, runtime, world) = made.iter().find(|(size, ..)| *size == entries).expect("it was just made");
    work(runtime, world)
}

/// One hundred claims in one commit, so that the disk's sync weighs as it does under load.
#[divan::bench(args = SIZES)]
fn append_100_claims(bencher: Bencher, entries: u64) {
    on_grown(entries, |runtime, world| {
        bencher.counter(100_u64).bench_local(|| runtime.block_on(claims(world, 100)));
    });
}

/// What the log says of one entry: checkpoint, inclusion, two proofs of growth.
#[divan::bench(args = SIZES)]
fn prove_an_entry(bencher: Bencher, entries: u64) {
    on_grown(entries, |runtime, world| {
        let (nobody, mut at) = (Actor::nobody(), 0);
        bencher.bench_local(|| {
            // Jumps through the log, so that no page of it stays warm by chance.
            at = (at + 7_919 * 104_729) % entries;
            let size = Some(at as i64 + 1);
            let ask =
                GetEvidence { vendor: VENDOR, log_index: at as i64, receipt_size: size, kept_size: size };
            runtime.block_on(ask.perform(&world.parts, &nobody)).expect("there is such an entry")
        });
    });
}

/// What the browser does with it.
#[divan::bench(args = SIZES)]
fn judge_a_receipt(bencher: Bencher, entries: u64) {
    on_grown(entries, |runtime, world| {
        let exhibit = Exhibit::Receipt(Box::new(runtime.block_on(claims(world, 1))));
        let nobody = Actor::nobody();
        let evidence = exhibit.question(None).perform(&world.parts, &nobody);
        let said = Said::from(runtime.block_on(evidence));
        bencher.bench_local(|| examine(&exhibit, &said, None));
    });
}

#[divan::bench]
fn verify_receipt(bencher: Bencher) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let world = world(&runtime);
    let receipt = runtime.block_on(claims(&world, 1000));
    bencher.bench_local(|| verify(&receipt, &[]));
}
