//! Through the verbs, on both engines.
use base::Problem;
use base::db::{Engine, Tx};
use base::testing::World;
use programs::{GetProgram, ListBrands, ListProducts, ListPrograms};
use rstest::rstest;

use super::FoundPartner;
use crate::fixtures::{Market, market};
use crate::*;

macro_rules! a_market {
    ($engine:expr) => {{
        let slices = [
            organizations::MIGRATIONS(),
            ::access::MIGRATIONS(),
            programs::MIGRATIONS(),
            crate::MIGRATIONS(),
        ];
        let Some(world) = World::try_new($engine, &slices).await else { return };
        let market = market(&world).await;
        (world, market)
    }};
}

fn new_partner(market: &Market, name: &str) -> CreatePartner {
    CreatePartner {
        name: name.to_owned(),
        country: Some("ch".to_owned()),
        website: Some("glacier.example".to_owned()),
        program: market.program,
        tier: None,
        partner_types: vec![PartnerType::Msp, PartnerType::Reseller, PartnerType::Msp],
        territory: Some(" Alps ".to_owned()),
        channel_manager: market.manager.user,
    }
}

#[rstest]
#[tokio::test]
async fn a_market_is_the_same_every_time(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (_one, first) = a_market!(engine);
    let (_two, second) = a_market!(engine);
    assert_eq!(format!("{first:?}"), format!("{second:?}"));
}

#[rstest]
#[tokio::test]
async fn a_vendor_sees_its_partners_and_finds_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = a_market!(engine);
    let names = async |list: ListPartners| {
        let page = world.ask(&market.manager, list).await.unwrap();
        (
            page.items.iter().map(|partner| partner.name.clone()).collect::<Vec<_>>(),
            page.next_cursor,
            page.total,
        )
    };
    let all = ListPartners::default;
    assert_eq!(names(all()).await, (vec!["Alpine Systems".into(), "Bluepeak Consulting".into()], None, 2));
    let (first, cursor, total) =
        names(ListPartners { limit: Some(1), sort: Some("-name".into()), ..all() }).await;
    assert_eq!((first, total), (vec!["Bluepeak Consulting".to_owned()], 2));
    let (second, cursor, _) =
        names(ListPartners { limit: Some(1), sort: Some("-name".into()), cursor, ..all() }).await;
    assert_eq!((second, cursor), (vec!["Alpine Systems".to_owned()], None));
    for only_alpine in [
        ListPartners { q: Some("ALP".into()), ..all() },
        ListPartners { partner_type: Some(PartnerType::Msp), ..all() },
        ListPartners { tier: Some(Tier::Gold), ..all() },
        ListPartners { territory: Some("DACH".into()), program: Some(market.program), ..all() },
    ] {
        assert_eq!(names(only_alpine).await.0, ["Alpine Systems"]);
    }
    assert_eq!(names(ListPartners { partner_type: Some(PartnerType::Agency), ..all() }).await.2, 0);
    assert_eq!(names(ListPartners { program: Some(market.foreign.program), ..all() }).await.2, 0);
    let alpine = world.ask(&market.auditor, GetPartner { id: market.alpine.id }).await.unwrap();
    assert_eq!((alpine.people, alpine.enrollments.len()), (3, 1));
    assert_eq!(alpine.enrollments[0].channel_manager.as_ref().unwrap().name, "Carlos Cruz");
}

#[rstest]
#[tokio::test]
async fn a_partner_sees_only_itself_and_its_own_programs(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = a_market!(engine);
    let sales = &market.alpine.sales;
    let page = world.ask(sales, ListPartners::default()).await.unwrap();
    assert_eq!(page.items.iter().map(|partner| partner.id).collect::<Vec<_>>(), [market.alpine.id]);
    assert_eq!(world.ask(sales, GetPartner { id: market.bluepeak.id }).await, Err(Problem::NotFound));
    assert_eq!(world.ask(sales, ListEnrollments::default()).await.unwrap().total, 1);

    let programs = world.ask(sales, ListPrograms::default()).await.unwrap();
    assert_eq!(programs.items.iter().map(|program| program.id).collect::<Vec<_>>(), [market.program]);
    assert_eq!(world.ask(sales, ListBrands::default()).await.unwrap().total, 1);
    assert_eq!(world.ask(sales, ListProducts::default()).await.unwrap().total, 3);
    assert_eq!(world.ask(sales, GetProgram { id: market.foreign.program }).await, Err(Problem::NotFound));
    let seen = world.ask(sales, GetProgram { id: market.program }).await.unwrap();
    assert_eq!(seen.rules.published_by_name, None);

    let mine = world.ask(sales, ListEnrollments::default()).await.unwrap().items.remove(0);
    let end = ChangeEnrollment { status: Some(EnrollmentStatus::Ended), ..change(&mine) };
    world.ask(&market.manager, end).await.unwrap();
    assert_eq!(world.ask(sales, ListPrograms::default()).await.unwrap().total, 0);
    assert_eq!(world.ask(sales, ListProducts::default()).await.unwrap().total, 0);
    assert_eq!(world.ask(&market.bluepeak.sales, ListPrograms::default()).await.unwrap().total, 1);
}

fn change(enrollment: &Enrollment) -> ChangeEnrollment {
    ChangeEnrollment {
        id: enrollment.id,
        version: None,
        status: None,
        tier: None,
        partner_types: None,
        territory: None,
        channel_manager: None,
    }
}

#[rstest]
#[tokio::test]
async fn a_manager_adds_a_partner_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = a_market!(engine);
    let made = world.ask(&market.manager, new_partner(&market, "Glacier IT")).await.unwrap();
    assert_eq!((made.slug.as_str(), made.country.as_deref()), ("glacier-it", Some("CH")));
    assert_eq!(made.website.as_deref(), Some("https://glacier.example"));
    let enrollment = &made.enrollments[0];
    assert_eq!(enrollment.partner_types, [PartnerType::Reseller, PartnerType::Msp]);
    assert_eq!((enrollment.tier, enrollment.territory.as_deref()), (Tier::Registered, Some("Alps")));
    let again = world.ask(&market.manager, new_partner(&market, "glacier it")).await.unwrap_err();
    assert_eq!(again.of_field("name").unwrap().code, "taken");
    let twice = CreateEnrollment {
        program: market.program,
        partner: made.id,
        status: None,
        tier: None,
        partner_types: vec![],
        territory: None,
        channel_manager: None,
    };
    assert_eq!(world.ask(&market.manager, twice).await.unwrap_err().code(), "already_enrolled");

    let mut stranger = new_partner(&market, "Other");
    stranger.channel_manager = market.foreign.manager.user;
    let problem = world.ask(&market.manager, stranger).await.unwrap_err();
    assert_eq!(problem.of_field("channel_manager").unwrap().code, "unknown");
    let mut elsewhere = new_partner(&market, "Other");
    elsewhere.program = market.foreign.program;
    let problem = world.ask(&market.manager, elsewhere).await.unwrap_err();
    assert_eq!(problem.of_field("program").unwrap().code, "unknown");
    assert_eq!(
        world.ask(&market.manager, ListPartners::default()).await.unwrap().total,
        3,
        "nothing is half done"
    );
}

#[rstest]
#[tokio::test]
async fn roles_and_vendors_are_kept_apart(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = a_market!(engine);
    let alpine = world.ask(&market.manager, GetPartner { id: market.alpine.id }).await.unwrap();
    let raise =
        ChangeEnrollment { tier: Some(Tier::Platinum), version: Some(1), ..change(&alpine.enrollments[0]) };
    for reader in [&market.analyst, &market.auditor, &market.alpine.owner, &market.alpine.learner] {
        assert_eq!(world.ask(reader, raise.clone()).await.unwrap_err().status(), 403);
        assert_eq!(world.ask(reader, new_partner(&market, "X")).await.unwrap_err().status(), 403);
    }
    let foreign = &market.foreign.owner;
    assert_eq!(world.ask(foreign, raise.clone()).await, Err(Problem::NotFound));
    assert_eq!(world.ask(foreign, GetPartner { id: market.alpine.id }).await, Err(Problem::NotFound));
    let page = world.ask(foreign, ListPartners::default()).await.unwrap();
    assert_eq!(page.items.iter().map(|partner| partner.name.as_str()).collect::<Vec<_>>(), ["Delta Dealers"]);
    let steal = CreateEnrollment {
        program: market.foreign.program,
        partner: market.alpine.id,
        status: None,
        tier: None,
        partner_types: vec![],
        territory: None,
        channel_manager: None,
    };
    let problem = world.ask(foreign, steal).await.unwrap_err();
    assert_eq!(problem.of_field("partner").unwrap().code, "unknown");

    let raised = world.ask(&market.manager, raise.clone()).await.unwrap();
    assert_eq!((raised.tier, raised.version), (Tier::Platinum, 2));
    assert_eq!(world.ask(&market.manager, raise).await, Err(Problem::Stale));
    let back = ChangeEnrollment { status: Some(EnrollmentStatus::Invited), ..change(&raised) };
    assert_eq!(world.ask(&market.manager, back).await.unwrap_err().code(), "status");
}

#[rstest]
#[tokio::test]
async fn a_file_names_a_partner_twice_and_it_is_there_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = a_market!(engine);
    let named = async |name: &'static str, territory: &'static str, manager: &'static str| {
        let (parts, actor) = (world.parts.clone(), market.manager.clone());
        let (vendor, program) = (market.vendor, market.program);
        let found: Result<FoundPartner, Problem> = world
            .parts
            .db()
            .write(async move |tx: &mut Tx| {
                let (territory, manager) = (Some(territory), Some(manager));
                super::find_or_create_partner(tx, &parts, &actor, vendor, program, name, territory, manager)
                    .await
            })
            .await;
        found.unwrap()
    };
    let first = named("Anna Snelling", "Central", "Dustin Brinkmann").await;
    assert!(first.created && first.changed);
    let second = named("anna snelling", "Central", "dustin brinkmann").await;
    assert_eq!(second, FoundPartner { id: first.id, created: false, changed: false });
    let moved = named("Anna Snelling", "East", "Carlos Cruz").await;
    assert_eq!(moved, FoundPartner { id: first.id, created: false, changed: true });
    let mut tx = world.parts.db().read().await.unwrap();
    let enrollment = super::enrolled(&mut tx, first.id, market.program).await.unwrap().unwrap();
    assert_eq!(enrollment.territory.as_deref(), Some("East"));
    assert_eq!(enrollment.channel_manager.unwrap().id, market.manager.user.unwrap());
    assert_eq!(super::enrolled(&mut tx, first.id, market.foreign.program).await.unwrap(), None);
}
