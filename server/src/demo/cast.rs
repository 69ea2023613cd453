//! Who takes part: the vendor with its brands and programs, 40 partners, and the people who sign in.
use access::Password;
use access::server::{NewUser, actor_of, add_membership, create_user};
use base::db::Tx;
use base::http::Perform;
use base::{
    Actor, BrandId, Currency, Money, OrganizationId, Parts, ProductId, ProgramId, Role, Side, UserId,
};
use organizations::Organization;
use partners::{CreateEnrollment, CreatePartner, PartnerType, Tier};
use programs::{AutoApprove, CreateBrand, CreateProduct, CreateProgram, Engagement, Heartbeat};
use themes::{Rgb, Theme};

use super::{Dice, PASSWORD, faces, names, told};
use crate::Failure;

/// Somebody who registers deals, and where.
pub(super) struct Seller {
    pub(super) organization: OrganizationId,
    pub(super) actor: Actor,
    pub(super) programs: Vec<ProgramId>,
    /// Registrations over the whole history.
    pub(super) zeal: usize,
    pub(super) country: String,
}

/// A product and what it costs.
#[derive(Clone)]
pub(super) struct Article {
    pub(super) id: ProductId,
    pub(super) sku: &'static str,
    pub(super) price_minor: i64,
}

/// Everybody.
pub(super) struct Cast {
    pub(super) vendor: OrganizationId,
    pub(super) olivia: Actor,
    pub(super) carlos: Actor,
    /// The owner of the first partner.
    pub(super) paula: Actor,
    pub(super) sellers: Vec<Seller>,
    /// Others who read their inbox.
    pub(super) readers: Vec<Actor>,
    /// By program: its products.
    pub(super) shelves: Vec<(ProgramId, Vec<Article>)>,
}

const CLOUD: [(&str, &str, &str, i64); 4] = [
    ("NC-CORE", "Northwind Core", "Platform", 480_000),
    ("NC-EDGE", "Northwind Edge", "Platform", 1_250_000),
    ("NC-GUARD", "Northwind Guard", "Security", 960_000),
    ("NC-CARE", "Northwind Care", "Services", 240_000),
];
const HARBOR: [(&str, &str, &str, i64); 3] = [
    ("HD-VAULT", "Harbor Vault, Business", "Vault", 400_000),
    ("HD-SHIELD", "Harbor Shield", "Shield", 720_000),
    ("HD-FLOW", "Harbor Flow", "Flow", 1_800_000),
];

/// Makes everybody.
pub(super) async fn assemble(parts: &Parts) -> Result<Cast, Failure> {
    let vendor = vendor(parts).await?;
    let olivia =
        person(parts, vendor, "olivia@northwind.example", "Olivia Berg", Role::VendorOwner, true).await?;
    let carlos =
        person(parts, vendor, "carlos@northwind.example", "Carlos Ruiz", Role::ChannelManager, true).await?;
    person(parts, vendor, "mina@northwind.example", "Mina Okafor", Role::Marketer, true).await?;
    let ines =
        person(parts, vendor, "ines@northwind.example", "Inés Vidal", Role::ChannelManager, false).await?;

    let cloud = brand(parts, &olivia, "Northwind Cloud", 262, 0.17).await?;
    let harbor = brand(parts, &olivia, "Harbor Data", 188, 0.105).await?;
    let blue = Theme { tint: 30, ..Theme::of(Rgb::new(0x2e, 0x62, 0xc9)) };
    let teal = Theme { tint: 60, radius: 10, ..Theme::of(Rgb::new(0x0b, 0x75, 0x7d)) };
    faces::publish(parts, &olivia, cloud, blue, &faces::CLOUD).await?;
    faces::publish(parts, &olivia, harbor, teal, &faces::HARBOR).await?;
    let emea = program(parts, &olivia, cloud, "EMEA partner program", 1_000_000).await?;
    let global = program(parts, &olivia, harbor, "Global channel program", 800_000).await?;
    let alliances = program(parts, &olivia, cloud, "Technology alliances", 500_000).await?;
    let cloud_shelf = shelf(parts, &olivia, cloud, &CLOUD).await?;
    let harbor_shelf = shelf(parts, &olivia, harbor, &HARBOR).await?;
    let shelves = vec![(emea, cloud_shelf.clone()), (global, harbor_shelf), (alliances, cloud_shelf)];

    let managers = [carlos.user, ines.user];
    let mut dice = Dice::new(40);
    let mut sellers = Vec::new();
    let mut owner = None;
    let mut readers = vec![carlos.clone(), ines.clone(), olivia.clone()];
    let firsts = [
        ("Alpine Systems", "DE", "alpine.example", PartnerType::Reseller),
        ("Bluepeak", "AT", "bluepeak.example", PartnerType::Si),
    ];
    for (place, (name, country, host, kind)) in firsts.into_iter().chain(names::PARTNERS).enumerate() {
        let tier = *dice.pick(&[Tier::Registered, Tier::Silver, Tier::Silver, Tier::Gold]);
        let manager = managers[place % 2];
        let home = [emea, global, alliances][if place < 2 { 0 } else { dice.below(3) }];
        let partner = CreatePartner {
            name: name.to_owned(),
            country: Some(country.to_owned()),
            website: Some(format!("https://www.{host}")),
            program: home,
            tier: Some(tier),
            partner_types: vec![kind],
            territory: Some(territory(country).to_owned()),
            channel_manager: manager,
        };
        let partner = told(partner.perform(parts, &olivia).await, name)?.id;
        let mut programs = vec![home];
        let second =
            if place < 2 || dice.chance(30) { [global, emea][usize::from(home == global)] } else { home };
        if second != home {
            let enrollment = CreateEnrollment {
                program: second,
                partner,
                status: None,
                tier: Some(tier),
                partner_types: vec![kind],
                territory: Some(territory(country).to_owned()),
                channel_manager: manager,
            };
            told(enrollment.perform(parts, &olivia).await, name)?;
            programs.push(second);
        }
        let actor = match place {
            0 => {
                let paula =
                    person(parts, partner, "paula@alpine.example", "Paula Steiner", Role::PartnerOwner, true);
                let paula = paula.await?;
                owner = Some(paula.clone());
                readers.push(paula);
                person(parts, partner, "sam@alpine.example", "Sam Peters", Role::Sales, true).await?
            }
            1 => person(parts, partner, "noor@bluepeak.example", "Noor Haddad", Role::Sales, true).await?,
            _ => {
                person(parts, partner, &format!("sales@{host}"), &format!("{name} sales"), Role::Sales, false)
                    .await?
            }
        };
        let zeal = match place {
            0 => 44,
            1 => 38,
            _ => 2 + dice.below(22),
        };
        sellers.push(Seller { organization: partner, actor, programs, zeal, country: country.to_owned() });
    }
    let paula = owner.ok_or("the first partner has an owner")?;
    Ok(Cast { vendor, olivia, carlos, paula, sellers, readers, shelves })
}

fn territory(country: &str) -> &'static str {
    match country {
        "DE" | "AT" | "CH" => "DACH",
        "NO" | "SE" | "FI" | "DK" => "Nordics",
        "GB" | "IE" => "UK and Ireland",
        "PL" | "CZ" | "SK" | "RO" | "HR" | "SI" | "LT" => "Eastern Europe",
        _ => "Southern and Western Europe",
    }
}

async fn vendor(parts: &Parts) -> Result<OrganizationId, Failure> {
    let now = parts.clock().now();
    let id = OrganizationId(parts.id(now));
    let vendor = Organization {
        country: Some("DE".to_owned()),
        website: Some("https://www.northwind.example".to_owned()),
        ..Organization::new(id, Side::Vendor, "Northwind Systems")
    };
    let made =
        parts.db().write(async move |tx: &mut Tx| organizations::server::insert(tx, &vendor).await).await;
    told(made, "Northwind Systems")?;
    Ok(id)
}

/// A member; those who sign in share the demo's password.
async fn person(
    parts: &Parts,
    organization: OrganizationId,
    email: &str,
    name: &str,
    role: Role,
    signs_in: bool,
) -> Result<Actor, Failure> {
    let password = signs_in.then(|| Password(PASSWORD.to_owned()));
    let new = NewUser { email: email.to_owned(), name: name.to_owned(), password };
    let parts_ = parts.clone();
    let made = parts
        .db()
        .write(async move |tx: &mut Tx| {
            let user: UserId = create_user(tx, &parts_, new).await?.id;
            add_membership(tx, &parts_, user, organization, role).await?;
            actor_of(tx, user, organization).await
        })
        .await;
    told(made, email)
}

async fn brand(parts: &Parts, by: &Actor, name: &str, hue: u16, chroma: f64) -> Result<BrandId, Failure> {
    let brand = CreateBrand { name: name.to_owned(), slug: None, hue, chroma };
    Ok(told(brand.perform(parts, by).await, name)?.id)
}

async fn program(
    parts: &Parts,
    by: &Actor,
    brand: BrandId,
    name: &str,
    limit_minor: i64,
) -> Result<ProgramId, Failure> {
    // The demo's partners work in their CRM: silence here says little within a protection.
    let engagement = Engagement {
        auto_approve: AutoApprove { enabled: true, limit_minor },
        heartbeat: Heartbeat { warn_days: 60, lapse_days: 90 },
        ..Engagement::default()
    };
    let program = CreateProgram {
        brand,
        name: name.to_owned(),
        slug: None,
        currency: Some(Currency::EUR),
        time_zone: Some("Europe/Berlin".to_owned()),
        engagement: Some(engagement),
    };
    Ok(told(program.perform(parts, by).await, name)?.program.id)
}

async fn shelf(
    parts: &Parts,
    by: &Actor,
    brand: BrandId,
    articles: &[(&'static str, &'static str, &'static str, i64)],
) -> Result<Vec<Article>, Failure> {
    let mut shelf = Vec::new();
    for (sku, name, family, price_minor) in articles {
        let product = CreateProduct {
            sku: (*sku).to_owned(),
            name: (*name).to_owned(),
            family: (*family).to_owned(),
            brand: Some(brand),
            list_price: Some(Money::new(*price_minor, Currency::EUR)),
        };
        let id = told(product.perform(parts, by).await, sku)?.id;
        shelf.push(Article { id, sku, price_minor: *price_minor });
    }
    Ok(shelf)
}
