//! The store's promises, kept on both engines.
use base::db::{Engine, Tx};
use base::events::{self, Happened};
use base::{Actor, OrganizationId, Problem, Scope, Timestamp, execute, on, world};
use rstest::rstest;
use serde_json::json;

fn happened(vendor: OrganizationId, n: i64) -> Happened {
    Happened {
        vendor,
        kind: "test.happened",
        subject: format!("thing_{n}"),
        program: None,
        partner: None,
        keys: vec!["things".into()],
        data: json!({ "n": n }),
    }
}

#[rstest]
#[tokio::test]
async fn the_event_chain_has_no_gaps_and_no_broken_link(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world!(engine, []);
    let vendor = OrganizationId(world.parts.id(Timestamp(0)));
    let writes = (0..40).map(|n| {
        let parts = world.parts.clone();
        tokio::spawn(async move {
            let db = parts.db().clone();
            db.write(async move |tx: &mut Tx| {
                events::append(tx, &parts, &Actor::system(), happened(vendor, n)).await?;
                if n % 4 == 0 { Err(Problem::refused("no", "no")) } else { Ok(n) }
            })
            .await
        })
    });
    let done =
        futures::future::join_all(writes).await.into_iter().filter(|done| matches!(done, Ok(Ok(_)))).count();
    assert_eq!(done, 30);
    let mut tx = world.parts.db().read().await.unwrap();
    let log = events::after(&mut tx, Scope::Vendor(vendor), 0, Timestamp(0), 100).await.unwrap();
    assert_eq!(log.len(), 30);
    assert!(events::verify(events::ZERO_HASH, 0, &log).is_ok());
    let mut edited = log.clone();
    edited[7].data = json!({ "n": 999 });
    assert_eq!(events::verify(events::ZERO_HASH, 0, &edited), Err(8));
    let mut shortened = log;
    shortened.remove(3);
    assert!(events::verify(events::ZERO_HASH, 0, &shortened).is_err());
}

#[rstest]
#[tokio::test]
async fn a_unit_of_work_that_panics_changes_nothing_and_the_next_one_runs(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    const INSERT: &str =
        "insert into idempotency (actor, key, request_hash, answer, at) values ($1, 'k', $2, '', 0)";
    let world = world!(engine, []);
    let broken: Result<(), Problem> = world
        .parts
        .db()
        .write(async |tx: &mut Tx| {
            execute!(tx, sqlx::query(INSERT).bind("a").bind(&[0u8; 4][..]))?;
            panic!("a defect")
        })
        .await;
    assert!(matches!(broken, Err(Problem::Internal { .. })));
    world
        .parts
        .db()
        .write(async |tx: &mut Tx| {
            execute!(tx, sqlx::query(INSERT).bind("b").bind(&[0u8; 4][..]))?;
            Ok(())
        })
        .await
        .unwrap();
    let mut tx = world.parts.db().read().await.unwrap();
    let actors: Vec<String> =
        on!(tx, |conn| sqlx::query_scalar("select actor from idempotency").fetch_all(conn).await).unwrap();
    assert_eq!(actors, ["b"]);
}

#[rstest]
#[tokio::test]
async fn a_write_under_the_same_key_is_done_once_and_answers_the_same(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world!(engine, []);
    let vendor = OrganizationId(world.parts.id(Timestamp(0)));
    let ask = |body: &'static [u8], n: i64| {
        let parts = world.parts.clone();
        async move {
            let now = parts.clock().now();
            let key = base::http::IdempotencyKey::new(&Actor::system(), "key-1", "Verb", body, now);
            let (db, inner) = (parts.db().clone(), parts.clone());
            let work = db.write(async move |tx: &mut Tx| {
                events::append(tx, &inner, &Actor::system(), happened(vendor, n)).await?;
                Ok(n)
            });
            base::http::in_request("r".into(), Some(key), work).await.0
        }
    };
    assert_eq!(ask(b"one", 1).await, Ok(1));
    assert_eq!(ask(b"one", 2).await, Ok(1));
    assert!(matches!(ask(b"other", 3).await, Err(Problem::Refused { .. })));
    world.advance(base::Span::hours(25));
    assert_eq!(ask(b"one", 4).await, Ok(4));
    let mut tx = world.parts.db().read().await.unwrap();
    let log = events::after(&mut tx, Scope::Vendor(vendor), 0, Timestamp(0), 10).await.unwrap();
    assert_eq!(log.len(), 2);
}

#[rstest]
#[tokio::test]
async fn readers_cannot_write_on_sqlite(#[values(Engine::Sqlite)] engine: Engine) {
    let world = world!(engine, []);
    let mut tx = world.parts.db().read().await.unwrap();
    assert!(execute!(tx, sqlx::query("delete from job")).is_err());
}
