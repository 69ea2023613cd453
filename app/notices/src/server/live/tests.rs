//! The stream: each hears its own, everything, once and in order; on both engines.
use std::sync::Arc;
use std::time::Duration;

use access::server::{Pass, create_key, pass_of};
use access::{ListApiKeys, RevokeApiKey};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::{Extension, Router};
use base::db::{Engine, Tx};
use base::{Actor, Parts, Scope, events};
use futures::StreamExt;
use rstest::rstest;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::asker::Asker;
use super::exchange::Exchange;
use super::group::WAITING;
use super::{bookmark, live_routes, routes_of};
use crate::server::tests::{People, inhabited};

/// The routes of one node.
struct Node(Router<Parts>);

impl Node {
    async fn of(people: &People) -> Self {
        Self(routes_of(Exchange::quiet(&people.world.parts).await))
    }

    /// Opens the stream as an actor and gives what it sends.
    async fn listen(&self, people: &People, actor: &Actor, last: Option<&str>) -> Messages {
        let request = Request::get("/api/v1/live").header("last-event-id", last.unwrap_or_default());
        let routes = self.0.clone().layer(Extension(actor.clone())).with_state(people.world.parts.clone());
        let response = routes.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let bytes = response.into_body().into_data_stream();
        Messages(bytes.map(|bytes| bytes.unwrap()).boxed())
    }
}

struct Messages(futures::stream::BoxStream<'static, Bytes>);

impl Messages {
    /// The bookmark and the message.
    async fn next(&mut self) -> (String, Value) {
        let bytes = tokio::time::timeout(Duration::from_secs(20), self.0.next()).await.unwrap().unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let field =
            |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned();
        (field("id: "), serde_json::from_str(&field("data: ")).unwrap())
    }

    async fn kind(&mut self) -> String {
        self.next().await.1["type"].as_str().unwrap().to_owned()
    }

    async fn subjects(&mut self, count: usize) -> Vec<String> {
        let mut all = Vec::new();
        for _ in 0..count {
            all.push(self.next().await.1["subject"].as_str().unwrap().to_owned());
        }
        all
    }
}

/// A stream of an exchange that hears only what a test tells it.
async fn open(exchange: &Arc<Exchange>, people: &People, actor: &Actor, last: Option<&str>) -> Messages {
    let stream = exchange.open(&people.world.parts, actor, Pass::None, last).await.unwrap();
    Messages(stream.map(|bytes| bytes.unwrap()).boxed())
}

#[rstest]
#[tokio::test]
async fn the_stream_tells_each_side_what_it_may_see(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    let node = Node::of(&people).await;
    let mut vendor = node.listen(&people, &people.carlos, None).await;
    let mut partner = node.listen(&people, &people.sam, None).await;
    assert_eq!(vendor.next().await.1["type"], "stream.connected");
    assert_eq!(partner.next().await.1["type"], "stream.connected");
    let data = json!({ "number": "DR-1", "rivals": ["deal_2"] });
    people.happen_to(&people.noor, &people.noor, "deal.submitted", "deal_noor", data.clone()).await;
    people.happen(&people.sam, "deal.submitted", "deal_sam", data.clone()).await;

    assert_eq!(vendor.subjects(1).await, ["deal_noor"]);
    let (_, seen) = vendor.next().await;
    assert_eq!((&seen["subject"], &seen["data"]), (&json!("deal_sam"), &data));
    let (_, seen) = partner.next().await;
    assert_eq!((&seen["subject"], &seen["data"]), (&json!("deal_sam"), &json!({ "number": "DR-1" })));
    assert_eq!(seen["keys"], json!(["deals", "activity", "notices"]));
}

#[rstest]
#[tokio::test]
async fn a_reader_that_comes_back_misses_nothing_and_hears_nothing_twice(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    let node = Node::of(&people).await;
    people.happen(&people.sam, "deal.submitted", "deal_1", json!({})).await;
    for actor in [&people.carlos, &people.sam] {
        let mut first = node.listen(&people, actor, None).await;
        first.next().await;
        people.happen(&people.sam, "deal.amended", "deal_2", json!({})).await;
        let (place, _) = first.next().await;
        drop(first);
        for deal in ["deal_3", "deal_4"] {
            people.happen(&people.sam, "deal.amended", deal, json!({})).await;
        }
        let mut second = node.listen(&people, actor, Some(&place)).await;
        second.next().await;
        people.happen(&people.sam, "deal.amended", "deal_5", json!({})).await;
        assert_eq!(second.subjects(3).await, ["deal_3", "deal_4", "deal_5"]);
    }
}

#[rstest]
#[tokio::test]
async fn a_page_s_bookmark_begins_its_stream_where_the_page_was_made(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    let node = Node::of(&people).await;
    people.happen(&people.sam, "deal.amended", "deal_1", json!({})).await;
    let place = bookmark(&people.world.parts, &people.sam).await.unwrap();
    people.happen(&people.sam, "deal.amended", "deal_2", json!({})).await;
    let mut stream = node.listen(&people, &people.sam, Some(&place)).await;
    stream.next().await;
    assert_eq!(stream.subjects(1).await, ["deal_2"]);
}

#[rstest]
#[tokio::test]
async fn a_bookmark_of_somebody_else_begins_now_and_says_so(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    let node = Node::of(&people).await;
    people.happen(&people.sam, "deal.amended", "deal_1", json!({})).await;
    let place = bookmark(&people.world.parts, &people.sam).await.unwrap();
    let mut stream = node.listen(&people, &people.noor, Some(&place)).await;
    assert_eq!(stream.next().await.1["type"], "stream.connected");
    assert_eq!(stream.next().await.1["type"], "stream.again");
}

#[rstest]
#[tokio::test]
async fn nobody_is_asked_to_sign_in(#[values(Engine::Sqlite)] engine: Engine) {
    let people = inhabited!(engine);
    let routes = live_routes().layer(Extension(Actor::nobody())).with_state(people.world.parts.clone());
    let request = Request::get("/api/v1/live").body(Body::empty()).unwrap();
    assert_eq!(routes.oneshot(request).await.unwrap().status(), StatusCode::UNAUTHORIZED);
}

#[rstest]
#[tokio::test]
async fn a_key_that_is_revoked_loses_its_streams_and_no_others(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    let parts = &people.world.parts;
    let exchange = Exchange::deaf(parts).await;
    let mut passes = Vec::new();
    for actor in [&people.sam, &people.nick] {
        let (made_by, user) = (parts.clone(), actor.user.unwrap());
        let work = async move |tx: &mut Tx| create_key(tx, &made_by, user, "stream").await;
        let key = parts.db().write(work).await.unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, format!("Bearer {key}").parse().unwrap());
        passes.push(pass_of(&headers));
    }
    let mut streams = Vec::new();
    for (actor, pass) in [(&people.sam, passes[0]), (&people.sam, passes[0]), (&people.nick, passes[1])] {
        let mut stream = exchange.open(parts, actor, pass, None).await.unwrap();
        assert!(stream.next().await.is_some());
        streams.push(stream);
    }
    let asker = Asker::new(&people.sam, passes[0]);
    assert!(asker.may_still_listen(parts).await);
    exchange.look_all(parts).await;
    assert!(futures::poll!(streams[0].next()).is_pending(), "a key that stands keeps its streams");

    let key = people.world.ask(&people.sam, ListApiKeys::default()).await.unwrap().items.remove(0);
    people.world.ask(&people.sam, RevokeApiKey { id: key.id }).await.unwrap();
    assert!(!asker.may_still_listen(parts).await);
    exchange.look_all(parts).await;
    assert!(streams[0].next().await.is_none());
    assert!(streams[1].next().await.is_none());
    assert!(futures::poll!(streams[2].next()).is_pending(), "somebody else's key is none of it");
    assert!(!Asker::new(&people.sam, Pass::None).may_still_listen(parts).await);
    assert!(Asker::new(&Actor::nobody(), Pass::None).may_still_listen(parts).await);
}

#[rstest]
#[tokio::test]
async fn many_streams_of_a_scope_hear_the_same_bytes(#[values(Engine::Sqlite)] engine: Engine) {
    let people = inhabited!(engine);
    let node = Node::of(&people).await;
    let mut all = Vec::new();
    for actor in [&people.carlos, &people.olivia, &people.ana] {
        all.push(node.listen(&people, actor, None).await);
    }
    let mut bytes: Vec<Bytes> = Vec::new();
    for stream in &mut all {
        assert_eq!(stream.kind().await, "stream.connected");
    }
    people.happen(&people.sam, "deal.amended", "deal_1", json!({})).await;
    for stream in &mut all {
        bytes.push(stream.0.next().await.unwrap());
    }
    assert!(bytes.iter().all(|one| one.as_ptr() == bytes[0].as_ptr()), "made once, and shared");
}

#[rstest]
#[tokio::test]
async fn events_that_were_not_announced_are_read_before_the_next_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    let (parts, vendor) = (&people.world.parts, people.carlos.organization().unwrap());
    people.happen(&people.sam, "deal.amended", "deal_0", json!({})).await;
    let exchange = Exchange::deaf(parts).await;
    let mut hears = open(&exchange, &people, &people.carlos, None).await;
    let mut partner = open(&exchange, &people, &people.sam, None).await;
    assert_eq!((hears.kind().await, partner.kind().await).0, "stream.connected");
    for deal in ["deal_1", "deal_2", "deal_3"] {
        people.happen(&people.sam, "deal.amended", deal, json!({})).await;
    }
    people.happen_to(&people.noor, &people.noor, "deal.amended", "deal_noor", json!({})).await;
    let mut tx = parts.db().read().await.unwrap();
    let log = events::since(&mut tx, Scope::Vendor(vendor), vendor, 1, 9).await.unwrap();
    drop(tx);
    let log: Vec<_> = log.into_iter().map(Arc::new).collect();
    exchange.hear(parts, &log[2]).await.unwrap();
    for event in &log {
        exchange.hear(parts, event).await.unwrap();
    }
    assert_eq!(hears.subjects(4).await, ["deal_1", "deal_2", "deal_3", "deal_noor"]);
    assert_eq!(partner.subjects(3).await, ["deal_1", "deal_2", "deal_3"]);
    assert!(futures::poll!(hears.0.next()).is_pending(), "nothing comes twice");
    assert!(futures::poll!(partner.0.next()).is_pending());
}

#[rstest]
#[tokio::test]
async fn a_bookmark_ahead_of_what_this_node_has_heard_brings_nothing_twice(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    let (parts, vendor) = (&people.world.parts, people.carlos.organization().unwrap());
    let exchange = Exchange::deaf(parts).await;
    let mut before = open(&exchange, &people, &people.carlos, None).await;
    before.next().await;
    for deal in ["deal_1", "deal_2"] {
        people.happen(&people.sam, "deal.amended", deal, json!({})).await;
    }
    let ahead = bookmark(parts, &people.carlos).await.unwrap();
    people.happen(&people.sam, "deal.amended", "deal_3", json!({})).await;
    let mut after = open(&exchange, &people, &people.carlos, Some(&ahead)).await;
    after.next().await;
    let mut tx = parts.db().read().await.unwrap();
    let log = events::since(&mut tx, Scope::Vendor(vendor), vendor, 0, 9).await.unwrap();
    drop(tx);
    for event in log {
        exchange.hear(parts, &Arc::new(event)).await.unwrap();
    }
    assert_eq!(before.subjects(3).await, ["deal_1", "deal_2", "deal_3"]);
    assert_eq!(after.subjects(1).await, ["deal_3"]);
    assert!(futures::poll!(after.0.next()).is_pending());
}

#[rstest]
#[tokio::test]
async fn a_slow_reader_holds_nobody_up_and_is_told_to_read_again(#[values(Engine::Sqlite)] engine: Engine) {
    let people = inhabited!(engine);
    let node = Node::of(&people).await;
    let mut slow = node.listen(&people, &people.carlos, None).await;
    let mut quick = node.listen(&people, &people.olivia, None).await;
    assert_eq!((slow.kind().await, quick.kind().await).0, "stream.connected");
    for n in 0..=WAITING {
        let deal = format!("deal_{n}");
        people.happen(&people.sam, "deal.amended", &deal, json!({})).await;
        assert_eq!(quick.subjects(1).await, [deal]);
    }
    let (place, message) = slow.next().await;
    assert_eq!(message["type"], "stream.again");
    assert_eq!(place, bookmark(&people.world.parts, &people.carlos).await.unwrap());
    people.happen(&people.sam, "deal.amended", "deal_last", json!({})).await;
    assert_eq!(slow.subjects(1).await, ["deal_last"]);
}

#[rstest]
#[tokio::test]
async fn readers_that_come_and_go_while_much_happens_hear_everything_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    const EVENTS: usize = 120;
    let people = inhabited!(engine);
    let node = Node::of(&people).await;
    people.happen(&people.sam, "deal.amended", "deal_before", json!({})).await;
    let place = bookmark(&people.world.parts, &people.carlos).await.unwrap();
    let write = async {
        for n in 0..EVENTS {
            people.happen(&people.sam, "deal.amended", &format!("deal_{n}"), json!({})).await;
        }
    };
    let read = async |actor: &Actor, most: usize| {
        let (mut place, mut all) = (place.clone(), Vec::new());
        while all.len() < EVENTS {
            let mut stream = node.listen(&people, actor, Some(&place)).await;
            for _ in 0..most {
                let (at, message) = stream.next().await;
                place = at;
                if message["type"] == "deal.amended" {
                    all.push(message["subject"].as_str().unwrap().to_owned());
                }
                assert_ne!(message["type"], "stream.again");
                if all.len() == EVENTS {
                    break;
                }
            }
        }
        all
    };
    let (olivia, carlos, sam, paula) = (&people.olivia, &people.carlos, &people.sam, &people.paula);
    let ((), a, b, c, d) =
        tokio::join!(write, read(olivia, 2), read(carlos, 7), read(sam, 3), read(paula, usize::MAX));
    let wanted: Vec<_> = (0..EVENTS).map(|n| format!("deal_{n}")).collect();
    for heard in [a, b, c, d] {
        assert_eq!(heard, wanted);
    }
}
