//! Weighing what was compared, and the one rule no weights can change.

use crate::company::Profile;
use crate::compare::{self, Compared};
use crate::evidence::{Evidence, Feature, Grade, Score, Verdict};
use crate::weights::Weights;

/// Weighs two profiles by the Fellegi–Sunter model: the log-odds of every feature both state, added up in bits.
///
/// The same whichever side comes first, but for `left` and `right`. Of several names the best pair counts. Whatever the
/// weights, a match needs more than a name and a country: domain, registration number, telephone or address must agree.
pub fn score(left: &Profile, right: &Profile, weights: &Weights) -> Score {
    let before = [compare::domain, compare::registration, compare::phone].map(|compare| compare(left, right));
    let mut after = [compare::address, compare::country].map(|compare| compare(left, right));
    let name = best(compare::names(left, right), weights);
    if let ([.., Some(phone)], Some(name), Some(address)) = (&before, &name, &mut after[0]) {
        tell_places_apart(phone, name, address);
    }
    let compared =
        before.into_iter().flatten().chain(name.into_iter().flatten()).chain(after.into_iter().flatten());
    let evidence: Vec<Evidence> = compared.map(|compared| weigh(&compared, weights)).collect();
    let bits = hundredths(evidence.iter().map(|evidence| evidence.weight).sum());
    Score { bits, verdict: verdict(bits, &evidence, weights), evidence }
}

/// Companies that have nothing but their place in common, the shop in the hotel or the tenants of an office, share its
/// telephone as well as its address: the two are one observation then, and the address says no more than the city.
fn tell_places_apart(phone: &Compared<'_>, name: &[Compared<'_>; 3], address: &mut Compared<'_>) {
    let is_other_name = name.iter().all(|view| view.grade == Grade::Different);
    if is_other_name && phone.grade == Grade::Same {
        address.grade = address.grade.max(Grade::Part);
    }
}

fn best<'a>(pairs: Vec<[Compared<'a>; 3]>, weights: &Weights) -> Option<[Compared<'a>; 3]> {
    let bits = |views: &[Compared<'a>; 3]| {
        views.iter().map(|view| weights.bits(view.feature, view.grade)).sum::<f64>()
    };
    pairs
        .into_iter()
        .max_by(|one, other| bits(one).total_cmp(&bits(other)).then_with(|| grades(other).cmp(&grades(one))))
}

fn grades(views: &[Compared<'_>; 3]) -> [Grade; 3] {
    [views[0].grade, views[1].grade, views[2].grade]
}

fn weigh(compared: &Compared<'_>, weights: &Weights) -> Evidence {
    let weight = hundredths(weights.bits(compared.feature, compared.grade));
    Evidence {
        feature: compared.feature,
        grade: compared.grade,
        weight,
        left: compared.left.to_owned(),
        right: compared.right.to_owned(),
        agrees: weight > 0.0,
    }
}

/// Rounded, so that the parts a person reads add up to the sum beside them.
fn hundredths(bits: f64) -> f64 {
    (bits * 100.0).round() / 100.0 + 0.0
}

fn verdict(bits: f64, evidence: &[Evidence], weights: &Weights) -> Verdict {
    let identifies = |evidence: &Evidence| {
        let decisive = match evidence.feature {
            Feature::Domain | Feature::RegistrationNumber | Feature::Phone => evidence.grade == Grade::Same,
            Feature::Address => evidence.grade <= Grade::Near,
            Feature::NameSpelling | Feature::NameTrigrams | Feature::NameWords | Feature::Country => false,
        };
        decisive && evidence.agrees
    };
    if bits >= weights.thresholds.same && evidence.iter().any(identifies) {
        Verdict::Match
    } else if bits >= weights.thresholds.review {
        Verdict::Review
    } else {
        Verdict::Clear
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Aliases, Company};

    fn tenant(name: &str, phone: &str) -> Profile {
        let company = Company {
            name: name.into(),
            country: Some("US".into()),
            phone: Some(phone.into()),
            street: Some("129 Fremont St.".into()),
            city: Some("Las Vegas".into()),
            ..Company::default()
        };
        Profile::new(&company, &Aliases::default())
    }

    #[test]
    fn tenants_of_one_house_are_no_match_and_a_moved_line_is_one() {
        let hotel = tenant("Golden Nugget Hotel", "702-385-7111");
        let weights = Weights::published();
        let restaurant = score(&hotel, &tenant("Stefanos", "702-385-7111"), weights);
        assert_eq!(restaurant.verdict, Verdict::Review, "{restaurant:?}");
        assert_eq!(restaurant.of(Feature::Address).map(|one| one.grade), Some(Grade::Part));
        let same = score(&hotel, &tenant("Golden Nugget", "702-555-0199"), weights);
        assert_eq!(
            (same.verdict, same.of(Feature::Address).map(|one| one.grade)),
            (Verdict::Match, Some(Grade::Same))
        );
    }
}
