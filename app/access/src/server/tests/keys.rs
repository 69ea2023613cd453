//! API keys.
use axum::http::StatusCode;
use base::db::Engine;
use base::{Problem, Span};
use rstest::rstest;
use serde_json::json;

use super::*;
use crate::*;

fn new_key(name: &str) -> CreateApiKey {
    CreateApiKey { name: name.into(), expires_in_days: None }
}

async fn role_with(world: &World, secret: &str) -> (StatusCode, Value) {
    let bearer = format!("Bearer {secret}");
    let answer = send(world, "GET /api/v1/session", &[("authorization", &bearer)], "").await;
    (answer.status, answer.json()["organization"]["role"].clone())
}

#[rstest]
#[tokio::test]
async fn a_key_acts_as_its_maker_until_it_is_revoked(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    let town = town(&world).await;
    let made = world.ask(&town.sam, new_key(" CRM ")).await.unwrap();
    assert!(
        made.secret.starts_with("rk_")
            && made.secret.len() == 46
            && made.secret.starts_with(&made.key.prefix)
    );
    assert_eq!(role_with(&world, &made.secret).await, (StatusCode::OK, json!("sales")));
    let keys = world.ask(&town.sam, ListApiKeys {}).await.unwrap();
    assert_eq!(
        (keys.items[0].name.as_str(), keys.items[0].last_used_at),
        ("CRM", Some(world.parts.clock().now()))
    );
    world.ask(&town.sam, RevokeApiKey { id: made.key.id }).await.unwrap();
    assert_eq!(role_with(&world, &made.secret).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(role_with(&world, "rk_nonsense").await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(world.ask(&town.sam, EndApiKey { id: made.key.id }).await, Err(Problem::NotFound));
}

#[rstest]
#[tokio::test]
async fn a_key_ends_on_its_day_and_with_its_makers_membership(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    let town = town(&world).await;
    let short = CreateApiKey { expires_in_days: Some(30), ..new_key("short") };
    let short = world.ask(&town.sam, short).await.unwrap();
    let (user, parts) = (town.sam.user.unwrap(), world.parts.clone());
    let long = world.parts.db().write(async move |tx: &mut Tx| create_key(tx, &parts, user, "long").await);
    let long = long.await.unwrap();
    world.advance(Span::days(30));
    assert_eq!(role_with(&world, &short.secret).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(role_with(&world, &long).await.0, StatusCode::OK);
    world.ask(&town.paula, RemoveMember { id: user }).await.unwrap();
    assert_eq!(role_with(&world, &long).await.0, StatusCode::UNAUTHORIZED);
    let zero = CreateApiKey { expires_in_days: Some(0), ..new_key("zero") };
    assert_eq!(world.ask(&town.paula, zero).await.unwrap_err().status(), 422);
}

#[rstest]
#[tokio::test]
async fn an_owner_sees_the_keys_of_the_house_and_nobody_elses(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    let town = town(&world).await;
    let sams = world.ask(&town.sam, new_key("sam's")).await.unwrap().key.id;
    let paulas = world.ask(&town.paula, new_key("paula's")).await.unwrap().key.id;
    let names = async |actor: &Actor| world.ask(actor, ListApiKeys {}).await.unwrap().items.len();
    assert_eq!((names(&town.sam).await, names(&town.paula).await, names(&town.olivia).await), (1, 2, 0));
    assert_eq!(world.ask(&town.sam, RevokeApiKey { id: paulas }).await, Err(Problem::NotFound));
    assert_eq!(world.ask(&town.olivia, RevokeApiKey { id: sams }).await, Err(Problem::NotFound));
    world.ask(&town.paula, EndApiKey { id: sams }).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_repeated_creation_never_shows_a_secret_that_does_not_work(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    let town = town(&world).await;
    let cookie = sign_in(&world, "sam@alpine.example").await;
    let headers = [JSON, ("idempotency-key", "one"), ("cookie", &cookie)];
    let first = send(&world, "POST /api/v1/api-keys", &headers, r#"{"name":"x"}"#).await;
    assert_eq!(first.status, StatusCode::CREATED);
    assert_eq!(role_with(&world, first.json()["secret"].as_str().unwrap()).await.0, StatusCode::OK);
    let second = send(&world, "POST /api/v1/api-keys", &headers, r#"{"name":"x"}"#).await;
    assert_eq!(second.json()["code"], "secret_was_shown");
    assert_eq!(world.ask(&town.sam, ListApiKeys {}).await.unwrap().total, 1);
}
