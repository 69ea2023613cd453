//! Leads through the verbs, on both engines.
mod campaign;
mod distribution;
mod life;
mod lists;
mod pins;
mod race;
mod register;

use base::testing::World;
use base::{Actor, Currency, Money, Parts};
use deals::Amount;
use partners::fixtures::Market;

use crate::{
    AssignLead, Contact, CreateLead, Distribution, GetLead, Lead, LeadCustomer, LeadRule, PublishLeadRules,
    SaveLeadRules,
};

/// The tables of leads and of all slices that they stand on.
pub(super) fn tables() -> Vec<base::db::Migrations> {
    let mut all = deals::server::tables();
    all.push(crate::MIGRATIONS());
    all
}

/// A world with the market in it, or the end of the test where there is no PostgreSQL.
macro_rules! market {
    ($engine:expr) => {
        match base::testing::World::try_new($engine, &$crate::server::tests::tables()).await {
            Some(world) => {
                let world = world.with_jobs(crate::JOBS).with_jobs(deals::JOBS);
                world.parts.observe(vec![crate::OBSERVER]);
                let market = partners::fixtures::market(&world).await;
                (world, market)
            }
            None => return,
        }
    };
}
use market;

/// A lead of a company with a website of its own.
pub(super) fn lead(market: &Market, name: &str) -> CreateLead {
    CreateLead {
        customer: LeadCustomer {
            name: name.into(),
            website: Some(format!("https://www.{}.example", name.to_lowercase().replace(' ', "-"))),
            country: Some("de".into()),
            ..LeadCustomer::default()
        },
        contacts: Some(vec![Contact {
            name: "Ada Arndt".into(),
            title: "Head of IT".into(),
            email: "ada@example.com".into(),
            phone: "+49 30 1234".into(),
        }]),
        product: Some("gtx pro".into()),
        value: Some(Amount::from(Money::new(4_800_000, Currency::EUR))),
        note: Some("Saw us at the fair".into()),
        ..CreateLead::new(market.program, "")
    }
}

pub(super) async fn created(world: &World, actor: &Actor, ask: CreateLead) -> Lead {
    world.ask(actor, ask).await.unwrap()
}

/// A lead that was offered to a partner by hand.
pub(super) async fn offered(world: &World, market: &Market, to: base::OrganizationId, name: &str) -> Lead {
    created(world, &market.manager, CreateLead { partner: Some(to), ..lead(market, name) }).await
}

pub(super) fn assign(lead: &Lead) -> AssignLead {
    AssignLead { id: lead.id, partner: None, version: None }
}

pub(super) async fn seen(world: &World, actor: &Actor, lead: &Lead) -> Result<Lead, base::Problem> {
    world.ask(actor, GetLead { id: lead.id }).await
}

/// Publishes rules.
pub(super) async fn publish(world: &World, market: &Market, distribution: Distribution) {
    let id = market.program;
    world.ask(&market.owner, SaveLeadRules { id, distribution, version: None }).await.unwrap();
    world.ask(&market.owner, PublishLeadRules { id, note: String::new(), version: None }).await.unwrap();
}

pub(super) fn rule(id: &str) -> LeadRule {
    LeadRule { id: id.into(), name: format!("Rule {id}"), ..LeadRule::default() }
}

/// One more partner of the program, with a seller.
pub(super) async fn join(world: &World, market: &Market, name: &str) -> (base::OrganizationId, Actor) {
    let (parts, vendor): (Parts, _) = (world.parts.clone(), market.vendor);
    let (name, program) = (name.to_owned(), market.program);
    let made = world.parts.db().write(async move |tx: &mut base::db::Tx| {
        let now = parts.clock().now();
        let id = base::OrganizationId(parts.id(now));
        let organization = organizations::Organization::new(id, base::Side::Partner, &name);
        organizations::server::insert(tx, &organization).await?;
        let asked = partners::CreateEnrollment {
            program,
            partner: id,
            status: None,
            tier: Some(partners::Tier::Silver),
            partner_types: vec![partners::PartnerType::Reseller],
            territory: None,
            channel_manager: None,
        };
        partners::server::enroll(tx, &parts, &Actor::system(), vendor, asked).await?;
        let email = format!("sales@{}.example", name.to_lowercase());
        let new = access::server::NewUser { email, name: format!("Sales of {name}"), password: None };
        let user = access::server::create_user(tx, &parts, new).await?.id;
        access::server::add_membership(tx, &parts, user, id, base::Role::Sales).await?;
        Ok((id, access::server::actor_of(tx, user, id).await?))
    });
    made.await.unwrap()
}
