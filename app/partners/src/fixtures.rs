//! A market for tests: Northwind with two partners, and a foreign vendor with one, always with the same ids.
use base::db::Tx;
use base::testing::World;
use base::{
    Actor, BrandId, Currency, Money, OrganizationId, Parts, Problem, ProductId, ProgramId, Role, Side, UserId,
};
use organizations::Organization;
use programs::{CreateBrand, CreateProduct, CreateProgram};
use serde::{Deserialize, Serialize};

use crate::server::enroll;
use crate::{CreateEnrollment, PartnerType, Tier};

/// A partner and its people.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Company {
    pub id: OrganizationId,
    /// Partner owner.
    pub owner: Actor,
    /// Registers deals.
    pub sales: Actor,
    /// May read only.
    pub learner: Actor,
}

/// What [`market`] makes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Market {
    pub vendor: OrganizationId,
    pub brand: BrandId,
    /// In EUR, Europe/Berlin, with the default rules.
    pub program: ProgramId,
    /// GTX Basic (550 €) and GTX Pro (4,821 €) of family GTX, MG Special (55 €) of family MG.
    pub products: [ProductId; 3],
    pub owner: Actor,
    /// The channel manager of both partners.
    pub manager: Actor,
    pub analyst: Actor,
    pub auditor: Actor,
    /// Gold reseller and MSP, territory "DACH".
    pub alpine: Company,
    /// Silver consultancy and SI, territory "Nordics".
    pub bluepeak: Company,
    pub foreign: Foreign,
}

/// A vendor that Northwind's people never learn of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Foreign {
    pub vendor: OrganizationId,
    pub owner: Actor,
    pub manager: Actor,
    pub program: ProgramId,
    pub product: ProductId,
    pub partner: Company,
}

/// Fills an empty world that has the tables of organisations, access, programs and partners. Events of it are in the
/// log: a test that counts events counts from there.
///
/// # Panics
/// When the world refuses, which is a defect of the fixture.
pub async fn market(world: &World) -> Market {
    let parts = world.parts.clone();
    let made = world.parts.db().write(async move |tx: &mut Tx| make(tx, &parts).await).await;
    made.expect("an empty world takes a market")
}

async fn make(tx: &mut Tx, parts: &Parts) -> Result<Market, Problem> {
    let vendor = organization(tx, parts, Side::Vendor, "Northwind Systems").await?;
    let owner =
        person(tx, parts, vendor, "Olivia Owens", "olivia@northwind.example", Role::VendorOwner).await?;
    let manager =
        person(tx, parts, vendor, "Carlos Cruz", "carlos@northwind.example", Role::ChannelManager).await?;
    let analyst = person(tx, parts, vendor, "Ana Lind", "ana@northwind.example", Role::Analyst).await?;
    let auditor = person(tx, parts, vendor, "Udo Rath", "udo@northwind.example", Role::Auditor).await?;
    let (brand, program) = program(tx, parts, vendor, "Northwind", "Northwind Partner Network").await?;
    let products = [
        product(tx, parts, vendor, "GTX Basic", "GTX", 55_000).await?,
        product(tx, parts, vendor, "GTX Pro", "GTX", 482_100).await?,
        product(tx, parts, vendor, "MG Special", "MG", 5_500).await?,
    ];
    let join = |partner, tier, partner_types, territory: &str| CreateEnrollment {
        program,
        partner,
        status: None,
        tier: Some(tier),
        partner_types,
        territory: Some(territory.to_owned()),
        channel_manager: manager.user,
    };
    let alpine = partner(tx, parts, "Alpine Systems", "alpine.example").await?;
    let asked = join(alpine.id, Tier::Gold, vec![PartnerType::Reseller, PartnerType::Msp], "DACH");
    enroll(tx, parts, &Actor::system(), vendor, asked).await?;
    let bluepeak = partner(tx, parts, "Bluepeak Consulting", "bluepeak.example").await?;
    let asked = join(bluepeak.id, Tier::Silver, vec![PartnerType::Consultancy, PartnerType::Si], "Nordics");
    enroll(tx, parts, &Actor::system(), vendor, asked).await?;
    let foreign = foreign(tx, parts).await?;
    Ok(Market {
        vendor,
        brand,
        program,
        products,
        owner,
        manager,
        analyst,
        auditor,
        alpine,
        bluepeak,
        foreign,
    })
}

async fn foreign(tx: &mut Tx, parts: &Parts) -> Result<Foreign, Problem> {
    let vendor = organization(tx, parts, Side::Vendor, "Foreign Works").await?;
    let owner = person(tx, parts, vendor, "Frida Fern", "frida@foreign.example", Role::VendorOwner).await?;
    let manager =
        person(tx, parts, vendor, "Finn Falk", "finn@foreign.example", Role::ChannelManager).await?;
    let (_, program) = program(tx, parts, vendor, "Foreign", "Foreign Partners").await?;
    let product = product(tx, parts, vendor, "Far Pro", "FAR", 100_000).await?;
    let partner = partner(tx, parts, "Delta Dealers", "delta.example").await?;
    let asked = CreateEnrollment {
        program,
        partner: partner.id,
        status: None,
        tier: None,
        partner_types: vec![PartnerType::Reseller],
        territory: None,
        channel_manager: manager.user,
    };
    enroll(tx, parts, &Actor::system(), vendor, asked).await?;
    Ok(Foreign { vendor, owner, manager, program, product, partner })
}

async fn organization(tx: &mut Tx, parts: &Parts, side: Side, name: &str) -> Result<OrganizationId, Problem> {
    let id = OrganizationId(parts.id(parts.clock().now()));
    organizations::server::insert(tx, &Organization::new(id, side, name)).await?;
    Ok(id)
}

async fn partner(tx: &mut Tx, parts: &Parts, name: &str, domain: &str) -> Result<Company, Problem> {
    let id = organization(tx, parts, Side::Partner, name).await?;
    let who = |local: &str| (format!("{local}@{domain}"), format!("{local} of {name}"));
    let (email, owner) = who("owner");
    let owner = person(tx, parts, id, &owner, &email, Role::PartnerOwner).await?;
    let (email, sales) = who("sales");
    let sales = person(tx, parts, id, &sales, &email, Role::Sales).await?;
    let (email, learner) = who("learner");
    let learner = person(tx, parts, id, &learner, &email, Role::Learner).await?;
    Ok(Company { id, owner, sales, learner })
}

async fn person(
    tx: &mut Tx,
    parts: &Parts,
    organization: OrganizationId,
    name: &str,
    email: &str,
    role: Role,
) -> Result<Actor, Problem> {
    let new = ::access::server::NewUser { email: email.to_owned(), name: name.to_owned(), password: None };
    let user: UserId = ::access::server::create_user(tx, parts, new).await?.id;
    ::access::server::add_membership(tx, parts, user, organization, role).await?;
    ::access::server::actor_of(tx, user, organization).await
}

async fn program(
    tx: &mut Tx,
    parts: &Parts,
    vendor: OrganizationId,
    brand: &str,
    name: &str,
) -> Result<(BrandId, ProgramId), Problem> {
    let asked = CreateBrand { name: brand.to_owned(), slug: None, hue: 235, chroma: 0.14 };
    let brand = programs::server::add_brand(tx, parts, &Actor::system(), vendor, asked).await?.id;
    let asked = CreateProgram {
        brand,
        name: name.to_owned(),
        slug: None,
        currency: Some(Currency::EUR),
        time_zone: Some("Europe/Berlin".to_owned()),
        engagement: None,
    };
    let made = programs::server::add_program(tx, parts, &Actor::system(), vendor, asked).await?;
    Ok((brand, made.program.id))
}

async fn product(
    tx: &mut Tx,
    parts: &Parts,
    vendor: OrganizationId,
    name: &str,
    family: &str,
    minor: i64,
) -> Result<ProductId, Problem> {
    let asked = CreateProduct {
        sku: name.replace(' ', "-").to_uppercase(),
        name: name.to_owned(),
        family: family.to_owned(),
        brand: None,
        list_price: Some(Money::new(minor, Currency::EUR)),
    };
    Ok(programs::server::add_product(tx, parts, &Actor::system(), vendor, asked).await?.id)
}
