//! From what was asked to what is known of an interest: products looked up, amounts read, texts tidied.
use base::db::Tx;
use base::{FieldError, Problem};
use programs::Program;

use crate::model::{Contact, Interest, Lead, LeadCustomer, said};
use crate::verbs::InterestAsk;

/// The lead after what was asked: what was left out stays as it was.
///
/// # Errors
/// `Invalid` with every field that cannot be read.
pub(super) async fn resolve(
    tx: &mut Tx,
    program: &Program,
    before: Lead,
    ask: InterestAsk,
) -> Result<Lead, Problem> {
    let mut errors = Vec::new();
    let interest = match said(ask.product.clone()) {
        None if ask.product.is_some() => None,
        None => before.interest,
        Some(product) => {
            let found = find(tx, program, &product).await?;
            if found.is_none() {
                let text = "This product is not sold in this program.";
                errors.push(FieldError::new("product", "unknown", text));
            }
            found
        }
    };
    let value = match &ask.value {
        None => before.value,
        Some(amount) => amount.money("value", program.currency).unwrap_or_else(|error| {
            errors.push(error);
            None
        }),
    };
    if value.is_some_and(|value| value.currency != program.currency) {
        let text = format!("Leads of this program are valued in {}.", program.currency.code());
        errors.push(FieldError::new("value", "currency", text));
    }
    if !errors.is_empty() {
        return Err(Problem::Invalid { errors });
    }
    let text = |asked: Option<String>, before: String| asked.map_or(before, |text| text.trim().to_owned());
    Ok(Lead {
        customer: ask.customer.map_or(before.customer, LeadCustomer::tidy),
        contacts: ask
            .contacts
            .map_or(before.contacts, |all| all.into_iter().filter_map(Contact::tidy).collect()),
        interest,
        value,
        source: ask.source.unwrap_or(before.source),
        source_note: text(ask.source_note, before.source_note),
        note: text(ask.note, before.note),
        ..before
    })
}

/// A product of a program, or a family of products.
pub(super) async fn find(tx: &mut Tx, program: &Program, asked: &str) -> Result<Option<Interest>, Problem> {
    let line = deals::server::product_line(tx, program, asked).await?;
    Ok(line.map(|line| Interest { product: line.product, name: line.name, family: line.family }))
}
