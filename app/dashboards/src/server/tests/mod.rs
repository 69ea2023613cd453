//! What people see, on both engines.
use base::db::{Engine, Tx};
use base::testing::World;
use base::{Actor, Currency, Money, OrganizationId, Problem, ProgramId, Span};
use customers::Stage;
use customers::server::{StoredOpportunity, save_opportunities};
use deals::{Amount, ApproveDeal, CustomerClaim, Deal, Evidence, EvidenceKind, LineAsk, RegisterDeal};
use partners::fixtures::{Market, market};
use rstest::rstest;

use figures::OBSERVER;
use figures::server::rebuild;

use crate::{Dashboard, PartnerDashboard, VendorDashboard};

/// A world with all that dashboards stand on, or the end of the test where there is no PostgreSQL.
macro_rules! installed {
    ($engine:expr) => {{
        let mut tables = deals::server::tables();
        tables.extend([themes::MIGRATIONS(), hosts::MIGRATIONS(), rates::MIGRATIONS()]);
        tables.extend([figures::MIGRATIONS(), crate::MIGRATIONS()]);
        match World::try_new($engine, &tables).await {
            Some(world) => world,
            None => return,
        }
    }};
}

mod activity;
mod currencies;
mod explore;
mod statements;
mod views;

async fn register(world: &World, market: &Market, by: &Actor, host: &str) -> Deal {
    let value = Money::new(5_000_000, Currency::EUR);
    let ask = RegisterDeal {
        program: market.program,
        partner: None,
        submit: Some(true),
        customer: Some(CustomerClaim {
            name: format!("{host} works"),
            website: Some(format!("https://{host}.de")),
            country: Some("DE".into()),
            ..CustomerClaim::default()
        }),
        products: Some(vec![LineAsk {
            product: market.products[1].to_string(),
            quantity: Some(1),
            amount: None,
        }]),
        value: Some(Amount::from(value)),
        value_kind: None,
        expected_close: Some((world.parts.clock().now() + Span::days(60)).date()),
        partner_role: None,
        evidence: Some(vec![Evidence { kind: EvidenceKind::Meeting, on: None, note: "met them".into() }]),
        notes: None,
        sales_stage: None,
        use_case: None,
        competitor: None,
        incumbent: None,
        tender_reference: None,
        source: None,
    };
    world.ask(by, ask).await.unwrap()
}

fn value(of: &Dashboard, key: &str) -> Option<i64> {
    of.tile(key).unwrap().value
}

fn count(of: &Dashboard, key: &str) -> Option<i64> {
    of.tile(key).unwrap().count
}

/// Opportunities of the CRM, as an import brings them.
async fn import(world: &World, vendor: OrganizationId, program: ProgramId, all: Vec<StoredOpportunity>) {
    let parts = world.parts.clone();
    let work = async move |tx: &mut Tx| {
        save_opportunities(tx, vendor, &all, &[]).await?;
        let happened = base::events::Happened {
            vendor,
            kind: "opportunities.imported",
            subject: "import".into(),
            program: Some(program),
            partner: None,
            keys: Vec::new(),
            data: serde_json::json!({}),
        };
        base::events::append(tx, &parts, &Actor::system(), happened).await.map(drop)
    };
    world.parts.db().write(work).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_registration_and_its_approval_move_both_sides_figures(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = installed!(engine);
    world.parts.observe(vec![OBSERVER]);
    let market = market(&world).await;
    let deal = register(&world, &market, &market.alpine.sales, "nordwerk").await;
    let mine = world.ask(&market.alpine.sales, PartnerDashboard::default()).await.unwrap();
    let theirs = world.ask(&market.bluepeak.sales, PartnerDashboard::default()).await.unwrap();
    let vendors = world.ask(&market.manager, VendorDashboard::default()).await.unwrap();
    assert_eq!((count(&mine, "pending"), value(&mine, "pending")), (Some(1), Some(5_000_000)));
    assert_eq!(count(&theirs, "pending"), Some(0));
    assert_eq!(count(&vendors, "pending"), Some(1));
    assert_eq!(value(&vendors, "registrations"), Some(1));

    world.advance(Span::hours(2));
    world.ask(&market.manager, ApproveDeal { id: deal.id, version: None }).await.unwrap();
    let mine = world.ask(&market.alpine.sales, PartnerDashboard::default()).await.unwrap();
    assert_eq!((count(&mine, "pending"), count(&mine, "protected")), (Some(0), Some(1)));
    assert_eq!(value(&mine, "answer_p50"), Some(7200));
    assert!(rebuild(&world.parts).await.unwrap().is_empty(), "live figures equal rebuilt ones");
}

#[rstest]
#[tokio::test]
async fn the_overview_is_the_sum_of_the_opportunities(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = installed!(engine);
    world.parts.observe(vec![OBSERVER]);
    let market = market(&world).await;
    let (vendor, program, product, partner) =
        (market.vendor, market.program, market.products[0], market.alpine.id);
    let now = world.parts.clock().now();
    let of = |stage, minor, days: i64, n: u32| StoredOpportunity {
        id: base::OpportunityId(world.parts.id(now)),
        program,
        external_id: Some(format!("X{n}")),
        customer: None,
        customer_name: Some("Somebody".into()),
        partner: Some(partner),
        product: Some(product),
        stage,
        value: Money::new(minor, Currency::EUR),
        opened_on: Some((now - Span::days(days + 10)).date()),
        closed_on: (!Stage::is_open(stage)).then(|| (now - Span::days(days)).date()),
        created_at: now,
        version: 1,
    };
    let all = vec![
        of(Stage::Won, 10_000, 3, 1),
        of(Stage::Won, 25_000, 500, 2),
        of(Stage::Lost, 0, 4, 3),
        of(Stage::Engaging, 7_000, 0, 4),
    ];
    import(&world, vendor, program, all).await;
    let ask = |period: &str| VendorDashboard { period: Some(period.into()), ..VendorDashboard::default() };
    let ever = world.ask(&market.manager, ask("all")).await.unwrap();
    assert_eq!((value(&ever, "won_value"), count(&ever, "won_value")), (Some(35_000), Some(2)));
    assert_eq!((value(&ever, "open_value"), count(&ever, "lost_value")), (Some(7_000), Some(1)));
    assert_eq!(value(&ever, "win_rate"), Some(6667));
    assert_eq!(ever.products[0].won, 2);
    let month = world.ask(&market.manager, ask("30d")).await.unwrap();
    assert_eq!(value(&month, "won_value"), Some(10_000));
    assert!(rebuild(&world.parts).await.unwrap().is_empty());
}

#[rstest]
#[tokio::test]
async fn each_side_has_its_own_page(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = installed!(engine);
    let market = market(&world).await;
    let denied = world.ask(&market.alpine.owner, VendorDashboard::default()).await;
    assert!(matches!(denied, Err(Problem::Forbidden { .. })));
    let denied = world.ask(&market.owner, PartnerDashboard::default()).await;
    assert!(matches!(denied, Err(Problem::Forbidden { .. })));
    let empty = world.ask(&market.foreign.owner, VendorDashboard::default()).await.unwrap();
    assert_eq!(empty.tile("won_value").unwrap().value, Some(0));
}

fn registrations(of: &Dashboard) -> Vec<(&str, i64)> {
    let series = of.series.iter().find(|series| series.key == "registrations").unwrap();
    series.points.iter().map(|point| (point.at.as_str(), point.value)).collect()
}

#[rstest]
#[tokio::test]
async fn a_day_begins_at_the_program_s_midnight_and_stays_when_the_zone_changes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = installed!(engine);
    world.parts.observe(vec![OBSERVER]);
    let market = market(&world).await;
    let at = |text: &str| world.clock.set(base::Timestamp::parse(text).unwrap());
    let asked = || async {
        let ask = VendorDashboard { period: Some("12m".into()), ..VendorDashboard::default() };
        world.ask(&market.manager, ask).await.unwrap()
    };
    at("2026-11-30T23:30:00Z");
    register(&world, &market, &market.alpine.sales, "nordwerk").await;
    let board = asked().await;
    assert_eq!(registrations(&board), [("2026-12", 1)], "in Berlin December has begun");
    assert!(board.tile("registrations").unwrap().records_url.as_ref().unwrap().contains("until=2026-12-02"));

    let calendar = serde_json::json!({ "time_zone": "America/New_York" });
    let publish = serde_json::json!({ "id": market.program, "engagement": { "calendar": calendar } });
    let publish: programs::PublishProgramVersion = serde_json::from_value(publish).unwrap();
    world.ask(&market.owner, publish).await.unwrap();
    at("2026-12-01T03:00:00Z");
    register(&world, &market, &market.bluepeak.sales, "quellmann").await;
    at("2026-12-03T12:00:00Z");
    assert_eq!(registrations(&asked().await), [("2026-11", 1), ("2026-12", 1)], "in New York it had not");
    assert_eq!(rebuild(&world.parts).await.unwrap(), [], "what was counted stays on its day");
}

#[rstest]
#[tokio::test]
async fn an_answer_is_measured_the_same_after_its_deal_has_lapsed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = installed!(engine).with_jobs(deals::JOBS);
    world.parts.observe(vec![OBSERVER]);
    let market = market(&world).await;
    let deal = register(&world, &market, &market.alpine.sales, "nordwerk").await;
    world.advance(Span::hours(3));
    let back = deals::ReturnDeal {
        id: deal.id,
        fields: vec!["value".into()],
        note: "What is in it?".into(),
        version: None,
    };
    world.ask(&market.manager, back).await.unwrap();
    world.advance(Span::days(30));
    world.run_jobs().await;
    let ask = VendorDashboard { period: Some("90d".into()), ..VendorDashboard::default() };
    let board = world.ask(&market.manager, ask).await.unwrap();
    assert_eq!(board.states.iter().map(|state| state.status.as_str()).collect::<Vec<_>>(), ["lapsed"]);
    assert_eq!(value(&board, "answer_p50"), Some(10_800));
    assert_eq!(rebuild(&world.parts).await.unwrap(), []);
}
