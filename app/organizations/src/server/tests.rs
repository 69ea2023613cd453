//! Organisations through their verbs, on both engines.
use base::db::{Engine, Tx};
use base::testing::World;
use base::{Actor, Means, OrganizationId, Problem, Role, Side, Standing, UserId, world};
use rstest::rstest;

use super::*;

async fn organization(world: &World, side: Side, name: &str) -> OrganizationId {
    let now = world.parts.clock().now();
    let new = Organization::new(OrganizationId(world.parts.id(now)), side, name);
    let id = new.id;
    world.parts.db().write(async move |tx: &mut Tx| insert(tx, &new).await).await.unwrap();
    id
}

fn actor(world: &World, organization: OrganizationId, role: Role) -> Actor {
    Actor {
        means: Means::Session,
        user: Some(UserId(world.parts.id(world.parts.clock().now()))),
        name: "Olivia".to_owned(),
        standing: Some(Standing { organization, role, program: None }),
    }
}

fn rename(id: OrganizationId, name: &str, version: Option<u32>) -> PatchOrganization {
    PatchOrganization { id, name: Some(name.to_owned()), country: None, website: None, version }
}

#[rstest]
#[tokio::test]
async fn an_organisation_sees_itself_and_learns_of_no_other(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world!(engine, [MIGRATIONS()]);
    let vendor = organization(&world, Side::Vendor, "Northwind").await;
    let partner = organization(&world, Side::Partner, "Alpine Systems").await;
    let paula = actor(&world, partner, Role::PartnerOwner);
    let list = world.ask(&paula, ListOrganizations::default()).await.unwrap();
    assert_eq!(list.items.iter().map(|one| one.id).collect::<Vec<_>>(), [partner]);
    assert_eq!(list.total, 1);
    assert_eq!(world.ask(&paula, GetOrganization { id: vendor }).await, Err(Problem::NotFound));
    assert_eq!(world.ask(&paula, rename(vendor, "Mine", None)).await, Err(Problem::NotFound));
    let all = world
        .ask(&Actor::system(), ListOrganizations { limit: Some(1), ..Default::default() })
        .await
        .unwrap();
    assert_eq!((all.items.len(), all.total), (1, 2));
    let more = ListOrganizations { cursor: all.next_cursor, q: Some("NORTH".into()), ..Default::default() };
    assert_eq!(world.ask(&Actor::system(), more).await.unwrap().items[0].id, vendor);
    assert_eq!(
        world.ask(&Actor::nobody(), ListOrganizations::default()).await,
        Err(Problem::Unauthenticated)
    );
}

#[rstest]
#[tokio::test]
async fn only_an_owner_changes_the_organisation(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world!(engine, [MIGRATIONS()]);
    let id = organization(&world, Side::Partner, "Alpine").await;
    let sam = actor(&world, id, Role::Sales);
    assert_eq!(world.ask(&sam, rename(id, "Sam's", None)).await.unwrap_err().code(), "role");
    let paula = actor(&world, id, Role::PartnerOwner);
    let patch = PatchOrganization {
        country: Some("de".into()),
        website: Some("alpine.example".into()),
        ..rename(id, "Alpine Systems", Some(1))
    };
    let after = world.ask(&paula, patch).await.unwrap();
    assert_eq!((after.name.as_str(), after.slug.as_str(), after.version), ("Alpine Systems", "alpine", 2));
    assert_eq!(
        (after.country.as_deref(), after.website.as_deref()),
        (Some("DE"), Some("https://alpine.example"))
    );
    assert_eq!(world.ask(&paula, rename(id, "Late", Some(1))).await, Err(Problem::Stale));
    let mut tx = world.parts.db().read().await.unwrap();
    let events = events::by_subject(&mut tx, &id.to_string(), paula.scope()).await.unwrap();
    assert_eq!(events.iter().map(|event| event.kind.as_str()).collect::<Vec<_>>(), ["organization.changed"]);
}

#[rstest]
#[tokio::test]
async fn a_name_that_is_taken_gets_a_slug_of_its_own(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world!(engine, [MIGRATIONS()]);
    let first = organization(&world, Side::Partner, "Acme").await;
    let second = organization(&world, Side::Partner, "ACME").await;
    let mut tx = world.parts.db().read().await.unwrap();
    assert_eq!(by_slug(&mut tx, "acme-2").await.unwrap().unwrap().id, second);
    assert_eq!(by_name(&mut tx, Side::Partner, " acme ").await.unwrap().unwrap().id, first);
    assert_eq!(by_name(&mut tx, Side::Vendor, "acme").await.unwrap(), None);
}
