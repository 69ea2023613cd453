//! A server that is killed in the middle of a stream of submits loses none that it acknowledged, and breaks no chain.
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use base::db::Engine;
use base::testing;
use rstest::rstest;
use serde_json::{Value, json};

use crate::running::{Ground, Running, ask, site};
use crate::stage::{claim, company};

/// Rounds of the ordinary test; `RIALTO_KILL_ROUNDS` asks for more.
const ROUNDS: u64 = 3;
/// Clients that submit at the same time.
const CLIENTS: usize = 4;

/// What the clients need to register.
pub(crate) struct Counter {
    pub(crate) key: String,
    pub(crate) program: base::ProgramId,
    pub(crate) partner: String,
}

pub(crate) fn made(addr: SocketAddr, key: &str, path: &str, body: &Value) -> Value {
    let bearer = format!("Bearer {key}");
    let answer =
        ask(addr, "POST", &format!("/api/v1{path}"), &[("authorization", &bearer)], &body.to_string());
    let answer = answer.expect("the server answers");
    assert!((200..300).contains(&answer.status), "{path}: {} {}", answer.status, answer.body);
    answer.json()
}

/// A vendor with its owner, a program that decides nothing by itself, a product and a partner.
pub(crate) fn open(addr: SocketAddr) -> Counter {
    let owner = json!({
        "vendor": "Northwind", "name": "Olivia Owens", "email": "olivia@northwind.example", "password": "demo-rialto"
    });
    let answer = ask(addr, "POST", "/api/v1/set-up", &[], &owner.to_string()).expect("the server answers");
    assert_eq!(answer.status, 201, "{}", answer.body);
    let cookie = answer.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect("a session");
    let cookie = cookie.split(';').next().unwrap_or_default();
    let key = ask(addr, "POST", "/api/v1/api-keys", &[("cookie", cookie)], r#"{"name": "Counter"}"#);
    let key = key.expect("the server answers").json()["secret"].as_str().expect("a key").to_owned();
    let brand = made(addr, &key, "/brands", &json!({ "name": "Northwind", "hue": 235, "chroma": 0.1 }));
    let program = json!({
        "name": "Core", "brand": brand["id"], "currency": "EUR",
        "engagement": { "auto_approve": { "enabled": false, "limit_minor": 0 }, "max_open_registrations": 100_000 }
    });
    let program = made(addr, &key, "/programs", &program)["id"].clone();
    made(addr, &key, "/products", &json!({ "sku": "GTX-PRO", "name": "GTX Pro", "family": "GTX" }));
    let partner = made(addr, &key, "/partners", &json!({ "name": "Alpine Systems", "program": program }));
    let program = serde_json::from_value(program).expect("a program");
    Counter { key, program, partner: partner["id"].as_str().expect("a partner").to_owned() }
}

/// Submits until the server is gone; tells each submit that was acknowledged.
fn submit(addr: SocketAddr, counter: &Counter, turn: &AtomicU64, acknowledged: &Sender<String>) {
    let bearer = format!("Bearer {}", counter.key);
    loop {
        let name = company(turn.fetch_add(1, Ordering::Relaxed));
        let mut deal = claim(counter.program, "GTX Pro", &name, true);
        deal["partner"] = json!(counter.partner);
        let answer = ask(addr, "POST", "/api/v1/deals", &[("authorization", &bearer)], &deal.to_string());
        let Ok(answer) = answer else { return };
        assert_eq!(answer.status, 201, "{}", answer.body);
        let id = answer.json()["id"].as_str().expect("an id").to_owned();
        if acknowledged.send(id).is_err() {
            return;
        }
    }
}

/// Kills the server after so many acknowledged submits, while others are under way; gives all acknowledged ones.
fn killed_after(many: u64, running: Running, counter: &Counter, turn: &AtomicU64) -> Vec<String> {
    let (send, receive): (Sender<String>, Receiver<String>) = channel();
    let addr = running.addr;
    std::thread::scope(|scope| {
        for _ in 0..CLIENTS {
            let send = send.clone();
            scope.spawn(move || submit(addr, counter, turn, &send));
        }
        drop(send);
        let mut known: Vec<String> = (0..many).map(|_| receive.recv().expect("clients submit")).collect();
        running.kill();
        known.extend(receive);
        known
    })
}

fn assert_kept(running: &Running, counter: &Counter, ids: &[String]) {
    let bearer = format!("Bearer {}", counter.key);
    let get = |path: String| {
        running.ask("GET", &path, &[("authorization", &bearer)], "").expect("the server answers")
    };
    for id in ids {
        let deal = get(format!("/api/v1/deals/{id}"));
        assert_eq!(deal.status, 200, "{id} was acknowledged: {}", deal.body);
        assert_ne!(deal.json()["status"], "draft", "{id} was submitted");
        let receipt = get(format!("/api/v1/deals/{id}/receipt"));
        assert_eq!(receipt.status, 200, "{id} has its receipt: {}", receipt.body);
    }
}

fn assert_unbroken(ground: &Ground) {
    let verified = ground.run(&["verify"]);
    let said =
        format!("{}{}", String::from_utf8_lossy(&verified.stdout), String::from_utf8_lossy(&verified.stderr));
    assert!(verified.status.success() && said.contains("unbroken"), "{said}");
}

/// How often the server is killed.
fn rounds() -> u64 {
    std::env::var("RIALTO_KILL_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS)
}

#[rstest]
#[tokio::test]
async fn a_killed_server_keeps_every_acknowledged_submit(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let folder = tempfile::tempdir().expect("a folder");
    let database = match engine {
        Engine::Sqlite => None,
        Engine::Postgres => match testing::postgres_database().await {
            Some(url) => Some(url),
            None => return,
        },
    };
    let ground = Ground { data: folder.path().join("data"), database };
    let site = site(folder.path());
    let kill = move || kill_again_and_again(&ground, &site);
    tokio::task::spawn_blocking(kill).await.expect("every acknowledged submit is kept");
}

fn kill_again_and_again(ground: &Ground, site: &Path) {
    let mut running = Running::start(ground, site);
    let counter = open(running.addr);
    let turn = AtomicU64::new(0);
    let mut all = BTreeSet::new();
    // Knuth's linear congruences: another moment in each round, the same in each run.
    let mut seed: u64 = 2026;
    for _ in 0..rounds() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let ids = killed_after(1 + (seed >> 33) % 60, running, &counter, &turn);
        assert_unbroken(ground);
        running = Running::start(ground, site);
        assert_kept(&running, &counter, &ids);
        for id in ids {
            assert!(all.insert(id), "an id is given once");
        }
    }
    assert_kept(&running, &counter, &all.into_iter().collect::<Vec<_>>());
    running.kill();
    assert_unbroken(ground);
}
