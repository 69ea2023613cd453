//! Feeds through the verbs and their address, on both engines.
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, header};
use base::db::Engine;
use base::testing::World;
use base::{Actor, Problem, Role, Span};
use deals::{Amount, CustomerClaim, Evidence, LineAsk, RegisterDeal};
use ical::IcalParser;
use partners::fixtures::Market;
use rstest::rstest;
use tower::ServiceExt;

use super::*;

macro_rules! market {
    ($engine:expr) => {{
        let mut tables = deals::server::tables();
        tables.push(MIGRATIONS());
        match World::try_new($engine, &tables).await {
            Some(world) => {
                let world = world.with_jobs(deals::JOBS);
                let market = partners::fixtures::market(&world).await;
                (world, market)
            }
            None => return,
        }
    }};
}

async fn register(world: &World, market: &Market, actor: &Actor, name: &str, value: i64) -> deals::Deal {
    let ask = RegisterDeal {
        customer: Some(CustomerClaim {
            name: name.into(),
            website: Some(format!("{}.example", name.len())),
            country: Some("DE".into()),
            ..CustomerClaim::default()
        }),
        products: Some(vec![LineAsk { product: "GTX Pro".into(), quantity: Some(1), amount: None }]),
        value: Some(Amount { amount_minor: Some(value * 100), ..Amount::default() }),
        expected_close: "2027-03-31".parse().ok(),
        evidence: Some(vec![Evidence { note: "Met".into(), ..Evidence::default() }]),
        submit: Some(true),
        ..RegisterDeal::new(market.program)
    };
    world.ask(actor, ask).await.unwrap()
}

async fn get(world: &World, url: &str, tag: Option<&str>) -> (u16, HeaderMap, String) {
    let path = url.strip_prefix("http://localhost:3000").unwrap_or(url);
    let mut request = Request::get(path);
    if let Some(tag) = tag {
        request = request.header(header::IF_NONE_MATCH, tag);
    }
    let app = routes().with_state(world.parts.clone());
    let response = app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (head, body) = response.into_parts();
    let bytes = to_bytes(body, 1 << 20).await.unwrap();
    (head.status.as_u16(), head.headers, String::from_utf8(bytes.to_vec()).unwrap())
}

/// Summaries with their starts, as an independent parser reads them.
fn entries(text: &str) -> Vec<(String, String)> {
    let calendar = IcalParser::new(text.as_bytes()).next().unwrap().unwrap();
    calendar
        .events
        .iter()
        .map(|event| {
            let value = |name: &str| {
                let property = event.properties.iter().find(|property| property.name == name);
                property.unwrap().value.clone().unwrap_or_default()
            };
            assert!(value("URL").starts_with("http://localhost:3000/deals/deal_"));
            assert!(value("UID").ends_with("@localhost"));
            (value("SUMMARY"), value("DTSTART"))
        })
        .collect()
}

#[rstest]
#[tokio::test]
async fn a_feed_shows_what_its_person_sees_and_nothing_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    register(&world, &market, &market.alpine.sales, "Acme, Inc.; Süd", 48_000).await;
    register(&world, &market, &market.alpine.sales, "Quarzwerke", 900).await;
    register(&world, &market, &market.bluepeak.sales, "Xylophon", 48_000).await;
    let url = world.ask(&market.alpine.sales, MakeCalendarFeed {}).await.unwrap().url;
    let (status, headers, text) = get(&world, &url, None).await;
    assert_eq!(
        (status, headers[header::CONTENT_TYPE].to_str().unwrap()),
        (200, "text/calendar; charset=utf-8")
    );
    let mut all = entries(&text);
    all.sort();
    assert_eq!(all.len(), 2, "{text}");
    assert_eq!(all[0], ("Answer promised: Acme\\, Inc.\\; Süd".to_owned(), "20261104T090000Z".to_owned()));
    assert_eq!(all[1].0, "Protection ends: Quarzwerke");
    assert_eq!(all[1].1, "20270131", "a day, as the program counts them");
    let vendor = world.ask(&market.manager, MakeCalendarFeed {}).await.unwrap().url;
    assert_eq!(entries(&get(&world, &vendor, None).await.2).len(), 3);
}

#[rstest]
#[tokio::test]
async fn a_feed_that_has_not_moved_is_not_sent_again(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    register(&world, &market, &market.alpine.sales, "Quarzwerke", 900).await;
    let url = world.ask(&market.alpine.sales, MakeCalendarFeed {}).await.unwrap().url;
    let (_, headers, _) = get(&world, &url, None).await;
    let tag = headers[header::ETAG].to_str().unwrap().to_owned();
    world.advance(Span::minutes(5));
    let (status, _, text) = get(&world, &url, Some(&tag)).await;
    assert_eq!((status, text.as_str()), (304, ""));
    let feed = world.ask(&market.alpine.sales, GetCalendarFeed {}).await.unwrap();
    assert_eq!(feed.used_at, Some(world.parts.clock().now()));
    register(&world, &market, &market.alpine.sales, "Bergbahn", 48_000).await;
    assert_eq!(get(&world, &url, Some(&tag)).await.0, 200);
}

#[rstest]
#[tokio::test]
async fn an_address_ends_when_it_is_renewed_revoked_or_its_person_leaves(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let sales = &market.alpine.sales;
    assert_eq!(world.ask(sales, GetCalendarFeed {}).await.unwrap(), Feed::default());
    let first = world.ask(sales, MakeCalendarFeed {}).await.unwrap().url;
    let second = world.ask(sales, MakeCalendarFeed {}).await.unwrap().url;
    let status = async |url: &str| get(&world, url, None).await.0;
    assert_eq!((status(&first).await, status(&second).await), (404, 200));
    for wrong in ["/calendar/x.ics", "/calendar/.ics", "/calendar/x", &second.replace(".ics", "")] {
        assert_eq!(status(wrong).await, 404, "{wrong}");
    }
    world.ask(sales, EndCalendarFeed {}).await.unwrap();
    assert_eq!(status(&second).await, 404);
    let learner = &market.alpine.learner;
    assert!(matches!(world.ask(learner, MakeCalendarFeed {}).await, Err(Problem::Forbidden { .. })));
    let third = world.ask(sales, MakeCalendarFeed {}).await.unwrap().url;
    let demote = ::access::ChangeRole { id: sales.user.unwrap(), role: Role::Learner };
    world.ask(&market.alpine.owner, demote).await.unwrap();
    assert_eq!(status(&third).await, 404, "who may not see deals any more has no feed of them");
}
