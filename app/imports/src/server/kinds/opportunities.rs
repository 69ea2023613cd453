//! Opportunities: known by the CRM's id; their partner, product and customer must be known already.
use std::collections::HashMap;

use base::db::Tx;
use base::{CustomerId, Money, OpportunityId, OrganizationId, Problem, ProductId};
use csv::StringRecord;
use customers::rules::name_key;
use customers::server::{StoredOpportunity, known_customers, known_opportunities, save_opportunities};
use programs::server::products_of;

use super::{Line, Outcome, Target, reason};
use crate::rules::{Found, KnownNames, OpportunityLine, Reason, opportunity};
use crate::server::store::{self, Tally};

/// Whom and what the rows of a batch may name.
struct Known {
    partners: KnownNames<OrganizationId>,
    products: KnownNames<ProductId>,
    customers: KnownNames<CustomerId>,
    customer_names: HashMap<CustomerId, String>,
}

/// What a row names, found.
#[derive(Default)]
struct Linked {
    partner: Option<OrganizationId>,
    product: Option<ProductId>,
    customer: Option<CustomerId>,
    customer_name: Option<String>,
}

pub(super) async fn take(
    tx: &mut Tx,
    target: &Target,
    rows: &[(u64, StringRecord)],
) -> Result<Tally, Problem> {
    let mut tally = Tally::default();
    let currency = target.program.currency;
    let lines = target.read(rows, &mut tally, |cells| opportunity(cells, currency));
    let known = known(tx, target, &lines).await?;
    let ids: Vec<String> = lines.iter().map(|line| line.values.external_id.clone()).collect();
    let before: HashMap<String, StoredOpportunity> = known_opportunities(tx, target.vendor, &ids)
        .await?
        .into_iter()
        .filter_map(|stored| Some((stored.external_id.clone()?, stored)))
        .collect();
    let (mut new, mut changed) = (Vec::new(), Vec::new());
    for Line { number, record, values } in lines {
        let mut reasons = Vec::new();
        let linked = known.link(number, &values, &mut tally, &mut reasons);
        let old = before.get(&values.external_id);
        if old.is_some_and(|old| old.program != target.program.id) {
            // Most likely the wrong program was chosen; moving it would change two programs' figures unseen.
            reasons.push(reason("other_program", "external_id", &values.external_id));
        }
        if !reasons.is_empty() {
            tally.reject(number, record, reasons);
            continue;
        }
        let after = merged(target, old, values, linked);
        match old {
            None => {
                tally.touch(after.partner);
                new.push(after);
                tally.count(Outcome::Created);
            }
            Some(old) if *old == after => tally.count(Outcome::Unchanged),
            Some(old) => {
                tally.touch(old.partner.filter(|partner| after.partner != Some(*partner)));
                tally.touch(after.partner);
                changed.push(after);
                tally.count(Outcome::Updated);
            }
        }
    }
    save_opportunities(tx, target.vendor, &new, &changed).await?;
    Ok(tally)
}

async fn known(tx: &mut Tx, target: &Target, lines: &[Line<'_, OpportunityLine>]) -> Result<Known, Problem> {
    let mut names: Vec<String> =
        lines.iter().filter_map(|line| line.values.customer.as_deref()).map(name_key).collect();
    names.sort_unstable();
    names.dedup();
    let customers = known_customers(tx, target.vendor, &names, &[]).await?;
    let products = products_of(tx, target.vendor).await?;
    let by_name = products.iter().map(|product| (product.id, product.name.clone()));
    let by_sku = products.iter().map(|product| (product.id, product.sku.clone()));
    Ok(Known {
        partners: KnownNames::new(store::partners(tx, target.vendor).await?),
        products: KnownNames::new(by_name.chain(by_sku)),
        customers: KnownNames::new(customers.iter().map(|customer| (customer.id, customer.name.clone()))),
        customer_names: customers.into_iter().map(|customer| (customer.id, customer.name)).collect(),
    })
}

impl Known {
    /// Finds what a row names. Another spelling of the only one meant is a correction; anything else is a reason.
    fn link(&self, line: u64, row: &OpportunityLine, tally: &mut Tally, reasons: &mut Vec<Reason>) -> Linked {
        let partner = one(&self.partners, line, "partner", row.partner.as_deref(), tally, reasons);
        let product = one(&self.products, line, "product", row.product.as_deref(), tally, reasons);
        let customer = one(&self.customers, line, "customer", row.customer.as_deref(), tally, reasons);
        let customer_name = customer.and_then(|id| self.customer_names.get(&id).cloned());
        Linked { partner, product, customer, customer_name }
    }
}

fn one<T: Copy + PartialEq>(
    known: &KnownNames<T>,
    line: u64,
    field: &'static str,
    name: Option<&str>,
    tally: &mut Tally,
    reasons: &mut Vec<Reason>,
) -> Option<T> {
    let name = name?;
    match known.find(name) {
        Found::One(record, respelt) => {
            if let Some(used) = respelt {
                tally.correct(line, field, name, &used);
            }
            Some(record)
        }
        Found::Several => {
            reasons.push(reason("ambiguous", field, name));
            None
        }
        Found::Nobody => {
            reasons.push(reason("unknown", field, name));
            None
        }
    }
}

/// The record as the row has it. The CRM is the authority on it: an empty cell empties, only a missing column keeps.
fn merged(
    target: &Target,
    old: Option<&StoredOpportunity>,
    row: OpportunityLine,
    linked: Linked,
) -> StoredOpportunity {
    let keeps = |field: &str| old.filter(|_| !target.columns.has(field));
    let now = target.parts.clock().now();
    let nothing = Money::zero(target.program.currency);
    let (customer, customer_name) = match keeps("customer") {
        Some(old) => (old.customer, old.customer_name.clone()),
        None => (linked.customer, linked.customer_name),
    };
    StoredOpportunity {
        id: old.map_or_else(|| OpportunityId(target.parts.id(now)), |old| old.id),
        program: target.program.id,
        external_id: Some(row.external_id),
        customer,
        customer_name,
        partner: keeps("partner").map_or(linked.partner, |old| old.partner),
        product: keeps("product").map_or(linked.product, |old| old.product),
        stage: row.stage,
        value: keeps("value").map_or(row.value.unwrap_or(nothing), |old| old.value),
        opened_on: keeps("opened_on").map_or(row.opened_on, |old| old.opened_on),
        closed_on: keeps("closed_on").map_or(row.closed_on, |old| old.closed_on),
        created_at: old.map_or(now, |old| old.created_at),
        version: old.map_or(1, |old| old.version),
    }
}
