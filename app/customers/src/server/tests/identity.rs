//! Aliases, duplicates, merges and weights, through the verbs on both engines.
use base::Problem;
use base::testing::World;
use matching::{Thresholds, Weights};

use super::*;
use crate::model::{CustomerField, PairState};

async fn add(world: &World, place: &Place, name: &str, website: Option<&str>) -> Customer {
    let ask = CreateCustomer {
        name: name.into(),
        website: website.map(Into::into),
        country: Some("US".into()),
        ..CreateCustomer::default()
    };
    world.ask(&place.vendor, ask).await.unwrap()
}

fn merge_of(id: CustomerId, other: CustomerId) -> MergeCustomers {
    MergeCustomers { id, other, take: Vec::new(), other_version: None, version: None }
}

/// The customers that are found for a company, with what the vendor knows of its other names.
async fn customers_found(world: &World, place: &Place, name: &str, website: &str) -> Vec<CustomerId> {
    let vendor = place.vendor.organization().unwrap();
    let company = Company { name: name.into(), website: Some(website.into()), ..Company::default() };
    let mut tx = world.parts.db().read().await.unwrap();
    let matcher = matcher(&mut tx, vendor, &company).await.unwrap();
    let probes = matching::probes(&matcher.profile(&company));
    let all = keys::candidates(&mut tx, vendor, &probes, 20).await.unwrap();
    let customers = all.iter().filter(|found| found.kind == Kind::Customer);
    customers.map(|found| CustomerId(found.record)).collect()
}

async fn events(world: &World, place: &Place) -> Vec<String> {
    let vendor = place.vendor.organization().unwrap();
    let mut tx = world.parts.db().read().await.unwrap();
    let all =
        base::events::after(&mut tx, Scope::Vendor(vendor), 0, base::Timestamp(0), 1_000).await.unwrap();
    all.into_iter().map(|event| event.kind).collect()
}

#[rstest]
#[tokio::test]
async fn keys_are_written_anew_as_they_were(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    async fn all(world: &World) -> Vec<(String, String)> {
        const SQL: &str = "select kind, key from match_key order by kind, key";
        let mut tx = world.parts.db().read().await.unwrap();
        base::on!(tx, |conn| sqlx::query_as(SQL).fetch_all(conn).await).unwrap()
    }
    let world = market!(engine);
    let place = place(&world).await;
    let vendor = place.vendor.organization().unwrap();
    let acme = add(&world, &place, "Acme Corporation", Some("acme.example")).await;
    let gone = add(&world, &place, "Acme Inc.", Some("acme.example")).await;
    world.ask(&place.vendor, merge_of(acme.id, gone.id)).await.unwrap();
    let stored = vec![
        sale(&place, 1, Stage::Engaging, Some(&acme)),
        StoredOpportunity {
            customer_name: Some("Zirkel AG".into()),
            ..sale(&place, 2, Stage::Engaging, None)
        },
        StoredOpportunity { customer_name: Some("Won AG".into()), ..sale(&place, 3, Stage::Won, None) },
    ];
    save(&world, &place, stored, vec![]).await;
    let before = all(&world).await;
    assert!(before.iter().any(|(kind, key)| kind == "opportunity" && key.contains("zirkel")), "{before:?}");
    world
        .parts
        .db()
        .write(async move |tx: &mut base::db::Tx| {
            base::execute!(tx, sqlx::query("update match_key set key = 'x:' || key"))?;
            Ok(())
        })
        .await
        .unwrap();
    assert_eq!(rebuild_keys(&world.parts, vendor).await.unwrap(), 3);
    let left: Vec<_> = all(&world).await.into_iter().filter(|(_, key)| !key.starts_with("x:")).collect();
    assert_eq!(left, before);
    assert_eq!(left.len(), all(&world).await.len());
}

#[rstest]
#[tokio::test]
async fn a_customer_is_found_under_its_other_names_and_websites(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine);
    let place = place(&world).await;
    let alphabet = add(&world, &place, "Alphabet Inc.", Some("abc.xyz")).await;
    let set = SetCustomerAliases {
        id: alphabet.id,
        names: vec!["Google LLC".into(), "alphabet".into()],
        websites: vec!["https://www.google.com/about".into()],
        version: Some(1),
    };
    let known = world.ask(&place.vendor, set.clone()).await.unwrap();
    assert_eq!((known.names, known.websites.len(), known.version), (vec!["Google LLC".to_owned()], 1, 2));
    assert_eq!(customers_found(&world, &place, "Google", "google.com").await, [alphabet.id]);
    let old = add(&world, &place, "Somebody", Some("google.com")).await;
    assert!(customers_found(&world, &place, "Alphabet", "abc.xyz").await.contains(&old.id));
    assert_eq!(world.ask(&place.vendor, set.clone()).await, Err(Problem::Stale));
    let before = events(&world, &place).await.len();
    world.ask(&place.vendor, SetCustomerAliases { version: None, ..set.clone() }).await.unwrap();
    assert_eq!(events(&world, &place).await.len(), before);
    let nowhere = SetCustomerAliases { websites: vec!["gmail.com".into()], version: None, ..set.clone() };
    assert_eq!(world.ask(&place.vendor, nowhere).await.unwrap_err().status(), 422);
    let none = SetCustomerAliases { names: vec![], websites: vec![], version: None, ..set.clone() };
    world.ask(&place.vendor, none).await.unwrap();
    assert_eq!(customers_found(&world, &place, "Google", "google.com").await, [old.id]);
    assert_eq!(world.ask(&place.stranger, set).await, Err(Problem::NotFound));
    let read = GetCustomerAliases { id: alphabet.id };
    assert_eq!(world.ask(&place.partner, read).await.unwrap_err().status(), 403);
}

#[rstest]
#[tokio::test]
async fn a_merge_leaves_one_customer_and_its_undoing_both_as_they_were(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine);
    let place = place(&world).await;
    let kept = add(&world, &place, "Acme Corp", None).await;
    let gone = add(&world, &place, "Apex Holdings", Some("apex-holdings.com")).await;
    let open = sale(&place, 2, Stage::Engaging, Some(&gone));
    save(&world, &place, vec![open.clone(), sale(&place, 4, Stage::Won, Some(&gone))], vec![]).await;
    let ask = MergeCustomers { version: Some(1), other_version: Some(1), ..merge_of(kept.id, gone.id) };
    let merge = world.ask(&place.vendor, ask.clone()).await.unwrap();
    assert_eq!((merge.opportunities, merge.kept, merge.gone), (2, kept.id, gone.id));
    assert_eq!(world.ask(&place.vendor, ask).await.unwrap(), merge);
    let both = world.ask(&place.vendor, GetCustomer { id: gone.id }).await.unwrap();
    assert_eq!((both.id, both.website.as_deref()), (kept.id, Some("apex-holdings.com")));
    let list = world.ask(&place.vendor, ListCustomers::default()).await.unwrap();
    assert_eq!((list.total, list.items[0].id), (1, kept.id));
    assert_eq!(customers_found(&world, &place, "Apex Holding", "apex-holdings.com").await, [kept.id]);
    let of_kept = ListOpportunities { customer: Some(kept.id), ..ListOpportunities::default() };
    assert_eq!(world.ask(&place.vendor, of_kept.clone()).await.unwrap().total, 2);
    // The other system still calls it by its old name: what it sends goes to the record that stands.
    save(&world, &place, vec![sale(&place, 6, Stage::Engaging, Some(&gone))], vec![]).await;
    assert_eq!(world.ask(&place.vendor, of_kept.clone()).await.unwrap().total, 3);
    let change = UpdateCustomer { city: Some("Boston".into()), ..blank(gone.id) };
    assert_eq!(world.ask(&place.vendor, change).await.unwrap_err().code(), "merged");

    let undone = world.ask(&place.vendor, UndoMerge { id: merge.id }).await.unwrap();
    assert!(undone.undone_at.is_some());
    assert_eq!(world.ask(&place.vendor, UndoMerge { id: merge.id }).await.unwrap(), undone);
    let back = world.ask(&place.vendor, GetCustomer { id: kept.id }).await.unwrap();
    assert_eq!(Customer { version: kept.version, ..back }, kept);
    let back = world.ask(&place.vendor, GetCustomer { id: gone.id }).await.unwrap();
    assert_eq!(Customer { version: gone.version, ..back }, gone);
    assert_eq!(customers_found(&world, &place, "Apex Holding", "apex-holdings.com").await, [gone.id]);
    assert_eq!(world.ask(&place.vendor, of_kept).await.unwrap().total, 1);
    let of_gone = ListOpportunities { customer: Some(gone.id), ..ListOpportunities::default() };
    assert_eq!(world.ask(&place.vendor, of_gone).await.unwrap().total, 2);
    let kinds = events(&world, &place).await;
    for kind in ["customer.merged", "customer.merge_undone"] {
        assert_eq!(kinds.iter().filter(|happened| *happened == kind).count(), 1, "{kind}");
    }
    let merges = world.ask(&place.vendor, ListMerges::default()).await.unwrap();
    assert_eq!((merges.total, merges.items[0].gone_name.as_str()), (1, "Apex Holdings"));
}

#[rstest]
#[tokio::test]
async fn merges_are_undone_from_the_last_one_and_by_their_own_vendor(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine);
    let place = place(&world).await;
    let (a, b) = (add(&world, &place, "Alpha", None).await, add(&world, &place, "Beta", None).await);
    let c = add(&world, &place, "Gamma", None).await;
    let merge = merge_of;
    let first = world.ask(&place.vendor, merge(b.id, c.id)).await.unwrap();
    let second = world.ask(&place.vendor, merge(a.id, b.id)).await.unwrap();
    assert_eq!(world.ask(&place.vendor, GetCustomer { id: c.id }).await.unwrap().id, a.id);
    assert_eq!(customers_found(&world, &place, "Gamma", "nowhere").await, [a.id]);
    let early = world.ask(&place.vendor, UndoMerge { id: first.id }).await.unwrap_err();
    assert_eq!(early.code(), "merged");
    assert_eq!(world.ask(&place.stranger, UndoMerge { id: second.id }).await, Err(Problem::NotFound));
    assert_eq!(world.ask(&place.stranger, merge(a.id, b.id)).await, Err(Problem::NotFound));
    world.ask(&place.vendor, UndoMerge { id: second.id }).await.unwrap();
    world.ask(&place.vendor, UndoMerge { id: first.id }).await.unwrap();
    assert_eq!(world.ask(&place.vendor, ListCustomers::default()).await.unwrap().total, 3);
    let itself = world.ask(&place.vendor, merge(a.id, a.id)).await.unwrap_err();
    assert_eq!(itself.status(), 422);
    let refused = world.ask(&place.partner, merge(a.id, b.id)).await.unwrap_err();
    assert_eq!(refused.status(), 403);
}

#[rstest]
#[tokio::test]
async fn duplicates_are_offered_until_somebody_decides(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine).with_jobs(JOBS);
    let place = place(&world).await;
    let one = add(&world, &place, "Acme Corporation", Some("acme-industries.com")).await;
    let other = add(&world, &place, "ACME Corp.", Some("www.acme-industries.com")).await;
    let third = add(&world, &place, "Acme", None).await;
    add(&world, &place, "Zenith Motors", Some("zenith-motors.com")).await;
    world.run_jobs().await;
    let open = world.ask(&place.vendor, ListDuplicates::default()).await.unwrap();
    assert_eq!(open.total, 3);
    let best = &open.items[0];
    assert_eq!((best.one.id, best.other.id, best.verdict), (one.id, other.id, matching::Verdict::Match));
    assert!(best.evidence.iter().any(|evidence| evidence.feature == matching::Feature::Domain));
    let mut ask = ListDuplicates { limit: Some(1), ..ListDuplicates::default() };
    let mut seen = 0;
    loop {
        let page = world.ask(&place.vendor, ask.clone()).await.unwrap();
        seen += page.items.len();
        ask.cursor = page.next_cursor;
        if ask.cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, 3);
    let apart = KeepApart { id: third.id, other: one.id };
    world.ask(&place.vendor, apart.clone()).await.unwrap();
    world.ask(&place.vendor, apart).await.unwrap();
    world.ask(&place.vendor, merge_of(one.id, other.id)).await.unwrap();
    world.ask(&place.vendor, FindDuplicates {}).await.unwrap();
    world.run_jobs().await;
    assert_eq!(world.ask(&place.vendor, ListDuplicates::default()).await.unwrap().total, 0);
    for (state, count) in [(PairState::Apart, 1), (PairState::Merged, 1)] {
        let ask = ListDuplicates { state: Some(state), ..ListDuplicates::default() };
        assert_eq!(world.ask(&place.vendor, ask).await.unwrap().total, count, "{state:?}");
    }
    let kinds = events(&world, &place).await;
    assert_eq!(kinds.iter().filter(|kind| *kind == "customer.kept_apart").count(), 1);
    assert_eq!(world.ask(&place.stranger, ListDuplicates::default()).await.unwrap().total, 0);
    assert_eq!(world.ask(&place.partner, ListDuplicates::default()).await.unwrap_err().status(), 403);
}

#[rstest]
#[tokio::test]
async fn weights_are_published_and_taken_back(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = market!(engine);
    let place = place(&world).await;
    let owner = member(place.vendor.organization().unwrap(), Role::VendorOwner);
    let before = world.ask(&owner, GetMatchWeights {}).await.unwrap();
    assert_eq!((before.number, &before.weights), (None, Weights::published()));
    let few = world.ask(&owner, FitMatchWeights {}).await.unwrap_err();
    assert_eq!((few.status(), few.code()), (409, "too_few_pairs"));
    let own = Weights { version: "own-1".into(), name_share: 0.5, ..Weights::default() };
    let publish = PublishMatchWeights { weights: Some(own.clone()) };
    let refused = world.ask(&place.vendor, publish.clone()).await.unwrap_err();
    assert_eq!(refused.status(), 403);
    let published = world.ask(&owner, publish.clone()).await.unwrap();
    assert_eq!((published.number, &published.weights), (Some(1), &own));
    let mut tx = world.parts.db().read().await.unwrap();
    for matcher in [
        matcher(&mut tx, owner.organization().unwrap(), &Company::default()).await.unwrap(),
        matcher_of_all(&mut tx, owner.organization().unwrap()).await.unwrap(),
    ] {
        assert_eq!(matcher, matching::Matcher { weights: own.clone(), ..matching::Matcher::default() });
    }
    drop(tx);
    assert_eq!(world.ask(&owner, publish).await.unwrap(), published);
    let crossed = Weights { thresholds: Thresholds { review: 9.0, same: 3.0 }, ..own };
    let wrong = world.ask(&owner, PublishMatchWeights { weights: Some(crossed) }).await.unwrap_err();
    assert!(wrong.of_field("weights.thresholds").is_some());
    let back = world.ask(&owner, PublishMatchWeights { weights: None }).await.unwrap();
    assert_eq!((back.number, &back.weights), (None, Weights::published()));
    assert_eq!(world.ask(&place.stranger, GetMatchWeights {}).await.unwrap().published_at, None);
}

#[rstest]
#[tokio::test]
async fn weights_are_fitted_to_the_vendors_own_customers(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine);
    let place = place(&world).await;
    let vendor = place.vendor.organization().unwrap();
    let parts = world.parts.clone();
    // Pairs of one company under two spellings, and neighbours that share a word and nothing else.
    let named = |number: usize, name: String, site: String| Customer {
        id: CustomerId(sqlx::types::Uuid::from_u128(1_000 + number as u128)),
        name,
        domain: domain(Some(&site)),
        website: Some(site),
        country: Some(if (number / 3).is_multiple_of(3) { "US" } else { "DE" }.into()),
        created_at: parts.clock().now(),
        ..Customer::default()
    };
    let word = |number: usize| {
        let letters = "bdfgklmnprstvz".as_bytes();
        let vowels = "aeiou".as_bytes();
        let at = |turn: usize| number / [1, 14, 70, 980][turn];
        let text = [letters[at(0) % 14], vowels[at(1) % 5], letters[at(2) % 14], vowels[at(3) % 5]];
        String::from_utf8_lossy(&text).into_owned() + "tron"
    };
    let all: Vec<Customer> = (0..300)
        .flat_map(|number| {
            let word = word(number * 31 + 7);
            let site = format!("{word}-{number}.com");
            [
                named(number * 3, format!("{word} Systems Inc"), site.clone()),
                named(number * 3 + 1, format!("{word} System"), site),
                named(number * 3 + 2, format!("{word} Foods"), format!("{word}-foods-{number}.com")),
            ]
        })
        .collect();
    let work = async move |tx: &mut Tx| insert_customers(tx, vendor, &all).await;
    world.parts.db().write(work).await.unwrap();
    let fitted = world.ask(&place.vendor, FitMatchWeights {}).await.unwrap();
    assert!(fitted.pairs >= 250 && fitted.share > 0.01 && fitted.share < 0.1, "{fitted:?}");
    assert_eq!(fitted.weights.check(), Ok(()));
    assert_eq!(world.ask(&place.vendor, FitMatchWeights {}).await.unwrap(), fitted);
    let domain = matching::Feature::Domain;
    assert!(fitted.weights.bits(domain, matching::Grade::Same) > 5.0);
}

#[rstest]
#[tokio::test]
async fn whose_word_stays_is_chosen_and_given_back(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine);
    let place = place(&world).await;
    let make = |name: &str, website: &str, city: &str, phone: Option<&str>| CreateCustomer {
        name: name.into(),
        website: Some(website.into()),
        city: Some(city.into()),
        phone: phone.map(Into::into),
        ..CreateCustomer::default()
    };
    let kept = world.ask(&place.vendor, make("Acme", "acme.com", "Bern", None)).await.unwrap();
    let gone = make("Acme Holding", "acme-holding.com", "Basel", Some("+41 31 311 22 33"));
    let gone = world.ask(&place.vendor, gone).await.unwrap();
    let take = vec![CustomerField::Name, CustomerField::Website, CustomerField::City, CustomerField::Sector];
    let ask = MergeCustomers { take, ..merge_of(kept.id, gone.id) };
    let seen = MergeCustomers { other_version: Some(7), ..ask.clone() };
    assert_eq!(world.ask(&place.vendor, seen).await, Err(Problem::Stale));
    let merge = world.ask(&place.vendor, ask).await.unwrap();
    // What the other one does not state cannot be taken from it.
    assert_eq!(merge.taken, [CustomerField::Name, CustomerField::Website, CustomerField::City]);
    assert_eq!((merge.kept_name.as_str(), merge.gone_name.as_str()), ("Acme Holding", "Acme Holding"));
    let after = world.ask(&place.vendor, GetCustomer { id: kept.id }).await.unwrap();
    assert_eq!((after.name.as_str(), after.domain.as_deref()), ("Acme Holding", Some("acme-holding.com")));
    assert_eq!((after.city.as_deref(), &after.phone), (Some("Basel"), &gone.phone));
    let known = world.ask(&place.vendor, GetCustomerAliases { id: kept.id }).await.unwrap();
    assert_eq!((known.names, known.websites), (vec!["Acme".to_owned()], vec!["acme.com".to_owned()]));
    assert_eq!(customers_found(&world, &place, "Acme", "acme.com").await, [kept.id]);
    for (customer, count) in [(kept.id, 1), (gone.id, 0)] {
        let ask = ListMerges { customer: Some(customer), ..ListMerges::default() };
        assert_eq!(world.ask(&place.vendor, ask).await.unwrap().total, count);
    }
    world.ask(&place.vendor, UndoMerge { id: merge.id }).await.unwrap();
    for before in [kept, gone] {
        let back = world.ask(&place.vendor, GetCustomer { id: before.id }).await.unwrap();
        assert_eq!(Customer { version: before.version, ..back }, before);
    }
}

#[rstest]
#[tokio::test]
async fn two_customers_are_compared_whoever_found_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine).with_jobs(JOBS);
    let place = place(&world).await;
    let one = add(&world, &place, "Acme Corporation", Some("acme-industries.com")).await;
    let other = add(&world, &place, "ACME Corp.", Some("www.acme-industries.com")).await;
    let third = add(&world, &place, "Zenith Motors", None).await;
    let compare = |id, other| CompareCustomers { id, other };
    let pair = world.ask(&place.vendor, compare(other.id, one.id)).await.unwrap();
    assert_eq!((pair.one.id, pair.other.id, pair.state), (other.id, one.id, PairState::Open));
    assert_eq!(pair.verdict, matching::Verdict::Match);
    let far = world.ask(&place.vendor, compare(one.id, third.id)).await.unwrap();
    assert_eq!(far.verdict, matching::Verdict::Clear);
    let itself = world.ask(&place.vendor, compare(one.id, one.id)).await.unwrap_err();
    assert_eq!(itself.status(), 422);
    assert_eq!(world.ask(&place.stranger, compare(one.id, other.id)).await, Err(Problem::NotFound));
    assert_eq!(world.ask(&place.partner, compare(one.id, other.id)).await.unwrap_err().status(), 403);

    world.run_jobs().await;
    let of = |customer| ListDuplicates { customer: Some(customer), ..ListDuplicates::default() };
    assert_eq!(world.ask(&place.vendor, of(other.id)).await.unwrap().total, 1);
    assert_eq!(world.ask(&place.vendor, of(third.id)).await.unwrap().total, 0);
    let again = ReconsiderPair { id: one.id, other: other.id };
    world.ask(&place.vendor, again.clone()).await.unwrap();
    world.ask(&place.vendor, KeepApart { id: one.id, other: other.id }).await.unwrap();
    let apart = world.ask(&place.vendor, compare(one.id, other.id)).await.unwrap();
    assert_eq!(apart.state, PairState::Apart);
    assert_eq!(world.ask(&place.stranger, again.clone()).await, Err(Problem::NotFound));
    world.ask(&place.vendor, again).await.unwrap();
    assert_eq!(world.ask(&place.vendor, of(one.id)).await.unwrap().total, 1);
    let kinds = events(&world, &place).await;
    assert_eq!(kinds.iter().filter(|kind| *kind == "customer.reconsidered").count(), 1);
}
