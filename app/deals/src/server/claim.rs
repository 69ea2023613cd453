//! From what was asked to a claim: products looked up in the vendor's list, amounts read, texts tidied.
use base::db::Tx;
use base::{Currency, FieldError, Money, Problem};
use customers::rules::name_key;
use programs::{Product, Program};

use crate::model::{Claim, Evidence, LineAsk, ProductLine};
use crate::verbs::ClaimAsk;

/// The claim after what was asked: fields that were left out stay as they were.
///
/// # Errors
/// `Invalid` with every field that cannot be read.
pub(super) async fn resolve(
    tx: &mut Tx,
    program: &Program,
    before: Claim,
    ask: ClaimAsk,
) -> Result<Claim, Problem> {
    let (claim, errors) = try_resolve(tx, program, before, ask).await?;
    if errors.is_empty() { Ok(claim) } else { Err(Problem::Invalid { errors }) }
}

/// Like [`resolve`], with what cannot be read left out and told: for a form that is still being filled.
pub(super) async fn try_resolve(
    tx: &mut Tx,
    program: &Program,
    before: Claim,
    ask: ClaimAsk,
) -> Result<(Claim, Vec<FieldError>), Problem> {
    let mut errors = Vec::new();
    let products = match ask.products {
        None => before.products,
        Some(lines) => {
            let lines: Vec<_> = lines.into_iter().filter(|line| !line.product.trim().is_empty()).collect();
            if lines.is_empty() {
                Vec::new()
            } else {
                let list = offered(tx, program, &lines).await?;
                look_up(&lines, &list, program.currency, &mut errors)
            }
        }
    };
    let value = match &ask.value {
        None => before.value,
        Some(amount) => amount.money("value", program.currency).unwrap_or_else(|error| {
            errors.push(error);
            None
        }),
    };
    let text = |asked: Option<String>, before: String| asked.map_or(before, |text| text.trim().to_owned());
    let claim = Claim {
        customer: ask.customer.map_or(before.customer, crate::CustomerClaim::tidy),
        value: value.or_else(|| sum(&products)),
        products,
        value_kind: ask.value_kind.unwrap_or(before.value_kind),
        expected_close: ask.expected_close.or(before.expected_close),
        partner_role: ask.partner_role.unwrap_or(before.partner_role),
        evidence: ask.evidence.map_or(before.evidence, said),
        notes: text(ask.notes, before.notes),
        sales_stage: text(ask.sales_stage, before.sales_stage),
        use_case: text(ask.use_case, before.use_case),
        competitor: text(ask.competitor, before.competitor),
        incumbent: text(ask.incumbent, before.incumbent),
        tender_reference: text(ask.tender_reference, before.tender_reference),
        source: text(ask.source, before.source),
    };
    Ok((claim, errors))
}

/// Pieces of evidence that say something: a form sends empty lines too.
fn said(evidence: Vec<Evidence>) -> Vec<Evidence> {
    evidence.into_iter().filter(Evidence::says_something).collect()
}

/// The value of a deal whose lines all have an amount in one currency.
fn sum(lines: &[ProductLine]) -> Option<Money> {
    let mut amounts = lines.iter().map(|line| line.amount);
    let first = amounts.next()??;
    amounts.try_fold(first, |sum, amount| sum.plus(amount?))
}

/// A product of a program by id, SKU or name, or a product family, as a line of a claim.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn product_line(
    tx: &mut Tx,
    program: &Program,
    asked: &str,
) -> Result<Option<ProductLine>, Problem> {
    let list = all_offered(tx, program).await?;
    let line = |(product, name, family)| ProductLine { product, name, family, quantity: 1, amount: None };
    Ok(known(asked, &list).map(line))
}

/// The products that can be registered in a program: those of its brand, and those of the whole vendor.
async fn all_offered(tx: &mut Tx, program: &Program) -> Result<Vec<Product>, Problem> {
    let all = programs::server::products_of(tx, program.vendor).await?;
    Ok(all.into_iter().filter(|product| is_offered(product, program)).collect())
}

fn is_offered(product: &Product, program: &Program) -> bool {
    product.brand.is_none_or(|brand| brand == program.brand)
}

/// As many of the products on offer as it takes to know what is asked for. An exact SKU that is sold says it all,
/// anything else is looked for in the whole list.
async fn offered(tx: &mut Tx, program: &Program, lines: &[LineAsk]) -> Result<Vec<Product>, Problem> {
    let mut exact = Vec::new();
    for line in lines {
        let found = programs::server::product_by_sku(tx, program.vendor, line.product.trim()).await?;
        match found.filter(|product| product.active && is_offered(product, program)) {
            Some(product) => exact.push(product),
            None => return all_offered(tx, program).await,
        }
    }
    Ok(exact)
}

fn look_up(
    lines: &[LineAsk],
    list: &[Product],
    usual: Currency,
    errors: &mut Vec<FieldError>,
) -> Vec<ProductLine> {
    let mut found = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let amount = match &line.amount {
            None => None,
            Some(amount) => {
                amount.money(&format!("products[{place}].amount"), usual).unwrap_or_else(|error| {
                    errors.push(error);
                    None
                })
            }
        };
        let quantity = line.quantity.unwrap_or(1);
        match known(&line.product, list) {
            Some((product, name, family)) => {
                found.push(ProductLine { product, name, family, quantity, amount });
            }
            None => errors.push(FieldError::new(
                format!("products[{place}].product"),
                "unknown",
                "This product is not sold in this program.",
            )),
        }
    }
    found
}

/// A product by id, SKU or name, or a family by its name: id or family, name, family.
fn known(asked: &str, list: &[Product]) -> Option<(String, String, String)> {
    let key = name_key(asked);
    let sold = || list.iter().filter(|product| product.active);
    let by_id = list.iter().find(|product| product.id.to_string() == asked.trim());
    let product = by_id
        .or_else(|| sold().find(|product| product.sku.eq_ignore_ascii_case(asked.trim())))
        .or_else(|| sold().find(|product| name_key(&product.name) == key));
    if let Some(product) = product {
        return Some((product.id.to_string(), product.name.clone(), product.family.clone()));
    }
    let family = &sold().find(|product| name_key(&product.family) == key)?.family;
    Some((family.clone(), family.clone(), family.clone()))
}
