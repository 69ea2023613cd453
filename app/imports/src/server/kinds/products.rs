//! Products: known by their SKU, which is the name where the file has none.
use std::collections::HashSet;

use base::db::Tx;
use base::{Problem, ProductId, Scope};
use csv::StringRecord;
use programs::server::{add_product, change_product, products_of};
use programs::{ChangeProduct, CreateProduct, Product};

use super::{Line, Outcome, Target, reason};
use crate::rules::{Found, KnownNames, ProductLine, product};
use crate::server::store::Tally;

pub(super) async fn take(
    tx: &mut Tx,
    target: &Target,
    rows: &[(u64, StringRecord)],
) -> Result<Tally, Problem> {
    let mut tally = Tally::default();
    let currency = target.program.currency;
    let lines = target.read(rows, &mut tally, |cells| product(cells, currency));
    let known = products_of(tx, target.vendor).await?;
    let by_sku = KnownNames::new(known.iter().map(|product| (product.id, product.sku.clone())));
    let by_name = KnownNames::new(known.iter().map(|product| (product.id, product.name.clone())));
    let mut skus: HashSet<String> = known.iter().map(|product| product.sku.clone()).collect();
    for Line { number, record, values } in lines {
        let found = match &values.sku {
            Some(sku) => by_sku.find(sku),
            None => by_name.find(&values.name),
        };
        match found {
            Found::Several => tally.reject(number, record, vec![reason("ambiguous", "name", &values.name)]),
            Found::One(id, respelt) => {
                let Some(before) = known.iter().find(|product| product.id == id) else { continue };
                if let (Some(name), None) = (&respelt, &values.sku) {
                    tally.correct(number, "name", &values.name, name);
                }
                tally.count(change(tx, target, before, values, respelt.is_some()).await?);
            }
            Found::Nobody => {
                let sku = values.sku.unwrap_or_else(|| values.name.chars().take(80).collect());
                if !skus.insert(sku.clone()) {
                    tally.reject(number, record, vec![reason("taken", "sku", &sku)]);
                    continue;
                }
                let asked = CreateProduct {
                    sku,
                    name: values.name,
                    family: values.family,
                    brand: None,
                    list_price: values.list_price,
                };
                add_product(tx, &target.parts, &target.actor, target.vendor, asked).await?;
                tally.count(Outcome::Created);
            }
        }
    }
    Ok(tally)
}

async fn change(
    tx: &mut Tx,
    target: &Target,
    before: &Product,
    row: ProductLine,
    respelt: bool,
) -> Result<Outcome, Problem> {
    let named = row.sku.is_some() || !respelt;
    let name = Some(row.name).filter(|name| named && *name != before.name);
    let family = Some(row.family).filter(|family| *family != before.family);
    let list_price = row.list_price.filter(|price| Some(*price) != before.list_price);
    if name.is_none() && family.is_none() && list_price.is_none() {
        return Ok(Outcome::Unchanged);
    }
    let id: ProductId = before.id;
    let asked = ChangeProduct { id, name, family, list_price, active: None, version: None };
    change_product(tx, &target.parts, &target.actor, Scope::Vendor(target.vendor), asked).await?;
    Ok(Outcome::Updated)
}
