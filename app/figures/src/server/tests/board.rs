//! The one statement of a dashboard gives what adding up each day by itself gives, whatever the days.
use std::collections::BTreeMap;

use base::Datelike;
use base::db::{Engine, Tx};
use base::testing::World;
use base::{Date, Problem};
use partners::fixtures::market;
use rstest::rstest;

use super::Dice;
use crate::Days;
use crate::server::store::{self, Place};
use crate::server::{Board, Extent, Filter, Sum, Whose, board, ways};

/// Metric, dimension, day, currency, minor units.
type Happened = (&'static str, &'static str, String, &'static str, i64);

fn day(number: i64) -> Date {
    let first: Date = "2025-01-01".parse().unwrap();
    Date::from_num_days_from_ce_opt(first.num_days_from_ce() + number as i32).unwrap()
}

fn happenings(dice: &mut Dice) -> Vec<Happened> {
    // A sale whose day nobody knows: counted when everything is asked for, and in no month.
    let mut all = vec![("opp.won", "a", "0001-01-01".to_owned(), "EUR", 7)];
    for _ in 0..120 {
        let on = day(dice.below(500)).to_string();
        let minor = dice.below(1000);
        all.push(match dice.below(4) {
            0 => ("deal.submitted", "", on, "", 0),
            1 => ("deal.answered", dice.pick(&["1", "2"]), on, "", 0),
            2 => ("opp.lost", dice.pick(&["a", "b"]), on, dice.pick(&["EUR", "USD"]), minor),
            _ => ("opp.won", dice.pick(&["a", "b", ""]), on, dice.pick(&["EUR", "USD"]), minor),
        });
    }
    all.extend((0..6).map(|n| ("opp.open", dice.pick(&["a", "b"]), String::new(), "EUR", n)));
    all
}

/// By metric, dimension or month, and currency.
type Sums = BTreeMap<(String, String, String), (i64, i64)>;

fn added<'a>(rows: impl Iterator<Item = (&'a str, &'a str, &'a str, i64, i64)>) -> Sums {
    let mut sums = Sums::new();
    for (metric, by, currency, count, minor) in rows {
        let sum = sums.entry((metric.to_owned(), by.to_owned(), currency.to_owned())).or_default();
        *sum = (sum.0 + count, sum.1 + minor);
    }
    sums
}

fn read(sums: &[Sum]) -> Sums {
    let all = added(sums.iter().map(|s| (&*s.metric, &*s.dim, &*s.currency, s.count, s.sum_minor)));
    assert_eq!(all.len(), sums.len(), "each sum is there once");
    all
}

fn months(board: &Board) -> Sums {
    added(board.months.iter().map(|m| (&*m.metric, &*m.month, &*m.currency, m.count, m.sum_minor)))
}

/// What lies in the days, of these metrics only where some are named.
fn should(all: &[Happened], days: Option<&Days>, only: &[&str]) -> Sums {
    let within = |on: &str| match days {
        Some(days) => !on.is_empty() && on >= days.start.as_str() && on < days.end.as_str(),
        None => on.is_empty(),
    };
    let of =
        all.iter().filter(|(metric, _, on, ..)| within(on) && (only.is_empty() || only.contains(metric)));
    added(of.map(|(metric, dim, _, currency, minor)| (*metric, *dim, *currency, 1, *minor)))
}

fn should_months(all: &[Happened], days: &Days) -> Sums {
    let of = all.iter().filter(|(metric, _, on, ..)| {
        *metric != "deal.answered" && on.as_str() > "0001-01-01" && *on >= days.start && *on < days.end
    });
    added(of.map(|(metric, _, on, currency, minor)| (*metric, &on[..7], *currency, 1, *minor)))
}

#[rstest]
#[tokio::test]
async fn a_board_is_what_its_days_add_up_to(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mut tables = deals::server::tables();
    tables.extend([rates::MIGRATIONS(), crate::MIGRATIONS()]);
    let Some(world) = World::try_new(engine, &tables).await else { return };
    let market = market(&world).await;
    let mut dice = Dice(11);
    let all = happenings(&mut dice);
    let (vendor, partner, program) = (market.vendor.0, market.alpine.id.0, market.program.0);
    let stored = all.clone();
    let work = async move |tx: &mut Tx| -> Result<(), Problem> {
        for (metric, dim, day, currency, minor) in &stored {
            let place = Place { vendor, partner, program, metric, dim, day, currency };
            store::add(tx, &place, 1, *minor).await?;
        }
        Ok(())
    };
    world.parts.db().write(work).await.unwrap();
    let mut tx = world.parts.db().read().await.unwrap();
    let ever = Days::new(Date::MIN, day(1000));
    let mut periods = vec![(ever, None)];
    for _ in 0..12 {
        let [from, length, ago] = [dice.below(500), dice.below(400), dice.below(300)];
        let of = |from: i64| Days::new(day(from), day(from + length));
        periods.push((of(from), (dice.below(3) > 0).then(|| of(from - ago))));
    }
    for whose in [Whose::Vendor(market.vendor), Whose::Partner(market.alpine.id)] {
        let filter = Filter::of(whose);
        for (days, compared) in &periods {
            let found = board(&mut tx, filter, Extent::All, days, compared.as_ref()).await.unwrap();
            assert_eq!(read(&found.standing), should(&all, None, &[]), "{days:?}");
            assert_eq!(read(&found.flowed), should(&all, Some(days), &[]), "{days:?}");
            assert_eq!(months(&found), should_months(&all, days), "{days:?}");
            let before = compared.as_ref().map(|days| should(&all, Some(days), &[]));
            assert_eq!(read(&found.before), before.unwrap_or_default(), "{compared:?}");

            let less = board(&mut tx, filter, Extent::Money, days, None).await.unwrap();
            assert_eq!(read(&less.standing), read(&found.standing));
            let money = ["deal.submitted", "opp.lost", "opp.won"];
            assert_eq!(read(&less.flowed), should(&all, Some(days), &money), "{days:?}");
        }
        let first = all.iter().filter(|(metric, _, on, ..)| {
            *metric != "deal.answered" && on.len() > 4 && on.as_str() > "0001-01-01"
        });
        let first = first.map(|(_, _, on, ..)| on.clone()).min();
        let ways_with_first = ways(&mut tx, filter, true).await.unwrap();
        assert_eq!(ways_with_first.first_day, first);
        assert_eq!(ways_with_first.zones, ["Europe/Berlin"]);
        assert_eq!(ways(&mut tx, filter, false).await.unwrap().first_day, None);
    }
    let nobody = Filter::of(Whose::Partner(market.bluepeak.id));
    let nothing = board(&mut tx, nobody, Extent::All, &periods[0].0, None).await.unwrap();
    assert_eq!(nothing, Board::default());
    assert_eq!(ways(&mut tx, nobody, true).await.unwrap().first_day, None);
}
