//! What a claim needs before it can be submitted, checked alike in the browser and on the server.
use base::{Date, FieldError};

use crate::model::{Claim, FIELDS};

/// Everything that is missing or wrong, in the order of the form: customer name, website or registration number,
/// country, one product, value, expected close, one piece of evidence. Nothing else is needed.
#[must_use]
pub fn missing(claim: &Claim, evidence_required: bool, today: Date) -> Vec<FieldError> {
    let customer = &claim.customer;
    let mut errors = Vec::new();
    let mut need = |there: bool, field: &str| {
        if !there {
            errors.push(FieldError::required(field));
        }
    };
    need(!customer.name.trim().is_empty(), "customer.name");
    need(customer.website.is_some() || customer.registration_number.is_some(), "customer.website");
    need(customer.country.is_some(), "customer.country");
    need(!claim.products.is_empty(), "products");
    need(claim.value.is_some_and(|value| value.amount_minor > 0), "value");
    need(claim.expected_close.is_some(), "expected_close");
    if claim.expected_close.is_some_and(|day| day < today) {
        errors.push(FieldError::new(
            "expected_close",
            "in_the_past",
            "This day is over. Choose a later one.",
        ));
    }
    if evidence_required && !claim.evidence.iter().any(crate::Evidence::says_something) {
        errors.push(FieldError::required("evidence"));
    }
    errors
}

/// The fields in which two claims differ, as on the wire.
#[must_use]
pub fn changed(before: &Claim, after: &Claim) -> Vec<&'static str> {
    let differs = |field: &&str| match *field {
        "customer" => before.customer != after.customer,
        "products" => before.products != after.products,
        "value" => before.value != after.value,
        "value_kind" => before.value_kind != after.value_kind,
        "expected_close" => before.expected_close != after.expected_close,
        "partner_role" => before.partner_role != after.partner_role,
        "evidence" => before.evidence != after.evidence,
        "notes" => before.notes != after.notes,
        "sales_stage" => before.sales_stage != after.sales_stage,
        "use_case" => before.use_case != after.use_case,
        "competitor" => before.competitor != after.competitor,
        "incumbent" => before.incumbent != after.incumbent,
        "tender_reference" => before.tender_reference != after.tender_reference,
        "source" => before.source != after.source,
        _ => false,
    };
    FIELDS.iter().copied().filter(differs).collect()
}

/// Whether a change of an approved deal has to be reviewed again: another customer, other products, or a value that
/// moved by more than `percent` of what it was.
#[must_use]
pub fn is_material(before: &Claim, after: &Claim, percent: u32) -> bool {
    let families_moved = before.families() != after.families();
    let moved = match (before.value, after.value) {
        (Some(before), Some(after)) if before.currency == after.currency => {
            let (was, is) = (i128::from(before.amount_minor), i128::from(after.amount_minor));
            (is - was).abs() * 100 > was * i128::from(percent)
        }
        (before, after) => before != after,
    };
    before.customer != after.customer || families_moved || moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CustomerClaim, Evidence, ProductLine};
    use base::{Currency, Money};

    fn day(year: i32) -> Date {
        Date::from_ymd_opt(year, 6, 30).unwrap()
    }

    fn whole() -> Claim {
        Claim {
            customer: CustomerClaim {
                name: "Acme".into(),
                website: Some("acme.example".into()),
                country: Some("DE".into()),
                ..CustomerClaim::default()
            },
            products: vec![ProductLine {
                product: "GTX Pro".into(),
                name: "GTX Pro".into(),
                family: "GTX".into(),
                quantity: 1,
                amount: None,
            }],
            value: Some(Money::new(1000, Currency::EUR)),
            expected_close: Some(day(2027)),
            evidence: vec![Evidence { note: "Met".into(), ..Evidence::default() }],
            ..Claim::default()
        }
    }

    #[test]
    fn an_empty_claim_is_told_everything_it_lacks() {
        let fields: Vec<_> =
            missing(&Claim::default(), true, day(2026)).into_iter().map(|e| e.field).collect();
        let all = [
            "customer.name",
            "customer.website",
            "customer.country",
            "products",
            "value",
            "expected_close",
            "evidence",
        ];
        assert_eq!(fields, all);
    }

    #[test]
    fn a_registration_number_stands_in_for_a_website() {
        let mut claim = whole();
        claim.customer.website = None;
        assert_eq!(missing(&claim, true, day(2026)).len(), 1);
        claim.customer.registration_number = Some("HRB 6684".into());
        assert_eq!(missing(&claim, true, day(2026)), []);
    }

    #[test]
    fn a_day_that_is_over_is_no_expected_close() {
        assert_eq!(missing(&whole(), true, day(2028))[0].code, "in_the_past");
    }

    #[test]
    fn evidence_is_needed_only_where_the_program_says_so() {
        let claim = Claim { evidence: vec![Evidence::default()], ..whole() };
        assert_eq!(missing(&claim, true, day(2026)).len(), 1);
        assert_eq!(missing(&claim, false, day(2026)), []);
    }

    #[test]
    fn a_change_is_material_beyond_the_percentage_and_not_at_it() {
        let worth = |minor| Claim { value: Some(Money::new(minor, Currency::EUR)), ..whole() };
        assert!(!is_material(&worth(1000), &worth(1200), 20));
        assert!(is_material(&worth(1000), &worth(1201), 20));
        assert!(is_material(&worth(1000), &worth(799), 20));
        assert!(!is_material(&worth(1000), &Claim { notes: "x".into(), ..worth(1000) }, 20));
    }
}
