//! What differs between two claims, field by field, in words that need no product list to be read.
use crate::model::{Change, Claim, CustomerClaim, Evidence, ProductLine};

use super::changed;

/// The fields in which a claim differs from the one before it, with both sides as text. Amounts read `48000.00 EUR`.
#[must_use]
pub fn changes(before: &Claim, after: &Claim) -> Vec<Change> {
    changed(before, after)
        .into_iter()
        .map(|field| Change {
            field: field.to_owned(),
            before: text(before, field),
            after: text(after, field),
        })
        .collect()
}

fn text(claim: &Claim, field: &str) -> String {
    match field {
        "customer" => customer(&claim.customer),
        "products" => claim.products.iter().map(product).collect::<Vec<_>>().join("; "),
        "value" => claim.value.map(|value| value.to_string()).unwrap_or_default(),
        "value_kind" => claim.value_kind.as_str().to_owned(),
        "expected_close" => claim.expected_close.map(|day| day.to_string()).unwrap_or_default(),
        "partner_role" => claim.partner_role.as_str().to_owned(),
        "evidence" => claim.evidence.iter().map(piece).collect::<Vec<_>>().join("; "),
        "notes" => claim.notes.clone(),
        "sales_stage" => claim.sales_stage.clone(),
        "use_case" => claim.use_case.clone(),
        "competitor" => claim.competitor.clone(),
        "incumbent" => claim.incumbent.clone(),
        "tender_reference" => claim.tender_reference.clone(),
        "source" => claim.source.clone(),
        _ => String::new(),
    }
}

fn customer(customer: &CustomerClaim) -> String {
    let parts = [
        Some(customer.name.as_str()),
        customer.website.as_deref(),
        customer.registration_number.as_deref(),
        customer.phone.as_deref(),
        customer.street.as_deref(),
        customer.postal_code.as_deref(),
        customer.city.as_deref(),
        customer.country.as_deref(),
    ];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn product(line: &ProductLine) -> String {
    let amount = line.amount.map(|amount| format!(" ({amount})")).unwrap_or_default();
    format!("{} × {}{amount}", line.name, line.quantity)
}

fn piece(evidence: &Evidence) -> String {
    let day = evidence.on.map(|on| format!(" {on}")).unwrap_or_default();
    let note = if evidence.note.is_empty() { String::new() } else { format!(": {}", evidence.note) };
    format!("{}{day}{note}", evidence.kind.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{Currency, Money};

    #[test]
    fn a_change_shows_both_sides_and_what_stayed_is_left_out() {
        let before = Claim { value: Some(Money::new(100_000, Currency::EUR)), ..Claim::default() };
        let after = Claim { value: Some(Money::new(250_000, Currency::EUR)), ..before.clone() };
        let change =
            Change { field: "value".into(), before: "1000.00 EUR".into(), after: "2500.00 EUR".into() };
        assert_eq!(changes(&before, &after), [change]);
        assert_eq!(changes(&after, &after), []);
    }
}
