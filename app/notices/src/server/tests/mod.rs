//! The inbox, mails and the stream, on both engines.

use axum::Extension;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use base::db::{Engine, Tx};
use base::events::{Happened, append};
use base::testing::World;
use base::{Actor, DealId, Means, OrganizationId, Problem, Role, Side, Standing, UserId, world};
use futures::StreamExt;
use organizations::Organization;
use rstest::rstest;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{JOBS, OBSERVER, bookmark, live_routes};
use crate::model::NoticeCount;
use crate::verbs::*;

macro_rules! inhabited {
    ($engine:expr) => {{
        let world = world!(
            $engine,
            [
                organizations::MIGRATIONS(),
                access::MIGRATIONS(),
                programs::MIGRATIONS(),
                crate::server::MIGRATIONS(),
            ]
        );
        world.parts.observe(vec![OBSERVER]);
        People::of(world.with_jobs(JOBS)).await
    }};
}

mod mail;

/// A vendor with two deciders and an analyst, and two partners.
struct People {
    world: World,
    carlos: Actor,
    olivia: Actor,
    ana: Actor,
    paula: Actor,
    sam: Actor,
    nick: Actor,
    noor: Actor,
}

impl People {
    async fn of(world: World) -> Self {
        let parts = world.parts.clone();
        let work = async move |tx: &mut Tx| {
            // The one thing that is read of deals.
            tx.run("create table deal (id uuid primary key, customer_name text not null)").await?;
            let mut made = Vec::new();
            for (name, side) in [("North", Side::Vendor), ("Alpine", Side::Partner), ("Blue", Side::Partner)]
            {
                let one = Organization::new(OrganizationId(parts.id(parts.clock().now())), side, name);
                organizations::server::insert(tx, &one).await?;
                made.push(one.id);
            }
            let people = [
                ("Carlos", 0, Role::ChannelManager),
                ("Olivia", 0, Role::VendorOwner),
                ("Ana", 0, Role::Analyst),
                ("Paula", 1, Role::PartnerOwner),
                ("Sam", 1, Role::Sales),
                ("Nick", 1, Role::Sales),
                ("Noor", 2, Role::Sales),
            ];
            let mut ids = Vec::new();
            for (name, place, role) in people {
                let email = format!("{name}@example.org");
                let new = access::server::NewUser { email, name: name.to_owned(), password: None };
                let user = access::server::create_user(tx, &parts, new).await?;
                access::server::add_membership(tx, &parts, user.id, made[place], role).await?;
                ids.push((user.id, name.to_owned(), made[place], role));
            }
            Ok(ids)
        };
        let ids: Vec<(UserId, String, OrganizationId, Role)> = world.parts.db().write(work).await.unwrap();
        let mut actors = ids.into_iter().map(|(user, name, organization, role)| Actor {
            means: Means::Session,
            user: Some(user),
            name,
            standing: Some(Standing { organization, role, program: None }),
        });
        let mut next = || actors.next().unwrap();
        let (carlos, olivia, ana, paula, sam, nick, noor) =
            (next(), next(), next(), next(), next(), next(), next());
        Self { world, carlos, olivia, ana, paula, sam, nick, noor }
    }

    async fn happen(&self, by: &Actor, kind: &'static str, deal: &str, data: Value) {
        self.happen_to(by, &self.sam, kind, deal, data).await;
    }

    async fn happen_to(&self, by: &Actor, partner: &Actor, kind: &'static str, deal: &str, data: Value) {
        let (parts, by) = (self.world.parts.clone(), by.clone());
        let happened = Happened {
            vendor: self.carlos.organization().unwrap(),
            kind,
            subject: deal.to_owned(),
            program: None,
            partner: partner.organization().ok(),
            keys: vec!["deals".to_owned()],
            data,
        };
        let work = async move |tx: &mut Tx| append(tx, &parts, &by, happened).await.map(|_| ());
        self.world.parts.db().write(work).await.unwrap();
    }

    async fn unread(&self, actor: &Actor) -> u64 {
        self.world.ask(actor, CountNotices {}).await.unwrap().unread
    }

    /// Opens the stream as an actor and gives what it sends.
    async fn listen(&self, actor: &Actor, last: Option<&str>) -> Messages {
        let request = Request::get("/api/v1/live").header("last-event-id", last.unwrap_or_default());
        let routes = live_routes().layer(Extension(actor.clone())).with_state(self.world.parts.clone());
        let response = routes.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        Messages(response.into_body().into_data_stream().boxed())
    }
}

struct Messages(futures::stream::BoxStream<'static, Result<axum::body::Bytes, axum::Error>>);

impl Messages {
    /// The bookmark and the message.
    async fn next(&mut self) -> (String, Value) {
        let bytes = self.0.next().await.unwrap().unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let field =
            |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned();
        (field("id: "), serde_json::from_str(&field("data: ")).unwrap())
    }

    async fn subjects(&mut self, count: usize) -> Vec<String> {
        let mut all = Vec::new();
        for _ in 0..count {
            all.push(self.next().await.1["subject"].as_str().unwrap().to_owned());
        }
        all
    }
}

#[rstest]
#[tokio::test]
async fn deciders_hear_of_a_submit_and_the_partner_of_the_decision(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    let deal = DealId(base::reexport::uuid::Uuid::from_u128(5));
    let named = async move |tx: &mut Tx| {
        const SQL: &str = "insert into deal (id, customer_name) values ($1, 'Acme')";
        base::execute!(tx, sqlx::query(SQL).bind(deal.0))?;
        Ok(())
    };
    people.world.parts.db().write(named).await.unwrap();
    let deal = deal.to_string();
    people.happen(&people.sam, "deal.submitted", &deal, json!({ "number": "DR-1" })).await;
    people.happen(&people.carlos, "deal.approved", &deal, json!({ "number": "DR-1" })).await;

    assert_eq!(people.unread(&people.carlos).await, 1);
    assert_eq!(people.unread(&people.olivia).await, 0, "channel managers decide first");
    assert_eq!(people.unread(&people.ana).await, 0);
    assert_eq!(people.unread(&people.sam).await, 1, "who registered it is told");
    assert_eq!(people.unread(&people.paula).await, 1, "and so is the owner");
    assert_eq!(people.unread(&people.nick).await, 0, "but not every sales person");
    assert_eq!(people.unread(&people.noor).await, 0);

    let inbox = people.world.ask(&people.sam, ListNotices::default()).await.unwrap();
    let notice = &inbox.items[0];
    assert_eq!((notice.kind.as_str(), notice.customer.as_str()), ("deal.approved", "Acme"));
    assert_eq!((notice.number.as_str(), notice.actor.as_str()), ("DR-1", "Carlos"));
}

#[rstest]
#[tokio::test]
async fn a_message_is_read_once_and_only_by_its_owner(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    for n in 0..3 {
        people.happen(&people.sam, "deal.submitted", &format!("deal_{n}"), json!({})).await;
    }
    let world = &people.world;
    let page = world.ask(&people.carlos, ListNotices { limit: Some(2), ..Default::default() }).await.unwrap();
    assert_eq!((page.items.len(), page.total), (2, 3));
    let rest = ListNotices { cursor: page.next_cursor.clone(), ..Default::default() };
    assert_eq!(world.ask(&people.carlos, rest).await.unwrap().items.len(), 1);

    let id = page.items[0].id;
    assert_eq!(world.ask(&people.olivia, ReadNotice { id }).await, Err(Problem::NotFound));
    let read = world.ask(&people.carlos, ReadNotice { id }).await.unwrap();
    assert!(read.read_at.is_some());
    assert_eq!(world.ask(&people.carlos, ReadNotice { id }).await.unwrap(), read);
    assert_eq!(people.unread(&people.carlos).await, 2);
    let unread = ListNotices { unread: Some(true), ..Default::default() };
    assert_eq!(world.ask(&people.carlos, unread).await.unwrap().total, 2);
    assert_eq!(world.ask(&people.carlos, ReadAllNotices {}).await, Ok(NoticeCount { unread: 0 }));
}

#[rstest]
#[tokio::test]
async fn the_stream_tells_each_side_what_it_may_see(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    let mut vendor = people.listen(&people.carlos, None).await;
    let mut partner = people.listen(&people.sam, None).await;
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
    people.happen(&people.sam, "deal.submitted", "deal_1", json!({})).await;
    for actor in [&people.carlos, &people.sam] {
        let mut first = people.listen(actor, None).await;
        first.next().await;
        people.happen(&people.sam, "deal.amended", "deal_2", json!({})).await;
        let (place, _) = first.next().await;
        drop(first);
        for deal in ["deal_3", "deal_4"] {
            people.happen(&people.sam, "deal.amended", deal, json!({})).await;
        }
        let mut second = people.listen(actor, Some(&place)).await;
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
    people.happen(&people.sam, "deal.amended", "deal_1", json!({})).await;
    let place = bookmark(&people.world.parts, &people.sam).await.unwrap();
    people.happen(&people.sam, "deal.amended", "deal_2", json!({})).await;
    let mut stream = people.listen(&people.sam, Some(&place)).await;
    stream.next().await;
    assert_eq!(stream.subjects(1).await, ["deal_2"]);
}

#[rstest]
#[tokio::test]
async fn a_bookmark_of_somebody_else_begins_now_and_says_so(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    people.happen(&people.sam, "deal.amended", "deal_1", json!({})).await;
    let place = bookmark(&people.world.parts, &people.sam).await.unwrap();
    let mut stream = people.listen(&people.noor, Some(&place)).await;
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
async fn a_session_that_is_over_may_not_listen_any_longer(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    let headers = axum::http::HeaderMap::new();
    assert!(!super::live::may_still_listen(&people.world.parts, &people.sam, &headers).await);
    assert!(super::live::may_still_listen(&people.world.parts, &Actor::nobody(), &headers).await);
}
