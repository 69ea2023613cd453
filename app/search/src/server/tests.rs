//! The look-up on both engines, over the few columns that it reads of other slices.
use base::db::{Engine, Tx};
use base::reexport::uuid::Uuid;
use base::testing::World;
use base::{Actor, Means, OrganizationId, Problem, Role, Standing, execute, world};
use rstest::rstest;

use crate::verbs::{FoundKind, Search};

const TABLES: &str = "
    create table organization (id uuid primary key, name text not null);
    create table enrollment (vendor_id uuid not null, partner_id uuid not null);
    create table customer (id uuid primary key, name text not null);
    create table opportunity (id uuid primary key, vendor_id uuid not null, external_id text, customer_id uuid,
        customer_name text, stage text not null, opened_on text);
    create table deal (id uuid primary key, vendor_id uuid not null, partner_id uuid not null,
        customer_name text not null, number text not null, status text not null, search text not null);
    create table lead (id uuid primary key, vendor_id uuid not null, partner_id uuid,
        customer_name text not null, number text not null, status text not null, search text not null);";

const VENDOR: Uuid = Uuid::from_u128(1);
const ALPINE: Uuid = Uuid::from_u128(2);
const BLUE: Uuid = Uuid::from_u128(3);

fn actor(organization: Uuid, role: Role) -> Actor {
    let standing = Standing { organization: OrganizationId(organization), role, program: None };
    Actor { means: Means::Session, user: None, name: "A".into(), standing: Some(standing) }
}

async fn fill(tx: &mut Tx) -> Result<(), Problem> {
    const DEAL: &str = "
        insert into deal (id, vendor_id, partner_id, customer_name, number, status, search)
        values ($1, $2, $3, $4, $5, 'approved', $6)";
    tx.run(TABLES).await?;
    let deals = [
        (10, ALPINE, "Acme 100% Foods", "DR-2041"),
        (11, BLUE, "Acme Mining", "DR-2042"),
        (12, ALPINE, "Zeta", "DR-31"),
    ];
    for (n, partner, customer, number) in deals {
        let search = format!("{customer} {number}").to_lowercase();
        let id = Uuid::from_u128(n);
        execute!(
            tx,
            sqlx::query(DEAL).bind(id).bind(VENDOR).bind(partner).bind(customer).bind(number).bind(&search)
        )?;
    }
    for (id, name) in [(ALPINE, "Alpine Acme Systems"), (BLUE, "Bluepeak")] {
        execute!(tx, sqlx::query("insert into organization (id, name) values ($1, $2)").bind(id).bind(name))?;
        const ENROLLED: &str = "insert into enrollment (vendor_id, partner_id) values ($1, $2)";
        execute!(tx, sqlx::query(ENROLLED).bind(VENDOR).bind(id))?;
    }
    const OPPORTUNITY: &str = "
        insert into opportunity (id, vendor_id, external_id, customer_name, stage, opened_on)
        values ($1, $2, $3, $4, 'won', '2026-01-01')";
    for (n, external, customer) in [(20, "1C1I7A6R", "Acme Corporation"), (21, "Z063OYW0", "Isdom")] {
        let id = Uuid::from_u128(n);
        execute!(tx, sqlx::query(OPPORTUNITY).bind(id).bind(VENDOR).bind(external).bind(customer))?;
    }
    Ok(())
}

async fn titles(world: &World, actor: &Actor, q: &str) -> Vec<String> {
    let found = world.ask(actor, Search { q: q.to_owned() }).await.unwrap();
    found.items.into_iter().map(|one| one.title).collect()
}

#[rstest]
#[tokio::test]
async fn a_vendor_finds_deals_partners_and_opportunities(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world!(engine, []);
    world.parts.db().write(fill).await.unwrap();
    let carlos = actor(VENDOR, Role::ChannelManager);
    assert_eq!(
        titles(&world, &carlos, "acme").await,
        ["Acme Mining", "Acme 100% Foods", "Alpine Acme Systems", "Acme Corporation"]
    );
    assert_eq!(titles(&world, &carlos, "dr-20").await, ["Acme 100% Foods", "Acme Mining"]);
    assert_eq!(titles(&world, &carlos, "z063oyw0").await, ["Isdom"]);
    assert_eq!(titles(&world, &carlos, "100%").await, ["Acme 100% Foods"], "signs stand for themselves");
    assert!(titles(&world, &carlos, "a").await.is_empty());
}

#[rstest]
#[tokio::test]
async fn a_partner_finds_only_its_own_deals(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world!(engine, []);
    world.parts.db().write(fill).await.unwrap();
    let found = world.ask(&actor(ALPINE, Role::Sales), Search { q: "acme".into() }).await.unwrap();
    assert_eq!(found.items.len(), 1);
    assert_eq!((found.items[0].kind, found.items[0].number.as_str()), (FoundKind::Deal, "DR-2041"));
    assert!(titles(&world, &actor(ALPINE, Role::Learner), "acme").await.is_empty());
    let nobody = world.ask(&Actor::nobody(), Search { q: "acme".into() }).await;
    assert_eq!(nobody, Err(Problem::Unauthenticated));
}
