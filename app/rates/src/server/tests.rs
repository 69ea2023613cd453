//! Rates through the verbs, and sums read through them, on both engines.
use base::db::{Engine, Tx};
use base::testing::World;
use base::{Actor, Currency, Problem, on};
use partners::fixtures::{Market, market};
use rstest::rstest;
use sqlx::AssertSqlSafe;

use crate::{ListRates, Outcome, Rate, RemoveRate, SetRate, SetRates};

macro_rules! market {
    ($engine:expr) => {{
        let mut tables = deals::server::tables();
        tables.push(crate::MIGRATIONS());
        let Some(world) = World::try_new($engine, &tables).await else { return };
        world.parts.observe(vec![crate::OBSERVER]);
        let market = market(&world).await;
        (world, market)
    }};
}

fn rate(currency: &str, month: &str, per_euro: &str) -> SetRate {
    SetRate { currency: currency.into(), month: month.into(), per_euro: per_euro.into() }
}

async fn set(world: &World, actor: &Actor, ask: SetRate) -> Result<Rate, Problem> {
    world.ask(actor, ask).await
}

/// Some sums, read in euros as pages of figures do.
async fn in_euros(world: &World, market: &Market, rows: &[(&str, &str, i64)]) -> Vec<(String, i64)> {
    let mut tx: Tx = world.parts.db().read().await.unwrap();
    let pieces = super::converted("$2");
    let values: Vec<String> = rows
        .iter()
        .enumerate()
        .map(|(place, (at, currency, minor))| {
            format!("select {place} as place, $1 as vendor_id, '{at}' as at, '{currency}' as currency, cast({minor} as bigint) as sum_minor")
        })
        .collect();
    let sql = format!(
        "select {}, {} from (select cast(v.vendor_id as {}) as vendor_id, v.place, v.at, v.currency, v.sum_minor
         from ({}) v) f{} order by f.place",
        pieces.currency,
        pieces.minor,
        if tx.engine() == Engine::Sqlite { "blob" } else { "uuid" },
        values.join(" union all "),
        pieces.join
    );
    let read = async |tx: &mut Tx| -> Result<Vec<(String, i64)>, Problem> {
        Ok(on!(tx, |conn| {
            sqlx::query_as(AssertSqlSafe(sql)).bind(market.vendor.0).bind("EUR").fetch_all(conn).await
        })?)
    };
    read(&mut tx).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn sums_are_read_in_one_currency_at_the_rate_of_their_month(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let owner = &market.owner;
    set(&world, owner, rate("usd", "2026-01", "1.25")).await.unwrap();
    set(&world, owner, rate("USD", "2026-03", "1,6")).await.unwrap();
    set(&world, owner, rate("JPY", "2026-01", "160")).await.unwrap();
    let read = in_euros(
        &world,
        &market,
        &[
            ("2025-12-31", "USD", 1_000),
            ("2026-01", "USD", 1_000),
            ("2026-02-28", "USD", -1_001),
            ("2026-03-01", "USD", 1_000),
            ("", "USD", 1_600),
            ("2026-02", "JPY", 100),
            ("2026-02", "EUR", 7),
            ("2026-02", "GBP", 9),
        ],
    )
    .await;
    let read: Vec<(&str, i64)> = read.iter().map(|(code, minor)| (code.as_str(), *minor)).collect();
    // 1.00 euro is 160 yen: 100 yen are 0.625 euros.
    let expected = [
        ("USD", 1_000),
        ("EUR", 800),
        ("EUR", -801),
        ("EUR", 625),
        ("EUR", 1_000),
        ("EUR", 63),
        ("EUR", 7),
        ("GBP", 9),
    ];
    assert_eq!(read, expected);
}

#[rstest]
#[tokio::test]
async fn a_rate_is_set_again_and_taken_away(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let owner = &market.owner;
    let first = set(&world, owner, rate("USD", "2026-01", "1.25")).await.unwrap();
    assert_eq!(
        (first.currency, first.month.as_str(), first.per_euro.as_str()),
        (Currency::USD, "2026-01", "1.25")
    );
    // The same again changes nothing, another one replaces it.
    let report = world
        .ask(
            owner,
            SetRates {
                rates: vec![
                    rate("USD", "2026-01", "1.250"),
                    rate("USD", "2026-02", "1.3"),
                    rate("USD", "2026-01", "1.2"),
                    rate("EUR", "2026-01", "1"),
                    rate("XXY", "January", "0"),
                ],
            },
        )
        .await
        .unwrap();
    let outcomes: Vec<Outcome> = report.rows.iter().map(|row| row.outcome).collect();
    use Outcome::{Changed, Created, Rejected, Unchanged};
    assert_eq!(outcomes, [Unchanged, Created, Changed, Rejected, Rejected]);
    let codes: Vec<(&str, &str)> =
        report.rows[4].errors.iter().map(|error| (error.field.as_str(), error.code.as_ref())).collect();
    assert_eq!(codes, [("currency", "unknown"), ("month", "not_a_month"), ("per_euro", "not_a_rate")]);
    let page = world.ask(owner, ListRates::default()).await.unwrap();
    let seen: Vec<(&str, &str)> =
        page.items.iter().map(|rate| (rate.month.as_str(), rate.per_euro.as_str())).collect();
    assert_eq!((seen, page.total), (vec![("2026-02", "1.3"), ("2026-01", "1.2")], 2));
    // A page of one row, and the next.
    let ask = |cursor| ListRates { limit: Some(1), cursor, ..ListRates::default() };
    let one = world.ask(owner, ask(None)).await.unwrap();
    let two = world.ask(owner, ask(one.next_cursor)).await.unwrap();
    assert_eq!((two.items[0].month.as_str(), two.next_cursor), ("2026-01", None));
    let gone =
        world.ask(owner, RemoveRate { currency: "USD".into(), month: "2026-01".into() }).await.unwrap();
    assert_eq!(gone.per_euro, "1.2");
    let again = world.ask(owner, RemoveRate { currency: "USD".into(), month: "2026-01".into() }).await;
    assert_eq!(again.unwrap_err(), Problem::NotFound);
    assert_eq!(
        in_euros(&world, &market, &[("2026-01", "USD", 13), ("2026-02", "USD", 13)]).await,
        [("USD".to_owned(), 13), ("EUR".to_owned(), 10)]
    );
}

#[rstest]
#[tokio::test]
async fn rates_are_the_vendor_s_own(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    set(&world, &market.owner, rate("USD", "2026-01", "1.25")).await.unwrap();
    assert_eq!(set(&world, &market.manager, rate("USD", "2026-01", "2")).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(&market.manager, ListRates::default()).await.unwrap().total, 1);
    assert_eq!(world.ask(&market.alpine.owner, ListRates::default()).await.unwrap_err().code(), "role");
}
