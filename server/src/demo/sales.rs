//! The CRM's side of the story: customers, and opportunities won, lost and open.
use base::clock::FixedClock;
use base::db::Tx;
use base::events::{self, Happened};
use base::{Actor, Currency, CustomerId, Money, OpportunityId, Parts, Span, Timestamp};
use customers::server::{StoredOpportunity, insert_customers, save_opportunities};
use customers::{Customer, Stage};

use super::cast::Cast;
use super::{Dice, names, told};
use crate::Failure;

/// How many opportunities there are a partner, for each registration it makes.
const PER_REGISTRATION: usize = 2;

/// Tells it: everything comes from the CRM at the beginning of the last month, as an import would bring it.
pub(super) async fn tell(
    parts: &Parts,
    cast: &Cast,
    clock: &FixedClock,
    end: Timestamp,
) -> Result<(), Failure> {
    let start = end - super::HISTORY;
    let mut dice = Dice::new(7);
    let customers = customers(parts, &mut dice, start);
    let stored = customers.clone();
    let vendor = cast.vendor;
    let inserted =
        parts.db().write(async move |tx: &mut Tx| insert_customers(tx, vendor, &stored).await).await;
    told(inserted, "customers")?;
    clock.set(start);
    let mut number = 10_000;
    for (program, shelf) in &cast.shelves {
        let mut opportunities = Vec::new();
        for seller in cast.sellers.iter().filter(|seller| seller.programs[0] == *program) {
            for _ in 0..seller.zeal * PER_REGISTRATION {
                let article = dice.pick(shelf);
                let day = if dice.chance(70) { dice.below(545) } else { dice.below(545).max(dice.below(545)) }
                    as i64;
                let opened = start + Span::days(day);
                let closed = opened + Span::days(14 + dice.below(90) as i64);
                let stage = match dice.below(100) {
                    _ if closed >= end => Stage::Engaging,
                    0..=51 => Stage::Won,
                    52..=84 => Stage::Lost,
                    _ => Stage::Prospecting,
                };
                let customer = dice.pick(&customers);
                number += 1;
                let quantity = *dice.pick(&[1i64, 1, 2, 3, 5, 8, 15]);
                opportunities.push(StoredOpportunity {
                    id: OpportunityId(parts.id(opened)),
                    program: *program,
                    external_id: Some(format!("CRM-{number}")),
                    customer: Some(customer.id),
                    customer_name: Some(customer.name.clone()),
                    partner: Some(seller.organization),
                    product: Some(article.id),
                    stage,
                    value: Money::new(article.price_minor * quantity / 2, Currency::EUR),
                    opened_on: Some(opened.date()),
                    closed_on: matches!(stage, Stage::Won | Stage::Lost).then(|| closed.date()),
                    created_at: opened,
                    version: 1,
                });
            }
        }
        let (program, parts_) = (*program, parts.clone());
        let saved = parts
            .db()
            .write(async move |tx: &mut Tx| {
                let count = opportunities.len();
                save_opportunities(tx, vendor, &opportunities, &[]).await?;
                let happened = Happened {
                    vendor,
                    kind: "opportunities.imported",
                    subject: program.to_string(),
                    program: Some(program),
                    partner: None,
                    keys: vec!["overview".into(), "home".into(), "opportunities".into()],
                    data: serde_json::json!({ "created": count, "updated": 0, "unchanged": 0 }),
                };
                events::append(tx, &parts_, &Actor::system(), happened).await.map(drop)
            })
            .await;
        told(saved, "opportunities")?;
    }
    Ok(())
}

fn customers(parts: &Parts, dice: &mut Dice, at: Timestamp) -> Vec<Customer> {
    let mut customers = Vec::new();
    for first in names::FIRST {
        for _ in 0..3 {
            let (second, sector) = *dice.pick(&names::SECOND);
            let (country, form, city) = *dice.pick(&names::PLACES);
            let name = format!("{first} {second} {form}");
            if customers.iter().any(|known: &Customer| known.name == name) {
                continue;
            }
            // These hosts are not the ones that partners register, so that most registrations find a free customer.
            let website = format!("www.{}", names::host(first, &format!("{second}{city}"), country));
            customers.push(Customer {
                id: CustomerId(parts.id(at)),
                external_id: Some(format!("ACC-{:04}", customers.len() + 1)),
                domain: customers::server::domain(Some(&website)),
                website: Some(website),
                country: Some(country.to_owned()),
                city: Some(city.to_owned()),
                sector: Some(sector.to_owned()),
                employees: Some(20 + dice.below(4000) as i64),
                name,
                registration_number: None,
                phone: None,
                postal_code: None,
                street: None,
                founded_year: None,
                revenue: None,
                parent_name: None,
                created_at: at,
                version: 1,
            });
        }
    }
    customers
}
