//! Through the verbs and the functions other slices call, on both engines.
use base::db::Engine;
use base::testing::World;
use base::{
    Actor, Currency, CustomerId, Means, Money, OpportunityId, OrganizationId, Page, Problem, ProgramId, Role,
    Side, Standing, UserId, world,
};
use matching::{Aliases, Company, Profile};
use organizations::Organization;
use rstest::rstest;

use super::keys::{self, Kind};
use super::*;
use crate::model::Stage;

struct Place {
    vendor: Actor,
    partner: Actor,
    stranger: Actor,
    program: ProgramId,
}

fn member(organization: OrganizationId, role: Role) -> Actor {
    let standing = Standing { organization, role, program: None };
    Actor {
        means: Means::Session,
        user: Some(UserId(organization.0)),
        name: "Somebody".into(),
        standing: Some(standing),
    }
}

async fn place(world: &World) -> Place {
    let parts = world.parts.clone();
    let ids: Vec<OrganizationId> = (0..3).map(|_| OrganizationId(parts.id(parts.clock().now()))).collect();
    let (vendor, partner, stranger) = (ids[0], ids[1], ids[2]);
    let program = world
        .parts
        .db()
        .write(async move |tx: &mut Tx| {
            for (id, side, name) in [
                (vendor, Side::Vendor, "Northwind"),
                (partner, Side::Partner, "Alpine"),
                (stranger, Side::Vendor, "Other"),
            ] {
                organizations::server::insert(tx, &Organization::new(id, side, name)).await?;
            }
            let system = Actor::system();
            let brand = programs::CreateBrand { name: "Northwind".into(), slug: None, hue: 250, chroma: 0.1 };
            let brand = programs::server::add_brand(tx, &parts, &system, vendor, brand).await?;
            let program = programs::CreateProgram {
                brand: brand.id,
                name: "Core".into(),
                slug: None,
                currency: Some(Currency::USD),
                time_zone: None,
                engagement: None,
            };
            Ok(programs::server::add_program(tx, &parts, &system, vendor, program).await?.program.id)
        })
        .await
        .unwrap();
    Place {
        vendor: member(vendor, Role::ChannelManager),
        partner: member(partner, Role::Sales),
        stranger: member(stranger, Role::VendorOwner),
        program,
    }
}

macro_rules! market {
    ($engine:expr) => {
        world!(
            $engine,
            [organizations::MIGRATIONS(), access::MIGRATIONS(), programs::MIGRATIONS(), MIGRATIONS()]
        )
    };
}

mod identity;
mod key_form;

fn acme() -> CreateCustomer {
    CreateCustomer {
        name: "ACME Corp".into(),
        website: Some("https://www.acme-industries.com/about".into()),
        country: Some("us".into()),
        ..CreateCustomer::default()
    }
}

fn profile_of(name: &str, website: Option<&str>) -> Profile {
    let company = Company { name: name.into(), website: website.map(Into::into), ..Company::default() };
    Profile::new(&company, &Aliases::default())
}

async fn found(world: &World, vendor: &Actor, profile: &Profile) -> Vec<keys::Candidate> {
    let mut tx = world.parts.db().read().await.unwrap();
    let vendor = vendor.organization().unwrap();
    keys::candidates(&mut tx, vendor, &matching::probes(profile), 10).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn a_customer_is_kept_and_changed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = market!(engine);
    let place = place(&world).await;
    let made = world.ask(&place.vendor, acme()).await.unwrap();
    assert_eq!((made.domain.as_deref(), made.country.as_deref()), (Some("acme-industries.com"), Some("US")));
    let id = made.id;
    let change = UpdateCustomer {
        city: Some("Boston".into()),
        website: Some(String::new()),
        version: Some(1),
        ..blank(id)
    };
    let changed = world.ask(&place.vendor, change.clone()).await.unwrap();
    assert_eq!((changed.city.as_deref(), changed.website, changed.version), (Some("Boston"), None, 2));
    assert_eq!(world.ask(&place.vendor, change).await, Err(Problem::Stale));
    let all =
        world.ask(&place.vendor, ListCustomers { q: Some("acme".into()), ..ListCustomers::default() }).await;
    assert_eq!(all.unwrap().total, 1);
    assert_eq!(world.ask(&place.stranger, GetCustomer { id }).await, Err(Problem::NotFound));
    let refused = world.ask(&place.partner, GetCustomer { id }).await.unwrap_err();
    assert_eq!((refused.status(), refused.code()), (403, "role"));
}

fn blank(id: CustomerId) -> UpdateCustomer {
    serde_json::from_value(serde_json::json!({ "id": id })).unwrap()
}

#[rstest]
#[tokio::test]
async fn a_company_is_found_under_another_spelling_and_no_longer_under_its_old_site(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine);
    let place = place(&world).await;
    let made = world.ask(&place.vendor, acme()).await.unwrap();
    let by_name = found(&world, &place.vendor, &profile_of("Acme Corporation", None)).await;
    assert_eq!((by_name[0].kind, by_name[0].record), (Kind::Customer, made.id.0));
    let site = profile_of("Something else", Some("shop.acme-industries.com"));
    assert_eq!(found(&world, &place.vendor, &site).await[0].shared, 64);
    assert_eq!(found(&world, &place.stranger, &site).await, []);
    let moved = UpdateCustomer { website: Some("acme.io".into()), ..blank(made.id) };
    world.ask(&place.vendor, moved).await.unwrap();
    assert_eq!(found(&world, &place.vendor, &site).await, []);
}

fn sale(place: &Place, number: u128, stage: Stage, customer: Option<&Customer>) -> StoredOpportunity {
    StoredOpportunity {
        id: OpportunityId(sqlx::types::Uuid::from_u128(number)),
        program: place.program,
        external_id: Some(format!("X{number}")),
        customer: customer.map(|customer| customer.id),
        customer_name: customer.map(|customer| customer.name.clone()),
        partner: number.is_multiple_of(2).then(|| place.partner.organization().unwrap()),
        product: None,
        stage,
        value: Money::new(number as i64 * 100, Currency::USD),
        opened_on: format!("2026-01-{number:02}").parse().ok().filter(|_| number != 3),
        closed_on: None,
        created_at: base::testing::BEGINNING,
        version: 1,
    }
}

async fn save(world: &World, place: &Place, new: Vec<StoredOpportunity>, changed: Vec<StoredOpportunity>) {
    let vendor = place.vendor.organization().unwrap();
    let work = async move |tx: &mut Tx| save_opportunities(tx, vendor, &new, &changed).await;
    world.parts.db().write(work).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn an_open_opportunity_is_found_by_its_customer_until_it_closes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine);
    let place = place(&world).await;
    let acme = world.ask(&place.vendor, acme()).await.unwrap();
    let open = sale(&place, 2, Stage::Engaging, Some(&acme));
    save(&world, &place, vec![open.clone(), sale(&place, 4, Stage::Prospecting, None)], vec![]).await;
    let look = profile_of("Acme", None);
    let candidates = found(&world, &place.vendor, &look).await;
    let kinds: Vec<Kind> = candidates.iter().map(|candidate| candidate.kind).collect();
    assert_eq!(kinds, [Kind::Customer, Kind::Opportunity]);
    let mut tx = world.parts.db().read().await.unwrap();
    let told = described(&mut tx, place.vendor.organization().unwrap(), &candidates).await.unwrap();
    drop(tx);
    assert_eq!(told[1].company.website, acme.website);
    assert_eq!(told[1].opportunity.as_ref().unwrap().partner.as_ref().unwrap().name, "Alpine");
    save(&world, &place, vec![], vec![StoredOpportunity { stage: Stage::Won, ..open }]).await;
    assert_eq!(found(&world, &place.vendor, &look).await.len(), 1);
}

#[rstest]
#[tokio::test]
async fn every_opportunity_is_on_exactly_one_page(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine);
    let place = place(&world).await;
    let all =
        (1..=11).map(|n| sale(&place, n, if n < 6 { Stage::Won } else { Stage::Engaging }, None)).collect();
    save(&world, &place, all, vec![]).await;
    for sort in ["-opened_on", "opened_on", "value", "-value", "closed_on", "-closed_on"] {
        let mut ask =
            ListOpportunities { sort: Some(sort.into()), limit: Some(3), ..ListOpportunities::default() };
        let mut seen = Vec::new();
        loop {
            let page: Page<_> = world.ask(&place.vendor, ask.clone()).await.unwrap();
            assert_eq!(page.total, 11);
            seen.extend(page.items.into_iter().map(|one| one.external_id.unwrap()));
            ask.cursor = page.next_cursor;
            if ask.cursor.is_none() {
                break;
            }
        }
        let count = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!((count, seen.len()), (11, 11), "{sort}");
    }
    let wrong = ListOpportunities { sort: Some("color".into()), ..ListOpportunities::default() };
    assert_eq!(world.ask(&place.vendor, wrong).await.unwrap_err().status(), 422);
}

#[rstest]
#[tokio::test]
async fn a_partner_sees_its_own_opportunities_only(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine);
    let place = place(&world).await;
    save(&world, &place, (1..=4).map(|n| sale(&place, n, Stage::Won, None)).collect(), vec![]).await;
    let total = async |actor: &Actor, ask: ListOpportunities| world.ask(actor, ask).await.unwrap().total;
    assert_eq!(total(&place.vendor, ListOpportunities::default()).await, 4);
    assert_eq!(total(&place.partner, ListOpportunities::default()).await, 2);
    assert_eq!(total(&place.stranger, ListOpportunities::default()).await, 0);
    let narrowed = ListOpportunities {
        stage: Some(Stage::Won),
        open: Some(false),
        program: Some(place.program),
        q: Some("x2".into()),
        ..ListOpportunities::default()
    };
    assert_eq!(total(&place.vendor, narrowed).await, 1);
    let rivals = OpportunityId(sqlx::types::Uuid::from_u128(1));
    assert_eq!(world.ask(&place.partner, GetOpportunity { id: rivals }).await, Err(Problem::NotFound));
    let filters = world.ask(&place.vendor, ListOpportunityFilters::default()).await.unwrap();
    assert_eq!(filters.partners[0].name, "Alpine");
}
