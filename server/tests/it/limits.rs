//! Rate limits over HTTP: per key, address and person, tighter for signing in and pre-checks; and the watch on fishing.
use axum::http::Method;
use base::Span;
use base::db::Engine;
use base::limit::{Class, Limits, Rate};
use rstest::rstest;
use serde_json::{Value, json};

use crate::stage::{Answer, Stage, claim, stage};

fn limited(stage: &Stage, class: Class, burst: u32) {
    stage.world.parts.limit(Limits::default().with(class, Rate::new(60, burst)));
}

fn assert_too_many(answer: &Answer) {
    assert_eq!(answer.status, 429, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.header("retry-after"), "1");
    assert_eq!(answer.json()["code"], "too_many_requests");
    assert_eq!(answer.json()["retry_after_s"], 1);
}

#[tokio::test]
async fn a_key_is_told_what_is_left_and_then_to_wait() {
    let stage = stage!(Engine::Sqlite);
    limited(&stage, Class::Key, 3);
    let (key, other) = (stage.key(&stage.market.owner).await, stage.key(&stage.market.owner).await);
    for left in [2, 1, 0] {
        let answer = stage.get(&key, "/deals").await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("ratelimit-policy"), "\"key\";q=3;w=3");
        assert!(answer.header("ratelimit").starts_with(&format!("\"key\";r={left};t=")));
    }
    assert_too_many(&stage.get(&key, "/deals").await);
    assert_eq!(stage.get(&other, "/deals").await.status, 200, "another key has its own");
    stage.world.advance(Span::seconds(1));
    assert_eq!(stage.get(&key, "/deals").await.status, 200);
    assert_too_many(&stage.get(&key, "/deals").await);
}

#[tokio::test]
async fn wrong_keys_wear_out_their_address_and_nobody_else() {
    let stage = stage!(Engine::Sqlite);
    limited(&stage, Class::Address, 2);
    let key = stage.key(&stage.market.owner).await;
    for _ in 0..2 {
        assert_eq!(stage.get("rk_nonsense", "/deals").await.status, 401);
    }
    assert_too_many(&stage.get("rk_other_nonsense", "/deals").await);
    assert_eq!(stage.get(&key, "/deals").await.status, 200, "a right key still opens");
}

#[tokio::test]
async fn whoever_tries_to_sign_in_too_often_waits_even_with_the_right_password() {
    let stage = stage!(Engine::Sqlite);
    limited(&stage, Class::SignIn, 2);
    let attempt = json!({ "email": "olivia@northwind.example", "password": "not this one" });
    let path = "/api/v1/session";
    for _ in 0..2 {
        assert_eq!(stage.call(None, Method::POST, path, &attempt).await.status, 401);
    }
    assert_too_many(&stage.call(None, Method::POST, path, &attempt).await);
    stage.world.advance(Span::seconds(1));
    assert_eq!(stage.call(None, Method::POST, path, &attempt).await.status, 401);
}

async fn check(stage: &Stage, key: &str, customer: &str) -> Answer {
    let mut ask = claim(stage.market.program, "GTX Pro", customer, false);
    ask.as_object_mut().expect("fields").remove("submit");
    stage.post(key, "/deals/check", &ask).await
}

#[tokio::test]
async fn checks_are_counted_for_the_person_whatever_the_key() {
    let stage = stage!(Engine::Sqlite);
    limited(&stage, Class::Check, 2);
    let sales = &stage.market.alpine.sales;
    let (one, other) = (stage.key(sales).await, stage.key(sales).await);
    assert_eq!(check(&stage, &one, "First Guess").await.status, 200);
    let second = check(&stage, &other, "Second Guess").await;
    let told: Vec<_> =
        second.headers.get_all("ratelimit").iter().filter_map(|value| value.to_str().ok()).collect();
    assert!(told.iter().any(|told| told.starts_with("\"check\";r=0;")), "{told:?}");
    assert_too_many(&check(&stage, &one, "Third Guess").await);
    let rival = stage.key(&stage.market.bluepeak.sales).await;
    assert_eq!(check(&stage, &rival, "Third Guess").await.status, 200);
}

async fn events(stage: &Stage, key: &str) -> Vec<Value> {
    let all = stage.get(key, "/events?kind=checks.unusual").await.done();
    let all = all["items"].as_array().expect("events").clone();
    all.into_iter().filter(|event| event["type"] == "checks.unusual").collect()
}

#[rstest]
#[tokio::test]
async fn the_vendor_learns_of_a_partner_who_fishes_and_the_partner_does_not(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    stage.world.parts.limit("unusual_checks=3".parse().expect("a limit"));
    let market = &stage.market;
    let (owner, manager) = (stage.key(&market.owner).await, stage.key(&market.manager).await);
    let (sales, boss) = (stage.key(&market.alpine.sales).await, stage.key(&market.alpine.owner).await);
    let guesses =
        ["Haldor Werke", "Brandis Optik", "Zephyr Mining", "Quellmann", "Tidewater Paper", "Nordlicht"];
    for (turn, guess) in guesses.into_iter().enumerate() {
        assert_eq!(check(&stage, &sales, guess).await.status, 200);
        // Told at the third and at the sixth, not in between.
        assert_eq!(events(&stage, &owner).await.len(), (turn + 1) / 3, "after {} checks", turn + 1);
    }
    let newest = &events(&stage, &owner).await[0];
    assert_eq!(newest["subject"], json!(market.alpine.id));
    assert_eq!((&newest["data"]["checks"], &newest["data"]["day"]), (&json!(6), &json!("2026-11-02")));
    let inbox = stage.get(&manager, "/notices").await.done();
    assert_eq!(inbox["items"][0]["kind"], "checks.unusual", "{inbox}");
    assert!(events(&stage, &boss).await.is_empty(), "the partner is not told that it was seen");
    stage.world.advance(Span::days(1));
    check(&stage, &sales, "Another Day").await.done();
    assert_eq!(events(&stage, &owner).await.len(), 2, "each day counts anew");
    deals::server::forget_old_checks(&stage.world.parts).await.expect("old counts go");
}
