//! Laws that hold whatever is typed and whatever the weights say.

mod synthetic;

use matching::{
    Aliases, Company, Evidence, Feature, Odds, Profile, Reason, Verdict, Weights, keys, normalise, probes,
    score,
};
use proptest::prelude::*;
use rstest::rstest;
use synthetic::{Dice, named, profile, typo};

/// Anything, and what looks like a name.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[A-Za-zäöüß&.'\\-+ 0-9]{0,40}",
        "(The |ООО |PT )?[A-Z][a-z]{1,9}( & Co\\.?| Group)?( GmbH| S\\.A\\.| AS| Ltd| Spa| and| 有限公司){0,3}",
    ]
}

fn maybe() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        Just(None),
        text().prop_map(Some),
        prop_oneof!["acme\\.(com|de)", "jo@[ab]cme\\.com", "\\+49891234567[0-9]", "8033[0-9]"].prop_map(Some)
    ]
}

fn place() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        Just(None),
        prop_oneof!["DE", "US", "fr", "NO", "IT"].prop_map(Some),
        any::<String>().prop_map(Some)
    ]
}

fn any_company() -> impl Strategy<Value = Company> {
    let names = (text(), prop::collection::vec(text(), 0..3));
    (names, maybe(), place(), maybe(), maybe(), maybe(), maybe(), maybe()).prop_map(
        |((name, trade_names), website, country, registration_number, phone, city, postal_code, street)| {
            Company {
                name,
                trade_names,
                website,
                country,
                registration_number,
                phone,
                city,
                postal_code,
                street,
            }
        },
    )
}

/// Weights nobody would publish.
fn any_weights() -> impl Strategy<Value = Weights> {
    prop::collection::vec((0.000_001_f64..1.0, 0.000_001_f64..1.0), 64).prop_map(|drawn| {
        let mut weights = Weights { name_share: 1.0, ..Weights::default() };
        let every = weights.odds.values_mut().flat_map(|grades| grades.values_mut());
        every.zip(drawn).for_each(|(odds, (m, u))| *odds = Odds { m, u });
        weights
    })
}

/// Without what differs when the sides change places.
fn sideless(evidence: &[Evidence]) -> Vec<(Feature, matching::Grade, f64)> {
    evidence.iter().map(|one| (one.feature, one.grade, one.weight)).collect()
}

/// What chance once found.
#[test]
fn marks_between_which_a_sign_stood_have_one_order() {
    let once = normalise::name("\u{a3c}`\u{16af0}", None);
    assert_eq!(once.text(), "\u{16af0}\u{a3c}");
    assert_eq!(normalise::name(once.text(), None), once);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_normalised_name_stays_as_it_is(raw in text(), country in place()) {
        let once = normalise::name(&raw, country.as_deref());
        let twice = normalise::name(once.text(), country.as_deref());
        prop_assert_eq!(&once, &twice);
    }

    #[test]
    fn every_other_field_stays_as_it_is_too(raw in text(), country in place()) {
        let place = country.as_deref();
        let again = |once: Option<String>, normalise: &dyn Fn(&str) -> Option<String>| {
            once.as_deref().is_none_or(|text| normalise(text).as_deref() == Some(text))
        };
        prop_assert!(again(normalise::registrable_domain(&raw), &normalise::registrable_domain));
        prop_assert!(again(normalise::host(&raw), &normalise::host));
        prop_assert!(again(normalise::phone(&raw, place), &|text| normalise::phone(text, place)));
        prop_assert!(again(normalise::postal(&raw), &normalise::postal));
        prop_assert!(again(normalise::city(&raw), &normalise::city));
        prop_assert!(again(normalise::street(&raw), &normalise::street));
        prop_assert!(again(normalise::country(&raw), &normalise::country));
    }

    #[test]
    fn it_does_not_matter_which_company_comes_first(left in any_company(), right in any_company(), weights in any_weights()) {
        let (left, right) = (profile(&left), profile(&right));
        let (one, other) = (score(&left, &right, &weights), score(&right, &left, &weights));
        prop_assert_eq!((one.bits, one.verdict), (other.bits, other.verdict));
        prop_assert_eq!(sideless(&one.evidence), sideless(&other.evidence));
        prop_assert_eq!(one.explanation(), other.explanation());
    }

    #[test]
    fn a_name_and_a_country_alone_never_make_a_match(left in any_company(), right in any_company(), weights in any_weights()) {
        let bare = |company: &Company| Company {
            name: company.name.clone(),
            trade_names: company.trade_names.clone(),
            country: company.country.clone(),
            ..Company::default()
        };
        let (one, other) = (profile(&bare(&left)), profile(&bare(&right)));
        prop_assert_ne!(score(&one, &other, &weights).verdict, Verdict::Match);
        prop_assert_ne!(score(&one, &one, &weights).verdict, Verdict::Match);
    }

    #[test]
    fn a_company_shares_every_key_with_itself_and_has_few(company in any_company()) {
        let profile = profile(&company);
        let (stored, asked) = (keys(&profile), probes(&profile));
        prop_assert_eq!(&stored, &keys(&profile));
        let further = company.trade_names.len();
        // Domain, registration number and telephone besides what the names have.
        prop_assert!(stored.len() <= 3 + 15 + 9 * further && asked.len() <= 3 + 48 + 24 * further);
        prop_assert!(stored.iter().filter(|key| key.is_exact()).all(|key| asked.contains(key)));
        prop_assert!(stored.is_empty() || stored.iter().any(|key| asked.contains(key)));
    }

    #[test]
    fn two_names_one_slip_apart_share_a_key(name in "[a-z]{4,24}", seed in any::<u64>()) {
        let (stored, asked) = (profile(&named(&name)), profile(&named(&typo(&name, &mut Dice::new(seed)))));
        let squashed = |profile: &Profile| profile.name().map(|name| name.squashed()).unwrap_or_default();
        let (one, other) = (squashed(&stored), squashed(&asked));
        prop_assume!(one.len() >= 4 && other.len() >= 4 && strsim::osa_distance(&one, &other) <= 1);
        let keys = keys(&stored);
        prop_assert!(probes(&asked).iter().any(|key| keys.contains(key)), "{one} {other}");
    }

    #[test]
    fn evidence_adds_up_to_the_score(left in any_company(), right in any_company()) {
        let score = score(&profile(&left), &profile(&right), &Weights::default());
        let sum: f64 = score.evidence.iter().map(|one| one.weight).sum();
        prop_assert!((sum - score.bits).abs() < 0.005);
        prop_assert!(score.evidence.iter().all(|one| one.agrees == (one.weight > 0.0)));
    }
}

fn acme() -> Company {
    Company {
        name: "Acme Corporation".into(),
        website: Some("https://www.acme.com".into()),
        country: Some("US".into()),
        phone: Some("+1 415 555 2671".into()),
        city: Some("Springfield".into()),
        postal_code: Some("94107-1234".into()),
        street: Some("12 Main Street".into()),
        registration_number: Some("C0806592".into()),
        ..Company::default()
    }
}

fn other(change: impl FnOnce(&mut Company)) -> Company {
    let mut company = named("ACME Corp");
    change(&mut company);
    company
}

#[rstest]
#[case::name_alone(other(|_| {}), Verdict::Review, &[Reason::SameName])]
#[case::name_and_country(other(|c| c.country = Some("us".into())), Verdict::Review, &[Reason::SameName])]
#[case::name_elsewhere(other(|c| c.country = Some("FR".into())), Verdict::Review, &[Reason::SameName])]
#[case::mailbox(other(|c| c.website = Some("jo@acme.com".into())), Verdict::Match, &[Reason::SameDomain, Reason::SameName])]
#[case::site_only(other(|c| { c.name.clear(); c.website = Some("acme.com/shop".into()); }), Verdict::Match, &[Reason::SameDomain])]
#[case::sibling_site(other(|c| c.website = Some("acme.de".into())), Verdict::Review, &[Reason::SameName, Reason::RelatedDomain])]
#[case::telephone(other(|c| { c.country = Some("US".into()); c.phone = Some("(415) 555-2671".into()); }), Verdict::Match, &[Reason::SamePhone, Reason::SameName])]
#[case::address(other(|c| { c.city = Some("Springfield".into()); c.street = Some("Main St. 12".into()); }), Verdict::Match, &[Reason::SameAddress, Reason::SameName])]
#[case::renamed(other(|c| { c.name = "Wonder Widgets".into(); c.country = Some("US".into()); c.registration_number = Some("C0806592".into()); }), Verdict::Match, &[Reason::SameRegistrationNumber])]
#[case::typo_same_country(other(|c| { c.name = "Acmee Inc".into(); c.country = Some("US".into()); }), Verdict::Review, &[Reason::SimilarNameSameCountry])]
#[case::longer_name_same_country(other(|c| { c.name = "Acme Rockets".into(); c.country = Some("US".into()); }), Verdict::Review, &[Reason::SimilarNameSameCountry])]
#[case::stranger(other(|c| { c.name = "Zenith Motors".into(); c.country = Some("US".into()); }), Verdict::Clear, &[])]
#[case::suburb(other(|c| { c.city = Some("Shelbyville".into()); c.street = Some("12 Main St".into()); }), Verdict::Review, &[Reason::SameAddress, Reason::SameName])]
#[case::shared_office(other(|c| { c.name = "Zenith Motors".into(); c.city = Some("Springfield".into()); c.street = Some("12 Main St".into()); }), Verdict::Review, &[Reason::SameAddress])]
#[case::nothing(Company::default(), Verdict::Clear, &[])]
fn a_pair_is_judged_with_its_reasons(
    #[case] typed: Company,
    #[case] verdict: Verdict,
    #[case] reasons: &[Reason],
) {
    let score = score(&profile(&acme()), &profile(&typed), &Weights::default());
    let explanation = score.explanation();
    assert_eq!((explanation.verdict, explanation.reasons.as_slice()), (verdict, reasons), "{score:#?}");
}

#[rstest]
#[case("Betasoloin", "Betasolin", Verdict::Review)]
#[case("GTXPro", "GTX Pro", Verdict::Review)]
#[case("Präzision Werke GmbH", "Praezision-Werke", Verdict::Review)]
#[case("General Motors", "Motors General Co", Verdict::Review)]
#[case("Яндекс", "Yandex", Verdict::Review)]
#[case("Delta Air Lines", "Delta", Verdict::Clear)]
#[case("Global Tech Solutions", "Global Tech Services", Verdict::Clear)]
#[case("Bank of America", "Bank of Ireland", Verdict::Clear)]
#[case("Siemens", "Simmons", Verdict::Clear)]
#[case("3M", "3i", Verdict::Clear)]
#[case("1&1", "1+1", Verdict::Review)]
#[case("GmbH", "AG", Verdict::Clear)]
fn names_alone_open_a_review_or_nothing(#[case] one: &str, #[case] other: &str, #[case] verdict: Verdict) {
    let score = score(&profile(&named(one)), &profile(&named(other)), &Weights::default());
    assert_eq!(score.verdict, verdict, "{score:#?}");
}

#[test]
fn a_company_that_was_bought_is_known_by_its_new_domain() {
    let aliases = Aliases::new([("sun.com", "oracle.com")]);
    let site = |site: &str| Company { website: Some(site.into()), ..Company::default() };
    let (sun, oracle) =
        (Profile::new(&site("sun.com"), &aliases), Profile::new(&site("oracle.com"), &aliases));
    assert_eq!(score(&sun, &oracle, &Weights::default()).verdict, Verdict::Match);
}

#[test]
fn a_company_is_found_and_known_under_every_name_it_goes_by() {
    let mut aliases = Aliases::default();
    aliases.add(&["Alphabet Inc.", "Google LLC"], &["https://abc.xyz", "google.com", "gmail.com"]);
    let company = |name: &str, site: &str| Company {
        name: name.into(),
        website: Some(site.into()),
        ..Company::default()
    };
    let stored = profile(&company("Alphabet", "abc.xyz"));
    let asked = Profile::new(&company("Google", "www.google.com"), &aliases);
    let (stored_keys, probes) = (keys(&stored), probes(&asked));
    let shared =
        |prefix: &str| probes.iter().any(|key| key.as_str().starts_with(prefix) && stored_keys.contains(key));
    assert!(shared("d:abc.xyz") && shared("w:alphabet"));
    let known = Profile::new(&company("Alphabet", "abc.xyz"), &aliases);
    let score = score(&asked, &known, &Weights::default());
    assert_eq!(score.explanation().reasons, [Reason::SameDomain, Reason::SameName]);
    let moved = keys(&profile(&company("", "google.com")));
    assert!(moved.iter().all(|key| !key.is_exact() || matching::probes(&known).contains(key)));
}

#[test]
fn a_score_says_on_the_wire_what_it_means() {
    let score = score(
        &profile(&acme()),
        &profile(&other(|c| c.website = Some("acme.com".into()))),
        &Weights::default(),
    );
    let wire = serde_json::to_value(&score).unwrap();
    assert_eq!(wire["verdict"], "match");
    assert_eq!(wire["evidence"][0]["feature"], "domain");
    assert_eq!(wire["evidence"][0]["agrees"], true);
    assert_eq!(serde_json::from_value::<matching::Score>(wire).unwrap(), score);
    let explained = serde_json::to_string(&score.explanation()).unwrap();
    assert!(!explained.contains("acme"));
}
