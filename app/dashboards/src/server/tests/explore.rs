//! A figure told apart adds up to the figure, leads to its records, and keeps to whoever asks.
use base::db::Engine;
use base::testing::World;
use base::{Currency, Money, OrganizationId, ProductId, Span};
use customers::server::StoredOpportunity;
use customers::{ListOpportunities, Stage};
use deals::ListDeals;
use partners::fixtures::{Market, market};
use partners::{ListSegments, PartnerType, Segment, Tier};
use rstest::rstest;

use super::{import, register};
use crate::model::{By, Exploration, Measure};
use crate::{ExploreFigures, ListLeaders, VendorDashboard};
use figures::OBSERVER;

pub(super) fn opportunity(
    world: &World,
    market: &Market,
    n: u32,
    of: (Option<OrganizationId>, ProductId, Stage, i64, i64),
) -> StoredOpportunity {
    let (partner, product, stage, minor, days) = of;
    let now = world.parts.clock().now();
    StoredOpportunity {
        id: base::OpportunityId(world.parts.id(now)),
        program: market.program,
        external_id: Some(format!("X{n}")),
        customer: None,
        customer_name: Some("Somebody".into()),
        partner,
        product: Some(product),
        stage,
        value: Money::new(minor, Currency::EUR),
        opened_on: Some((now - Span::days(days + 10)).date()),
        closed_on: (!Stage::is_open(stage)).then(|| (now - Span::days(days)).date()),
        created_at: now,
        version: 1,
    }
}

/// Alpine (Gold) wins 100 and 50, Bluepeak (Silver) 30 and loses one, the vendor 7 by itself.
pub(super) async fn sold(world: &World) -> Market {
    world.parts.observe(vec![OBSERVER]);
    let market = market(world).await;
    let (alpine, bluepeak) = (Some(market.alpine.id), Some(market.bluepeak.id));
    let [basic, pro, _] = market.products;
    let all = [
        (alpine, basic, Stage::Won, 10_000, 3),
        (alpine, pro, Stage::Won, 5_000, 40),
        (bluepeak, pro, Stage::Won, 3_000, 4),
        (bluepeak, pro, Stage::Lost, 0, 5),
        (None, basic, Stage::Won, 700, 6),
    ];
    let all = (0..).zip(all).map(|(n, of)| opportunity(world, &market, n, of)).collect();
    import(world, market.vendor, market.program, all).await;
    market
}

fn ask(measure: Measure, by: By) -> ExploreFigures {
    ExploreFigures {
        measure: Some(measure),
        by: Some(by),
        period: Some("90d".into()),
        ..ExploreFigures::default()
    }
}

fn rows(of: &Exploration) -> Vec<(&str, Option<i64>)> {
    of.rows
        .iter()
        .map(|row| (if row.name.is_empty() { row.key.as_str() } else { row.name.as_str() }, row.value))
        .collect()
}

#[rstest]
#[tokio::test]
async fn a_figure_told_apart_adds_up_and_leads_to_its_records(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = installed!(engine);
    let market = sold(&world).await;
    let asked = async |measure, by| world.ask(&market.analyst, ask(measure, by)).await.unwrap();
    let by_partner = asked(Measure::WonValue, By::Partner).await;
    assert_eq!(by_partner.total, Some(18_700));
    assert_eq!(
        rows(&by_partner),
        [("Alpine Systems", Some(15_000)), ("Bluepeak Consulting", Some(3_000)), ("", Some(700))]
    );
    let url = by_partner.rows[0].records_url.clone().unwrap();
    assert!(url.contains("stage=won") && url.contains(&format!("partner={}", market.alpine.id)), "{url}");
    let by_product = asked(Measure::WonCount, By::Product).await;
    assert_eq!(rows(&by_product).iter().map(|(_, n)| n.unwrap()).sum::<i64>(), 4);
    let by_tier = asked(Measure::WinRate, By::Tier).await;
    assert_eq!(rows(&by_tier), [("", Some(10_000)), ("gold", Some(10_000)), ("silver", Some(5_000))]);
    let by_type = asked(Measure::WonValue, By::PartnerType).await;
    assert!(
        rows(&by_type).contains(&("msp", Some(15_000)))
            && rows(&by_type).contains(&("reseller", Some(15_000)))
    );
    let by_territory = asked(Measure::LostCount, By::Territory).await;
    assert_eq!(rows(&by_territory), [("Nordics", Some(1))]);
    let by_manager = asked(Measure::WonValue, By::ChannelManager).await;
    assert_eq!(rows(&by_manager)[0], ("Carlos Cruz", Some(18_000)));
    let by_brand = asked(Measure::WonValue, By::Brand).await;
    assert_eq!(rows(&by_brand), [("Northwind", Some(18_700))]);
    let by_day = asked(Measure::WonValue, By::Day).await;
    assert_eq!(by_day.rows.len(), 90);
    assert_eq!(by_day.rows.iter().filter_map(|row| row.value).sum::<i64>(), 18_700);
    let by_month = asked(Measure::AverageWon, By::Month).await;
    assert!(by_month.rows.len() >= 2);
}

#[rstest]
#[tokio::test]
async fn a_segment_narrows_figures_and_lists_alike(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = installed!(engine);
    let market = sold(&world).await;
    let deal = register(&world, &market, &market.bluepeak.sales, "nordwerk").await;
    let known = world.ask(&market.manager, ListSegments {}).await.unwrap();
    assert_eq!(known.tiers, [Tier::Silver, Tier::Gold]);
    assert_eq!(known.territories, ["DACH", "Nordics"]);
    assert!(world.ask(&market.alpine.owner, ListSegments {}).await.is_err());
    let segments = [
        (Segment { tier: Some(Tier::Gold), ..Segment::default() }, 15_000, 2, 0),
        (Segment { partner_type: Some(PartnerType::Si), ..Segment::default() }, 3_000, 1, 1),
        (Segment { territory: Some("Nordics".into()), ..Segment::default() }, 3_000, 1, 1),
        (Segment { channel_manager: market.manager.user, ..Segment::default() }, 18_000, 3, 1),
        (Segment { brand: Some(market.brand), ..Segment::default() }, 18_700, 4, 1),
        (Segment { tier: Some(Tier::Platinum), ..Segment::default() }, 0, 0, 0),
    ];
    for (segment, won, sales, registrations) in segments {
        let board = VendorDashboard {
            period: Some("90d".into()),
            segment: segment.clone(),
            ..VendorDashboard::default()
        };
        let board = world.ask(&market.analyst, board).await.unwrap();
        assert_eq!(board.tile("won_value").unwrap().value, Some(won), "{segment:?}");
        assert_eq!(board.tile("registrations").unwrap().value, Some(registrations), "{segment:?}");
        let explored = ExploreFigures { segment: segment.clone(), ..ask(Measure::WonValue, By::Partner) };
        assert_eq!(world.ask(&market.analyst, explored).await.unwrap().total, Some(won), "{segment:?}");
        let leaders =
            ListLeaders { period: Some("90d".into()), segment: segment.clone(), ..ListLeaders::default() };
        let leaders = world.ask(&market.analyst, leaders).await.unwrap();
        let of_partners = if segment.is_of_partners() { won } else { 18_000 };
        assert_eq!(
            leaders.items.iter().map(|share| share.won_minor).sum::<i64>(),
            of_partners,
            "{segment:?}"
        );
        let list = ListOpportunities {
            stage: Some(Stage::Won),
            segment: segment.clone(),
            ..ListOpportunities::default()
        };
        assert_eq!(world.ask(&market.analyst, list).await.unwrap().total, sales, "{segment:?}");
        let list = ListDeals { segment: segment.clone(), ..ListDeals::default() };
        let found = world.ask(&market.analyst, list).await.unwrap();
        assert_eq!(
            found.items.iter().filter(|row| row.id == deal.id).count() as i64,
            registrations,
            "{segment:?}"
        );
    }
}

#[rstest]
#[tokio::test]
async fn a_partner_explores_its_own_figures_alone(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = installed!(engine);
    let market = sold(&world).await;
    let mine = world.ask(&market.bluepeak.owner, ask(Measure::WonValue, By::Product)).await.unwrap();
    assert_eq!((mine.total, rows(&mine)), (Some(3_000), vec![("GTX Pro", Some(3_000))]));
    for by in [By::Partner, By::Tier, By::Territory, By::ChannelManager, By::PartnerType] {
        let denied = world.ask(&market.bluepeak.owner, ask(Measure::WonValue, by)).await.unwrap_err();
        assert_eq!(denied.code(), "side", "{by:?}");
    }
    let of_another = ExploreFigures { partner: Some(market.alpine.id), ..ask(Measure::WonValue, By::Month) };
    assert!(world.ask(&market.bluepeak.owner, of_another).await.is_err());
    let foreign = ExploreFigures { partner: Some(market.alpine.id), ..ask(Measure::WonValue, By::Month) };
    assert_eq!(world.ask(&market.foreign.owner, foreign).await.unwrap().total, Some(0));
    let odd = world.ask(&market.analyst, ask(Measure::OpenValue, By::Month)).await.unwrap_err();
    assert!(matches!(odd, base::Problem::Invalid { .. }));
}

#[rstest]
#[tokio::test]
async fn registrations_are_told_apart_by_state_and_by_who_made_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = installed!(engine);
    let market = sold(&world).await;
    register(&world, &market, &market.alpine.sales, "nordwerk").await;
    register(&world, &market, &market.bluepeak.sales, "quellmann").await;
    let by_state = world.ask(&market.analyst, ask(Measure::Deals, By::State)).await.unwrap();
    assert_eq!(by_state.total, Some(2));
    assert_eq!(by_state.rows.iter().filter_map(|row| row.value).sum::<i64>(), 2);
    assert!(
        by_state.rows[0].records_url.as_ref().unwrap().contains(&format!("status={}", by_state.rows[0].key))
    );
    let by_partner = world.ask(&market.analyst, ask(Measure::Registrations, By::Partner)).await.unwrap();
    assert_eq!(rows(&by_partner), [("Alpine Systems", Some(1)), ("Bluepeak Consulting", Some(1))]);
    let waited = world.ask(&market.analyst, ask(Measure::AnswerP50, By::Tier)).await.unwrap();
    assert_eq!(waited.total, None);
}
