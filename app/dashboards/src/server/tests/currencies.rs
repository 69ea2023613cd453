//! Money of several currencies, counted in one at the vendor's rates, on both engines.
use base::db::Engine;
use base::testing::World;
use base::{Currency, Date, Money};
use customers::Stage;
use partners::fixtures::{Market, market};
use rates::SetRate;
use rstest::rstest;

use super::explore::opportunity;
use super::{count, import, value};
use crate::model::{By, Measure};
use crate::{ExploreFigures, ListLeaders, PartnerDashboard, VendorDashboard};
use figures::OBSERVER;
use figures::server::rebuild;

/// Alpine wins 3 × 100 euros, 125 dollars in January and 160 in March; Bluepeak 1,000 yen in January, and has 50 dollars open.
async fn sold(world: &World) -> Market {
    world.parts.observe(vec![rates::OBSERVER, OBSERVER]);
    let market = market(world).await;
    let (alpine, bluepeak) = (Some(market.alpine.id), Some(market.bluepeak.id));
    let all = [
        (alpine, Stage::Won, Money::new(10_000, Currency::EUR), "2026-01-10"),
        (alpine, Stage::Won, Money::new(10_000, Currency::EUR), "2026-02-10"),
        (alpine, Stage::Won, Money::new(10_000, Currency::EUR), "2026-03-10"),
        (alpine, Stage::Won, Money::new(12_500, Currency::USD), "2026-01-31"),
        (alpine, Stage::Won, Money::new(16_000, Currency::USD), "2026-03-01"),
        (bluepeak, Stage::Won, Money::new(1_000, Currency::JPY), "2026-01-15"),
        (bluepeak, Stage::Engaging, Money::new(8_000, Currency::USD), "2026-01-15"),
    ];
    let all = (0..).zip(all).map(|(n, (partner, stage, value, on))| {
        let mut one = opportunity(world, &market, n, (partner, market.products[0], stage, 0, 1));
        (one.value, one.opened_on) = (value, Some("2026-01-01".parse().unwrap()));
        one.closed_on = (!stage.is_open()).then(|| on.parse::<Date>().unwrap());
        one
    });
    import(world, market.vendor, market.program, all.collect()).await;
    market
}

async fn rate(world: &World, market: &Market, currency: &str, month: &str, per_euro: &str) {
    let ask = SetRate { currency: currency.into(), month: month.into(), per_euro: per_euro.into() };
    world.ask(&market.owner, ask).await.unwrap();
}

fn year() -> VendorDashboard {
    VendorDashboard { period: Some("2026".into()), ..VendorDashboard::default() }
}

#[rstest]
#[tokio::test]
async fn money_is_counted_at_the_rate_of_its_month(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = installed!(engine);
    let market = sold(&world).await;
    // Without rates it is the currency of most records, and nothing is added up that is not the same.
    let before = world.ask(&market.manager, year()).await.unwrap();
    assert_eq!(
        (before.currency.as_str(), value(&before, "won_value"), count(&before, "won_value")),
        ("USD", Some(28_500), Some(6))
    );
    assert_eq!((before.converted.len(), before.tile("won_value").unwrap().others.len()), (0, 2));

    rate(&world, &market, "USD", "2026-01", "1.25").await;
    rate(&world, &market, "USD", "2026-03", "1.6").await;
    let now = world.ask(&market.manager, year()).await.unwrap();
    // 125 dollars at 1.25 are 100 euros, 160 at 1.6 as well; 80 open ones count at the latest.
    assert_eq!((now.currency.as_str(), value(&now, "won_value")), ("EUR", Some(50_000)));
    assert_eq!((value(&now, "open_value"), &now.converted), (Some(5_000), &vec!["USD".to_owned()]));
    let others = &now.tile("won_value").unwrap().others;
    assert_eq!(others, &[Money::new(1_000, Currency::JPY)]);

    rate(&world, &market, "JPY", "2025-12", "160").await;
    let all = world.ask(&market.manager, year()).await.unwrap();
    // 1,000 yen at 160 for a euro are 6.25 euros.
    assert_eq!((value(&all, "won_value"), all.converted.len()), (Some(50_625), 2));
    let series = all.series.iter().find(|series| series.key == "won_value").unwrap();
    let by_month: Vec<i64> = series.points.iter().map(|point| point.value).collect();
    assert_eq!(by_month, [20_625, 10_000, 20_000]);
    assert_eq!(all.products.iter().map(|share| share.won_minor).sum::<i64>(), 50_625);

    // Everybody reads the same: leaders, the partner itself, what is explored.
    let leaders = ListLeaders { period: Some("2026".into()), ..ListLeaders::default() };
    let leaders = world.ask(&market.manager, leaders).await.unwrap();
    let won: Vec<i64> = leaders.items.iter().map(|share| share.won_minor).collect();
    assert_eq!(won, [50_000, 625]);
    let mine = PartnerDashboard { period: Some("2026".into()), ..PartnerDashboard::default() };
    let mine = world.ask(&market.alpine.owner, mine).await.unwrap();
    assert_eq!(value(&mine, "won_value"), Some(50_000));
    let ask = ExploreFigures {
        measure: Some(Measure::WonValue),
        by: Some(By::Partner),
        months: Some(true),
        period: Some("2026".into()),
        ..ExploreFigures::default()
    };
    let explored = world.ask(&market.manager, ask).await.unwrap();
    assert_eq!(&explored.months[..3], ["2026-01", "2026-02", "2026-03"]);
    let cells: Vec<_> = explored.rows.iter().map(|row| (row.value, row.cells[..3].to_vec())).collect();
    assert_eq!(
        cells,
        [
            (Some(50_000), vec![Some(20_000), Some(10_000), Some(20_000)]),
            (Some(625), vec![Some(625), None, None])
        ]
    );
    assert!(rebuild(&world.parts).await.unwrap().is_empty(), "rates change no sum that is kept");
}

#[rstest]
#[tokio::test]
async fn money_without_a_rate_is_shown_in_its_own_currency(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = installed!(engine);
    world.parts.observe(vec![rates::OBSERVER, OBSERVER]);
    let market = market(&world).await;
    // The programs count in euros, and all that is sold is sold in dollars.
    let all = [("2026-02-10", 2_000), ("2025-02-10", 1_000)].into_iter().zip(0..).map(|((on, minor), n)| {
        let mut one = opportunity(&world, &market, n, (None, market.products[0], Stage::Won, 0, 1));
        (one.value, one.opened_on) = (Money::new(minor, Currency::USD), None);
        one.closed_on = Some(on.parse::<Date>().unwrap());
        one
    });
    import(&world, market.vendor, market.program, all.collect()).await;
    let board = world.ask(&market.manager, year()).await.unwrap();
    assert_eq!((board.currency.as_str(), value(&board, "won_value")), ("USD", Some(2_000)));
    assert!(board.tile("won_value").unwrap().others.is_empty() && board.converted.is_empty());
    // The year before has one sale, but began before there was any: nothing to compare with.
    assert_eq!(board.tile("won_value").unwrap().previous, None);

    rate(&world, &market, "USD", "2026-01", "1.25").await;
    let board = world.ask(&market.manager, year()).await.unwrap();
    assert_eq!((board.currency.as_str(), value(&board, "won_value")), ("EUR", Some(1_600)));
    assert_eq!(board.converted, ["USD"]);
}

#[rstest]
#[tokio::test]
async fn rows_by_month_add_up_with_what_belongs_to_nobody(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = installed!(engine);
    let market = super::explore::sold(&world).await;
    for (by, rows) in [(By::Partner, 3), (By::Tier, 3), (By::Product, 2), (By::Brand, 1), (By::Territory, 3)]
    {
        let ask = ExploreFigures {
            measure: Some(Measure::WonCount),
            by: Some(by),
            months: Some(true),
            period: Some("90d".into()),
            ..ExploreFigures::default()
        };
        let of = world.ask(&market.manager, ask).await.unwrap();
        assert_eq!(of.rows.len(), rows, "{by:?}");
        for row in &of.rows {
            assert_eq!(
                row.cells.iter().flatten().sum::<i64>(),
                row.value.unwrap_or_default(),
                "{by:?} {row:?}"
            );
        }
    }
    // What stands now has no months.
    let ask =
        ExploreFigures { measure: Some(Measure::OpenValue), months: Some(true), ..ExploreFigures::default() };
    assert!(world.ask(&market.manager, ask).await.unwrap().months.is_empty());
}
