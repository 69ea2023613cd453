//! The inbox and mails, on both engines; and the people who hear streams.

use base::db::{Engine, Tx};
use base::events::{Happened, append};
use base::testing::World;
use base::{Actor, DealId, Means, OrganizationId, Problem, Role, Side, Standing, UserId};
use organizations::Organization;
use rstest::rstest;
use serde_json::{Value, json};

use crate::model::NoticeCount;
use crate::verbs::*;

macro_rules! inhabited {
    ($engine:expr) => {{
        let world = base::world!(
            $engine,
            [
                organizations::MIGRATIONS(),
                access::MIGRATIONS(),
                programs::MIGRATIONS(),
                themes::MIGRATIONS(),
                hosts::MIGRATIONS(),
                crate::server::MIGRATIONS(),
            ]
        );
        world.parts.observe(vec![crate::server::OBSERVER]);
        crate::server::tests::People::of(world.with_jobs(crate::server::JOBS)).await
    }};
}

mod joined;
mod mail;

pub(super) use inhabited;

/// A vendor with two deciders and an analyst, and two partners.
pub(super) struct People {
    pub(super) world: World,
    pub(super) carlos: Actor,
    pub(super) olivia: Actor,
    pub(super) ana: Actor,
    pub(super) paula: Actor,
    pub(super) sam: Actor,
    pub(super) nick: Actor,
    pub(super) noor: Actor,
}

impl People {
    pub(super) async fn of(world: World) -> Self {
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

    pub(super) async fn happen(&self, by: &Actor, kind: &'static str, deal: &str, data: Value) {
        self.happen_to(by, &self.sam, kind, deal, data).await;
    }

    pub(super) async fn happen_to(
        &self,
        by: &Actor,
        partner: &Actor,
        kind: &'static str,
        deal: &str,
        data: Value,
    ) {
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
    assert_eq!(world.ask(&people.carlos, ReadAllNotices::default()).await, Ok(NoticeCount::default()));
}
