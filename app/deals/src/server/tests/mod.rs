//! Deals through the verbs, on both engines.
mod answers;
mod bulk;
mod crm;
mod crowd;
mod dry_run;
mod export;
mod known;
mod life;
mod lists;
mod model;
mod modes;
mod moves;
mod race;
mod registration;
mod rivals;
mod saved;
mod seen;
mod taken;

use base::testing::World;
use base::{Actor, Currency, DealId, Money};
use partners::fixtures::Market;

use crate::{
    Amount, CustomerClaim, Deal, Evidence, EvidenceKind, LineAsk, RegisterDeal, ShowActivity, SubmitDeal,
};

/// Which of many random cases are run: `first..end` or a count in the variable `name`, else `usual` of them.
pub(super) fn cases(name: &str, usual: u64) -> std::ops::Range<u64> {
    let read = |text: &str| text.trim().parse::<u64>().ok();
    let asked = std::env::var(name).ok();
    let range = asked.as_deref().and_then(|text| match text.split_once("..") {
        Some((first, end)) => Some(read(first)?..read(end)?),
        None => Some(0..read(text)?),
    });
    range.unwrap_or(0..usual)
}

/// A world with the market in it, or the end of the test where there is no PostgreSQL.
macro_rules! market {
    ($engine:expr) => {
        match base::testing::World::try_new($engine, &$crate::server::tables()).await {
            Some(world) => {
                let world = world.with_jobs(crate::JOBS);
                let market = partners::fixtures::market(&world).await;
                (world, market)
            }
            None => return,
        }
    };
}
use market;

pub(super) fn euros(amount: i64) -> Money {
    Money::new(amount * 100, Currency::EUR)
}

/// A company with a website of its own.
pub(super) fn company(name: &str, website: &str) -> CustomerClaim {
    CustomerClaim {
        name: name.into(),
        website: Some(website.into()),
        country: Some("DE".into()),
        ..CustomerClaim::default()
    }
}

/// A complete claim on GTX Pro.
pub(super) fn claim(market: &Market, customer: CustomerClaim, value: i64) -> RegisterDeal {
    RegisterDeal {
        customer: Some(customer),
        products: Some(vec![LineAsk { product: "GTX Pro".into(), quantity: Some(2), amount: None }]),
        value: Some(Amount::from(euros(value))),
        expected_close: Some("2027-03-31".parse().unwrap()),
        evidence: Some(vec![Evidence { note: "Met their head of IT".into(), ..Evidence::default() }]),
        ..RegisterDeal::new(market.program)
    }
}

/// Registers and submits in one step.
pub(super) async fn submitted(world: &World, actor: &Actor, ask: RegisterDeal) -> Deal {
    world.ask(actor, RegisterDeal { submit: Some(true), ..ask }).await.unwrap()
}

/// A draft and its submit as two steps.
pub(super) async fn draft(world: &World, actor: &Actor, ask: RegisterDeal) -> Deal {
    world.ask(actor, ask).await.unwrap()
}

pub(super) fn submit(deal: &Deal) -> SubmitDeal {
    SubmitDeal { id: deal.id, version: None }
}

/// A signed proposal.
pub(super) fn proof() -> Evidence {
    Evidence { kind: EvidenceKind::Proposal, on: None, note: "Signed by both".into() }
}

/// The partner shows that it works on a deal.
pub(super) async fn active(world: &World, actor: &Actor, id: DealId) -> Deal {
    let ask = ShowActivity { id, kind: EvidenceKind::Call, on: None, note: "Called".into() };
    world.ask(actor, ask).await.unwrap()
}
