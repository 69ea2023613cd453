//! What a merge fills in and takes over, and what its undoing gives back: pure.
use crate::model::{Customer, CustomerField};

/// The staying record with what it does not state taken from the other one, and with the other one's word for the
/// fields in `taken`. What the other does not state is never taken.
#[must_use]
pub fn merged(kept: &Customer, gone: &Customer, taken: &[CustomerField]) -> Customer {
    let mut after = kept.clone();
    each(&mut after, gone, |field, mine, theirs| {
        if !theirs.is_empty() && (mine.is_empty() || taken.contains(&field)) {
            mine.take_from(theirs);
        }
    });
    after
}

/// Of these fields, those in which the two state something and something else.
#[must_use]
pub fn differing(kept: &Customer, gone: &Customer, fields: &[CustomerField]) -> Vec<CustomerField> {
    let mut differing = Vec::new();
    each(&mut kept.clone(), gone, |field, mine, theirs| {
        if fields.contains(&field) && !mine.is_empty() && !theirs.is_empty() && *mine != *theirs {
            differing.push(field);
        }
    });
    differing
}

/// The staying record with what it stated before the merge, where that is still as the merge made it.
#[must_use]
pub fn taken_back(now: &Customer, before: &Customer, after: &Customer) -> Customer {
    let mut moved = Vec::new();
    each(&mut after.clone(), before, |field, after, before| {
        if *after != *before {
            moved.push(field);
        }
    });
    let mut as_merged = Vec::new();
    each(&mut now.clone(), after, |field, now, after| {
        if *now == *after {
            as_merged.push(field);
        }
    });
    let mut undone = now.clone();
    each(&mut undone, before, |field, mine, before| {
        if moved.contains(&field) && as_merged.contains(&field) {
            mine.take_from(before);
        }
    });
    undone
}

/// A field that may be empty.
#[derive(PartialEq)]
enum Field<'a> {
    Name(&'a mut String),
    Text(&'a mut Option<String>),
    Number(&'a mut Option<i64>),
    Money(&'a mut Option<base::Money>),
}

impl Field<'_> {
    fn is_empty(&self) -> bool {
        match self {
            Self::Name(name) => name.is_empty(),
            Self::Text(text) => text.is_none(),
            Self::Number(number) => number.is_none(),
            Self::Money(money) => money.is_none(),
        }
    }

    fn take_from(&mut self, other: &Field<'_>) {
        match (self, other) {
            (Self::Name(mine), Field::Name(theirs)) => (*mine).clone_from(theirs),
            (Self::Text(mine), Field::Text(theirs)) => (*mine).clone_from(theirs),
            (Self::Number(mine), Field::Number(theirs)) => **mine = **theirs,
            (Self::Money(mine), Field::Money(theirs)) => **mine = **theirs,
            _ => {}
        }
    }
}

/// The fields that say something about the company; not its ids and its version, nor the domain, which follows from the
/// website.
fn fields(customer: &mut Customer) -> [(CustomerField, Field<'_>); 13] {
    use CustomerField as F;
    [
        (F::Name, Field::Name(&mut customer.name)),
        (F::Website, Field::Text(&mut customer.website)),
        (F::Country, Field::Text(&mut customer.country)),
        (F::RegistrationNumber, Field::Text(&mut customer.registration_number)),
        (F::Phone, Field::Text(&mut customer.phone)),
        (F::City, Field::Text(&mut customer.city)),
        (F::PostalCode, Field::Text(&mut customer.postal_code)),
        (F::Street, Field::Text(&mut customer.street)),
        (F::Sector, Field::Text(&mut customer.sector)),
        (F::ParentName, Field::Text(&mut customer.parent_name)),
        (F::FoundedYear, Field::Number(&mut customer.founded_year)),
        (F::Employees, Field::Number(&mut customer.employees)),
        (F::Revenue, Field::Money(&mut customer.revenue)),
    ]
}

fn each(
    mine: &mut Customer,
    theirs: &Customer,
    mut change: impl FnMut(CustomerField, &mut Field<'_>, &Field<'_>),
) {
    let mut theirs = theirs.clone();
    for ((field, mut mine), (_, theirs)) in fields(mine).into_iter().zip(fields(&mut theirs)) {
        change(field, &mut mine, &theirs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn customer() -> impl Strategy<Value = Customer> {
        let text = || proptest::option::of("[ab]");
        (text(), text(), text(), text(), proptest::option::of(0..3_i64), "[AB]").prop_map(
            |(website, country, phone, city, employees, name)| Customer {
                name,
                website,
                country,
                phone,
                city,
                employees,
                ..Customer::default()
            },
        )
    }

    fn some_fields() -> impl Strategy<Value = Vec<CustomerField>> {
        proptest::sample::subsequence(CustomerField::ALL.to_vec(), 0..=CustomerField::ALL.len())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_merge_that_is_undone_leaves_the_record_as_it_was(
            kept in customer(), gone in customer(), taken in some_fields(),
        ) {
            let after = merged(&kept, &gone, &taken);
            prop_assert_eq!(taken_back(&after, &kept, &after), kept);
        }

        #[test]
        fn a_merge_overwrites_only_what_was_chosen(
            kept in customer(), gone in customer(), taken in some_fields(),
        ) {
            let after = merged(&kept, &gone, &taken);
            let chosen = |field| taken.contains(&field);
            let phone = if chosen(CustomerField::Phone) { gone.phone.clone().or(kept.phone) } else { kept.phone.or(gone.phone.clone()) };
            prop_assert_eq!(after.phone, phone);
            prop_assert_eq!(&after.name, if chosen(CustomerField::Name) { &gone.name } else { &kept.name });
            prop_assert!(chosen(CustomerField::Employees) || kept.employees.is_none() || after.employees == kept.employees);
        }
    }

    #[test]
    fn what_was_changed_since_the_merge_stays() {
        let kept = Customer { name: "Acme".into(), city: Some("Bern".into()), ..Customer::default() };
        let gone = Customer {
            name: "ACME".into(),
            city: Some("Basel".into()),
            phone: Some("1".into()),
            ..kept.clone()
        };
        let after = merged(&kept, &gone, &[CustomerField::City]);
        assert_eq!((after.city.as_deref(), after.name.as_str()), (Some("Basel"), "Acme"));
        let now = Customer { city: Some("Chur".into()), ..after.clone() };
        let undone = taken_back(&now, &kept, &after);
        assert_eq!((undone.city.as_deref(), undone.phone), (Some("Chur"), None));
    }

    #[test]
    fn only_what_both_state_can_differ() {
        let kept = Customer { name: "Acme".into(), city: Some("Bern".into()), ..Customer::default() };
        let gone = Customer {
            name: "Acme".into(),
            city: Some("Basel".into()),
            phone: Some("1".into()),
            ..Customer::default()
        };
        assert_eq!(differing(&kept, &gone, &CustomerField::ALL), [CustomerField::City]);
    }
}
