//! Statements mean the same on both engines: values come back as they were bound, places keep their numbers.
use base::db::{Engine, Tx, violates};
use base::{Problem, execute, on, world};
use rstest::rstest;
use sqlx::FromRow;
use sqlx::types::Uuid;

const SQLITE: &str = "
    create table kept (
        id blob not null primary key, words text, number integer, flag integer, rate real, bytes blob
    ) strict;
    create unique index kept_words on kept (words);";
const POSTGRES: &str = "
    create table kept (
        id uuid not null primary key, words text, number bigint, flag integer, rate double precision, bytes bytea
    );
    create unique index kept_words on kept (words);";

async fn with_a_table(engine: Engine) -> Option<base::testing::World> {
    let world = base::testing::World::try_new(engine, &[]).await?;
    let make = async |tx: &mut Tx| Ok(tx.run(base::dialect!(tx, sqlite: SQLITE, postgres: POSTGRES)).await?);
    world.parts.db().write(make).await.expect("it is written");
    Some(world)
}

#[derive(Debug, PartialEq, FromRow)]
struct Kept {
    // Not in the order of the columns: they are found by name.
    bytes: Option<Vec<u8>>,
    words: Option<String>,
    id: Uuid,
    rate: Option<f64>,
    number: Option<i64>,
    flag: Option<i32>,
}

const SELECT: &str = "select id, words, number, flag, rate, bytes from kept where id = $1";

async fn keep(tx: &mut Tx, kept: &Kept) -> Result<u64, sqlx::Error> {
    // The places stand in another order than their numbers.
    const SQL: &str =
        "insert into kept (bytes, rate, flag, number, words, id) values ($6, $5, $4, $3, $2, $1)";
    execute!(
        tx,
        sqlx::query(SQL)
            .bind(kept.id)
            .bind(&kept.words)
            .bind(kept.number)
            .bind(kept.flag)
            .bind(kept.rate)
            .bind(kept.bytes.as_deref())
    )
}

fn rows() -> [Kept; 3] {
    let id = Uuid::from_u128;
    let (words, bytes) = (Some("Łódź 'x'; \"y\" 😀".to_owned()), Some(vec![0, 255, 7]));
    [
        Kept { id: id(1), words, number: Some(i64::MIN), flag: Some(-1), rate: Some(0.1), bytes },
        Kept { id: id(2), words: None, number: None, flag: None, rate: None, bytes: None },
        Kept {
            id: id(u128::MAX),
            words: Some(String::new()),
            number: Some(i64::MAX),
            flag: Some(0),
            rate: Some(-2.0),
            bytes: Some(Vec::new()),
        },
    ]
}

#[rstest]
#[tokio::test]
async fn values_come_back_as_they_were_bound(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Some(world) = with_a_table(engine).await else { return };
    for row in rows() {
        let (id, db) = (row.id, world.parts.db());
        let kept = db.write(async move |tx: &mut Tx| Ok((keep(tx, &row).await?, format!("{row:?}")))).await;
        let (count, written) = kept.unwrap();
        assert_eq!(count, 1);
        let mut tx = db.read().await.unwrap();
        let read: Kept = on!(tx, |conn| sqlx::query_as(SELECT).bind(id).fetch_one(conn).await).unwrap();
        assert_eq!(format!("{read:?}"), written);
    }
}

#[rstest]
#[tokio::test]
async fn rows_are_counted_and_cut_like_on_the_other_engine(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = with_a_table(engine).await else { return };
    let work = async |tx: &mut Tx| {
        for row in rows() {
            keep(tx, &row).await?;
        }
        let touched =
            execute!(tx, sqlx::query("update kept set number = $1 where flag <= $2").bind(5_i64).bind(0))?;
        let returned: Vec<(i64,)> = on!(tx, |conn| {
            sqlx::query_as("update kept set number = number + 1 where flag is not null returning number")
                .fetch_all(conn)
                .await
        })?;
        // One row is wanted of several that change: all of them change.
        let one: Option<(i64,)> = on!(tx, |conn| {
            sqlx::query_as("update kept set number = number + 1 where flag is not null returning number")
                .fetch_optional(conn)
                .await
        })?;
        let none: Option<(i64,)> = on!(tx, |conn| sqlx::query_as("select number from kept where flag = 99")
            .fetch_optional(conn)
            .await)?;
        let gone = execute!(tx, sqlx::query("delete from kept where number = 7"))?;
        let read = execute!(tx, sqlx::query("select id from kept where number = 99"))?;
        Ok((touched, returned, one, none, gone, read))
    };
    let (touched, returned, one, none, gone, read) = world.parts.db().write(work).await.unwrap();
    assert_eq!((touched, returned, one, none), (2, vec![(6,), (6,)], Some((7,)), None));
    assert_eq!((gone, read), (2, 0));
}

#[rstest]
#[tokio::test]
async fn what_is_wrong_is_told_and_the_connection_goes_on(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = with_a_table(engine).await else { return };
    let twice = async |tx: &mut Tx| {
        let [row, ..] = rows();
        keep(tx, &row).await?;
        match keep(tx, &Kept { id: Uuid::from_u128(9), ..row }).await {
            Err(error) if violates(&error, "kept.words", "kept_words") => Err(Problem::Stale),
            other => Ok(format!("{other:?}")),
        }
    };
    assert_eq!(world.parts.db().write(twice).await, Err(Problem::Stale));
    let mut tx = world.parts.db().read().await.unwrap();
    let short = on!(tx, |conn| sqlx::query("select id from kept where id = $1 and number = $2")
        .bind(Uuid::nil())
        .fetch_all(conn)
        .await
        .map(|rows| rows.len()));
    assert!(short.is_err(), "a place without a value");
    let wrong: Result<(String,), _> =
        on!(tx, |conn| sqlx::query_as("select cast(1 as bigint)").fetch_one(conn).await);
    assert!(matches!(wrong, Err(sqlx::Error::ColumnDecode { .. })));
    drop(tx);
    let mut tx = world.parts.db().read().await.unwrap();
    let count: i64 =
        on!(tx, |conn| sqlx::query_scalar("select count(*) from kept").fetch_one(conn).await).unwrap();
    assert_eq!(count, 0);
}

#[tokio::test]
async fn more_readers_than_connections_wait_for_each_other() {
    let world = world!(Engine::Sqlite, []);
    let readers = (0..64).map(|_| {
        let db = world.parts.db().clone();
        tokio::spawn(async move {
            let mut tx = db.read().await?;
            tokio::task::yield_now().await;
            let one: i64 = on!(tx, |conn| sqlx::query_scalar("select 1").fetch_one(conn).await)?;
            Ok::<_, Problem>(one)
        })
    });
    for reader in futures::future::join_all(readers).await {
        assert_eq!(reader.unwrap(), Ok(1));
    }
}
