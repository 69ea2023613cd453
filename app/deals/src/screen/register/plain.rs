//! What the form sends of a deal that exists when there is no script: how it is meant, and what it does not show.
use leptos::prelude::*;

use super::draft::{MORE, Open};
use crate::model::{Deal, Evidence, ProductLine};

/// Hidden fields. Lists and the customer are sent whole, so what has no field of its own goes along unseen.
pub(super) fn hidden(deal: &Deal, amends: bool) -> AnyView {
    pairs(deal, amends)
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
        .into_any()
}

fn pairs(deal: &Deal, amends: bool) -> Vec<(String, String)> {
    let open = Open::of(Some(deal));
    let mut pairs = vec![("version".to_owned(), deal.version.to_string())];
    let mut add = |name: String, value: Option<String>| {
        pairs.extend(value.filter(|value| !value.is_empty()).map(|value| (name, value)));
    };
    // Changing is a PATCH, which a form cannot send.
    add("_method".to_owned(), (!amends).then(|| "PATCH".to_owned()));
    add("_empty".to_owned(), Some(MORE.join(" ")));
    if open.has("customer") {
        add("customer[street]".to_owned(), deal.customer.street.clone());
        add("customer[postal_code]".to_owned(), deal.customer.postal_code.clone());
    }
    if open.has("products") {
        for (place, line) in deal.products.iter().enumerate() {
            of_product(place, line, &mut add);
        }
    }
    if open.has("evidence") {
        for (place, one) in deal.evidence.iter().enumerate() {
            of_evidence(place, one, &mut add);
        }
    }
    pairs
}

fn of_product(place: usize, line: &ProductLine, add: &mut impl FnMut(String, Option<String>)) {
    let amount = |part: &str| format!("products[{place}][amount][{part}]");
    add(amount("amount_minor"), line.amount.map(|amount| amount.amount_minor.to_string()));
    add(amount("currency"), line.amount.map(|amount| amount.currency.code().to_owned()));
    // The first one's product and quantity have fields.
    if place > 0 {
        add(format!("products[{place}][product]"), Some(line.product.clone()));
        add(format!("products[{place}][quantity]"), Some(line.quantity.to_string()));
    }
}

fn of_evidence(place: usize, one: &Evidence, add: &mut impl FnMut(String, Option<String>)) {
    add(format!("evidence[{place}][on]"), one.on.map(|day| day.to_string()));
    if place > 0 {
        add(format!("evidence[{place}][kind]"), Some(one.kind.as_str().to_owned()));
        add(format!("evidence[{place}][note]"), Some(one.note.clone()));
    }
}
