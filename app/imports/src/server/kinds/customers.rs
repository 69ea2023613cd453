//! Customers: known by their id in the other system, else by a name that only one of them has.
use std::collections::{HashMap, HashSet};

use base::db::Tx;
use base::{CustomerId, Problem};
use csv::StringRecord;
use customers::Customer;
use customers::rules::name_key;
use customers::server::{domain, insert_customers, known_customers, update_customer};

use super::{Line, Outcome, Target, reason};
use crate::rules::{CustomerLine, Found, KnownNames, customer};
use crate::server::store::Tally;

pub(super) async fn take(
    tx: &mut Tx,
    target: &Target,
    rows: &[(u64, StringRecord)],
) -> Result<Tally, Problem> {
    let mut tally = Tally::default();
    let currency = target.program.currency;
    let lines = target.read(rows, &mut tally, |cells| customer(cells, currency));
    let names: Vec<String> = lines.iter().map(|line| name_key(&line.values.name)).collect();
    let ids: Vec<String> = lines.iter().filter_map(|line| line.values.external_id.clone()).collect();
    let known = known_customers(tx, target.vendor, &names, &ids).await?;
    let by_id: HashMap<&str, CustomerId> =
        known.iter().filter_map(|known| Some((known.external_id.as_deref()?, known.id))).collect();
    let by_name = KnownNames::new(known.iter().map(|known| (known.id, known.name.clone())));
    let records: HashMap<CustomerId, &Customer> = known.iter().map(|known| (known.id, known)).collect();
    let (mut new, mut touched, mut made) = (Vec::new(), HashSet::new(), HashSet::new());
    for Line { number, record, values } in lines {
        let found = match values.external_id.as_deref().and_then(|id| by_id.get(id)) {
            Some(id) => Found::One(*id, None),
            None => by_name.find(&values.name),
        };
        match found {
            Found::Several => tally.reject(number, record, vec![reason("ambiguous", "name", &values.name)]),
            Found::One(id, _) => {
                let Some(before) = records.get(&id).copied() else { continue };
                let first = touched.insert(id);
                if !first && values.external_id.is_none() {
                    tally.reject(number, record, vec![reason("ambiguous", "name", &values.name)]);
                    continue;
                }
                if !first || other_id(before, &values) {
                    // The same name under another id is another company.
                    new.push(merged(target, None, values));
                    tally.count(Outcome::Created);
                    continue;
                }
                let after = merged(target, Some(before), values);
                if after == *before {
                    tally.count(Outcome::Unchanged);
                } else {
                    update_customer(tx, target.vendor, &after).await?;
                    tally.count(Outcome::Updated);
                }
            }
            Found::Nobody if !made.insert(name_key(&values.name)) && values.external_id.is_none() => {
                tally.reject(number, record, vec![reason("ambiguous", "name", &values.name)]);
            }
            Found::Nobody => {
                new.push(merged(target, None, values));
                tally.count(Outcome::Created);
            }
        }
    }
    insert_customers(tx, target.vendor, &new).await?;
    Ok(tally)
}

fn other_id(before: &Customer, values: &CustomerLine) -> bool {
    before
        .external_id
        .as_deref()
        .zip(values.external_id.as_deref())
        .is_some_and(|(known, given)| known != given)
}

/// The record as the row has it; what the row leaves empty stays as it was.
fn merged(target: &Target, before: Option<&Customer>, row: CustomerLine) -> Customer {
    let kept = before.cloned();
    let old = kept.as_ref();
    let keep = |new: Option<String>, field: fn(&Customer) -> &Option<String>| {
        new.or_else(|| old.and_then(|old| field(old).clone()))
    };
    let website = keep(row.website, |old| &old.website);
    let now = target.parts.clock().now();
    Customer {
        id: old.map_or_else(|| CustomerId(target.parts.id(now)), |old| old.id),
        // A name that differs in nothing but case or spaces stays as the vendor has it.
        name: old
            .filter(|old| name_key(&old.name) == name_key(&row.name))
            .map_or(row.name, |old| old.name.clone()),
        external_id: keep(row.external_id, |old| &old.external_id),
        domain: domain(website.as_deref()),
        website,
        country: keep(row.country, |old| &old.country),
        registration_number: keep(row.registration_number, |old| &old.registration_number),
        phone: keep(row.phone, |old| &old.phone),
        city: keep(row.city, |old| &old.city),
        postal_code: keep(row.postal_code, |old| &old.postal_code),
        street: keep(row.street, |old| &old.street),
        sector: keep(row.sector, |old| &old.sector),
        founded_year: row.founded_year.or_else(|| old?.founded_year),
        employees: row.employees.or_else(|| old?.employees),
        revenue: row.revenue.or_else(|| old?.revenue),
        parent_name: keep(row.parent_name, |old| &old.parent_name),
        created_at: old.map_or(now, |old| old.created_at),
        version: old.map_or(1, |old| old.version),
    }
}
