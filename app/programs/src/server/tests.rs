//! Through the verbs, on both engines.
mod rules;

use base::db::{Engine, Tx};
use base::testing::World;
use base::{Actor, Currency, Means, Money, OrganizationId, Problem, Role, Side, Span, Standing, UserId};
use organizations::Organization;
use rstest::rstest;

use crate::*;

fn actor(organization: OrganizationId, role: Role) -> Actor {
    let standing = Some(Standing { organization, role, program: None });
    Actor { means: Means::Session, user: None::<UserId>, name: "Olivia".to_owned(), standing }
}

async fn vendor(world: &World, name: &'static str) -> OrganizationId {
    let id = OrganizationId(world.parts.id(world.parts.clock().now()));
    let made = world.parts.db().write(async move |tx: &mut Tx| {
        organizations::server::insert(tx, &Organization::new(id, Side::Vendor, name)).await
    });
    made.await.unwrap();
    id
}

fn brand(name: &str) -> CreateBrand {
    CreateBrand { name: name.to_owned(), slug: None, hue: 215, chroma: 0.1234 }
}

async fn program(world: &World, owner: &Actor) -> ProgramWithRules {
    let brand = world.ask(owner, brand("Northwind")).await.unwrap();
    let create = CreateProgram {
        brand: brand.id,
        name: "Partner Network".to_owned(),
        slug: None,
        currency: Some(Currency::EUR),
        time_zone: Some("Europe/Berlin".to_owned()),
        engagement: None,
    };
    world.ask(owner, create).await.unwrap()
}

macro_rules! world_of_programs {
    ($engine:expr) => {
        base::world!($engine, [organizations::MIGRATIONS(), ::access::MIGRATIONS(), crate::MIGRATIONS()])
    };
}
use world_of_programs;

#[rstest]
#[tokio::test]
async fn a_program_begins_with_the_default_rules_in_its_own_time_zone(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world_of_programs!(engine);
    let owner = actor(vendor(&world, "Northwind").await, Role::VendorOwner);
    let made = program(&world, &owner).await;
    assert_eq!(made.program.slug, "partner-network");
    assert_eq!((made.program.rules_number, made.rules.number), (1, 1));
    let calendar = Calendar { time_zone: "Europe/Berlin".to_owned(), ..Calendar::default() };
    assert_eq!(made.rules.engagement, Engagement { calendar, ..Engagement::default() });
    let mut tx = world.parts.db().read().await.unwrap();
    let (version, number, rules) = server::rules(&mut tx, made.program.id).await.unwrap();
    assert_eq!((version, number, rules), (made.rules.id, 1, made.rules.engagement.clone()));
    assert_eq!(world.ask(&owner, GetProgram { id: made.program.id }).await.unwrap(), made);
}

#[rstest]
#[tokio::test]
async fn a_new_version_is_in_force_at_once_and_the_old_one_stays(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world_of_programs!(engine);
    let owner = actor(vendor(&world, "Northwind").await, Role::VendorOwner);
    let made = program(&world, &owner).await;
    let id = made.program.id;
    world.advance(Span::days(1));
    let mut engagement = made.rules.engagement.clone();
    engagement.protection_days = Some(60);
    let publish = PublishProgramVersion {
        id,
        version: Some(made.program.version),
        engagement,
        in_force_on: None,
        note: None,
    };
    let published = world.ask(&owner, publish.clone()).await.unwrap();
    assert_eq!((published.number, published.engagement.protection_days), (2, Some(60)));
    assert_eq!(world.ask(&owner, publish).await, Err(Problem::Stale));

    let all = world.ask(&owner, ListProgramVersions { id, cursor: None, limit: Some(1) }).await.unwrap();
    assert_eq!((all.total, all.items[0].number), (2, 2));
    let older = ListProgramVersions { id, cursor: all.next_cursor, limit: Some(1) };
    let older = world.ask(&owner, older).await.unwrap();
    let past = ProgramVersion { state: VersionState::Past, ..made.rules.clone() };
    assert_eq!((older.items[0].clone(), older.next_cursor), (past, None));
    let mut tx = world.parts.db().read().await.unwrap();
    assert_eq!(server::rules(&mut tx, id).await.unwrap().1, 2);
    let (number, old) = server::rules_of(&mut tx, made.rules.id).await.unwrap();
    assert_eq!((number, old.protection_days), (1, Some(90)));
}

#[rstest]
#[tokio::test]
async fn rules_that_cannot_hold_are_refused_field_by_field(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world_of_programs!(engine);
    let owner = actor(vendor(&world, "Northwind").await, Role::VendorOwner);
    let id = program(&world, &owner).await.program.id;
    let publish =
        |engagement| PublishProgramVersion { id, version: None, engagement, in_force_on: None, note: None };
    let wrong = Engagement { review_business_days: 0, ..Engagement::default() };
    let problem = world.ask(&owner, publish(wrong)).await.unwrap_err();
    assert_eq!(problem.of_field("engagement.review_business_days").unwrap().code, "out_of_range");
    let calendar = Calendar { time_zone: "Mars/Olympus".to_owned(), ..Calendar::default() };
    let problem =
        world.ask(&owner, publish(Engagement { calendar, ..Engagement::default() })).await.unwrap_err();
    assert_eq!(problem.of_field("engagement.calendar.time_zone").unwrap().code, "unknown");
}

#[rstest]
#[tokio::test]
async fn another_vendor_finds_nothing_and_roles_are_kept(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world_of_programs!(engine);
    let northwind = vendor(&world, "Northwind").await;
    let owner = actor(northwind, Role::VendorOwner);
    let foreign = actor(vendor(&world, "Foreign").await, Role::VendorOwner);
    let made = program(&world, &owner).await;
    let id = made.program.id;
    let change = ChangeProgram { id, version: None, brand: None, name: Some("Mine".to_owned()), slug: None };
    let publish = PublishProgramVersion {
        id,
        version: None,
        engagement: Engagement::default(),
        in_force_on: None,
        note: None,
    };
    let versions = ListProgramVersions { id, cursor: None, limit: None };
    let repaint = ChangeBrand {
        id: made.program.brand,
        version: None,
        name: None,
        slug: None,
        hue: Some(1),
        chroma: None,
        sender_name: None,
        sender_email: None,
    };
    assert_eq!(world.ask(&foreign, GetProgram { id }).await, Err(Problem::NotFound));
    assert_eq!(world.ask(&foreign, change.clone()).await, Err(Problem::NotFound));
    assert_eq!(world.ask(&foreign, publish.clone()).await, Err(Problem::NotFound));
    assert_eq!(world.ask(&foreign, versions).await, Err(Problem::NotFound));
    assert_eq!(world.ask(&foreign, repaint.clone()).await, Err(Problem::NotFound));
    assert_eq!(world.ask(&foreign, ListPrograms::default()).await.unwrap().total, 0);
    assert_eq!(world.ask(&foreign, ListBrands::default()).await.unwrap().total, 0);

    let analyst = actor(northwind, Role::Analyst);
    assert_eq!(world.ask(&analyst, GetProgram { id }).await.unwrap(), made);
    assert_eq!(world.ask(&analyst, change.clone()).await.unwrap_err().status(), 403);
    assert_eq!(world.ask(&analyst, publish.clone()).await.unwrap_err().status(), 403);
    assert_eq!(world.ask(&analyst, repaint).await.unwrap_err().status(), 403);
    let manager = actor(northwind, Role::ChannelManager);
    assert_eq!(world.ask(&manager, publish).await.unwrap_err().status(), 403);
    assert_eq!(world.ask(&owner, change).await.unwrap().program.name, "Mine");
}

fn product(sku: &str, name: &str, family: &str, price: i64) -> CreateProduct {
    let list_price = Some(Money::new(price, Currency::EUR));
    CreateProduct { sku: sku.into(), name: name.into(), family: family.into(), brand: None, list_price }
}

#[rstest]
#[tokio::test]
async fn products_are_found_sorted_and_paged(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world_of_programs!(engine);
    let northwind = vendor(&world, "Northwind").await;
    let owner = actor(northwind, Role::VendorOwner);
    for (sku, name, family, price) in [
        ("GTX-P", "GTX Pro", "GTX", 4_821),
        ("MG-S", "MG Special", "MG", 55),
        ("GTX-B", "GTX Basic", "GTX", 550),
    ] {
        world.ask(&owner, product(sku, name, family, price)).await.unwrap();
    }
    let names = async |list: ListProducts| {
        let page = world.ask(&owner, list).await.unwrap();
        (
            page.items.iter().map(|product| product.name.clone()).collect::<Vec<_>>(),
            page.next_cursor,
            page.total,
        )
    };
    let (first, cursor, total) = names(ListProducts { limit: Some(2), ..ListProducts::default() }).await;
    assert_eq!((first, total), (vec!["GTX Basic".to_owned(), "GTX Pro".to_owned()], 3));
    let (second, cursor, _) = names(ListProducts { limit: Some(2), cursor, ..ListProducts::default() }).await;
    assert_eq!((second, cursor), (vec!["MG Special".to_owned()], None));
    let (found, ..) =
        names(ListProducts { q: Some("gtx".into()), sort: Some("-sku".into()), ..ListProducts::default() })
            .await;
    assert_eq!(found, ["GTX Pro", "GTX Basic"]);
    let (none, ..) = names(ListProducts { q: Some("%".into()), ..ListProducts::default() }).await;
    assert!(none.is_empty(), "a wildcard is a letter like any other");

    let again = world.ask(&owner, product("MG-S", "Again", "MG", 1)).await.unwrap_err();
    assert_eq!(again.of_field("sku").unwrap().code, "taken");
    let mut tx = world.parts.db().read().await.unwrap();
    let found = server::product_by_sku(&mut tx, northwind, "MG-S").await.unwrap().unwrap();
    drop(tx);
    let change = ChangeProduct {
        id: found.id,
        version: Some(1),
        name: None,
        family: None,
        list_price: Some(Money::new(60, Currency::EUR)),
        active: Some(false),
    };
    let changed = world.ask(&owner, change.clone()).await.unwrap();
    assert_eq!((changed.version, changed.active, changed.list_price.unwrap().amount_minor), (2, false, 60));
    assert_eq!(world.ask(&owner, change.clone()).await, Err(Problem::Stale));
    let foreign = actor(vendor(&world, "Foreign").await, Role::VendorOwner);
    assert_eq!(world.ask(&foreign, change).await, Err(Problem::NotFound));
    let sold = ListProducts { active: Some(true), ..ListProducts::default() };
    assert_eq!(world.ask(&owner, sold).await.unwrap().total, 2);
}

#[rstest]
#[tokio::test]
async fn a_brand_s_mails_come_from_its_own_address(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world_of_programs!(engine);
    let owner = actor(vendor(&world, "Northwind").await, Role::VendorOwner);
    let made = world.ask(&owner, brand("Aurora")).await.unwrap();
    let from = |name: &str, email: &str| ChangeBrand {
        id: made.id,
        version: None,
        name: None,
        slug: None,
        hue: None,
        chroma: None,
        sender_name: Some(name.to_owned()),
        sender_email: Some(email.to_owned()),
    };
    let changed = world.ask(&owner, from(" Aurora Partners ", "aurora@northwind.example")).await.unwrap();
    assert_eq!(changed.sender_name.as_deref(), Some("Aurora Partners"));
    assert_eq!(changed.sender_email.as_deref(), Some("aurora@northwind.example"));
    for (name, email) in [("Aurora", "aurora"), ("Au\r\nBcc: x", "aurora@northwind.example")] {
        assert!(
            matches!(world.ask(&owner, from(name, email)).await, Err(Problem::Invalid { .. })),
            "{name} {email}"
        );
    }
    let house = world.ask(&owner, from("", "")).await.unwrap();
    assert_eq!((house.sender_name, house.sender_email), (None, None));
}
