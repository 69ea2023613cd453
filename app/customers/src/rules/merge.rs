//! What a merge fills in and what its undoing takes back: pure.
use crate::model::Customer;

/// The staying record with what it does not state taken from the other one.
#[must_use]
pub fn filled(kept: &Customer, gone: &Customer) -> Customer {
    let mut after = kept.clone();
    each(&mut after, gone, |mine, theirs| {
        if mine.is_empty() {
            mine.take_from(theirs);
        }
    });
    after
}

/// The staying record without what the merge filled in, where that is still as it was filled.
#[must_use]
pub fn taken_back(now: &Customer, before: &Customer, after: &Customer) -> Customer {
    let mut undone = now.clone();
    let mut filled = after.clone();
    each(&mut filled, before, |filled, before| {
        if *filled == *before {
            filled.clear();
        }
    });
    each(&mut undone, &filled, |mine, filled| {
        if !filled.is_empty() && *mine == *filled {
            mine.clear();
        }
    });
    undone
}

/// A field that may be empty.
#[derive(PartialEq)]
enum Field<'a> {
    Text(&'a mut Option<String>),
    Number(&'a mut Option<i64>),
    Money(&'a mut Option<base::Money>),
}

impl Field<'_> {
    fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_none(),
            Self::Number(number) => number.is_none(),
            Self::Money(money) => money.is_none(),
        }
    }

    fn clear(&mut self) {
        match self {
            Self::Text(text) => **text = None,
            Self::Number(number) => **number = None,
            Self::Money(money) => **money = None,
        }
    }

    fn take_from(&mut self, other: &Field<'_>) {
        match (self, other) {
            (Self::Text(mine), Field::Text(theirs)) => (*mine).clone_from(theirs),
            (Self::Number(mine), Field::Number(theirs)) => **mine = **theirs,
            (Self::Money(mine), Field::Money(theirs)) => **mine = **theirs,
            _ => {}
        }
    }
}

/// The fields that say something about the company; not its name, its ids and its version, nor the domain, which follows
/// from the website.
fn fields(customer: &mut Customer) -> [Field<'_>; 12] {
    [
        Field::Text(&mut customer.website),
        Field::Text(&mut customer.country),
        Field::Text(&mut customer.registration_number),
        Field::Text(&mut customer.phone),
        Field::Text(&mut customer.city),
        Field::Text(&mut customer.postal_code),
        Field::Text(&mut customer.street),
        Field::Text(&mut customer.sector),
        Field::Text(&mut customer.parent_name),
        Field::Number(&mut customer.founded_year),
        Field::Number(&mut customer.employees),
        Field::Money(&mut customer.revenue),
    ]
}

fn each(mine: &mut Customer, theirs: &Customer, mut change: impl FnMut(&mut Field<'_>, &Field<'_>)) {
    let mut theirs = theirs.clone();
    for (mut mine, theirs) in fields(mine).into_iter().zip(fields(&mut theirs)) {
        change(&mut mine, &theirs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn customer() -> impl Strategy<Value = Customer> {
        let text = || proptest::option::of("[ab]");
        (text(), text(), text(), text(), proptest::option::of(0..3_i64)).prop_map(
            |(website, country, phone, city, employees)| Customer {
                name: "Acme".to_owned(),
                website,
                country,
                phone,
                city,
                employees,
                ..Customer::default()
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_merge_that_is_undone_leaves_the_record_as_it_was(kept in customer(), gone in customer()) {
            let after = filled(&kept, &gone);
            prop_assert_eq!(taken_back(&after, &kept, &after), kept);
        }

        #[test]
        fn a_merge_overwrites_nothing(kept in customer(), gone in customer()) {
            let after = filled(&kept, &gone);
            prop_assert!(kept.website.is_none() || after.website == kept.website);
            prop_assert!(kept.employees.is_none() || after.employees == kept.employees);
            prop_assert_eq!(after.phone.clone(), kept.phone.or(gone.phone));
            prop_assert_eq!(after.name, kept.name);
        }
    }

    #[test]
    fn what_was_changed_since_the_merge_stays() {
        let kept = Customer { name: "Acme".into(), ..Customer::default() };
        let gone = Customer { city: Some("Bern".into()), phone: Some("1".into()), ..Customer::default() };
        let after = filled(&kept, &gone);
        let now = Customer { city: Some("Basel".into()), ..after.clone() };
        let undone = taken_back(&now, &kept, &after);
        assert_eq!((undone.city.as_deref(), undone.phone), (Some("Basel"), None));
    }
}
